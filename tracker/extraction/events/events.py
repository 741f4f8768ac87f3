"""What an article tells of as news: sentences of harm with their days, places, figures, methods.

A sentence tells an event where it names harm. It is news unless its words make it background or a
running total, or its day does: more than a week before the report, or two days and more where the
report also tells of something later. What a sentence does not say itself (its day, its place) is
not taken from elsewhere here: whoever compares decides how far to look.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from tracker.extraction.document import read_document
from tracker.extraction.events.methods import find_methods
from tracker.extraction.figures.mentions import find_mentions
from tracker.extraction.figures.words import MAY_TELL_HARM
from tracker.extraction.places.finding import PlaceName, find_places
from tracker.extraction.places.known import PACKAGED, KnownPlaces
from tracker.extraction.scopes.words import has_recalled, has_totals
from tracker.extraction.times.days import NamedDay, ReportDay, find_days

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.extraction.document import Document
    from tracker.extraction.model import Mention

#: An event that long ago is news only where the report tells nothing later.
_RECENT = timedelta(days=2)
_LATEST = timedelta(days=1)
#: As far as the name of a weekday reaches; what is older is recalled.
_NEWS = timedelta(days=6)
#: What is news stands in the beginning; the rest of a very long text is not read for it.
_LONGEST_TEXT = 20_000


@dataclass(frozen=True, slots=True)
class Event:
    """One sentence of harm. ``days`` are those of the event, none of a statement."""

    start: int
    end: int
    scope: str
    days: tuple[NamedDay, ...]
    places: tuple[PlaceName, ...]
    figures: frozenset[int]
    methods: frozenset[str]


@dataclass(frozen=True, slots=True)
class ArticleEvents:
    """What an article tells; ``report`` None = nothing says when it was written."""

    report: ReportDay | None
    events: tuple[Event, ...]

    @property
    def news(self) -> tuple[Event, ...]:
        """Told as news, neither background nor totals."""
        return tuple(event for event in self.events if event.scope == "INCIDENT")


def read_events(
    *, title: str, text: str, published: date | None, known: KnownPlaces = PACKAGED
) -> ArticleEvents:
    """The events of an article; never raises, whatever the text."""
    document = read_document(
        title=title, text=text[:_LONGEST_TEXT], published=published, outlet="", places=known
    )
    events = list(_events(document, find_mentions(document)))
    return ArticleEvents(document.report, tuple(_without_earlier(events, document.report)))


def _events(document: Document, mentions: list[Mention]) -> Iterator[Event]:
    figures: dict[int, set[int]] = {}
    for mention in mentions:
        figure = mention.minimum or mention.maximum
        if figure:
            figures.setdefault(mention.sentence, set()).add(figure)
    for sentence in document.sentences:
        words = sentence.words
        if not MAY_TELL_HARM.search(words):
            continue
        days = tuple(day for day in find_days(words, document.report) if not day.of_statement)
        yield Event(
            start=sentence.start,
            end=sentence.end,
            scope=_scope(words, days, document.report),
            days=days,
            places=tuple(document.places.keyed([find_places(words)])[0]),
            figures=frozenset(figures.get(sentence.number, ())),
            methods=find_methods(words),
        )


def _scope(sentence: str, days: tuple[NamedDay, ...], report: ReportDay | None) -> str:
    if has_totals(sentence):
        return "AGGREGATE"
    if has_recalled(sentence):
        return "BACKGROUND"
    if days and report is not None and all(day.last < report.day - _NEWS for day in days):
        return "BACKGROUND"
    return "INCIDENT"


def _without_earlier(events: list[Event], report: ReportDay | None) -> Iterator[Event]:
    """Beside something later, what happened days before is recalled, not reported."""
    news = [event for event in events if event.scope == "INCIDENT"]
    if report is None or not news:
        yield from events
        return
    last = [_last_day(event, report) for event in news]
    earliest = report.day - _NEWS
    if any(
        event.days and day >= report.day - _LATEST for event, day in zip(news, last, strict=True)
    ):
        earliest = report.day - _LATEST
    elif max(last) >= report.day - _RECENT:
        earliest = report.day - _RECENT
    for event in events:
        if event.scope == "INCIDENT" and _last_day(event, report) < earliest:
            yield replace(event, scope="BACKGROUND")
        else:
            yield event


def _last_day(event: Event, report: ReportDay) -> date:
    """The latest day it names; the report's own where it names none."""
    return max((day.last for day in event.days), default=report.day)
