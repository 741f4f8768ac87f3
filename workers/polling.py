"""From a feed that is due to what it brought: lease, ask outside any transaction, take."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from django.conf import settings

from tracker.sources.choices import FeedKind
from tracker.sources.services.feeds_answer import Received, take_answer
from tracker.sources.services.feeds_folder import look_into_folder
from tracker.sources.services.feeds_poll import fail_poll, lease_feed
from tracker.sources.services.retrieved import Retrieved
from workers.http.client import UnableToFetch, get_page

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
    try:
        answer = get_page(lease.address, private_allowed=settings.FETCH_ALLOW_PRIVATE)
    except UnableToFetch as failure:
        return fail_poll(
            lease=lease, reason=str(failure), seconds=time.monotonic() - began, now=clock()
        )
    received = Received(
        content=answer.content,
        media_type=answer.media_type,
        is_not_modified=False,
        retrieved=Retrieved(
            url=lease.address, final_url=answer.final_url, status=200, headers=answer.headers
        ),
    )
    return take_answer(
        lease=lease, received=received, clock=clock, seconds=time.monotonic() - began
    )
