"""Parents and children as the kernel sees them: what ends with whom, and who is left over."""

from __future__ import annotations

import ctypes
import os
import signal
from pathlib import Path

PR_SET_PDEATHSIG = 1
PR_SET_CHILD_SUBREAPER = 36
_LIBC = ctypes.CDLL(None, use_errno=True)  # loaded here: a forked child must not load anything


def die_with(parent: int, how: signal.Signals) -> None:
    """Receive ``how`` when ``parent`` ends, however it ends. Call it in the child, as its user."""
    _LIBC.prctl(PR_SET_PDEATHSIG, int(how))
    if os.getppid() != parent:  # it ended before we could ask
        os.kill(os.getpid(), how)


def adopt_orphans() -> None:
    """Let the children of children that end become children of this process, not of init."""
    _LIBC.prctl(PR_SET_CHILD_SUBREAPER, 1)


def children_of(parent: int) -> list[int]:
    """The processes whose parent is ``parent``."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and _fields(int(entry.name))[1:2] == [str(parent)]:
            found.append(int(entry.name))
    return found


def started_at(pid: int) -> str:
    """When a process began, in the kernel's ticks: with the number it names one process for good.

    The empty string where there is no such process, or it has ended and only waits to be reaped.
    """
    fields = _fields(pid)
    return "" if not fields or fields[0] in {"Z", "X"} else fields[19]


def kill_children(*, spare: frozenset[int] = frozenset()) -> None:
    """Kill every child of this process but ``spare``, and theirs as they are adopted."""
    while doomed := [pid for pid in children_of(os.getpid()) if pid not in spare]:
        for pid in doomed:
            kill_quietly(pid, signal.SIGKILL)
            try:
                os.waitpid(pid, 0)
            except ChildProcessError:
                continue


def kill_quietly(pid: int, how: signal.Signals) -> None:
    """Send a signal to a process that may have ended meanwhile."""
    try:
        os.kill(pid, how)
    except (ProcessLookupError, PermissionError):
        return


def _fields(pid: int) -> list[str]:
    """State, parent and what follows; the name before them may hold spaces and brackets."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except (OSError, ProcessLookupError):
        return []
    return text.rpartition(")")[2].split()
