"""The day a report counts from: what its head says, then the day it was published (pure).

A republisher's date shifts every relative phrase, so the dateline in the text comes first. A date
without its year ("BEIRUT, March 3 (Reuters)") takes it from the number of a press release, else
from the day of publication; without either it says nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from tracker.extraction.lexicon import any_of, topic
from tracker.extraction.times.calendar_words import (
    FULL_DATES,
    MONTH,
    WEEKDAY,
    YEAR,
    day_of,
    full_date,
    month_number,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

#: Where a date that stands free is the report's own.
_HEAD = 250
#: Where a date in the shape of a dateline still is.
_LONG_HEAD = 700
_TWICE = timedelta(days=3)
#: Where a page says at its end when it was updated.
_TAIL = 400
_IN_PROSE = re.compile(
    r"\b(?:on|since|of|until|from|before|after|in|between|by|for)\s+$", re.IGNORECASE
)
_PAGE_WORDS = any_of(topic("days")["page"]["words"])
_OF_THE_PAGE = re.compile(rf"\b{_PAGE_WORDS}\b[\w\s:,]{{0,40}}$", re.IGNORECASE)
_WEEKDAY_BEFORE = re.compile(rf"\b(?:{WEEKDAY}|mon|tue|wed|thu|fri|sat|sun),?\s+$", re.IGNORECASE)
_DAY_AND_YEAR = (
    rf"(?P<month>{MONTH})\s?(?P<day>[0-3]?\d)(?:st|nd|rd|th)?(?:,?\s{{0,2}}(?P<year>{YEAR}))?"
)
#: Dates in brackets after a town; after a town in capitals, before an agency or a dash; at the
#: beginning of a line, before a colon; after "update".
_DATELINES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?<=[\w.,] )\({_DAY_AND_YEAR}\)",
        rf"(?-i:\b[A-Z]{{3,20}}(?:[ -][A-Z]{{2,20}}){{0,3}})(?:,\s(?-i:[A-Z])\w{{2,20}})?,\s"
        rf"{_DAY_AND_YEAR}\s{{0,2}}(?:\(|[-–—]|/)",
        rf"(?:^|\n)\s{{0,3}}{_DAY_AND_YEAR}:",
        rf"\bupdate,?\s{_DAY_AND_YEAR}\b",
    )
)
#: "2012-05-S-024": the year and month in the number of a press release.
_SERIAL = re.compile(r"(?<![\d-])(?P<year>20\d\d)-(?P<month>0[1-9]|1[0-2])-[A-Z]{1,3}-\d")


Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class ReportDay:
    """The day a report counts from; ``basis`` is "DATELINE" or "PUBLICATION".

    ``spans`` are where the text says so, none where it does not; they take no part in comparison.
    """

    day: date
    basis: str
    spans: tuple[Span, ...] = field(default=(), compare=False)

    @property
    def head_end(self) -> int:
        """Where the telling begins: behind the dateline of the head."""
        return max((end for start, end in self.spans if start < _LONG_HEAD), default=0)


def report_day(text: str, published: date | None) -> ReportDay | None:
    """The day in the head of the text, else of its publication, else at its end, else None."""
    found = sorted([*_full_dates(text), *_datelines(text, published)], key=_start)
    if found:
        # the head says it twice where a title and a dateline do
        near = [one for one in found if abs(one.day - found[0].day) <= _TWICE]
        return replace(found[0], spans=tuple(span for one in near for span in one.spans))
    if published is not None:
        return ReportDay(published, "PUBLICATION")
    return _at_the_end(text)


def _start(found: ReportDay) -> int:
    return found.spans[0][0] if found.spans else 0


def is_of_the_page(before: str) -> bool:
    """Whether the words before a date make it the page's ("posted on", "updated")."""
    return _OF_THE_PAGE.search(before[-60:]) is not None


def _full_dates(text: str) -> Iterator[ReportDay]:
    head = text[:_HEAD]
    for pattern in FULL_DATES:
        for match in pattern.finditer(head):
            before = head[: match.start()]
            if _IN_PROSE.search(before) and not is_of_the_page(before):
                continue
            day = full_date(match)
            if day is not None:
                yield ReportDay(day, "DATELINE", (_with_weekday(head, match),))


def _datelines(text: str, published: date | None) -> Iterator[ReportDay]:
    head = text[:_LONG_HEAD].replace("\xa0", " ")
    serial = _SERIAL.search(head)
    for pattern in _DATELINES:
        for match in pattern.finditer(head):
            day = _of_a_dateline(match, serial, published)
            if day is not None:
                yield ReportDay(day, "DATELINE", (_with_weekday(head, match),))


def _of_a_dateline(
    match: re.Match[str], serial: re.Match[str] | None, published: date | None
) -> date | None:
    month, day = month_number(match["month"]), int(match["day"])
    if match["year"]:
        return day_of(int(match["year"]), month, day)
    if serial is not None:
        year = int(serial["year"])
        months_on = month - int(serial["month"])
        return day_of(year + (months_on < -6) - (months_on > 6), month, day)  # noqa: PLR2004
    if published is None:
        return None
    years = (published.year + step for step in (-1, 0, 1))
    days = [found for year in years if (found := day_of(year, month, day))]
    return min(days, key=lambda found: abs(found - published), default=None)


def _at_the_end(text: str) -> ReportDay | None:
    offset = max(0, len(text) - _TAIL)
    tail = text[offset:]
    for pattern in FULL_DATES:
        for match in pattern.finditer(tail):
            day = full_date(match)
            if day is not None and is_of_the_page(tail[: match.start()]):
                start, end = _with_weekday(tail, match)
                return ReportDay(day, "DATELINE", ((start + offset, end + offset),))
    return None


def _with_weekday(text: str, match: re.Match[str]) -> tuple[int, int]:
    """The span of the date with the name of its weekday before it."""
    before = _WEEKDAY_BEFORE.search(text, max(0, match.start() - 20), match.start())
    return (before.start() if before else match.start()), match.end()
