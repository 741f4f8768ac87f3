"""What day it is, at the latest, anywhere."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime

#: Where the day begins first, it is this far ahead of the clock that services are given.
_FURTHEST_AHEAD = timedelta(hours=14)


def latest_day(*, now: datetime) -> date:
    """The last day that has begun somewhere."""
    return (now + _FURTHEST_AHEAD).date()


def is_future(day: date | None, *, now: datetime) -> bool:
    """Whether ``day`` has not begun anywhere yet."""
    return day is not None and day > latest_day(now=now)
