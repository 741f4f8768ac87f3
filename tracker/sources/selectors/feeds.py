"""What is followed, how it fares, and the history of both."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db.models import Case, IntegerField, QuerySet, Sum, Value, When
from django.db.models.functions import TruncDate

from tracker.core.errors import NotFound
from tracker.sources.choices import FeedState, SuggestionState
from tracker.sources.models import Feed, FeedItem, FeedPoll, Suggestion
from tracker.sources.models.feed import SETTINGS
from tracker.sources.rules.intervals import silence_limit

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date, datetime


class FeedHealth(StrEnum):
    """How a feed fares, the worst first."""

    FAILING = "FAILING"
    SILENT = "SILENT"
    WAITING = "WAITING"
    GOOD = "GOOD"
    PAUSED = "PAUSED"


@dataclass(frozen=True, slots=True)
class SettingChange:
    """One setting before and after; ``before`` None = when it was added."""

    field: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class SettingsVersion:
    """What one person, or a poll, changed at one time."""

    at: datetime
    by: str
    changes: list[SettingChange]


def health_of(feed: Feed, *, now: datetime) -> FeedHealth:
    """How the feed fares at this moment."""
    if feed.state == FeedState.PAUSED:
        return FeedHealth.PAUSED
    if feed.failing_since is not None:
        return FeedHealth.FAILING
    if feed.last_success_at is None:
        return FeedHealth.WAITING
    quiet = now - (feed.last_new_at or feed.made_at)
    if quiet > silence_limit(gap=feed.usual_gap, own=feed.silence_limit):
        return FeedHealth.SILENT
    return FeedHealth.GOOD


def list_feeds(*, state: str = "", words: str = "") -> QuerySet[Feed]:
    """Feeds with trouble first, then by name."""
    feeds = Feed.objects.select_related("source", "owner", "part_of")
    if state:
        feeds = feeds.filter(state=state)
    if words:
        feeds = feeds.filter(title__icontains=words) | feeds.filter(address__icontains=words)
    trouble = Case(
        When(state=FeedState.PAUSED, then=Value(2)),
        When(failing_since__isnull=False, then=Value(0)),
        default=Value(1),
        output_field=IntegerField(),
    )
    return feeds.annotate(trouble=trouble).order_by("trouble", "title", "id")


def new_by_day(feed_ids: Collection[int], *, since: datetime) -> dict[int, dict[date, int]]:
    """How many new items each feed brought on each day, in one query; days without any are out."""
    found: dict[int, dict[date, int]] = {}
    counted = (
        FeedPoll.objects.filter(feed_id__in=feed_ids, at__gte=since, new__gt=0)
        .annotate(day=TruncDate("at"))
        .values("feed_id", "day")
        .annotate(count=Sum("new"))
        .order_by("feed_id", "day")
    )
    for row in counted:
        found.setdefault(row["feed_id"], {})[row["day"]] = row["count"]
    return found


def get_feed(feed_id: int) -> Feed:
    """One feed with what its page shows. Raises NotFound."""
    feed = Feed.objects.select_related("source", "owner", "part_of").filter(pk=feed_id).first()
    if feed is None:
        raise NotFound(f"There is no feed {feed_id}.")
    return feed


def polls_of(feed_id: int) -> QuerySet[FeedPoll]:
    """The history of its polls, the latest first."""
    return FeedPoll.objects.filter(feed_id=feed_id).order_by("-at", "-id")


def items_of(feed_id: int) -> QuerySet[FeedItem]:
    """What it named, the latest first, with what became of it."""
    return (
        FeedItem.objects.filter(feed_id=feed_id)
        .select_related("fetch_request")
        .order_by("-first_seen_at", "-id")
    )


def settings_history(feed_id: int, *, most: int) -> list[SettingsVersion]:
    """What was set when by whom, the latest first."""
    rows = list(
        apps.get_model("sources", "FeedSettings")
        .objects.filter(pgh_obj_id=feed_id)
        .select_related("owner", "source")
        .order_by("-pgh_id")[: most + 1]
    )
    shown = [name for name in SETTINGS if name != "changed_by"]
    versions = []
    for number, row in enumerate(rows[:most]):
        before = rows[number + 1] if number + 1 < len(rows) else None
        changes = [
            SettingChange(name, getattr(before, name) if before else None, getattr(row, name))
            for name in shown
            if (before is None and getattr(row, name) not in {None, ""})
            or (before is not None and getattr(before, name) != getattr(row, name))
        ]
        if changes:
            versions.append(SettingsVersion(row.pgh_created_at, row.changed_by, changes))
    return versions


def list_open_suggestions() -> QuerySet[Suggestion]:
    """Addresses that partners sent and nobody has decided about, the oldest first."""
    return (
        Suggestion.objects.filter(state=SuggestionState.OPEN)
        .select_related("organisation")
        .order_by("sent_at", "id")
    )
