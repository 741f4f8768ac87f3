"""How often a feed is asked: by how often it brings something, within bounds, and explained."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

#: Without any rhythm to go by: quick enough for news, slow enough for a guest.
FIRST_INTERVAL = timedelta(minutes=15)
#: Arrivals that say enough of a rhythm.
_ENOUGH = 4
#: Things that arrive within this time arrive together.
_TOGETHER = timedelta(minutes=1)
#: After this long an answer that says "not modified" is no longer believed without a look.
UNCONDITIONAL_EVERY = timedelta(hours=24)
#: However often it failed, a feed is tried again within a day.
LONGEST_BACK_OFF = timedelta(hours=24)
#: A server's own wish to be left alone is obeyed, up to a week.
LONGEST_RETRY_AFTER = timedelta(days=7)
#: When an article is looked at again after it was first seen: corrections come early.
RECHECK_AFTER = (
    timedelta(hours=1),
    timedelta(hours=6),
    timedelta(hours=24),
    timedelta(hours=72),
)
#: Looks at one article, however often its feed says that it changed.
MOST_RECHECKS = 20
_SHORTEST_SILENCE = timedelta(hours=24)
_LONGEST_SILENCE = timedelta(days=14)
#: So many times its usual gap a feed may bring nothing before somebody is told.
_SILENT_GAPS = 10
_MOST_DOUBLINGS = 10


@dataclass(frozen=True, slots=True)
class Interval:
    """How long to wait before the next poll, and why in words."""

    length: timedelta
    because: str


def usual_gap(arrivals: Iterable[datetime]) -> timedelta | None:
    """The median time between arrivals; None while there are too few to tell."""
    moments: list[datetime] = []
    for moment in sorted(arrivals):
        if not moments or moment - moments[-1] >= _TOGETHER:
            moments.append(moment)
    if len(moments) < _ENOUGH:
        return None
    return timedelta(seconds=median((b - a).total_seconds() for a, b in pairwise(moments)))


def next_interval(
    *,
    gap: timedelta | None,
    last_new_at: datetime | None,
    now: datetime,
    current: timedelta,
    shortest: timedelta,
    longest: timedelta,
) -> Interval:
    """Half the usual gap between arrivals; longer while the feed is quieter than usual.

    Without a known rhythm the wait grows by half with each poll that brings nothing.
    """
    quiet = now - last_new_at if last_new_at is not None else None
    if gap is None:
        wanted = current if quiet is None or quiet <= current else current * 3 / 2
        said = "too little is known of its rhythm yet"
    elif quiet is not None and quiet / 4 > gap:
        wanted = quiet / 8
        said = f"it has brought nothing for {spoken(quiet)}, longer than usual"
    else:
        wanted = gap / 2
        said = f"it brings something about every {spoken(gap)}"
    length = min(max(wanted, shortest), longest)
    if length > wanted:
        said += f"; never asked more often than every {spoken(shortest)}"
    elif length < wanted:
        said += f"; asked at least every {spoken(longest)}"
    return Interval(timedelta(seconds=round(length.total_seconds())), said)


def back_off(
    *, failures: int, interval: timedelta, retry_after: timedelta | None = None
) -> timedelta:
    """How long to wait after so many failures in a row: doubling, bounded, as the server asks."""
    doubled: timedelta = interval * 2 ** min(failures, _MOST_DOUBLINGS)
    wait = min(doubled, max(LONGEST_BACK_OFF, interval))
    if retry_after is not None:
        wait = max(wait, min(retry_after, LONGEST_RETRY_AFTER))
    return wait


def asks_without_conditions(*, last: datetime | None, now: datetime) -> bool:
    """Whether this poll sends no validators, for some servers say "not modified" for ever."""
    return last is None or now - last >= UNCONDITIONAL_EVERY


def silence_limit(*, gap: timedelta | None, own: timedelta | None) -> timedelta:
    """How long a feed may bring nothing: as its owner set it, else by its rhythm."""
    if own is not None:
        return own
    if gap is None:
        return _LONGEST_SILENCE
    return min(max(gap * _SILENT_GAPS, _SHORTEST_SILENCE), _LONGEST_SILENCE)


def next_recheck(*, first_seen_at: datetime, now: datetime) -> datetime | None:
    """When an article is due to be looked at again; None = never, it is old enough."""
    due = (first_seen_at + after for after in RECHECK_AFTER)
    return next((moment for moment in due if moment > now), None)


def spoken(length: timedelta) -> str:
    """A length of time in the largest unit that says it, such as "40 minutes"."""
    minutes = max(round(length.total_seconds() / 60), 1)
    for unit, size in (("day", 24 * 60), ("hour", 60)):
        if minutes >= 2 * size:
            return _counted(round(minutes / size), unit)
    return _counted(minutes, "minute")


def _counted(number: int, unit: str) -> str:
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"
