"""Teach a spelling of a place, and withdraw it; both count at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from tracker.accounts.permissions import Right, require_right
from tracker.audit.services.record import record_event
from tracker.core.errors import DomainError, InvalidInput, NotFound
from tracker.core.reasons import checked_reason
from tracker.core.rows import check_row
from tracker.extraction.places.keys import place_key
from tracker.extraction.places.name_keys import LONGEST, name_key
from tracker.places.models import TaughtSpelling
from tracker.places.selectors.merging import obstacles_to_teaching
from tracker.places.selectors.naming import get_named_place
from tracker.places.selectors.values import fields_of
from tracker.places.services.turns import take_turn

if TYPE_CHECKING:
    from datetime import datetime

    from tracker.core.actor import Actor
    from tracker.places.selectors.naming import NamedPlace


class UnableToTeach(DomainError):
    """The spelling can't be taught so."""

    code = "unable_to_teach"


@transaction.atomic
def teach_spelling(
    *,
    spelling: str,
    meaning: NamedPlace,
    actor: Actor,
    now: datetime,
    reason: str,
) -> TaughtSpelling:
    """That ``spelling`` means the place that a list or the gazetteer knows.

    Raises NotAllowed, InvalidInput, UnableToName, SeveralPlaces, UnableToTeach.
    """
    require_right(actor, Right.TEACH_PLACES)
    spelling = " ".join(spelling.split())
    if not name_key(spelling) or len(spelling) > LONGEST:
        raise InvalidInput(f"Give the spelling as it is printed, in up to {LONGEST} characters.")
    reason = checked_reason(reason, missing="Say in a few words how you know it.")
    take_turn()
    place = get_named_place(meaning)
    if place_key(spelling) == place_key(place.name):
        raise UnableToTeach(f"“{spelling}” and “{place.name}” are taken for one name already.")
    if TaughtSpelling.objects.filter(key=name_key(place.name), withdrawn_at=None).exists():
        raise UnableToTeach(f"“{place.name}” is itself taught as a spelling of another place.")
    obstacles = obstacles_to_teaching(spelling, place)
    if obstacles:
        raise UnableToTeach(" ".join(obstacles))
    taught = TaughtSpelling(
        spelling=spelling,
        key=name_key(spelling),
        **fields_of(place),
        taught_by_id=actor.person_id,
        taught_at=now,
        reason=reason,
    )
    check_row(taught)
    taught.save(force_insert=True)
    record_event(
        actor=actor,
        action="place.teach",
        target=taught,
        now=now,
        reason=reason,
        changes={"kind": taught.kind, "country": taught.country},
    )
    return taught


@transaction.atomic
def withdraw_spelling(
    *, spelling_id: int, actor: Actor, now: datetime, reason: str
) -> TaughtSpelling:
    """It counts no more, and stays on record. Raises NotAllowed, NotFound, InvalidInput."""
    require_right(actor, Right.TEACH_PLACES)
    reason = checked_reason(reason, missing="Say in a few words why the spelling is withdrawn.")
    taught = TaughtSpelling.objects.select_for_update().filter(pk=spelling_id).first()
    if taught is None:
        raise NotFound(f"There is no taught spelling {spelling_id}.")
    if taught.withdrawn_at is not None:
        raise UnableToTeach("This spelling was withdrawn already.")
    taught.withdrawn_by_id, taught.withdrawn_at = actor.person_id, now
    taught.withdraw_reason = reason
    taught.save(update_fields=["withdrawn_by", "withdrawn_at", "withdraw_reason"])
    record_event(actor=actor, action="place.withdraw", target=taught, now=now, reason=reason)
    return taught
