"""How long ``demo`` takes in a fresh copy of this checkout: first start, later start, stop."""

from __future__ import annotations

import json
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.embedded.checkout import CHECKOUT
from tracker.embedded.commands.demo import SIGN_INS
from tracker.embedded.errors import UnableToStart
from tracker.embedded.kinds import DEMO
from tracker.embedded.talk import result, say

if TYPE_CHECKING:
    from collections.abc import Iterator

LIMITS = {"first_start": 120.0, "later_start": 12.0, "stop": 10.0}
_LEFT_BEHIND = shutil.ignore_patterns(".venv*", ".git", ".demo", ".state", ".test", "__pycache__")
_PATIENCE = 300.0


def measure_starts() -> int:
    """Print the seconds as JSON; 0 where every figure keeps its limit."""
    with tempfile.TemporaryDirectory(prefix="harm-tracker-") as folder:
        copy = Path(folder) / "checkout"
        shutil.copytree(CHECKOUT, copy, ignore=_LEFT_BEHIND)
        Path(folder).chmod(0o755)
        figures = _measure(copy)
    over = [name for name, limit in LIMITS.items() if figures[name] > limit]
    result(json.dumps({"seconds": figures, "limits": LIMITS, "over": over}))
    return 1 if over else 0


def _measure(copy: Path) -> dict[str, float]:
    say("First start, with an environment to build …")
    with _running(copy) as (first, stopping):
        _wait_until_filled(copy)
    say("Later start …")
    with _running(copy) as (later, _):
        pass
    return {
        "first_start": round(first, 1),
        "later_start": round(later, 1),
        "stop": round(stopping[0], 1),
    }


@contextmanager
def _running(copy: Path) -> Iterator[tuple[float, list[float]]]:
    """A demo that answers; how long that took, and after the block how long it took to stop."""
    port = _free_port()
    python = getattr(sys, "_base_executable", sys.executable)
    began = time.monotonic()
    demo = subprocess.Popen(  # noqa: S603  # this project's own command
        [python, str(copy / "manage.py"), "demo", "--port", str(port)],
        cwd=copy,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    stopping: list[float] = []
    try:
        while not _answers(port):
            if demo.poll() is not None or time.monotonic() - began > _PATIENCE:
                raise UnableToStart("The copy's demo did not come up; try `demo` here to see why.")
            time.sleep(0.1)
        yield time.monotonic() - began, stopping
    finally:
        asked = time.monotonic()
        demo.send_signal(signal.SIGINT)
        demo.wait(timeout=60)
        stopping.append(time.monotonic() - asked)


def _wait_until_filled(copy: Path) -> None:
    """A demo stopped before it told its sign-ins begins anew, which is no later start."""
    until = time.monotonic() + _PATIENCE
    while not (copy / DEMO.folder / SIGN_INS).exists():
        if time.monotonic() > until:
            raise UnableToStart("The copy's demo was not filled; try `demo` here to see why.")
        time.sleep(0.1)


def _answers(port: int) -> bool:
    address = f"http://127.0.0.1:{port}/account/login/"
    try:
        with urllib.request.urlopen(address, timeout=5) as page:
            return bool(page.status == 200)  # noqa: PLR2004  # HTTP's own word
    except (urllib.error.URLError, OSError):
        return False


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
