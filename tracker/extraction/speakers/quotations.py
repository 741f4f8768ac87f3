"""Where a text quotes somebody to the letter (pure)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tracker.extraction.model import Span

_MARK = re.compile(r"[\"“”„«»]")
_LONGEST = 2_000
_OPENING = "“„«"
_CLOSING = "”»"
_MOST = 400


def quotations(text: str) -> list[Span]:
    """The quotations in order, marks included; one that is never closed ends with its line.

    A straight mark opens where a word follows it and none stands before it, so that one lost mark
    does not turn the rest of a text inside out.
    """
    found: list[Span] = []
    opened = -1
    for match in _MARK.finditer(text):
        at = match.start()
        if opened >= 0:
            line_ends = text.find("\n", opened, min(at, opened + _LONGEST))
            if line_ends >= 0:
                found.append((opened, line_ends))
            if line_ends >= 0 or at - opened > _LONGEST:
                opened = -1
        if _opens(text, at, is_open=opened >= 0):
            if opened >= 0:
                found.append((opened, at))
            opened = at
        elif opened >= 0:
            found.append((opened, at + 1))
            opened = -1
        if len(found) >= _MOST:
            break
    return found


def _opens(text: str, at: int, *, is_open: bool) -> bool:
    mark = text[at]
    if mark in _OPENING:
        return True
    if mark in _CLOSING:
        return False
    before = text[at - 1] if at else " "
    after = text[at + 1] if at + 1 < len(text) else " "
    if before.isspace() or before in "([–—:":
        return not after.isspace() or not is_open
    return False
