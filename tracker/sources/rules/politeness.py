"""How long to leave a host alone, and which addresses are one host."""

from __future__ import annotations

import ipaddress
import math
from datetime import timedelta
from email.utils import parsedate_to_datetime
from functools import cache
from typing import TYPE_CHECKING

from publicsuffixlist import PublicSuffixList

if TYPE_CHECKING:
    from datetime import datetime

#: A host that asks to be left alone for longer is asked again after this.
LONGEST_RETRY_AFTER = timedelta(days=1)
#: A Crawl-delay above this counts as this.
LONGEST_CRAWL_DELAY = timedelta(minutes=5)
_FIRST_BACK_OFF = timedelta(minutes=1)
_BACK_OFF_GROWS = 5
_LONGEST_BACK_OFF = timedelta(hours=6)
_JITTER = 0.25


def retry_after(value: str, *, now: datetime) -> timedelta | None:
    """What a Retry-After header asks for, bounded; None where it says nothing that can be read."""
    value = value.strip()
    if value.isascii() and value.isdigit():
        seconds = min(float(value), LONGEST_RETRY_AFTER.total_seconds())
        return timedelta(seconds=seconds)
    try:
        until = parsedate_to_datetime(value)
    except (ValueError, OverflowError):
        return None
    if until.tzinfo is None:
        return None
    return min(max(until - now, timedelta(0)), LONGEST_RETRY_AFTER)


def crawl_delay(seconds: float | None) -> timedelta:
    """A delay of robots.txt, bounded; none where it is no number of seconds."""
    if seconds is None or not math.isfinite(seconds) or seconds <= 0:
        return timedelta(0)
    return timedelta(seconds=min(seconds, LONGEST_CRAWL_DELAY.total_seconds()))


def back_off(attempts: int, *, chance: float) -> timedelta:
    """What passes before an address that failed so often is tried again.

    A minute, then five times as much each time, six hours at most; ``chance`` (0 to 1) moves it by
    a quarter either way, so that what failed together does not return together.
    """
    grown = _FIRST_BACK_OFF * float(_BACK_OFF_GROWS ** min(attempts - 1, 8))
    return min(grown, _LONGEST_BACK_OFF) * (1 + _JITTER * (2 * chance - 1))


def registrable_domain(host: str) -> str:
    """The domain that somebody registered, which stands for all hosts below it.

    An IP address, a bare name and a public suffix stand for themselves.
    """
    host = host.rstrip(".").lower()
    try:
        return str(ipaddress.ip_address(host.strip("[]")))
    except ValueError:
        return str(_suffixes().privatesuffix(host) or host)


@cache
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList()
