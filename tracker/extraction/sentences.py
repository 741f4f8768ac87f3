"""Sentences with stable offsets; none crosses a line's end."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# A line that goes on in small letters on the next one is a line broken for its width.
_LINE = re.compile(r"[^\n]+(?:(?<![.!?:;])\n[a-z][^\n]*)*")
# The look-behind and the possessive quantifiers keep a megabyte of full stops linear.
_END = re.compile(
    r"(?<![.!?؟…])[.!?؟…]++[\"”’')\]]*+(?=\s{1,200}[\"“‘(\[]{0,3}[A-Z\u0600-\u06ff\d])"
)
#: Blanks like these part the cells of a table; and no expression meets a long run of them.
_GAP = re.compile(r"[^\S\n]{8}\s*+")
#: Where a page's own date ends, run into the sentence after it: "AFP Thursday 25 Sep 2014 A…".
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?"
_STAMP = re.compile(
    rf"(?:(?<=\d )|(?<=\d\d )){_MONTH} (?:19|20)\d\d(?:,? \d\d:?\d\d(?::?\d\d)?)?(?= [A-Z\d])"
    rf"|{_MONTH} \d{{1,2}},? (?:19|20)\d\d(?:,? \d\d:?\d\d(?::?\d\d)?)?(?= [A-Z\d])"
    r"|\b\d\d[-./]\d\d[-./](?:19|20)\d\d(?= [A-Z\d])"
)
_HEADLINE_WITHIN = 600
_SHORTEST_HEADLINE = 20
_CAPITAL = re.compile(r" [A-Z\d]")
_IN_A_PHRASE = re.compile(
    r"\b(?:on|of|in|since|from|until|till|to|by|before|after|dated|the|and|between|for|at|"
    r"through)\s+"
    r"(?:(?:[A-Z][a-z]+day),?\s+)?(?:the\s+)?(?:\d{1,2}(?:st|nd|rd|th)?\s+)?$"
)
_ABBREVIATIONS = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Gen|Col|Lt|Maj|Sgt|Capt|Adm|St|No|Jan|Feb|Mar|Apr|Aug|Sept|Sep|Oct|Nov|"
    r"Dec|vs|approx)|\b[A-Z](?:\.[A-Z])*)\.$"
)


def split_sentences(text: str, headline: str = "") -> Iterator[tuple[int, int]]:
    """The offsets of each sentence, in order; ``text[start:end]`` has no blank ends.

    Where the text repeats its headline at the beginning, that is a sentence of its own.
    """
    after_headline = _after_headline(text, headline)
    for line in _LINE.finditer(text):
        start = line.start()
        for cut in sorted(
            {
                *_stops(text, *line.span()),
                *_stamps(text, *line.span()),
                *(gap.end() for gap in _GAP.finditer(text, *line.span())),
                *(at for at in after_headline if line.start() < at <= line.end()),
            }
        ):
            yield from _trimmed(text, start, cut)
            start = cut
        yield from _trimmed(text, start, line.end())


def _after_headline(text: str, headline: str) -> tuple[int, ...]:
    headline = headline.strip(" .")
    at = text.find(headline, 0, _HEADLINE_WITHIN) if len(headline) > _SHORTEST_HEADLINE else -1
    end = at + len(headline)
    return (at, end) if at >= 0 and _CAPITAL.match(text, end) else ()


def _stops(text: str, start: int, end: int) -> Iterator[int]:
    for stop in _END.finditer(text, start, end):
        if not _ABBREVIATIONS.search(text, max(start, stop.start() - 12), stop.start() + 1):
            yield stop.end()


def _stamps(text: str, start: int, end: int) -> Iterator[int]:
    for stamp in _STAMP.finditer(text, start, end):
        if not _IN_A_PHRASE.search(text[max(start, stamp.start() - 30) : stamp.start()]):
            yield stamp.end()


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    length = len(piece.strip())
    if length:
        yield start + left, start + left + length
