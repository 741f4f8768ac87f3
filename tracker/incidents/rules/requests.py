"""When a reply counts as overdue or soon due, and whether an answer ends the waiting."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

TEXT = """\
A request puts an allegation to one belligerent: sent, receipt confirmed, answered, closed without
an answer, reopened on new information. The words that were sent are kept to the letter, each step
with its day and by whom. Outcomes are those of the party's own assessment (credible, non-credible,
assessed already, closed until more is known, pending, not assessed), reasons of a refusal those of
the field: too little said of the place or of the time, no strikes in the area, not corroborated,
contradicts itself. A pending reply is no answer. **A reply is neither a claim nor a number**: it
never enters a range or a grade, and is a position only where a person records it as one. Requests
and replies are not published.
"""

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
