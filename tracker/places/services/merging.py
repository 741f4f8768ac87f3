"""Merge two places that are one, and undo it at any time; both count at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from tracker.accounts.permissions import Right, require_right
from tracker.audit.services.record import record_event
from tracker.core.errors import DomainError
from tracker.core.reasons import checked_reason
from tracker.core.rows import check_row
from tracker.extraction.places.name_keys import name_key
from tracker.places.models import PlaceMerge, RecordedPlace
from tracker.places.selectors.merging import (
    conflicts_of_place_merge,
    get_place_merge,
    obstacles_to_merging_places,
)
from tracker.places.selectors.naming import get_named_place
from tracker.places.selectors.values import fields_of
from tracker.places.selectors.weighing import place_pre_image
from tracker.places.services.turns import take_turn

if TYPE_CHECKING:
    from datetime import datetime

    from tracker.core.actor import Actor
    from tracker.extraction.places.gazetteer import Place
    from tracker.places.selectors.naming import NamedPlace


class UnableToMergePlaces(DomainError):
    """Something stands in the way of their being one."""

    code = "unable_to_merge_places"


class UnableToUndoPlaceMerge(DomainError):
    """Something since rests on it."""

    code = "unable_to_undo_place_merge"


@transaction.atomic
def merge_places(
    *, source: NamedPlace, target: NamedPlace, actor: Actor, now: datetime, reason: str
) -> PlaceMerge:
    """Let ``target`` stand for ``source`` too, wherever that is looked up.

    Nothing that was read or written changes. Raises NotAllowed, InvalidInput, UnableToName,
    SeveralPlaces, UnableToMergePlaces.
    """
    require_right(actor, Right.TEACH_PLACES)
    reason = checked_reason(reason, missing="Say how you know that both are one place.")
    take_turn()
    goes, stays = get_named_place(source), get_named_place(target)
    obstacles = obstacles_to_merging_places(goes, stays)
    if obstacles:
        raise UnableToMergePlaces(" ".join(obstacles))
    done = PlaceMerge(
        source=_recorded(goes),
        target=_recorded(stays),
        pre_image=place_pre_image(goes, stays),
        by_id=actor.person_id,
        at=now,
        reason=reason,
    )
    check_row(done)
    done.save(force_insert=True)
    record_event(
        actor=actor,
        action="place.merge",
        target=done,
        now=now,
        reason=reason,
        changes={"source": done.source_id, "target": done.target_id},
    )
    return done


@transaction.atomic
def undo_place_merge(*, merge_id: int, actor: Actor, now: datetime, reason: str) -> PlaceMerge:
    """Let both stand again; what was taught since stays with the one that stood for both.

    Raises NotAllowed, NotFound, InvalidInput, UnableToUndoPlaceMerge with all that conflicts.
    """
    require_right(actor, Right.TEACH_PLACES)
    reason = checked_reason(reason, missing="Say why they are two places after all.")
    take_turn()
    done = get_place_merge(merge_id)
    conflicts = conflicts_of_place_merge(done)
    if conflicts:
        raise UnableToUndoPlaceMerge(" ".join(conflicts))
    done.undone_by_id, done.undone_at, done.undo_reason = actor.person_id, now, reason
    done.save(update_fields=["undone_by", "undone_at", "undo_reason"])
    record_event(
        actor=actor,
        action="place.undo_merge",
        target=done,
        now=now,
        reason=reason,
        changes={"source": done.source_id, "target": done.target_id},
    )
    return done


def _recorded(place: Place) -> RecordedPlace:
    """The row of its values, made where no merge was about it before."""
    known = RecordedPlace.objects.filter(**fields_of(place)).first()
    if known is not None:
        return known
    row = RecordedPlace(**fields_of(place), key=name_key(place.name), population=place.population)
    check_row(row)
    row.save(force_insert=True)
    return row
