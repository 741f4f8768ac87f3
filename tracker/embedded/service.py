"""One process under supervision: how it starts, how it is asked to stop, how long it may take."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tracker.embedded.process_tree import die_with, kill_quietly

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from tracker.embedded.accounts import Account

#: Seconds: what is killed again and again still has to be back, and at work, within 30.
LONGEST_PAUSE = 5.0
STABLE_AFTER = 60.0


@dataclass(frozen=True, slots=True)
class Service:
    """What to run and as whom."""

    name: str
    command: Sequence[str]
    account: Account
    environment: Mapping[str, str]
    folder: Path
    stop_signal: signal.Signals
    log: Path
    owns_log: bool = False  # a guard writes its log itself
    pass_fds: tuple[int, ...] = ()


@dataclass(slots=True)
class Running:
    """A service with its present process and the history of its ends."""

    service: Service
    process: subprocess.Popen[bytes] | None = None
    begun: float = 0.0
    failures: int = 0
    again_at: float | None = field(default=None)

    @property
    def pid(self) -> int | None:
        """The number of the process, or None while there is none."""
        return self.process.pid if self.process is not None else None

    def start(self) -> None:
        """Start the process; it ends with this one, however this one ends."""
        service, me = self.service, os.getpid()

        def end_with_me() -> None:
            die_with(me, service.stop_signal)

        with self._output() as output:
            self.process = subprocess.Popen(  # noqa: S603  # commands of our own making
                service.command,
                cwd=service.folder,
                env=dict(service.environment),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                pass_fds=service.pass_fds,
                preexec_fn=end_with_me,  # noqa: PLW1509  # the supervisor has no threads
                **service.account.spawn_options(),
            )
        self.begun, self.again_at = time.monotonic(), None

    def ended(self) -> int | None:
        """The exit status, or None while it runs or there is nothing that could have ended."""
        if self.process is None:
            return None
        status = self.process.poll()
        if status is not None:
            self.process = None
        return status

    def plan_restart(self, now: float) -> float:
        """Count one more end and return the pause before the next start, longer each time."""
        self.failures = 1 if now - self.begun > STABLE_AFTER else self.failures + 1
        pause = min(LONGEST_PAUSE, 0.5 * 2.0 ** (self.failures - 1))
        self.again_at = now + pause
        return pause

    def ask_to_stop(self) -> None:
        """Send the signal this service stops in order on."""
        if self.process is not None:
            kill_quietly(self.process.pid, self.service.stop_signal)

    def stop_within(self, seconds: float) -> None:
        """Wait that long for the end, then kill."""
        if self.process is None:
            return
        try:
            self.process.wait(timeout=max(0.0, seconds))
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process = None

    def last_lines(self, count: int = 12) -> str:
        """The end of its log, for the person who has to find out why."""
        try:
            text = self.service.log.read_bytes()[-8192:].decode("utf-8", errors="replace")
        except OSError:
            return ""
        return "\n".join(f"    {line}" for line in text.splitlines()[-count:])

    def _output(self) -> _Output:
        return _Output(self.service.log if not self.service.owns_log else None)


class _Output:
    """A log opened by the supervisor, or nothing where the service writes its own."""

    def __init__(self, path: Path | None) -> None:
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC
        if path is not None:
            self._descriptor = os.open(path, flags, 0o600)
        else:
            self._descriptor = os.open(os.devnull, os.O_WRONLY)

    def __enter__(self) -> int:
        return self._descriptor

    def __exit__(self, *_: object) -> None:
        os.close(self._descriptor)


def signal_name(status: int) -> str:
    """How a process ended, in words."""
    if status < 0:
        return f"was ended by {signal.Signals(-status).name}"
    if status > 128:  # noqa: PLR2004  # the shell's way of naming a signal
        return f"was ended by signal {status - 128}"
    return f"ended with status {status}"
