"""Processor time and memory of processes, from the kernel's own books (Linux)."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

_TICK = os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True, slots=True)
class Process:
    """One living process; ``seconds`` holds its own time and that of its ended children."""

    pid: int
    parent: int
    seconds: float
    resident: int


def processes() -> dict[int, Process]:
    """Every process that can be seen."""
    found = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and (process := _read(int(entry.name))) is not None:
            found[process.pid] = process
    return found


def family(root: int) -> list[Process]:
    """The process and all that descends from it."""
    everything = processes()
    wanted, seen = [root], []
    while wanted:
        pid = wanted.pop()
        if pid in everything:
            seen.append(everything[pid])
            wanted += [p.pid for p in everything.values() if p.parent == pid]
    return seen


def seconds_of(root: int) -> float:
    """Processor time of the process and its family, ended members included."""
    return sum(process.seconds for process in family(root))


def _read(pid: int) -> Process | None:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
    fields = stat.rpartition(")")[2].split()
    ticks = sum(int(value) for value in fields[11:15])
    return Process(
        pid=pid, parent=int(fields[1]), seconds=ticks / _TICK, resident=int(fields[21]) * _PAGE
    )
