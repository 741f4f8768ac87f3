"""Passages of a text that are furniture of the page and not of the report (pure)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_VISIBLE = re.compile(r"[^\n]")


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """``text[start:end]`` is furniture; ``why`` names the rule that says so."""

    start: int
    end: int
    why: str


def unmarked(text: str, marks: Iterable[Mark]) -> str:
    """The text with blanks in place of what is marked: as long as before, so that offsets hold."""
    parts: list[str] = []
    at = 0
    for mark in sorted(marks):
        parts += [text[at : mark.start], _VISIBLE.sub(" ", text[mark.start : mark.end])]
        at = mark.end
    return "".join([*parts, text[at:]])


def without_marks(text: str, marks: Iterable[Mark]) -> str:
    """The text for reading outside: what is marked is left out, and with it the lines it leaves
    empty. Offsets do not hold."""
    lines = unmarked(text, marks).splitlines()
    kept = (
        line.strip()
        for line, old in zip(lines, text.splitlines(), strict=True)
        if line.strip() or not old.strip()
    )
    return "\n".join(kept)
