"""Hints at feeds that are due, and second looks at articles that are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from tracker.core.jobs import Job, repeat_hint
from tracker.sources.choices import FeedState
from tracker.sources.models import Feed, FeedItem
from tracker.sources.rules.intervals import next_recheck
from tracker.sources.services.feeds_items import article_of, follower_of, look_again
from tracker.sources.services.leases import free_at

if TYPE_CHECKING:
    from datetime import datetime

BATCH = 500
RECHECKS_A_SWEEP = 100


def sweep_feeds(*, now: datetime) -> int:
    """Hint at feeds whose time has come and that no worker holds; return how many."""
    due = (
        Feed.objects.filter(free_at(now), state=FeedState.ACTIVE, next_poll_at__lte=now)
        .order_by("next_poll_at", "id")
        .values_list("pk", flat=True)[:BATCH]
    )
    sent = 0
    for feed_id in due:
        if not repeat_hint(Job.POLL_FEED, feed_id=feed_id):
            break
        sent += 1
    return sent


@transaction.atomic
def sweep_rechecks(*, now: datetime) -> int:
    """Ask for a second look at articles that are due for one; return how many."""
    due = (
        FeedItem.objects.select_for_update(skip_locked=True, of=("self",))
        .filter(recheck_at__lte=now)
        .select_related("feed", "fetch_request")
        .order_by("recheck_at", "id")[:RECHECKS_A_SWEEP]
    )
    asked = 0
    for item in due:
        article_id = article_of(item)
        if article_id is None or not item.address_key or item.feed.state != FeedState.ACTIVE:
            item.recheck_at = next_recheck(first_seen_at=item.first_seen_at, now=now)
            item.save(update_fields=["recheck_at"])
        elif look_again(item, article_id=article_id, actor=follower_of(item.feed), now=now):
            asked += 1
    return asked
