"""The days of a row: a date cell, ISO, a day with its month in words, or numbers in a known order.

What could be two days is refused until somebody says which comes first; nothing is guessed.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from tracker.imports.choices import DayOrder, Refusal
from tracker.imports.rows.refused import RowRefused
from tracker.incidents.choices import DatePrecision

if TYPE_CHECKING:
    from tracker.imports.reading.table import Cell

_EARLIEST, _LATEST = 1900, 2100
_MONTHS = {
    name.casefold(): number
    for names in (calendar.month_name, calendar.month_abbr)
    for number, name in enumerate(names)
    if name
} | {"sept": 9}
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z?)?")
_MONTH = re.compile(r"(\d{4})-(\d{1,2})")
_YEAR = re.compile(r"\d{4}")
_NUMBERS = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})")
_IN_WORDS = re.compile(
    r"(?:(?P<day>\d{1,2})\.?[ -])?(?P<month>[A-Za-z]{3,9})\.?,?[ -](?P<year>\d{4})"
)
_MONTH_BEFORE = re.compile(r"(?P<month>[A-Za-z]{3,9})\.? (?P<day>\d{1,2}),? (?P<year>\d{4})")
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_DECEMBER = 12
_FEW, _WEEK, _LONGEST_MONTH, _LONGEST_YEAR = 6, 7, 31, 366


@dataclass(frozen=True, slots=True)
class Days:
    """First and last day with their precision; both None = not said."""

    first: date | None = None
    last: date | None = None
    precision: str = DatePrecision.UNKNOWN.value


def days_of(start: Cell, end: Cell, *, order: str, today: date) -> Days:
    """What two cells say together; a month or year that still goes on ends today.

    Raises RowRefused.
    """
    first, last = read_days(start, order=order), read_days(end, order=order)
    if first is None:
        if last is not None:
            raise RowRefused(Refusal.DAY, "There is a last day without a first one.")
        return Days()
    begins, ends = first[0], (last or first)[1]
    if ends < begins:
        raise RowRefused(Refusal.DAY, f"The last day ({ends}) is before the first one ({begins}).")
    if max(begins, (last or first)[0]) > today:
        raise RowRefused(Refusal.DAY, f"{max(begins, ends)} lies in the future; check the day.")
    return Days(begins, min(ends, today), _precision(begins, ends))


def read_days(value: Cell, *, order: str) -> tuple[date, date] | None:
    """The first and last day that a cell means; None = it is empty. Raises RowRefused."""
    if isinstance(value, datetime):
        return value.date(), value.date()
    if isinstance(value, date):
        return value, value
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    if not isinstance(value, str):
        return _of_a_number(value)
    words = " ".join(value.translate(_DIGITS).split())
    try:
        found = _read(words, order)
    except ValueError:
        found = None
    if found is None:
        raise RowRefused(
            Refusal.DAY, f"“{words[:40]}” is no day that can be read; write it as 2026-11-20."
        )
    if found[0].year < _EARLIEST:
        raise RowRefused(Refusal.DAY, f"{found[0]} is before {_EARLIEST}; check the year.")
    return found


def _of_a_number(value: object) -> tuple[date, date]:
    if isinstance(value, int | float) and _EARLIEST <= value <= _LATEST:
        return _year(int(value))
    raise RowRefused(
        Refusal.DAY,
        f"{value} is a number and no day; give the column the format of a date, or write it as "
        "2026-11-20.",
    )


def _read(words: str, order: str) -> tuple[date, date] | None:
    if match := _ISO.fullmatch(words):
        return _day(*map(int, match.groups()))
    if match := _MONTH.fullmatch(words):
        return _month(*map(int, match.groups()))
    if _YEAR.fullmatch(words):
        return _year(int(words))
    if match := _NUMBERS.fullmatch(words):
        return _in_order(int(match[1]), int(match[3]), int(match[4]), order)
    return _in_words(words)


def _in_words(words: str) -> tuple[date, date] | None:
    """4 March 2019, March 4, 2019, March 2019."""
    match = _IN_WORDS.fullmatch(words) or _MONTH_BEFORE.fullmatch(words)
    month = _MONTHS.get(match["month"].casefold()) if match else None
    if match is None or month is None:
        return None
    year = int(match["year"])
    return _day(year, month, int(match["day"])) if match["day"] else _month(year, month)


def _in_order(one: int, two: int, year: int, order: str) -> tuple[date, date]:
    """03/04/2019 by what is said of the table; 25/04/2019 can only be one."""
    if not order and one != two and max(one, two) <= _DECEMBER:
        raise RowRefused(
            Refusal.DAY,
            f"{one:02}/{two:02}/{year} may be two days; say whether the day or the month comes "
            "first.",
        )
    day_first = order == DayOrder.DAY_FIRST or (not order and one > _DECEMBER)
    return _day(year, two, one) if day_first or (not order and one == two) else _day(year, one, two)


def _day(year: int, month: int, day: int) -> tuple[date, date]:
    one = date(year, month, day)
    return one, one


def _month(year: int, month: int) -> tuple[date, date]:
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def _year(year: int) -> tuple[date, date]:
    return date(year, 1, 1), date(year, 12, 31)


def _precision(first: date, last: date) -> str:
    span = (last - first + timedelta(days=1)).days
    if span == 1:
        return DatePrecision.DAY.value
    if span <= _FEW:
        return DatePrecision.FEW_DAYS.value
    if span == _WEEK:
        return DatePrecision.WEEK.value
    if span <= _LONGEST_MONTH:
        return DatePrecision.MONTH.value
    if span <= _LONGEST_YEAR:
        return DatePrecision.YEAR.value
    raise RowRefused(Refusal.DAY, f"From {first} to {last} is more than a year.")
