"""When a reply counts as overdue or soon due, and whether an answer ends the waiting."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

#: A reply due within so many days is called soon due.
SOON = timedelta(days=7)

OVERDUE = "OVERDUE"
SOON_DUE = "SOON_DUE"


def last_soon_day(today: date) -> date:
    """The latest day on which a reply may be due and counts as soon due."""
    return today + SOON


def reminder_of(*, awaited: bool, due_on: date | None, today: date) -> str:
    """``OVERDUE`` once the day has passed, ``SOON_DUE`` up to a week before, else "".

    The day itself is not overdue. ``due_on`` None = nothing was sent yet.
    """
    if not awaited or due_on is None:
        return ""
    if due_on < today:
        return OVERDUE
    return SOON_DUE if due_on <= last_soon_day(today) else ""
