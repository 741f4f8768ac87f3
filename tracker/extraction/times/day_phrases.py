"""Phrases that say when, and the window each stands for, counted from an anchor (pure).

Each kind of phrase has its pattern and its rule, by the table of the methodology (7.3). What the
table does not hold stays unresolved, and no day is ever made up: "in February" is the month.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from tracker.extraction.lexicon import any_of, topic
from tracker.extraction.times.calendar_words import (
    FULL_DATES,
    MONTH,
    NUMBERS,
    ONE_DAY,
    WEEKDAY,
    YEAR,
    day_of,
    full_date,
    latest,
    month_number,
    month_span,
    number,
    weekday_before,
    weekday_number,
)

if TYPE_CHECKING:
    from collections.abc import Callable

_PARTS: dict[str, list[str]] = topic("days")["parts"]
_PART = any_of([word for words in _PARTS.values() for word in words])
_FEASTS: dict[str, list[int]] = topic("days")["feasts"]
_FEAST = any_of(list(_FEASTS)).replace("'", "['’]")
_EVENT = any_of(topic("whens")["taken_up"])
_NUMBER = rf"(?:a|an|\d{{1,2}}|{any_of(NUMBERS)})"
_ORDINAL = r"(?:st|nd|rd|th)"
_SATURDAY = 5
_LONGEST = 366
_A_WEEK = 7
_A_MONTH = 31


@dataclass(frozen=True, slots=True)
class Window:
    """From ``first`` to ``last``; ``day`` is the one day the annotation guide gives, if any."""

    first: date
    last: date
    basis: str
    day: date | None = None
    night: bool = False

    @property
    def precision(self) -> str:
        """The word of the methodology's table for a window of this length."""
        days = (self.last - self.first).days + 1
        if days == 1:
            return "DAY"
        if days < _A_WEEK:
            return "FEW_DAYS"
        return "WEEK" if days == _A_WEEK else "MONTH" if days <= _A_MONTH else "YEAR"


def _one(day: date | None, basis: str) -> Window | None:
    return None if day is None else Window(day, day, basis, day)


def _relative(day: date | None) -> Window | None:
    return _one(day, "RELATIVE_RESOLVED")


def _weekday(match: re.Match[str], anchor: date | None) -> Window | None:
    if anchor is None:
        return None
    strictly = match["last"] is not None
    first = weekday_before(anchor, weekday_number(match["weekday"]), strictly=strictly)
    if not match["second"]:
        return _relative(first)
    last = weekday_before(anchor, weekday_number(match["second"]))
    if first > last:
        first -= timedelta(days=_A_WEEK)
    return Window(first, last, "RELATIVE_RESOLVED")


def _near(match: re.Match[str], anchor: date | None) -> Window | None:
    if anchor is None:
        return None
    words = match["near"].lower()
    before = anchor - ONE_DAY
    if words == "overnight":
        return Window(before, anchor, "RELATIVE_RESOLVED", anchor, night=True)
    if words == "last night":
        return Window(before, anchor, "RELATIVE_RESOLVED", before, night=True)
    if words == "the day before yesterday":
        return _relative(before - ONE_DAY)
    return _relative(before if words.startswith(("yesterday", "last")) else anchor)


def _feast(match: re.Match[str], anchor: date | None) -> Window | None:
    month, day = _FEASTS[match["feast"].lower().replace("’", "'")]
    return None if anchor is None else _relative(latest(month, day, anchor))


def _ago(match: re.Match[str], anchor: date | None) -> Window | None:
    return None if anchor is None else _relative(anchor - timedelta(days=number(match["ago"])))


def _month_day(match: re.Match[str], anchor: date | None) -> Window | None:
    month, first = month_number(match["month"]), int(match["day"])
    last = int(match["to"]) if match["to"] else first
    if match["year"]:
        days = [day_of(int(match["year"]), month, day) for day in (first, last)]
    elif anchor is None:
        return None
    else:
        end = latest(month, last, anchor)
        days = [end and day_of(end.year, month, first), end]
    if days[0] is None or days[1] is None or days[0] > days[1]:
        return None
    if days[0] == days[1]:
        return _one(days[0], "STATED")
    return Window(days[0], days[1], "STATED")


def _full(match: re.Match[str], anchor: date | None) -> Window | None:
    del anchor
    return _one(full_date(match), "STATED")


def _ordinal(match: re.Match[str], anchor: date | None) -> Window | None:
    """ "on the 14th": of this month, or of the last one where that is still to come."""
    if anchor is None:
        return None
    day = int(match["ordinal"])
    month_before = anchor.replace(day=1) - ONE_DAY
    found = day_of(anchor.year, anchor.month, day)
    if found is not None and found > anchor:
        found = day_of(month_before.year, month_before.month, day)
    return _one(found, "RELATIVE_RESOLVED")


def _weekend(match: re.Match[str], anchor: date | None) -> Window | None:
    del match
    if anchor is None:
        return None
    saturday = weekday_before(anchor, _SATURDAY)
    return Window(saturday, min(saturday + ONE_DAY, anchor), "RELATIVE_RESOLVED")


