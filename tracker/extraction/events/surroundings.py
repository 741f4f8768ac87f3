"""What was hit besides people, and whether those who came to help were struck in turn (pure)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tracker.extraction.lexicon import any_of, topic

if TYPE_CHECKING:
    from tracker.extraction.document import Document
    from tracker.extraction.model import Span

_WORDS = topic("surroundings")
_KIND_OF = {word: kind for kind, words in _WORDS["kinds"].items() for word in words}
_THING = any_of(list(_KIND_OF))
#: "hit a crowded vegetable market", "near the town's only hospital": a few words between.
_HIT = re.compile(
    rf"\b{any_of(_WORDS['hit']['before'])}\s(?:(?!and\b|near\b|in\b)[\w’'-]{{1,20}}\s){{0,5}}?"
    rf"(?P<thing>{_THING})\b|\b(?P<was>{_THING})\s{any_of(_WORDS['hit']['after'])}\b",
    re.IGNORECASE,
)
_PLAIN = re.compile(rf"\b{any_of(_WORDS['double_tap']['plain'])}\b", re.IGNORECASE)
_AGAIN = re.compile(rf"\b{any_of(_WORDS['double_tap']['again'])}\b", re.IGNORECASE)
_RESCUERS = re.compile(rf"\b{any_of(_WORDS['double_tap']['rescuers'])}\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Infrastructure:
    """What was hit, a word of the vocabulary ("hospital"), at ``span`` of the document's text."""

    kind: str
    sentence: int
    span: Span


@dataclass(frozen=True, slots=True)
class DoubleTap:
    """The words that tell of a second strike on those who came to help."""

    sentence: int
    span: Span


def find_infrastructure(document: Document) -> list[Infrastructure]:
    """What the document says was hit, in the order of the text."""
    found: list[Infrastructure] = []
    for sentence in document.sentences:
        small = sentence.words.lower()
        if not any(word in small for word in _KIND_OF):
            continue
        for match in _HIT.finditer(sentence.words):
            group = "thing" if match["thing"] else "was"
            kind = _KIND_OF[" ".join(match[group].lower().split())]
            start, end = match.span(group)
            span = (sentence.start + start, sentence.start + end)
            found.append(Infrastructure(kind, sentence.number, span))
    return found


def find_double_taps(document: Document) -> list[DoubleTap]:
    """The sentences that tell of a second strike on those who came to help."""
    found: list[DoubleTap] = []
    for sentence in document.sentences:
        words = sentence.words
        match = _PLAIN.search(words)
        if match is None and _RESCUERS.search(words):
            match = _AGAIN.search(words)
        if match is not None:
            start, end = match.span()
            span = (sentence.start + start, sentence.start + end)
            found.append(DoubleTap(sentence.number, span))
    return found
