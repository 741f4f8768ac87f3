"""Further places of an incident, and the second look at any of its places."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from tracker.accounts.permissions import Right, require_right
from tracker.audit.services.record import record_event
from tracker.core.errors import DomainError, NotFound, StaleRevision
from tracker.core.rows import check_row
from tracker.incidents.choices import ContributionKind
from tracker.incidents.models import Incident, IncidentPlace
from tracker.incidents.policies import contributed
from tracker.incidents.selectors.changes import incident_changed_since
from tracker.incidents.selectors.family import family_of
from tracker.incidents.services.contribution import (
    lock_for_editing,
    lock_standing,
    mark_changed,
)

if TYPE_CHECKING:
    from datetime import datetime

    from tracker.core.actor import Actor


class UnableToSign(DomainError):
    """Nobody signs off what they entered, nor what is no place yet."""

    code = "unable_to_sign"


@dataclass(frozen=True, slots=True)
class PlaceFields:
    """A further place as a person enters it; None and "" mean what the model says they mean."""

    name: str
    geo_precision: str
    geo_method: str
    lat: float | None = None
    lon: float | None = None
    radius_m: int | None = None
    geo_reference: str = ""
    note: str = ""


@transaction.atomic
def add_place(
    *, incident_id: int, fields: PlaceFields, actor: Actor, now: datetime
) -> IncidentPlace:
    """Enter one more place of the incident.

    Raises NotAllowed, NotFound, UnableToEdit, InvalidInput.
    """
    require_right(actor, Right.EDIT_INCIDENTS)
    incident = lock_for_editing(incident_id)
    place = IncidentPlace(
        incident=incident,
        name=fields.name.strip(),
        lat=fields.lat,
        lon=fields.lon,
        geo_precision=fields.geo_precision,
        radius_m=fields.radius_m,
        geo_method=fields.geo_method,
        geo_reference=fields.geo_reference.strip(),
        note=fields.note.strip(),
        entered_by_id=actor.person_id,
        entered_at=now,
    )
    check_row(place)
    place.save(force_insert=True)
    _record(incident, place, "incident.add_place", actor, now)
    return place


@transaction.atomic
def withdraw_place(
    *, incident_id: int, place_id: int, actor: Actor, now: datetime
) -> IncidentPlace:
    """Take a further place off the incident; its row stays. Raises as ``add_place`` does."""
    require_right(actor, Right.EDIT_INCIDENTS)
    incident = lock_for_editing(incident_id)
    place = _standing(incident, place_id)
    place.withdrawn_by_id, place.withdrawn_at = actor.person_id, now
    place.save(update_fields=["withdrawn_by", "withdrawn_at"])
    _record(incident, place, "incident.withdraw_place", actor, now)
    return place


@transaction.atomic
def sign_place(*, incident_id: int, place_id: int, actor: Actor, now: datetime) -> IncidentPlace:
    """Say that a further place is where its row says, as somebody who did not enter it.

    Raises NotAllowed, NotFound, UnableToSign.
    """
    require_right(actor, Right.REVIEW)
    incident = lock_standing(incident_id)
    place = _standing(incident, place_id)
    if place.entered_by_id == actor.person_id:
        raise UnableToSign("You entered this place; somebody else has to look at it.")
    place.signed_by_id, place.signed_at = actor.person_id, now
    place.save(update_fields=["signed_by", "signed_at"])
    record_event(actor=actor, action="incident.sign_place", target=incident, now=now)
    return place


@transaction.atomic
def sign_main_place(
    *, incident_id: int, expected_revision: int, actor: Actor, now: datetime
) -> Incident:
    """The same for the place on the incident itself; any change of it needs a new look.

    Raises NotAllowed, NotFound, StaleRevision, UnableToSign.
    """
    require_right(actor, Right.REVIEW)
    incident = lock_standing(incident_id)
    if incident.revision != expected_revision:
        raise StaleRevision(
            f"{incident_changed_since(incident, expected_revision)} Look at its place again."
        )
    if not incident.place_name:
        raise UnableToSign("No place is entered yet.")
    if contributed(actor, incident):
        raise UnableToSign(
            "You had a hand in this incident; somebody else has to look at its place."
        )
    incident.place_signed_by_id, incident.place_signed_at = actor.person_id, now
    incident.save(update_fields=["place_signed_by", "place_signed_at"])
    record_event(actor=actor, action="incident.sign_place", target=incident, now=now)
    return incident


def _standing(incident: Incident, place_id: int) -> IncidentPlace:
    """One that was entered here, or on what was merged in."""
    rows = IncidentPlace.objects.select_for_update(of=("self",)).filter(
        incident__in=family_of(incident), withdrawn_at__isnull=True
    )
    place = rows.filter(pk=place_id).first()
    if place is None:
        raise NotFound(f"There is no place {place_id} of this incident that stands.")
    return place


def _record(
    incident: Incident,
    place: IncidentPlace,
    action: str,
    actor: Actor,
    now: datetime,
) -> None:
    record_event(
        actor=actor,
        action=action,
        target=incident,
        now=now,
        changes={"geo_precision": [None, place.geo_precision], "fields": ["name"]},
    )
    mark_changed(incident, people=[actor.person_id], kind=ContributionKind.DETAILS, now=now)
