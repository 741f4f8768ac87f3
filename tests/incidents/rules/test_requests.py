"""When a reply is overdue, when soon due."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tracker.incidents.rules.requests import OVERDUE, SOON_DUE, reminder_of

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("days", "reminder"),
    [(-30, OVERDUE), (-1, OVERDUE), (0, SOON_DUE), (7, SOON_DUE), (8, ""), (90, "")],
)
def test_day_itself_is_not_overdue_and_a_week_before_is_soon(days: int, reminder: str) -> None:
    due_on = TODAY + timedelta(days=days)

    assert reminder_of(awaited=True, due_on=due_on, today=TODAY) == reminder
    assert reminder_of(awaited=False, due_on=due_on, today=TODAY) == ""


def test_nothing_is_due_before_it_is_sent() -> None:
    assert reminder_of(awaited=True, due_on=None, today=TODAY) == ""
