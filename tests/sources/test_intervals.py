"""How often a feed is asked follows what it brings, within bounds, and says why."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.sources.rules.intervals import (
    LONGEST_BACK_OFF,
    RECHECK_AFTER,
    asks_without_conditions,
    back_off,
    next_interval,
    next_recheck,
    silence_limit,
    spoken,
    usual_gap,
)

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
LENGTHS = st.timedeltas(min_value=MINUTE, max_value=7 * DAY)


def test_gap_is_the_median_and_a_batch_is_one_arrival() -> None:
    hourly = [NOW - n * HOUR for n in range(6)]
    batch = [NOW + timedelta(seconds=n) for n in range(50)]

    assert usual_gap(hourly) == HOUR
    assert usual_gap([*hourly, *batch, NOW - 30 * DAY]) == HOUR
    assert usual_gap(batch) is None
    assert usual_gap([]) is None


def test_busy_feed_is_asked_twice_as_often_as_it_brings() -> None:
    asked = next_interval(
        gap=HOUR, last_new_at=NOW, now=NOW, current=DAY, shortest=5 * MINUTE, longest=DAY
    )

    assert asked.length == 30 * MINUTE
    assert asked.because == "it brings something about every 60 minutes"


def test_quiet_feed_is_asked_less_and_says_so() -> None:
    asked = next_interval(
        gap=HOUR, last_new_at=NOW - DAY, now=NOW, current=HOUR, shortest=MINUTE, longest=DAY
    )

    assert asked.length == 3 * HOUR
    assert "nothing for 24 hours" in asked.because


def test_bounds_hold_and_are_named() -> None:
    quick = next_interval(
        gap=MINUTE, last_new_at=NOW, now=NOW, current=HOUR, shortest=5 * MINUTE, longest=DAY
    )
    slow = next_interval(
        gap=5 * DAY, last_new_at=NOW, now=NOW, current=HOUR, shortest=MINUTE, longest=DAY
    )

    assert (quick.length, slow.length) == (5 * MINUTE, DAY)
    assert "never asked more often than every 5 minutes" in quick.because
    assert "asked at least every 24 hours" in slow.because


def test_unknown_rhythm_slows_down_until_something_comes() -> None:
    quiet = next_interval(
        gap=None, last_new_at=NOW - HOUR, now=NOW, current=20 * MINUTE, shortest=MINUTE, longest=DAY
    )
    fresh = next_interval(
        gap=None, last_new_at=NOW, now=NOW, current=20 * MINUTE, shortest=MINUTE, longest=DAY
    )

    assert quiet.length == 30 * MINUTE
    assert fresh.length == 20 * MINUTE


@given(
    gap=st.none() | LENGTHS,
    quiet=st.none() | LENGTHS,
    current=LENGTHS,
    bounds=st.tuples(LENGTHS, LENGTHS).map(sorted),
)
def test_interval_never_leaves_its_bounds(
    gap: timedelta | None, quiet: timedelta | None, current: timedelta, bounds: list[timedelta]
) -> None:
    # Bounds are whole seconds, as forms give them.
    shortest, longest = (timedelta(seconds=int(b.total_seconds())) for b in bounds)
    asked = next_interval(
        gap=gap,
        last_new_at=None if quiet is None else NOW - quiet,
        now=NOW,
        current=current,
        shortest=shortest,
        longest=longest,
    )

    assert shortest <= asked.length <= longest
    assert asked.because


@given(failures=st.integers(1, 10**6), interval=LENGTHS)
def test_back_off_grows_and_is_bounded(failures: int, interval: timedelta) -> None:
    wait = back_off(failures=failures, interval=interval)

    assert interval <= wait <= max(LONGEST_BACK_OFF, interval)
    assert wait >= back_off(failures=failures - 1, interval=interval)


def test_retry_after_is_obeyed_within_reason() -> None:
    assert back_off(failures=1, interval=MINUTE, retry_after=3 * HOUR) == 3 * HOUR
    assert back_off(failures=1, interval=MINUTE, retry_after=4000 * DAY) == 7 * DAY


@pytest.mark.parametrize(("ago", "asks"), [(None, True), (HOUR, False), (DAY, True)])
def test_now_and_then_no_conditions_are_sent(ago: timedelta | None, asks: bool) -> None:  # noqa: FBT001  # a parameter of the table
    last = None if ago is None else NOW - ago

    assert asks_without_conditions(last=last, now=NOW) is asks


def test_silence_is_measured_by_the_feeds_own_rhythm() -> None:
    assert silence_limit(gap=HOUR, own=None) == DAY
    assert silence_limit(gap=6 * HOUR, own=None) == 60 * HOUR
    assert silence_limit(gap=30 * DAY, own=None) == 14 * DAY
    assert silence_limit(gap=None, own=None) == 14 * DAY
    assert silence_limit(gap=HOUR, own=3 * HOUR) == 3 * HOUR


def test_article_is_looked_at_again_four_times() -> None:
    due = []
    moment: datetime | None = NOW
    while moment is not None:
        moment = next_recheck(first_seen_at=NOW, now=moment)
        due.append(moment)

    assert due == [*(NOW + after for after in RECHECK_AFTER), None]
    assert next_recheck(first_seen_at=NOW, now=NOW + 5 * HOUR) == NOW + 6 * HOUR


def test_lengths_are_spoken_in_the_unit_that_says_them() -> None:
    assert [
        spoken(x) for x in (timedelta(0), MINUTE, 90 * MINUTE, 2 * HOUR, 31 * HOUR, 3 * DAY)
    ] == [
        "1 minute",
        "1 minute",
        "90 minutes",
        "2 hours",
        "31 hours",
        "3 days",
    ]
