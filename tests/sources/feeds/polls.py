"""A poll whose answer the test gives; all the rest is the real thing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.conftest import NOW
from tracker.sources.services.feeds_answer import Received, take_answer
from tracker.sources.services.feeds_poll import FeedLease, lease_feed
from tracker.sources.services.retrieved import Retrieved

if TYPE_CHECKING:
    from datetime import datetime

    from tracker.sources.models import Feed


def leased(feed: Feed, now: datetime = NOW) -> FeedLease:
    """The right to poll a feed that is due."""
    lease = lease_feed(feed_id=feed.pk, now=now)
    assert lease is not None
    return lease


def answered(
    feed: Feed,
    content: bytes = b"",
    *,
    now: datetime = NOW,
    status: int = 200,
    moved_to: str = "",
    media_type: str = "application/rss+xml",
    **headers: str,
) -> bool:
    """Poll the feed and let it answer so."""
    lease = leased(feed, now)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    received = Received(
        content=content,
        media_type=media_type,
        is_not_modified=status == 304,
        retrieved=Retrieved(
            url=lease.address,
            final_url=moved_to or lease.address,
            status=status,
            headers={"content-type": media_type, **named},
        ),
        moved_to=moved_to,
    )
    return take_answer(lease=lease, received=received, clock=lambda: now, seconds=0.1)
