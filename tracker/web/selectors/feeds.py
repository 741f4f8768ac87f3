"""Feeds with their health in words, for the list and the page of one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from tracker.sources.choices import FeedState
from tracker.sources.selectors.feeds import FeedHealth, health_of, list_feeds

if TYPE_CHECKING:
    from datetime import datetime

    from tracker.sources.models import Feed

_PAGE = 100
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
class FeedRow:
    """One feed of the list. ``quiet_since`` is when it last brought something, or was added."""

    feed: Feed
    health: FeedHealth
    look: str
    quiet_since: datetime


@dataclass(frozen=True, slots=True)
class FeedPage:
    """A page of the list, and how many there are."""

    rows: list[FeedRow]
    total: int
    number: int
    has_next: bool


def feed_row(feed: Feed, *, now: datetime) -> FeedRow:
    """A feed with its health."""
    health = health_of(feed, now=now)
    return FeedRow(feed, health, _LOOKS[health], feed.last_new_at or feed.made_at)


def feed_page(*, state: str, words: str, number: int, now: datetime) -> FeedPage:
    """One page of the feeds that match, those with trouble first."""
    feeds = list_feeds(state=state if state in FeedState.values else "", words=words)
    total = feeds.count()
    start = (number - 1) * _PAGE
    found = list(feeds[start : start + _PAGE + 1])
    rows = [feed_row(feed, now=now) for feed in found[:_PAGE]]
    return FeedPage(rows, total, number, len(found) > _PAGE)
