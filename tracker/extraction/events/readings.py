"""What each sentence says of where, how, by whom and when something happened, read once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from tracker.extraction.events.actors import find_actors
from tracker.extraction.events.methods import find_method_words
from tracker.extraction.lexicon import any_of, topic
from tracker.extraction.places.book import PlaceBook, book_of
from tracker.extraction.places.finding import find_places
from tracker.extraction.places.names import is_title
from tracker.extraction.times.days import find_days

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from tracker.extraction.document import Document
    from tracker.extraction.events.actors import ActorName
    from tracker.extraction.events.methods import MethodWord
    from tracker.extraction.places.finding import PlaceName
    from tracker.extraction.times.days import ReportDay

_WORDS = topic("events")
#: "Another 20 were hurt" goes on with what is told.
_MORE = rf"(?!another\s(?:\d|{any_of(_WORDS['more_of_the_same'])}\b))"
_TURNS = re.compile(rf"[\"“'‘(\s]{{0,3}}{_MORE}{any_of(_WORDS['turns'])}\b", re.IGNORECASE)
_TAKES_UP = re.compile(
    rf"\b(?:the|this|that|these|those)\s(?:[\w’'-]+\s){{0,3}}?{any_of(_WORDS['taken_up'])}\b",
    re.IGNORECASE,
)
_GENERAL = re.compile(rf"\b{any_of(_WORDS['general'])}\b", re.IGNORECASE)
#: The places of so many sentences are compared.
_MOST_IN_BOOK = 150
NO_BOOK = PlaceBook()
_SMALL_WORD = re.compile(r"(?<![\w-])[a-z][a-z’'-]+")


@dataclass(frozen=True)
class Reading:
    """A sentence, or the title with ``start`` None; its spans count from its own beginning."""

    words: str
    start: int | None
    offset: int
    report: ReportDay | None
    book: PlaceBook
    named: Sequence[PlaceName]

    @cached_property
    def places(self) -> list[PlaceName]:
        """The places it names, with what the report says of them elsewhere."""
        known = [place for place in self.named if self.book.knows(place)]
        return [self.book.settled(place) for place in known]

    @cached_property
    def methods(self) -> list[MethodWord]:
        """Its words of a method."""
        return find_method_words(self.words)

    @cached_property
    def actors(self) -> list[ActorName]:
        """The parties that it ties to a deed."""
        return find_actors(self.words)

    @cached_property
    def days(self) -> frozenset[date]:
        """The days on which it says that something happened."""
        found = find_days(self.words, self.report, offset=self.offset)
        return frozenset(day.day for day in found if day.day and not day.of_statement)

    @cached_property
    def turns(self) -> bool:
        """Whether its first words say that another event follows."""
        return _TURNS.match(self.words) is not None

    @cached_property
    def takes_up(self) -> bool:
        """Whether it speaks of an attack as one told of before."""
        return _TAKES_UP.search(self.words) is not None

    @cached_property
    def is_general(self) -> bool:
        """Whether it tells of what happens again and again, not of one event."""
        return _GENERAL.search(self.words) is not None


def readings_of(document: Document) -> list[Reading]:
    """One for each sentence, in order; nothing is read before it is asked for."""
    common = _common_words(document)
    found = [find_places(sentence.words, common) for sentence in document.sentences]
    named = document.places.keyed(found)
    book = book_of(
        (place for places in named[:_MOST_IN_BOOK] for place in places),
        (sentence.words for sentence in document.sentences[:_MOST_IN_BOOK]),
        document.places,
    )
    return [
        Reading(sentence.words, sentence.start, sentence.start, document.report, book, places)
        for sentence, places in zip(document.sentences, named, strict=True)
    ]


def title_of(document: Document, book: PlaceBook) -> Reading:
    """The title, as a sentence without offsets."""
    words = document.title[:500]
    (named,) = document.places.keyed([find_places(words, _common_words(document))])
    return Reading(words, None, 0, document.report, book, named)


def _common_words(document: Document) -> frozenset[str]:
    """The words that the report writes small; a title writes them large as well."""
    titles = [s for s in document.sentences[:3] if is_title(s.words)]
    if not titles and not document.title:
        return frozenset()
    return frozenset(_SMALL_WORD.findall(document.text[:20_000]))
