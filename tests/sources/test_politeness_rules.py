"""How long a host is left alone, and which hosts are one."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import NOW
from tracker.sources.rules.politeness import (
    LONGEST_CRAWL_DELAY,
    LONGEST_RETRY_AFTER,
    back_off,
    crawl_delay,
    registrable_domain,
    retry_after,
)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("0", 0),
        ("120", 120),
        (" 120 ", 120),
        ("Fri, 20 Nov 2026 12:00:30 GMT", 30),
        ("Friday, 20-Nov-26 12:01:00 GMT", 60),
        ("Fri, 20 Nov 2026 11:00:00 GMT", 0),
        ("99999999999999999999", LONGEST_RETRY_AFTER.total_seconds()),
        ("Fri, 20 Nov 2036 12:00:30 GMT", LONGEST_RETRY_AFTER.total_seconds()),
        ("", None),
        ("soon", None),
        ("-5", None),
        ("1.5", None),
        ("²", None),
        ("Fri, 99 Nov 2026 12:00:30 GMT", None),
        ("Fri, 20 Nov 2026 12:00:30", None),
        ("Fri, 20 Nov 99999999999999 12:00:30 GMT", None),
    ],
)
def test_retry_after(value: str, seconds: float | None) -> None:
    wait = retry_after(value, now=NOW)

    assert (wait.total_seconds() if wait is not None else None) == seconds


@given(st.text(max_size=60))
def test_no_header_does_harm(value: str) -> None:
    wait = retry_after(value, now=NOW)

    assert wait is None or timedelta(0) <= wait <= LONGEST_RETRY_AFTER


@pytest.mark.parametrize(
    ("seconds", "delay"),
    [
        (None, timedelta(0)),
        (0.0, timedelta(0)),
        (-3.0, timedelta(0)),
        (float("nan"), timedelta(0)),
        (float("inf"), timedelta(0)),
        (2.5, timedelta(seconds=2.5)),
        (1e9, LONGEST_CRAWL_DELAY),
    ],
)
def test_crawl_delay(seconds: float | None, delay: timedelta) -> None:
    assert crawl_delay(seconds) == delay


@pytest.mark.parametrize(
    ("host", "domain"),
    [
        ("www.delta.example", "delta.example"),
        ("WWW.Delta.Example.", "delta.example"),
        ("news.delta.co.uk", "delta.co.uk"),
        ("co.uk", "co.uk"),
        ("localhost", "localhost"),
        ("127.0.0.1", "127.0.0.1"),
        ("2606:4700:0::1111", "2606:4700::1111"),
        ("[::1]", "::1"),
        ("شبكة.example", "شبكة.example"),
    ],
)
def test_registrable_domain(host: str, domain: str) -> None:
    assert registrable_domain(host) == domain


def test_back_off_grows_to_a_bound_and_spreads() -> None:
    minutes = [back_off(n, chance=0.5).total_seconds() / 60 for n in range(1, 7)]

    assert minutes == [1, 5, 25, 125, 360, 360]
    assert back_off(1, chance=0.0) == timedelta(seconds=45)
    assert back_off(1, chance=1.0) == timedelta(seconds=75)
    assert back_off(1000, chance=0.5) == timedelta(hours=6)
