"""What a server answered to a poll: read apart, taken entry by entry, and the poll finished."""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from tracker.core.errors import DomainError
from tracker.sources.choices import FeedKind, PollOutcome
from tracker.sources.feeds.apart import read_apart
from tracker.sources.feeds.entries import UnreadableFeed
from tracker.sources.models import Feed, FeedItem
from tracker.sources.services.capture_store import store_capture
from tracker.sources.services.feeds_index import follow_parts
from tracker.sources.services.feeds_items import (
    FeedBody,
    Taken,
    follower_of,
    keys_of,
    take_entry,
    whole_text_of,
)
from tracker.sources.services.feeds_page import take_page
from tracker.sources.services.feeds_poll import Polled, fail_poll, finish_poll

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from tracker.sources.feeds.entries import FeedRead
    from tracker.sources.services.feeds_poll import FeedLease
    from tracker.sources.services.retrieved import Retrieved

#: Seconds for taking entries; well below a task's time limit. The rest waits for the next poll.
LONGEST_TAKING = 30.0
#: A time as a feed claims it, further ahead of us than any clock goes wrong, is no time.
_FURTHEST_AHEAD = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Received:
    """An answer to a poll. ``moved_to`` "" = it was not sent elsewhere for good."""

    content: bytes = field(repr=False)
    media_type: str
    is_not_modified: bool
    retrieved: Retrieved
    moved_to: str = ""


def take_answer(
    *, lease: FeedLease, received: Received, clock: Callable[[], datetime], seconds: float
) -> bool:
    """Take what is new and finish the poll; False where the lease was lost.

    What can't be read is a failed poll, in words.
    """
    digest = hashlib.sha256(received.content).hexdigest()
    if received.is_not_modified or digest == lease.body_sha256:
        outcome = PollOutcome.NOTHING_NEW
        if received.is_not_modified:
            outcome, digest = PollOutcome.NOT_MODIFIED, lease.body_sha256
        polled = Polled(
            outcome,
            seconds,
            retrieved=received.retrieved,
            body_sha256=digest,
            moved_to=received.moved_to,
        )
        return finish_poll(lease=lease, polled=polled, now=clock())
    try:
        polled = _take(lease, received, digest, clock=clock, seconds=seconds)
    except (UnreadableFeed, DomainError) as refusal:
        return fail_poll(
            lease=lease,
            reason=str(refusal),
            status=received.retrieved.status,
            seconds=seconds,
            now=clock(),
        )
    return finish_poll(lease=lease, polled=polled, now=clock())


def _take(
    lease: FeedLease,
    received: Received,
    digest: str,
    *,
    clock: Callable[[], datetime],
    seconds: float,
) -> Polled:
    feed = Feed.objects.select_related("source").get(pk=lease.feed_id)
    if lease.kind is FeedKind.PAGE:
        counts, warning = take_page(feed=feed, received=received, now=clock()), ""
        is_whole = True
    else:
        found = read_apart(
            received.content,
            is_sitemap=lease.kind is FeedKind.SITEMAP,
            address=received.retrieved.final_url or lease.address,
            content_type=received.retrieved.content_type,
        )
        warning = found.warning
        counts, is_whole = _take_entries(feed, found, received, digest, clock=clock)
        if found.parts:
            new = follow_parts(index=feed, addresses=found.parts, now=clock())
            counts += [Taken.NEW] * new + [Taken.SAME] * (len(found.parts) - new)
    new, changed = counts.count(Taken.NEW), counts.count(Taken.CHANGED)
    return Polled(
        PollOutcome.NEW if new or changed else PollOutcome.NOTHING_NEW,
        seconds,
        items=len(counts),
        new=new,
        changed=changed,
        warning=warning,
        retrieved=received.retrieved,
        body_sha256=digest,
        moved_to=received.moved_to,
        is_whole=is_whole,
    )


def _take_entries(
    feed: Feed,
    found: FeedRead,
    received: Received,
    digest: str,
    *,
    clock: Callable[[], datetime],
) -> tuple[list[Taken], bool]:
    """What each entry was, and whether there was time for all of them."""
    entries = [entry.believed(latest=clock() + _FURTHEST_AHEAD) for entry in found.entries]
    keys = [keys_of(entry)[0] for entry in entries]
    known = {
        item.key: item
        for item in FeedItem.objects.filter(feed=feed, key__in=keys).select_related("fetch_request")
    }
    body = FeedBody(sha256=digest, address=received.retrieved.final_url or feed.address)
    if any(key not in known and whole_text_of(e) for key, e in zip(keys, entries, strict=True)):
        store_capture(
            content=received.content,
            media_type=received.media_type or "application/xml",
            reference=feed.address,
            retrieved=received.retrieved,
            asked_by=follower_of(feed).alias,
            actor=follower_of(feed),
            now=clock(),
        )
    began = time.monotonic()
    counts: list[Taken] = []
    seen: set[str] = set()
    for key, entry in zip(keys, entries, strict=True):
        if time.monotonic() - began > LONGEST_TAKING:
            return counts, False
        if key not in seen:  # of two entries with one key the first counts
            seen.add(key)
            counts.append(
                take_entry(feed=feed, entry=entry, known=known.get(key), body=body, now=clock())
            )
    return counts, True
