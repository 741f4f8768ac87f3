"""A worker's hold on an address, and what becomes of the answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from tracker.audit.services.record import record_event
from tracker.core.actor import machine
from tracker.sources.choices import FetchState
from tracker.sources.models import FetchRequest
from tracker.sources.parsing.kinds import HEAD, Kind, detect_kind
from tracker.sources.parsing.parsed import Unreadable
from tracker.sources.services.items import Item, ingest_item
from tracker.sources.services.leases import MAX_ATTEMPTS, free_at
from tracker.sources.services.retrieved import Retrieved

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

FETCH_LEASE_LASTS = timedelta(seconds=45)
#: What waits between two attempts on an address that does not answer, times the attempts so far.
BACK_OFF = timedelta(seconds=30)
FETCHER = machine("fetcher")


@dataclass(frozen=True, slots=True)
class FetchLease:
    """The right to fetch one address once."""

    request_id: int
    url: str
    fence: int
    is_last: bool


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a server answered."""

    content: bytes
    media_type: str
    final_url: str
    headers: Mapping[str, str]


@transaction.atomic
def lease_fetch(*, request_id: int, now: datetime) -> FetchLease | None:
    """Take an address and count the attempt; None where there is nothing to do."""
    request = (
        FetchRequest.objects.select_for_update(skip_locked=True)
        .filter(free_at(now), pk=request_id, state=FetchState.WAITING)
        .first()
    )
    if request is None:
        return None
    if request.attempts >= MAX_ATTEMPTS:
        _fail(request, request.failure_reason or "Fetching it ended its worker each time.", now=now)
        return None
    request.attempts += 1
    request.fence += 1
    request.leased_until = now + FETCH_LEASE_LASTS
    request.save(update_fields=["attempts", "fence", "leased_until"])
    return FetchLease(
        request_id=request.pk,
        url=request.url,
        fence=request.fence,
        is_last=request.attempts >= MAX_ATTEMPTS,
    )


def store_fetched(*, lease: FetchLease, fetched: Fetched, now: datetime) -> bool:
    """Store the page as an item; False where the lease was lost or it could not be used."""
    try:
        kind = detect_kind(head=fetched.content[:HEAD], media_type=fetched.media_type)
    except Unreadable as refusal:
        return fail_fetch(lease=lease, reason=str(refusal), is_final=True, now=now)
    if kind is Kind.RECORDS:
        reason = "The address leads to JSON lines; download the file and ingest it."
        return fail_fetch(lease=lease, reason=reason, is_final=True, now=now)
    result = ingest_item(
        item=Item(
            content=fetched.content,
            kind=kind,
            reference=lease.url,
            retrieved=Retrieved(
                url=lease.url,
                final_url=fetched.final_url,
                status=200,
                headers=fetched.headers,
            ),
        ),
        actor=FETCHER,
        now=now,
    )
    if result.article_id is None:
        return fail_fetch(lease=lease, reason=result.reason, is_final=True, now=now)
    with transaction.atomic():
        request = _hold(lease)
        if request is None:
            return False
        request.state = FetchState.STORED
        request.article_id = result.article_id
        request.leased_until = None
        request.failure_reason = ""
        request.save()
        record_event(
            actor=FETCHER,
            action="fetch.store",
            target=request,
            now=now,
            changes={"article": result.article_id, "outcome": result.outcome.value},
        )
    return True


@transaction.atomic
def fail_fetch(*, lease: FetchLease, reason: str, is_final: bool, now: datetime) -> bool:
    """Note why there is no page; unless that is final or it was the last attempt, wait."""
    request = _hold(lease)
    if request is None:
        return False
    if is_final or lease.is_last:
        _fail(request, reason, now=now)
        return True
    request.failure_reason = reason[:500]
    request.leased_until = now + BACK_OFF * request.attempts
    request.save(update_fields=["failure_reason", "leased_until"])
    return True


def _hold(lease: FetchLease) -> FetchRequest | None:
    return (
        FetchRequest.objects.select_for_update()
        .filter(pk=lease.request_id, fence=lease.fence, state=FetchState.WAITING)
        .first()
    )


def _fail(request: FetchRequest, reason: str, *, now: datetime) -> None:
    request.state = FetchState.FAILED
    request.failure_reason = reason[:500]
    request.leased_until = None
    request.save(update_fields=["state", "failure_reason", "leased_until"])
    record_event(actor=FETCHER, action="fetch.fail", target=request, now=now)
