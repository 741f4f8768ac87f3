"""The guard: a whole family ends with its command, and its log stays bounded."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.embedded.starting import alive, wait_for
from tracker.embedded.checkout import CHECKOUT
from tracker.embedded.guard import RotatingLog
from tracker.embedded.process_tree import children_of

FAMILY = """
import os, signal, sys, time
if "stubborn" in sys.argv: signal.signal(signal.SIGTERM, signal.SIG_IGN)
if os.fork() == 0:
    os.setsid()                      # a child that leaves the group and the session
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    time.sleep(600)
print("ready", flush=True)
time.sleep(0.2 if "brief" in sys.argv else 600)
sys.exit(3)
"""


class Guarded:
    """A guard with a command that has a child of its own."""

    def __init__(self, log: Path, *words: str, grace: float = 0.5) -> None:
        self.log = log
        command = [sys.executable, "-m", "tracker.embedded.guard", "--log", str(log)]
        command += ["--grace", str(grace), "--", sys.executable, "-c", FAMILY, *words]
        self.process = subprocess.Popen(command, cwd=CHECKOUT)  # noqa: S603  # under test

    def family(self) -> set[int]:
        """Guard, command and the command's child."""
        wait_for(lambda: self.log.exists() and b"ready" in self.log.read_bytes(), 10)
        main = children_of(self.process.pid)
        return {self.process.pid, *main, *children_of(main[0])}


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "family.log"


def test_nothing_of_the_family_outlives_the_command(log: Path) -> None:
    guarded = Guarded(log, "brief")
    family = guarded.family()

    assert len(family) == 3
    assert guarded.process.wait(timeout=10) == 3
    assert not alive(family)


def test_a_stop_is_passed_on_and_enforced(log: Path) -> None:
    guarded = Guarded(log, "stubborn")
    family = guarded.family()
    begun = time.monotonic()

    guarded.process.terminate()

    assert guarded.process.wait(timeout=10) == 128 + signal.SIGKILL
    assert time.monotonic() - begun < 3
    assert not alive(family)


def test_a_command_that_is_killed_takes_its_family_along(log: Path) -> None:
    guarded = Guarded(log)
    family = guarded.family()

    os.kill(children_of(guarded.process.pid)[0], signal.SIGKILL)

    assert guarded.process.wait(timeout=10) == 128 + signal.SIGKILL
    assert not alive(family)


def test_log_keeps_one_former_file(tmp_path: Path) -> None:
    path = tmp_path / "web.log"
    log = RotatingLog(path, limit=100)

    for number in range(10):
        log.write(b"%d" % number * 60)

    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["web.log", "web.log.1"]
    assert path.read_bytes().startswith(b"8")


def test_log_on_a_full_disk_loses_lines_and_nothing_else() -> None:
    RotatingLog(Path("/dev/full")).write(b"line")
