"""Sentences with stable offsets; none crosses a line's end."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_LINE = re.compile(r"[^\n]+")
# The look-behind and the possessive quantifiers keep a megabyte of full stops linear.
_END = re.compile(
    r"(?<![.!?؟…])[.!?؟…]++[\"”’')\]]*+(?=\s{1,200}[\"“‘(\[]{0,3}[A-Z\u0600-\u06ff\d])"
)
_ABBREVIATIONS = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Gen|Col|Lt|Maj|Sgt|Capt|Adm|St|No|Jan|Feb|Mar|Apr|Aug|Sept|Sep|Oct|Nov|"
    r"Dec|vs|approx)|\b[A-Z](?:\.[A-Z])*)\.$"
)


def split_sentences(text: str) -> Iterator[tuple[int, int]]:
    """The offsets of each sentence, in order; ``text[start:end]`` has no blank ends."""
    for line in _LINE.finditer(text):
        start = line.start()
        for stop in _END.finditer(text, line.start(), line.end()):
            if _ABBREVIATIONS.search(text, max(start, stop.start() - 12), stop.start() + 1):
                continue
            yield from _trimmed(text, start, stop.end())
            start = stop.end()
        yield from _trimmed(text, start, line.end())


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    length = len(piece.strip())
    if length:
        yield start + left, start + left + length
