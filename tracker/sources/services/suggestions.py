"""Addresses that partners send: kept once each, and fetched when staff accept them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction

from tracker.accounts.models import PartnerKey
from tracker.audit.services.record import record_event
from tracker.core.actor import ActorKind, machine
from tracker.core.errors import InvalidInput, NotAllowed, NotFound
from tracker.sources.choices import SuggestionState
from tracker.sources.models import Suggestion
from tracker.sources.policies import require_may_ingest
from tracker.sources.rules.feed_items import clean_address
from tracker.sources.services.addresses import checked_address, request_fetch

if TYPE_CHECKING:
    from datetime import datetime

    from tracker.core.actor import Actor

LONGEST_NOTE = 1000


@transaction.atomic
def suggest_address(*, url: str, note: str, actor: Actor, now: datetime) -> tuple[Suggestion, bool]:
    """Keep what a partner suggests; the one it sent before is returned again, with False.

    Raises NotAllowed for everybody but partners, InvalidInput where it is no address of the web.
    """
    if actor.kind is not ActorKind.PARTNER_KEY or actor.id is None:
        raise NotAllowed("Only partner organisations suggest addresses here.")
    url = checked_address(url)
    key = clean_address(url)
    if not key:
        raise InvalidInput("This is not an address of the web.")
    partner = PartnerKey.objects.select_related("organisation").get(pk=actor.id).organisation
    suggestion, is_new = Suggestion.objects.get_or_create(
        organisation=partner,
        url_key=key,
        defaults={"url": url, "note": " ".join(note.split())[:LONGEST_NOTE], "sent_at": now},
    )
    if not is_new:
        return suggestion, False
    record_event(actor=actor, action="suggestion.send", target=suggestion, now=now)
    if settings.ACCEPT_SUGGESTIONS:
        _accept(suggestion, by=None, now=now)
    return suggestion, True


@transaction.atomic
def accept_suggestion(*, suggestion_id: int, actor: Actor, now: datetime) -> Suggestion:
    """Have it fetched. Raises NotAllowed, NotFound, InvalidInput where it was decided already."""
    require_may_ingest(actor)
    suggestion = _open(suggestion_id)
    _accept(suggestion, by=actor, now=now)
    record_event(actor=actor, action="suggestion.accept", target=suggestion, now=now)
    return suggestion


@transaction.atomic
def decline_suggestion(*, suggestion_id: int, actor: Actor, now: datetime) -> Suggestion:
    """Leave it. Raises NotAllowed, NotFound, InvalidInput where it was decided already."""
    require_may_ingest(actor)
    suggestion = _open(suggestion_id)
    suggestion.state = SuggestionState.DECLINED
    suggestion.decided_by_id = actor.person_id
    suggestion.decided_at = now
    suggestion.save()
    record_event(actor=actor, action="suggestion.decline", target=suggestion, now=now)
    return suggestion


def _accept(suggestion: Suggestion, *, by: Actor | None, now: datetime) -> None:
    """The request carries the partner's code, so that a capture says who asked for it."""
    asked_by = machine(f"partner {suggestion.organisation_id}")
    suggestion.fetch_request = request_fetch(url=suggestion.url_key, actor=asked_by, now=now)
    suggestion.state = SuggestionState.ACCEPTED
    suggestion.decided_by_id = by.person_id if by else None
    suggestion.decided_at = now
    suggestion.save()


def _open(suggestion_id: int) -> Suggestion:
    suggestion = Suggestion.objects.select_for_update().filter(pk=suggestion_id).first()
    if suggestion is None:
        raise NotFound(f"There is no suggestion {suggestion_id}.")
    if suggestion.state != SuggestionState.OPEN:
        raise InvalidInput("Somebody decided about it already.")
    return suggestion
