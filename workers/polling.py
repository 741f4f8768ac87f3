"""From a feed that is due to what it brought: lease, ask outside any transaction, take."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from tracker.sources.choices import FeedKind
from tracker.sources.services.feeds_answer import Received, take_answer
from tracker.sources.services.feeds_folder import look_into_folder
from tracker.sources.services.feeds_poll import fail_poll, lease_feed, postpone_poll
from workers.http.client import (
    FEED_TYPES,
    PAGE_TYPES,
    MustWait,
    Request,
    Turns,
    UnableToFetch,
    fetch,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from tracker.sources.services.feeds_poll import FeedLease


def ask_feed(*, feed_id: int, clock: Callable[[], datetime]) -> bool:
    """Ask one feed once; False where there was nothing to do."""
    lease = lease_feed(feed_id=feed_id, now=clock())
    if lease is None:
        return False
    if lease.kind is FeedKind.FOLDER:
        return look_into_folder(lease=lease, clock=clock)
    return _ask(lease, clock=clock)


def _ask(lease: FeedLease, *, clock: Callable[[], datetime]) -> bool:
    began = time.monotonic()
    request = Request(
        url=lease.address,
        media_types=PAGE_TYPES if lease.kind is FeedKind.PAGE else FEED_TYPES,
        etag=lease.etag,
        last_modified=lease.last_modified,
        egress_proxy=lease.egress_proxy,
    )
    try:
        answer = fetch(request, turns=Turns(), clock=clock)
    except MustWait as wait:
        return postpone_poll(lease=lease, until=wait.until)
    except UnableToFetch as failure:
        return fail_poll(
            lease=lease,
            reason=str(failure),
            status=failure.status,
            retry_after=failure.retry_after,
            seconds=time.monotonic() - began,
            now=clock(),
        )
    received = Received(
        content=answer.content,
        media_type=answer.media_type,
        is_not_modified=answer.not_modified,
        retrieved=answer.retrieved,
        moved_to=answer.moved_to,
    )
    return take_answer(
        lease=lease, received=received, clock=clock, seconds=time.monotonic() - began
    )
