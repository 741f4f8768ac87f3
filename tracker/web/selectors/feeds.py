"""Feeds with their health in words, for the list and the page of one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from tracker.sources.choices import FeedState
from tracker.sources.selectors.feeds import FeedHealth, health_of, list_feeds, new_by_day

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from tracker.sources.models import Feed

_PAGE = 100
#: Two weeks, from the first day to this one.
_DAYS = range(13, -1, -1)
#: The look of each state; the words stand beside it.
_LOOKS = {
    FeedHealth.FAILING: "fault",
    FeedHealth.SILENT: "late",
    FeedHealth.WAITING: "wait",
    FeedHealth.GOOD: "ok",
    FeedHealth.PAUSED: "off",
}
#: Names of the settings, for their history.
SETTING_WORDS = {
    "kind": _("kind"),
    "address": _("address"),
    "title": _("name"),
    "owner": _("owner"),
    "source": _("source"),
    "language": _("language"),
    "state": _("state"),
    "paused_because": _("why it is paused"),
    "shortest": _("asked at most every"),
    "longest": _("asked at least every"),
    "silence_limit": _("silence that is told"),
    "egress_proxy": _("egress proxy"),
}


@dataclass(frozen=True, slots=True)
class Bar:
    """One day of a small plot, in its own units: 100 wide, 24 high."""

    x: float
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class FeedRow:
    """One feed of the list. ``quiet_since`` is when it last brought something, or was added.

    ``days`` are the bars of the last two weeks, ``new`` is what it brought in them.
    """

    feed: Feed
    health: FeedHealth
    look: str
    quiet_since: datetime
    days: tuple[Bar, ...] = ()
    new: int = 0


@dataclass(frozen=True, slots=True)
class FeedPage:
    """A page of the list, and how many there are."""

    rows: list[FeedRow]
    total: int
    number: int
    has_next: bool


def feed_row(feed: Feed, *, now: datetime, by_day: Mapping[date, int] | None = None) -> FeedRow:
    """A feed with its health and, where they are given, the bars of its days."""
    health = health_of(feed, now=now)
    counts = [(by_day or {}).get(now.date() - timedelta(days=ago), 0) for ago in _DAYS]
    return FeedRow(
        feed=feed,
        health=health,
        look=_LOOKS[health],
        quiet_since=feed.last_new_at or feed.made_at,
        days=_bars(counts),
        new=sum(counts),
    )


def _bars(counts: Sequence[int]) -> tuple[Bar, ...]:
    highest = max(*counts, 1)
    step = 100 / len(counts)
    return tuple(
        Bar(x=round(number * step, 1), y=round(24 - height, 1), height=round(height, 1))
        for number, count in enumerate(counts)
        if (height := 24 * count / highest)
    )


def feed_page(*, state: str, words: str, number: int, now: datetime) -> FeedPage:
    """One page of the feeds that match, those with trouble first."""
    feeds = list_feeds(state=state if state in FeedState.values else "", words=words)
    total = feeds.count()
    start = (number - 1) * _PAGE
    found = list(feeds[start : start + _PAGE + 1])
    shown = found[:_PAGE]
    days = new_by_day([feed.pk for feed in shown], since=now - timedelta(days=len(_DAYS)))
    rows = [feed_row(feed, now=now, by_day=days.get(feed.pk)) for feed in shown]
    return FeedPage(rows, total, number, len(found) > _PAGE)
