"""``python -m tracker.embedded.guard``: one command with all its children, and its log.

A worker forks a pool, gunicorn forks servers: when the command ends, when the guard is told to
stop, or when the supervisor is killed, nothing of that family may be left over. The guard adopts
the orphans, passes SIGTERM on, and kills what is still there after a grace.
"""

from __future__ import annotations

import argparse
import os
import select
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.embedded.process_tree import adopt_orphans, die_with, kill_children

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import FrameType

LOG_BYTES = 10 * 1024 * 1024
CHUNK = 65536


class RotatingLog:
    """A log that keeps one former file; a full disk costs lines, never the process."""

    def __init__(self, path: Path, limit: int = LOG_BYTES) -> None:
        self._path, self._limit = path, limit

    def write(self, data: bytes) -> None:
        """Append, moving a file that grew too long aside."""
        try:
            if self._path.exists() and self._path.stat().st_size > self._limit:
                self._path.replace(self._path.with_name(f"{self._path.name}.1"))
            with self._path.open("ab") as file:
                file.write(data)
        except OSError:
            return


class Guard:
    """Runs one command to its end."""

    def __init__(self, command: Sequence[str], log: RotatingLog, grace: float) -> None:
        self._command, self._log, self._grace = command, log, grace
        self._deadline: float | None = None
        self._child: subprocess.Popen[bytes] | None = None

    def run(self, *, pass_fds: tuple[int, ...]) -> int:
        """Start, wait, clean up; the exit status of the command, 128 + n for signal n."""
        adopt_orphans()
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self._stop)
        me = os.getpid()
        self._child = subprocess.Popen(  # noqa: S603  # what the supervisor asked for
            self._command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            pass_fds=pass_fds,
            preexec_fn=lambda: die_with(me, signal.SIGKILL),  # noqa: PLW1509  # no threads here
        )
        try:
            status = self._follow(self._child)
        finally:
            kill_children()
        while self._copy(self._child, wait=0):
            continue
        return status if status >= 0 else 128 - status

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        if self._deadline is None:
            self._deadline = time.monotonic() + self._grace
            if self._child is not None:
                self._child.terminate()

    def _follow(self, child: subprocess.Popen[bytes]) -> int:
        if self._deadline is not None:  # told to stop while the child was being made
            child.terminate()
        while child.poll() is None:
            if not self._copy(child, wait=0.25):
                time.sleep(0.25)
            if self._deadline is not None and time.monotonic() > self._deadline:
                child.kill()
        return int(child.returncode)

    def _copy(self, child: subprocess.Popen[bytes], *, wait: float) -> bool:
        """One piece of output to the log; False where there is nothing more to come by now."""
        pipe = child.stdout
        if pipe is None or pipe.closed:
            return False
        if not select.select([pipe], [], [], wait)[0]:
            return wait > 0  # it has waited already
        data = os.read(pipe.fileno(), CHUNK)
        if not data:
            pipe.close()
            return False
        self._log.write(data)
        return True


def main(arguments: Sequence[str]) -> int:
    """Parse the supervisor's wish and run it."""
    parser = argparse.ArgumentParser(prog="guard")
    parser.add_argument("--log", type=Path, required=True)
    parser.add_argument("--grace", type=float, default=6.0)
    parser.add_argument("--pass-fd", type=int, action="append", default=[])
    parser.add_argument("command", nargs="+")
    options = parser.parse_args(arguments)
    guard = Guard(options.command, RotatingLog(options.log), options.grace)
    return guard.run(pass_fds=tuple(options.pass_fd))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
