"""A feed that fails or falls silent is told to people, once, until it is over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.sources.rules.intervals import silence_limit, spoken
from tracker.watching.choices import AlarmKind
from tracker.watching.services.alarms import clear_alarm, raise_alarm

if TYPE_CHECKING:
    from datetime import datetime

    from tracker.sources.models import Feed

#: One failure is nothing; after so many in a row somebody should look.
FAILURES_TOLD = 3


def tell_silence(feed: Feed, *, now: datetime) -> None:
    """Raise the alarm where it has brought nothing for too long, else clear it."""
    key = f"feed-silent-{feed.pk}"
    quiet = now - (feed.last_new_at or feed.made_at)
    if quiet <= silence_limit(gap=feed.usual_gap, own=feed.silence_limit):
        clear_alarm(key=key, now=now)
        return
    usual = (
        f"; it usually brings something every {spoken(feed.usual_gap)}" if feed.usual_gap else ""
    )
    raise_alarm(
        key=key,
        kind=AlarmKind.FEED_SILENT,
        sentence=f"{feed.title} has brought nothing for {spoken(quiet)}{usual}.",
        now=now,
    )


def tell_failing(feed: Feed, *, now: datetime) -> None:
    """Raise the alarm where its polls have failed too often in a row, else clear it."""
    key = f"feed-failing-{feed.pk}"
    if feed.failures < FAILURES_TOLD:
        clear_alarm(key=key, now=now)
        return
    raise_alarm(
        key=key,
        kind=AlarmKind.FEED_FAILING,
        sentence=f"{feed.title} can't be read: {feed.error}",
        now=now,
    )


def clear_feed_alarms(feed: Feed, *, now: datetime) -> None:
    """A feed that is not asked can neither fail nor be silent."""
    clear_alarm(key=f"feed-failing-{feed.pk}", now=now)
    clear_alarm(key=f"feed-silent-{feed.pk}", now=now)
