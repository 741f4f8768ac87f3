"""Addresses that somebody wants fetched; the row is the queue of the fetch worker."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.db import transaction

from tracker.audit.services.record import record_event
from tracker.core.errors import InvalidInput, NotFound
from tracker.core.jobs import Job, enqueue_on_commit
from tracker.core.reasons import LONGEST_REASON
from tracker.sources.choices import FetchState
from tracker.sources.models import FetchRequest
from tracker.sources.policies import require_may_ingest

if TYPE_CHECKING:
    from datetime import datetime

    from tracker.core.actor import Actor

LONGEST_URL = 2000
SHORTEST_REASON = 10


@transaction.atomic
def request_fetch(
    *, url: str, robots_reason: str = "", egress_proxy: str = "", actor: Actor, now: datetime
) -> FetchRequest:
    """Ask the workers to fetch an address; the one that waits already is returned again.

    ``robots_reason`` "" = as robots.txt allows, else why a person has it recorded once in any
    case. ``egress_proxy`` "" = the installation's. Raises NotAllowed, InvalidInput where it is no
    address of the web or the reason says too little.
    """
    require_may_ingest(actor)
    url = checked_address(url)
    robots_reason = _robots_reason(robots_reason, actor=actor)
    request, is_new = FetchRequest.objects.get_or_create(
        url=url,
        state=FetchState.WAITING,
        defaults={
            "requested_by": actor.alias,
            "requested_at": now,
            "robots_reason": robots_reason,
            "egress_proxy": egress_proxy,
        },
    )
    if not is_new and robots_reason and not request.robots_reason:
        request.robots_reason = robots_reason
        request.save(update_fields=["robots_reason"])
    elif not is_new:
        robots_reason = ""
    if is_new or robots_reason:
        record_event(
            actor=actor,
            action="fetch.request",
            target=request,
            now=now,
            reason=robots_reason,
            changes={"against_robots": bool(robots_reason)},
        )
    enqueue_on_commit(Job.FETCH_ADDRESS, request_id=request.pk)
    return request


def _robots_reason(reason: str, *, actor: Actor) -> str:
    """Why robots.txt is not obeyed once. Raises InvalidInput where it says too little."""
    reason = " ".join(reason.split())
    if not reason:
        return ""
    if not actor.is_person:
        raise InvalidInput("Only a person may have a page recorded against robots.txt.")
    if not SHORTEST_REASON <= len(reason) <= LONGEST_REASON:
        raise InvalidInput(
            "Say in a sentence why this page must be recorded although robots.txt asks not to "
            f"({SHORTEST_REASON} to {LONGEST_REASON} characters)."
        )
    return reason


def checked_address(url: str) -> str:
    """The address without its fragment. Raises InvalidInput, saying what is wrong with it."""
    url = url.strip()
    if len(url) > LONGEST_URL:
        raise InvalidInput(f"The address is longer than {LONGEST_URL:,} characters.")
    if any(not c.isprintable() or c.isspace() or c == "\\" for c in url):
        raise InvalidInput("The address holds a space or another character that can't be in one.")
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError as failure:
        raise InvalidInput("This is not an address of the web.") from failure
    if parts.scheme.lower() not in {"http", "https"} or not host:
        raise InvalidInput("Give an address that starts with http:// or https://.")
    if "@" in parts.netloc:
        raise InvalidInput("Give the address without a name or password in it.")
    return parts._replace(fragment="").geturl()


@transaction.atomic
def retry_fetch(*, request_id: int, actor: Actor, now: datetime) -> FetchRequest:
    """Let the workers try an address again that failed.

    Raises NotAllowed, NotFound, InvalidInput where it has not failed or waits elsewhere.
    """
    require_may_ingest(actor)
    request = FetchRequest.objects.select_for_update().filter(pk=request_id).first()
    if request is None:
        raise NotFound(f"There is no request {request_id}.")
    if request.state != FetchState.FAILED:
        raise InvalidInput("This address has not failed; there is nothing to try again.")
    if FetchRequest.objects.filter(url=request.url, state=FetchState.WAITING).exists():
        raise InvalidInput("This address waits to be fetched already.")
    request.state = FetchState.WAITING
    request.attempts = 0
    request.fence += 1
    request.leased_until = None
    request.not_before = None
    request.failure_reason = ""
    request.save()
    record_event(actor=actor, action="fetch.retry", target=request, now=now)
    enqueue_on_commit(Job.FETCH_ADDRESS, request_id=request.pk)
    return request
