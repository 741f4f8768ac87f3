"""Days that a report names, resolved by its own day, with their precision (pure).

The day of the report is what its head says, then the day it was published. A phrase is resolved by
the table of the methodology (7.3); what the table does not hold stays unresolved, and no day is
ever made up: "in February" is the month.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_ONE_TO_SIX = ("one", "two", "three", "four", "five", "six")
_ONE_DAY = timedelta(days=1)
_DECEMBER = 12
_HEAD = 250

_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_FULL = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?<!\w){_DAY}(?: of)?[ -]{_MONTH}[ ,-]{{1,2}}{_YEAR}(?!\d)",
        # "Jun 142016": some pages lose the comma and the blank with it
        rf"(?<!\w){_MONTH} ?(?P<day>[0-3]?\d)(?:st|nd|rd|th)?[ ,]{{0,2}}{_YEAR}(?!\d)",
        rf"(?<!\d){_YEAR}-(?P<number>[01]\d)-(?P<day>[0-3]\d)(?!\d)",
        rf"(?<!\d)(?P<day>[0-3]?\d)[./-](?P<number>[01]?\d)[./-]{_YEAR}",
    )
)
_IN_PROSE = re.compile(r"\b(?:on|since|of|until|from|before|after|in|between)\s+$", re.IGNORECASE)
_OF_THE_PAGE = re.compile(r"\b(?:posted|published|updated|modified|date)\b[\w\s:]*$", re.IGNORECASE)
_MONTH_AFTER = _MONTH.replace("month", "month_after")
_DAY_FIRST = rf"(?P<day_first>[0-3]?\d)(?:st|nd|rd|th)?(?: of)? {_MONTH_AFTER}"
_DAY_FIRST_YEAR = rf"(?:,? {_YEAR.replace('year', 'year_after')})?"
_WHOLE_MONTH = _MONTH.replace("month", "whole_month")
_WHOLE_YEAR = rf"(?:,? {_YEAR.replace('year', 'whole_year')})?"
_PHRASES = re.compile(
    rf"(?P<statement>\b(?:said|told|reported|announced|added|stated)\s+(?:\w+\s+)?(?:on\s+)?)?"
    rf"(?:(?P<last>\blast\s+)?\b(?P<weekday>{'|'.join(_WEEKDAYS)})\b"
    r"|\b(?P<near>today|yesterday|overnight|last night|this (?:morning|afternoon|evening))\b"
    rf"|\b(?P<ago>\d|{'|'.join(_ONE_TO_SIX)}) days ago\b"
    rf"|\b{_MONTH} {_DAY}(?:,? {_YEAR})?(?!\w|[.:,]\d)"
    rf"|(?<!\w){_DAY_FIRST}{_DAY_FIRST_YEAR}(?!\w)"
    r"|\b(?P<week>last week)\b"
    rf"|\b(?:in|last) {_WHOLE_MONTH}{_WHOLE_YEAR}\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class ReportDay:
    """The day a report counts from; ``basis`` is "DATELINE" or "PUBLICATION"."""

    day: date
    basis: str


@dataclass(frozen=True, slots=True)
class NamedDay:
    """What a phrase says of when: from ``first`` to ``last``, both the same for a day.

    ``precision`` is a word of the methodology's table; ``basis`` "STATED" or "RELATIVE_RESOLVED".
    ``of_statement``: the day when somebody spoke, not when it happened.
    """

    first: date
    last: date
    precision: str
    basis: str
    start: int
    end: int
    of_statement: bool = False


def report_day(text: str, published: date | None) -> ReportDay | None:
    """The day in the head of the text, else the day of publication, else None."""
    head = text[:_HEAD]
    found = [match for pattern in _FULL for match in pattern.finditer(head)]
    for match in sorted(found, key=lambda match: match.start()):
        before = head[: match.start()]
        if _IN_PROSE.search(before) and not _OF_THE_PAGE.search(before):
            continue
        day = _full_date(match)
        if day is not None:
            return ReportDay(day, "DATELINE")
    return ReportDay(published, "PUBLICATION") if published else None


def find_days(text: str, report: ReportDay | None) -> Iterator[NamedDay]:
    """The phrases of ``text`` that name a time and can be resolved, in their order.

    Without a report's day only what stands with its year can be.
    """
    for match in _PHRASES.finditer(text):
        span = _resolve(match, report.day if report else None)
        if span is None:
            continue
        first, last, precision, basis = span
        if report is not None and first > report.day:
            continue  # a result in the future: a person decides
        yield NamedDay(
            first,
            last,
            precision,
            basis,
            match.start(),
            match.end(),
            of_statement=match["statement"] is not None,
        )


def _full_date(match: re.Match[str]) -> date | None:
    groups = match.groupdict()
    month = _month(groups["month"]) if groups.get("month") else int(groups["number"])
    return _date(int(groups["year"]), month, int(groups["day"]))


def _resolve(match: re.Match[str], anchor: date | None) -> tuple[date, date, str, str] | None:
    month, day, year = match["month"], match["day"], match["year"]
    if match["month_after"]:
        month, day, year = match["month_after"], match["day_first"], match["year_after"]
    if month:
        found = _dated(_month(month), int(day), int(year) if year else None, anchor)
        return (found, found, "DAY", "STATED") if found else None
    if match["whole_month"]:
        return _whole_month(_month(match["whole_month"]), match["whole_year"], anchor)
    if anchor is None:
        return None
    if match["week"]:
        monday = anchor - timedelta(days=anchor.weekday() + 7)
        return monday, monday + timedelta(days=6), "WEEK", "RELATIVE_RESOLVED"
    first = last = anchor - timedelta(days=_days_back(match, anchor))
    is_night = (match["near"] or "").lower() in {"overnight", "last night"}
    if is_night:
        first = anchor - _ONE_DAY
    return first, last, "FEW_DAYS" if is_night else "DAY", "RELATIVE_RESOLVED"


def _days_back(match: re.Match[str], anchor: date) -> int:
    if match["weekday"]:
        back = (anchor.weekday() - _WEEKDAYS.index(match["weekday"].lower())) % 7
        return 7 if match["last"] and not back else back
    if match["ago"]:
        words = match["ago"].lower()
        return int(words) if words.isdigit() else _ONE_TO_SIX.index(words) + 1
    return 1 if match["near"].lower() == "yesterday" else 0


def _dated(month: int, day: int, year: int | None, anchor: date | None) -> date | None:
    if year is not None:
        return _date(year, month, day)
    if anchor is None:
        return None
    found = _date(anchor.year, month, day)
    return found if found is None or found <= anchor else _date(anchor.year - 1, month, day)


def _whole_month(
    month: int, year: str | None, anchor: date | None
) -> tuple[date, date, str, str] | None:
    if year is None and anchor is None:
        return None
    number = int(year) if year else anchor.year if anchor else 0
    if year is None and anchor is not None and month > anchor.month:
        number -= 1
    first = date(number, month, 1)
    following = date(number + month // _DECEMBER, month % _DECEMBER + 1, 1)
    return first, following - _ONE_DAY, "MONTH", "STATED" if year else "RELATIVE_RESOLVED"


def _month(words: str) -> int:
    return _MONTHS.index(words[:3].lower()) + 1


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None  # "31 February" is no day
