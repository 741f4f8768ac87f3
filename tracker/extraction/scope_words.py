"""Words that make a figure a running total, or of something recalled (pure)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from tracker.extraction.calendar_words import MONTH, NUMBERS, YEAR
from tracker.extraction.lexicon import any_of, topic

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.extraction.document import Document
    from tracker.extraction.model import Mention

_SLOTS = {
    "*": r"(?:[\w’'-]+\s+){0,5}?",
    "{month}": MONTH,
    "{year}": rf"{YEAR}s?",
    "{number}": rf"(?:\d{{1,3}}|several|many|{any_of(NUMBERS)})",
}
_SLOT = re.compile(r"\*\s|\{\w+\}")


def _pattern(phrases: list[str]) -> re.Pattern[str]:
    parts = []
    for phrase in sorted(phrases, key=len, reverse=True):
        pieces, end = [], 0
        for slot in _SLOT.finditer(phrase):
            pieces += [re.escape(phrase[end : slot.start()]), _SLOTS[slot.group().strip()]]
            end = slot.end()
        pieces.append(re.escape(phrase[end:]))
        parts.append("".join(pieces).replace(r"\ ", r"\s+"))
    return re.compile(rf"(?<!\w)(?<!earlier )(?:{'|'.join(parts)})(?!\w)", re.IGNORECASE)


_WORDS = topic("scope")
_TOTAL = _pattern(_WORDS["total"]["phrases"])
_RECALLED = _pattern(_WORDS["recalled"]["phrases"])
_INTRODUCES = _pattern(_WORDS["recalled"]["introduces"])
_PARTS = _pattern(_WORDS["parts"]["phrases"])


_CLAUSE = re.compile(r"[;,\"“”]|\b(?:while|but|when|whereas|although|though)\b", re.IGNORECASE)
#: "the deadliest attack since the war began" counts nothing.
_SUPERLATIVE = re.compile(r"\b(?:\w{2,12}est|worst|first|most)\s(?:[\w-]+\s){0,9}$", re.IGNORECASE)
_CLAUSE_COST = 50
_SAME_CLAUSE = 45

_CUES = (("total", _TOTAL), ("recalled", _RECALLED), ("recalled", _INTRODUCES))

Span = tuple[int, int]


def has_totals(text: str) -> bool:
    """Whether words of a running total stand in it."""
    return _TOTAL.search(text) is not None


def has_recalled(text: str) -> bool:
    """Whether words of something recalled stand in it."""
    return _RECALLED.search(text) is not None


def has_parts(text: str) -> bool:
    """Whether it tells of parts of the figure before."""
    return _PARTS.search(text) is not None


def cue_of(document: Document, mention: Mention, beside: Sequence[Mention]) -> tuple[str, Span]:
    """The words that make a mention "total" or "recalled", the nearest; ("", ...) where none do.

    ``beside`` are the mentions of its sentence: words go with the mention they stand nearest to.
    """
    sentence = document.sentences[mention.sentence]
    found: list[tuple[int, str, Span]] = []
    for kind, start, end, introduces in _cues_in(sentence.words):
        span = (sentence.start + start, sentence.start + end)
        if introduces and span[1] > mention.core_start:
            continue
        cost = _distance(document.text, span, mention)
        if all(cost - _distance(document.text, span, m) <= _SAME_CLAUSE for m in beside):
            # "since" says it for the whole sentence
            since = sentence.words[start:end].lower().startswith("since")
            found.append((0 if since else cost, kind, span))
    _, kind, span = min(found, default=(0, "", (0, 0)))
    return kind, span


@lru_cache(maxsize=256)
def _cues_in(words: str) -> tuple[tuple[str, int, int, bool], ...]:
    """Kind, start, end of a sentence's cues, and whether they only speak of what follows."""
    return tuple(
        (kind, match.start(), _end(match), pattern is _INTRODUCES)
        for kind, pattern in _CUES
        for match in pattern.finditer(words)
        if not _SUPERLATIVE.search(words, max(0, match.start() - 80), match.start())
    )


def _end(match: re.Match[str]) -> int:
    """Without the full stop that a month may bring along."""
    return match.end() - match.group().endswith(".")


def _distance(text: str, words: Span, mention: Mention) -> int:
    """Letters between words and a mention, and more for each clause."""
    first, second = sorted((words, (mention.core_start, mention.core_end)))
    between = text[first[1] : second[0]]
    return len(between) + _CLAUSE_COST * len(_CLAUSE.findall(between))
