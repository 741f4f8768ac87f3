"""A worker's hold on an address, and what becomes of the answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q

from tracker.audit.services.record import record_event
from tracker.core.actor import machine
from tracker.sources.choices import FetchState
from tracker.sources.models import FetchRequest, Retrieval
from tracker.sources.parsing.kinds import HEAD, Kind, detect_kind
from tracker.sources.parsing.parsed import Unreadable
from tracker.sources.services.failures import Outcome
from tracker.sources.services.items import Item, ingest_item
from tracker.sources.services.leases import free_at
from tracker.sources.services.versions import store_recheck
from tracker.watching.choices import Stage
from tracker.watching.services.throughput import count_stage

if TYPE_CHECKING:
    from datetime import datetime

    from tracker.sources.services.retrieved import Retrieved

FETCH_LEASE_LASTS = timedelta(seconds=45)
#: More than an article's: an outlet may be away for hours.
FETCH_ATTEMPTS = 5
#: After this a page is asked for whole again, whatever its server said of it.
BELIEVED_FOR = timedelta(days=7)
FETCHER = machine("fetcher")


@dataclass(frozen=True, slots=True)
class FetchLease:
    """The right to fetch one address once; the other fields are the request's.

    ``etag`` and ``last_modified`` are of the page as it is known, "" = it is new. ``recheck_of``
    None = a new address, else the article that is looked at again.
    """

    request_id: int
    url: str
    fence: int
    attempts: int
    asked_by: str
    robots_reason: str
    egress_proxy: str
    etag: str
    last_modified: str
    recheck_of: int | None = None

    @property
    def is_last(self) -> bool:
        """Whether it is given up after this attempt."""
        return self.attempts >= FETCH_ATTEMPTS


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a server answered."""

    content: bytes
    media_type: str
    retrieved: Retrieved


@transaction.atomic
def lease_fetch(*, request_id: int, now: datetime) -> FetchLease | None:
    """Take an address that is due and count the attempt; None where there is nothing to do."""
    request = (
        FetchRequest.objects.select_for_update(skip_locked=True)
        .filter(free_at(now), due_at(now), pk=request_id, state=FetchState.WAITING)
        .first()
    )
    if request is None:
        return None
    if request.attempts >= FETCH_ATTEMPTS:
        _fail(request, request.failure_reason or "Fetching it ended its worker each time.", now=now)
        return None
    request.attempts += 1
    request.fence += 1
    request.leased_until = now + FETCH_LEASE_LASTS
    request.save(update_fields=["attempts", "fence", "leased_until"])
    known = _known_headers(request, now=now)
    return FetchLease(
        request_id=request.pk,
        url=request.url,
        fence=request.fence,
        attempts=request.attempts,
        asked_by=request.requested_by,
        robots_reason=request.robots_reason,
        egress_proxy=request.egress_proxy,
        etag=known.get("etag", ""),
        last_modified=known.get("last-modified", ""),
        recheck_of=request.recheck_of_id,
    )


def due_at(now: datetime) -> Q:
    """Requests whose time has come."""
    return Q(not_before__isnull=True) | Q(not_before__lte=now)


def store_fetched(*, lease: FetchLease, fetched: Fetched, now: datetime) -> bool:
    """Store the page as an item; False where the lease was lost."""
    try:
        kind = detect_kind(head=fetched.content[:HEAD], media_type=fetched.media_type)
    except Unreadable as refusal:
        return fail_fetch(lease=lease, reason=str(refusal), is_final=True, now=now)
    if kind is Kind.RECORDS:
        reason = "The address leads to JSON lines; download the file and ingest it."
        return fail_fetch(lease=lease, reason=reason, is_final=True, now=now)
    item = Item(
        content=fetched.content,
        kind=kind,
        reference=lease.url,
        retrieved=fetched.retrieved,
        asked_by=lease.asked_by,
    )
    if lease.recheck_of is None:
        result = ingest_item(item=item, actor=FETCHER, now=now)
    else:
        result = store_recheck(article_id=lease.recheck_of, item=item, now=now)
    if result.article_id is None:
        return fail_fetch(lease=lease, reason=result.reason, is_final=True, now=now)
    return _end(lease, article_id=result.article_id, outcome=result.outcome, now=now)


@transaction.atomic
def keep_unchanged(*, lease: FetchLease, now: datetime) -> bool:
    """The server says that the page is as it was; False where the lease was lost."""
    request = _hold(lease)
    if request is None or request.recheck_of_id is None:
        return False
    return _end(lease, article_id=request.recheck_of_id, outcome=Outcome.SAME, now=now)


@transaction.atomic
def postpone_fetch(*, lease: FetchLease, until: datetime) -> bool:
    """The host's turn has not come: come back then; the attempt does not count."""
    request = _hold(lease)
    if request is None:
        return False
    request.attempts -= 1
    request.not_before = until
    request.leased_until = None
    request.save(update_fields=["attempts", "not_before", "leased_until"])
    return True


@transaction.atomic
def fail_fetch(
    *,
    lease: FetchLease,
    reason: str,
    is_final: bool,
    wait: timedelta = timedelta(0),
    now: datetime,
) -> bool:
    """Note why there is no page; unless that is final or it was the last attempt, wait."""
    request = _hold(lease)
    if request is None:
        return False
    if is_final or lease.is_last:
        _fail(request, reason, now=now)
        return True
    request.failure_reason = reason[:500]
    request.not_before = now + wait
    request.leased_until = None
    request.save(update_fields=["failure_reason", "not_before", "leased_until"])
    count_stage(Stage.FETCH, retried=1, now=now)
    return True


def _known_headers(request: FetchRequest, *, now: datetime) -> dict[str, str]:
    """What the server last said of a page that is looked at again; nothing after a week, for
    some servers say for ever that nothing has changed."""
    if request.recheck_of_id is None:
        return {}
    last = (
        Retrieval.objects.filter(
            capture__article=request.recheck_of_id,
            url=request.url,
            retrieved_at__gt=now - BELIEVED_FOR,
        )
        .order_by("-retrieved_at")
        .first()
    )
    return last.headers if last else {}


@transaction.atomic
def _end(lease: FetchLease, *, article_id: int, outcome: Outcome, now: datetime) -> bool:
    request = _hold(lease)
    if request is None:
        return False
    request.state = FetchState.STORED
    request.article_id = article_id
    request.leased_until = None
    request.failure_reason = ""
    request.save()
    record_event(
        actor=FETCHER,
        action="fetch.store",
        target=request,
        now=now,
        changes={"article": article_id, "outcome": outcome.value},
    )
    count_stage(Stage.FETCH, done=1, now=now)
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
    count_stage(Stage.FETCH, failed=1, now=now)
    record_event(actor=FETCHER, action="fetch.fail", target=request, now=now)
