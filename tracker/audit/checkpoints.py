"""Checkpoints of the chain as a file that is kept off the machine (pure but for the file)."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from tracker.core.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A link as it stood: its number, its hash, and when it was sealed (ISO 8601)."""

    link: int
    hash: str
    sealed_at: str


def read_checkpoints(path: Path) -> list[Checkpoint]:
    """In the order of their numbers. Raises InvalidInput, naming the line that is none."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as failure:
        raise InvalidInput(f"{path} can't be read as a file of checkpoints.") from failure
    found = [_read(line, f"{path}:{number}") for number, line in enumerate(lines, start=1)]
    if not found:
        raise InvalidInput(f"{path} holds no checkpoint.")
    return sorted(found, key=lambda one: one.link)


def write_checkpoints(path: Path, checkpoints: Iterable[Checkpoint]) -> None:
    """One line of JSON each; the file is whole or as it was before. Raises InvalidInput."""
    new = path.with_name(f"{path.name}.new")
    try:
        with new.open("w", encoding="utf-8") as file:
            file.writelines(f"{json.dumps(asdict(one))}\n" for one in checkpoints)
        new.replace(path)
    except OSError as failure:
        raise InvalidInput(f"{path} can't be written: {failure.strerror}.") from failure


def _read(line: str, where: str) -> Checkpoint:
    try:
        said = json.loads(line)
        found = Checkpoint(int(said["link"]), str(said["hash"]), str(said["sealed_at"]))
    except (ValueError, KeyError, TypeError) as failure:
        raise InvalidInput(f"{where} is no checkpoint.") from failure
    if found.link < 1 or not _HASH.fullmatch(found.hash):
        raise InvalidInput(f"{where} is no checkpoint.")
    return found
