"""Months, weekdays and dates as they are written, and the days they stand for (pure)."""

from __future__ import annotations

import re
from datetime import date, timedelta

from tracker.extraction.lexicon import any_of, topic

_WORDS = topic("days")
MONTHS: tuple[str, ...] = tuple(_WORDS["months"])
WEEKDAYS: tuple[str, ...] = tuple(_WORDS["weekdays"])
NUMBERS: tuple[str, ...] = tuple(_WORDS["numbers"])
ONE_DAY = timedelta(days=1)
_DECEMBER = 12

MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
WEEKDAY = any_of(WEEKDAYS)
YEAR = r"(?:19|20)\d\d"
NUMBER_OF_MONTH_DAY = r"[0-3]?\d"
FULL_DATES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?<!\w)(?P<day>{NUMBER_OF_MONTH_DAY})(?:st|nd|rd|th)?(?: of)?[ -](?P<month>{MONTH})"
        rf"[ ,-]{{1,2}}(?P<year>{YEAR})(?!\d)",
        # "Jun 142016": some pages lose the comma and the blank with it
        rf"(?<!\w)(?P<month>{MONTH})\s?(?P<day>{NUMBER_OF_MONTH_DAY})(?:st|nd|rd|th)?[\s,]{{0,2}}"
        rf"(?P<year>{YEAR})(?!\d)",
        rf"(?<!\d)(?P<year>{YEAR})-(?P<number>[01]\d)-(?P<day>[0-3]\d)(?!\d)",
        rf"(?<!\d)(?P<day>{NUMBER_OF_MONTH_DAY})[./-](?P<number>[01]?\d)[./-](?P<year>{YEAR})",
    )
)


def full_date(match: re.Match[str]) -> date | None:
    """The day of a match of ``FULL_DATES``; None where the calendar has no such day."""
    groups = match.groupdict()
    month = month_number(groups["month"]) if groups.get("month") else int(groups["number"])
    return day_of(int(groups["year"]), month, int(groups["day"]))


def month_number(words: str) -> int:
    """1 to 12 for the name of a month, however short."""
    return MONTHS.index(words[:3].lower()) + 1


def weekday_number(words: str) -> int:
    """0 for Monday to 6 for Sunday."""
    return WEEKDAYS.index(words.lower())


def day_of(year: int, month: int, day: int) -> date | None:
    """The day, or None: "31 February" is no day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def latest(month: int, day: int, anchor: date) -> date | None:
    """The latest such day of the year that is not after ``anchor``."""
    found = day_of(anchor.year, month, day)
    return found if found is None or found <= anchor else day_of(anchor.year - 1, month, day)


def month_span(year: int, month: int) -> tuple[date, date]:
    """The first and the last day of a month."""
    following = date(year + month // _DECEMBER, month % _DECEMBER + 1, 1)
    return date(year, month, 1), following - ONE_DAY


def weekday_before(anchor: date, weekday: int, *, strictly: bool = False) -> date:
    """The latest such weekday not after ``anchor``; ``strictly``: before it."""
    back = (anchor.weekday() - weekday) % 7
    return anchor - timedelta(days=7 if strictly and not back else back)


def number(words: str) -> int:
    """The value of "two", "a" or "14"."""
    lower = words.lower()
    if lower.isdigit():
        return int(lower)
    return 1 if lower in {"a", "an"} else NUMBERS.index(lower) + 1


def shifted(day: date, days: int) -> date | None:
    """So many days later; None where the calendar ends."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None
