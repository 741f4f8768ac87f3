"""From a waiting address to a stored page: lease, fetch outside any transaction, store."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings

from tracker.sources.services.fetched import Fetched, fail_fetch, lease_fetch, store_fetched
from workers.http.client import UnableToFetch, get_page

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime


def fetch_request(*, request_id: int, clock: Callable[[], datetime]) -> bool:
    """Fetch the address of one request; False where there was nothing to do."""
    lease = lease_fetch(request_id=request_id, now=clock())
    if lease is None:
        return False
    try:
        answer = get_page(lease.url, private_allowed=settings.FETCH_ALLOW_PRIVATE)
    except UnableToFetch as failure:
        return fail_fetch(lease=lease, reason=str(failure), is_final=failure.is_final, now=clock())
    fetched = Fetched(
        content=answer.content,
        media_type=answer.media_type,
        final_url=answer.final_url,
        headers=answer.headers,
    )
    return store_fetched(lease=lease, fetched=fetched, now=clock())
