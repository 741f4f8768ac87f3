"""When a worker is gone, a queue unattended, and work waits too long."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.conftest import NOW
from tracker.watching.rules.limits import GONE_AFTER, lives, unattended, waits_too_long

LIMIT = timedelta(minutes=15)


@pytest.mark.parametrize(
    ("silent", "has_ended", "expected"),
    [
        (timedelta(0), False, True),
        (GONE_AFTER, False, True),
        (GONE_AFTER + timedelta(seconds=1), False, False),
        (timedelta(0), True, False),
        (timedelta(seconds=-3), False, True),  # its clock is ahead of ours
    ],
)
def test_worker_lives_while_it_tells(*, silent: timedelta, has_ended: bool, expected: bool) -> None:
    ended_at = NOW if has_ended else None

    assert lives(seen_at=NOW - silent, ended_at=ended_at, now=NOW) is expected


def test_queue_is_attended_by_whoever_consumes_it() -> None:
    queues = ("fetch", "articles", "deliver")

    assert unattended(queues, consumed=[]) == ["fetch", "articles", "deliver"]
    assert unattended(queues, consumed=[["articles"], ["articles", "of another"]]) == [
        "fetch",
        "deliver",
    ]
    assert unattended(queues, consumed=[["deliver", "fetch"], ["articles"]]) == []


def test_only_what_waits_longer_than_the_limit_calls_somebody() -> None:
    assert not waits_too_long(oldest=None, limit=LIMIT, now=NOW)
    assert not waits_too_long(oldest=NOW - LIMIT, limit=LIMIT, now=NOW)
    assert waits_too_long(oldest=NOW - LIMIT - timedelta(seconds=1), limit=LIMIT, now=NOW)
