"""What a running installation tells the other commands of the same checkout."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING

from tracker.embedded.credentials import write_private
from tracker.embedded.layout import InstallationLock

if TYPE_CHECKING:
    from pathlib import Path

FILE = "running.json"


@dataclass(frozen=True, slots=True)
class RunningState:
    """Who runs, where it answers, and with which environment a command joins in."""

    pid: int
    url: str
    data: str
    sockets: str
    environment: dict[str, str] = field(repr=False)
    processes: dict[str, int] = field(default_factory=dict)
    application_uid: int = 0


def write_state(control: Path, state: RunningState) -> None:
    """Publish the state; only the starting account can read it."""
    write_private(control / FILE, json.dumps(asdict(state)))


def forget_state(control: Path) -> None:
    """Nothing runs any more."""
    (control / FILE).unlink(missing_ok=True)


def read_state(control: Path) -> RunningState | None:
    """The state as last written, or None where none was left; says nothing about who lives."""
    try:
        return RunningState(**json.loads((control / FILE).read_text(encoding="utf-8")))
    except (FileNotFoundError, NotADirectoryError, ValueError, TypeError):
        return None


def find_running(control: Path) -> RunningState | None:
    """The state of an installation that runs now, or None."""
    state = read_state(control)
    if state is None:
        return None
    lock = InstallationLock(control)
    if lock.acquire():  # nobody holds it, so the file is a leftover
        lock.release()
        return None
    return state