def _past(match: re.Match[str], anchor: date | None) -> Window | None:
    if anchor is None:
        return None
    days = 1 if match["hours"] in {"24", "twenty-four"} else 2 if match["hours"] else 0
    days = days or number(match["days"]) - 1
    return Window(anchor - timedelta(days=days), anchor, "RELATIVE_RESOLVED") if days else None


def _week(match: re.Match[str], anchor: date | None) -> Window | None:
    if anchor is None:
        return None
    monday = anchor - timedelta(days=anchor.weekday())
    if match["week"].lower() == "this":
        return Window(monday, anchor, "RELATIVE_RESOLVED")
    return Window(monday - timedelta(days=_A_WEEK), monday - ONE_DAY, "RELATIVE_RESOLVED")


def _month(match: re.Match[str], anchor: date | None) -> Window | None:
    if match["year"] is None and anchor is None:
        return None
    month = month_number(match["month"])
    if match["year"]:
        return Window(*month_span(int(match["year"]), month), "STATED")
    year = anchor.year if anchor else 0
    if anchor is not None and (month, 1) > (anchor.month, 1):
        year -= 1
    return Window(*month_span(year, month), "RELATIVE_RESOLVED")


def _month_or_year(match: re.Match[str], anchor: date | None) -> Window | None:
    if anchor is None:
        return None
    which, unit = match["which"].lower(), match["unit"].lower()
    begin = anchor.replace(day=1) if unit == "month" else date(anchor.year, 1, 1)
    if which == "this":
        return Window(begin, anchor, "RELATIVE_RESOLVED")
    end = begin - ONE_DAY
    first = end.replace(day=1) if unit == "month" else date(end.year, 1, 1)
    return Window(first, end, "RELATIVE_RESOLVED")


def _year(match: re.Match[str], anchor: date | None) -> Window | None:
    del anchor
    year = int(match["year"])
    return Window(date(year, 1, 1), date(year, 12, 31), "STATED")


_BETWEEN = rf"(?:\s{_PART})?,?\s(?:and|to|through|into|or)\s(?:on\s|early\s|late\s)?"
_DAYS_TO = rf"(?:{_ORDINAL})?(?:\s?(?:-|–|and|to)\s?(?P<to>[0-3]?\d)(?:{_ORDINAL})?)?"
#: The kinds of phrases and their rules; of two that overlap the one that begins first counts.
KINDS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date | None], Window | None]], ...] = (
    *((pattern, _full) for pattern in FULL_DATES),
    *(
        (re.compile(pattern, re.IGNORECASE), rule)
        for pattern, rule in (
            (
                rf"\b(?P<last>last\s)?(?P<weekday>{WEEKDAY})(?:['’]?s)?\b"
                rf"(?:{_BETWEEN}(?P<second>{WEEKDAY})\b)?",
                _weekday,
            ),
            (
                r"\b(?P<near>the day before yesterday|today|yesterday|overnight|tonight|"
                r"last (?:night|evening)|this (?:morning|afternoon|evening)|"
                r"in the course of the day|throughout the day)\b",
                _near,
            ),
            (rf"\b(?P<feast>{_FEAST})\b", _feast),
            (rf"\b(?P<ago>{_NUMBER})\sdays?\sago\b", _ago),
            (
                rf"\b(?P<month>{MONTH})\s(?P<day>[0-3]?\d){_DAYS_TO}(?:,?\s(?P<year>{YEAR}))?"
                r"(?!\w|[.:,]\d)",
                _month_day,
            ),
            (
                rf"(?<![\w.,:])(?P<day>[0-3]?\d){_DAYS_TO}(?:\sof)?\s(?P<month>{MONTH})"
                rf"(?:,?\s(?P<year>{YEAR}))?(?!\w)",
                _month_day,
            ),
            (
                rf"\bon\sthe\s(?P<ordinal>[0-3]?\d){_ORDINAL}(?:\sof\s(?:this|the)\smonth\b)?"
                r"(?=\s{0,2}(?:[,.;:)]|$|(?:in|at|near|when|after|by|that|and|of\s(?:this|the))\b))",
                _ordinal,
            ),
            (
                r"\b(?:(?:at|over|on|during)\s(?:the|this)|(?:last|this))\s(?:past\s)?weekend\b",
                _weekend,
            ),
            (
                r"\b(?:(?:the|these|in|over|within|during)\s(?:past|last|previous)|in|over|within|during)\s"
                rf"(?:(?P<hours>24|48|twenty-four|forty-eight)\s?hours|(?P<days>[2-9]|{any_of(NUMBERS[1:])})"
                r"\sdays)\b(?!\s(?:after|before|of\seach))",
                _past,
            ),
            (r"\b(?P<week>last|this)\sweek\b", _week),
            (
                rf"\b(?:in|last|since|during|of|(?:in\s)?(?:early|mid|late)(?:\sin)?)[\s-](?P<month>{MONTH})"
                rf"(?:,?\s(?P<year>{YEAR}))?(?!\w|\s\d)",
                _month,
            ),
            (r"\b(?P<which>last|this)\s(?P<unit>month|year)\b", _month_or_year),
            (rf"\b(?:in|since)\s(?:early\s|late\s|mid-?\s?)?(?P<year>{YEAR})\b", _year),
            (rf"\bthe\s(?P<year>{YEAR})\s(?={_EVENT}\b)", _year),
        )
    ),
)
