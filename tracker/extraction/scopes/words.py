"""Words that make a figure a running total, or of something recalled (pure)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from tracker.extraction.lexicon import any_of, topic
from tracker.extraction.times.calendar_words import (
    MONTH,
    NUMBERS,
    WEEKDAY,
    YEAR,
    weekday_number,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.extraction.document import Document
    from tracker.extraction.model import Mention

_SLOTS = {
    "*": r"(?:[\w’'-]+\s+){0,5}?",
    "{month}": MONTH,
    "{weekday}": WEEKDAY,
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
#: So short a time is one event.
_BURST = re.compile(
    r"\b(?:past|last|previous|in|over|within)\s(?:two|2)\sdays(?:\sof)?$", re.IGNORECASE
)
_SINCE_DAY = re.compile(rf"since\s(?P<day>{WEEKDAY})", re.IGNORECASE)
_WEEK = 7
#: Days after which "since Monday" is no burst of one event.
_LONG_SINCE = 3
#: "In the past year, …": what a sentence begins with holds for all of it.
_FRAME = re.compile(r"\W{0,3}(?:(?:in|over|during|within|for|throughout)\s)?$", re.IGNORECASE)
#: "since the 2019 operation that killed nine": the words tell of what the clause after them says.
_RELATIVE = re.compile(r"\s[^,.;]{1,60}\b(?:that|which)\b[^,.;]{0,40}$", re.IGNORECASE)
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
    for kind, start, end, reach in _cues_in(sentence.words):
        span = (sentence.start + start, sentence.start + end)
        if not _reaches(document.text[span[1] : mention.figure_start], reach):
            continue
        if _is_burst(document, sentence.words[start:end]):
            continue
        cost = _distance(document.text, span, mention)
        if all(cost - _distance(document.text, span, m) <= _SAME_CLAUSE for m in beside):
            found.append(
                (0 if _holds_for_all(sentence.words, kind, start, end) else cost, kind, span)
            )
    _, kind, span = min(found, default=(0, "", (0, 0)))
    return kind, span


def _is_burst(document: Document, words: str) -> bool:
    """ "Since Monday", told on Tuesday or Wednesday."""
    since = _SINCE_DAY.fullmatch(words)
    if since is None or document.report is None or document.report.day is None:
        return since is not None
    gone = (document.report.day.weekday() - weekday_number(since["day"])) % _WEEK
    return gone < _LONG_SINCE


def _holds_for_all(words: str, kind: str, start: int, end: int) -> bool:
    """Words that a whole sentence is about: with "since", or a total that it begins with."""
    if words[start:end].lower().startswith("since"):
        return True
    return kind == "total" and _FRAME.match(words[:start]) is not None


def _reaches(between: str, reach: str) -> bool:
    """Whether words speak of a figure that ``between`` parts from them; "" behind the figure."""
    if reach == "clause":
        return _RELATIVE.match(between) is not None
    return reach == "all" or bool(between)


@lru_cache(maxsize=256)
def _cues_in(words: str) -> tuple[tuple[str, int, int, str], ...]:
    """Kind, start, end of a sentence's cues, and what they speak of.

    "all" of the sentence, only what "follows", or only the "clause" right behind them.
    """
    found: list[tuple[str, int, int, str]] = []
    for kind, pattern in _CUES:
        for match in pattern.finditer(words):
            if _BURST.search(match.group()):
                continue
            reach = "follows" if pattern is _INTRODUCES else "all"
            if _SUPERLATIVE.search(words, max(0, match.start() - 80), match.start()):
                if kind == "total":
                    continue
                reach = "clause"
            found.append((kind, match.start(), _end(match), reach))
    return tuple(found)


def _end(match: re.Match[str]) -> int:
    """Without the full stop that a month may bring along."""
    return match.end() - match.group().endswith(".")


def _distance(text: str, words: Span, mention: Mention) -> int:
    """Letters between words and a mention, and more for each clause."""
    first, second = sorted((words, (mention.core_start, mention.core_end)))
    between = text[first[1] : second[0]]
    return len(between) + _CLAUSE_COST * len(_CLAUSE.findall(between))
