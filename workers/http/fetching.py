"""From a waiting address to a stored page: lease, fetch outside any transaction, store."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import TYPE_CHECKING

from tracker.sources.rules.politeness import back_off
from tracker.sources.services.fetched import (
    Fetched,
    fail_fetch,
    keep_unchanged,
    lease_fetch,
    postpone_fetch,
    store_fetched,
)
from workers.http.client import MustWait, Request, Turns, UnableToFetch, fetch

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime


def fetch_request(*, request_id: int, clock: Callable[[], datetime]) -> bool:
    """Fetch the address of one request; False where there was nothing to do."""
    lease = lease_fetch(request_id=request_id, now=clock())
    if lease is None:
        return False
    request = Request(
        url=lease.url,
        etag=lease.etag,
        last_modified=lease.last_modified,
        egress_proxy=lease.egress_proxy,
        robots_reason=lease.robots_reason,
    )
    try:
        answer = fetch(request, turns=Turns(), clock=clock)
    except MustWait as turn:
        return postpone_fetch(lease=lease, until=turn.until)
    except UnableToFetch as failure:
        wait = back_off(lease.attempts, chance=random.random())  # noqa: S311  # spreads a load
        return fail_fetch(
            lease=lease,
            reason=str(failure),
            is_final=failure.is_final,
            wait=max(wait, failure.retry_after or timedelta(0)),
            now=clock(),
        )
    if answer.not_modified:
        return keep_unchanged(lease=lease, now=clock())
    fetched = Fetched(
        content=answer.content, media_type=answer.media_type, retrieved=answer.retrieved
    )
    return store_fetched(lease=lease, fetched=fetched, now=clock())
