"""Open an incident and enter what happened, where, when, who is accused and what they say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import available_timezones

from django.db import transaction

from tracker.accounts.permissions import Right, require_right
from tracker.audit.services.record import record_event
from tracker.core.errors import InvalidInput, NotFound
from tracker.core.reasons import checked_reason
from tracker.core.rows import check_row
from tracker.incidents.choices import ContributionKind, DatePrecision, GeoPrecision
from tracker.incidents.models import Incident, IncidentParty, Position, StrikeEvidence
from tracker.incidents.models.incident_triggers import PLACE_FIELDS
from tracker.incidents.services.contribution import lock_for_editing, mark_changed
from tracker.incidents.services.days import is_future
from tracker.sources.models import Article
from tracker.sources.services.parties import party_named

if TYPE_CHECKING:
    from datetime import date, datetime, time

    from tracker.core.actor import Actor


@dataclass(frozen=True, slots=True)
class IncidentFields:
    """What a person enters about an incident; figures are never among it."""

    title: str
    summary: str = ""
    date_start: date | None = None
    date_end: date | None = None
    date_precision: str = DatePrecision.UNKNOWN.value
    date_raw: str = ""
    date_basis: str = ""
    date_anchor: date | None = None
    time_term: str = ""
    time_start: time | None = None
    time_end: time | None = None
    time_zone: str = ""
    place_name: str = ""
    lat: float | None = None
    lon: float | None = None
    geo_precision: str = GeoPrecision.UNKNOWN.value
    radius_m: int | None = None
    geo_method: str = ""
    geo_reference: str = ""


@transaction.atomic
def create_incident(*, title: str, actor: Actor, now: datetime, summary: str = "") -> Incident:
    """Open a draft. Raises NotAllowed, InvalidInput without a title."""
    require_right(actor, Right.EDIT_INCIDENTS)
    incident = Incident(
        title=title.strip(), summary=summary.strip(), created_by_id=actor.person_id, created_at=now
    )
    check_row(incident)
    incident.save(force_insert=True)
    record_event(actor=actor, action="incident.create", target=incident, now=now)
    mark_changed(incident, people=[actor.person_id], kind=ContributionKind.DETAILS, now=now)
    return incident


@transaction.atomic
def edit_incident(
    *,
    incident_id: int,
    expected_revision: int,
    fields: IncidentFields,
    actor: Actor,
    now: datetime,
    reason: str,
) -> Incident:
    """Save what, when and where; a published incident goes under revision, unless nothing differs.

    Raises NotAllowed, NotFound, StaleRevision, UnableToEdit, InvalidInput.
    """
    require_right(actor, Right.EDIT_INCIDENTS)
    incident = lock_for_editing(incident_id, expected_revision=expected_revision)
    reason = checked_reason(reason, missing="Say in a few words why you change this.")
    if is_future(fields.date_end, now=now):
        raise InvalidInput("An incident can't lie in the future; check the days.")
    changed = _apply(incident, fields)
    if not changed:
        return incident
    if not set(PLACE_FIELDS).isdisjoint(changed):
        incident.place_signed_by = incident.place_signed_at = None
    if incident.time_zone and incident.time_zone not in available_timezones():
        raise InvalidInput(
            f"{incident.time_zone} is no time zone; write one such as Asia/Damascus."
        )
    check_row(incident)
    record_event(
        actor=actor,
        action="incident.edit",
        target=incident,
        now=now,
        reason=reason,
        changes={"fields": changed},
    )
    mark_changed(incident, people=[actor.person_id], kind=ContributionKind.DETAILS, now=now)
    return incident


@transaction.atomic
def set_party(
    *, incident_id: int, party_name: str, accused: bool, actor: Actor, now: datetime
) -> IncidentParty:
    """Name a belligerent of the incident, accused by some speaker or only named."""
    require_right(actor, Right.EDIT_INCIDENTS)
    incident = lock_for_editing(incident_id)
    party = party_named(party_name)
    row = IncidentParty.objects.filter(incident=incident, party=party).first()
    if row is None:
        row = IncidentParty(incident=incident, party=party)
    elif row.accused == accused:
        return row
    row.accused = accused
    row.save()
    record_event(
        actor=actor,
        action="incident.set_party",
        target=incident,
        now=now,
        changes={"party": row.party_id, "accused": accused},
    )
    mark_changed(incident, people=[actor.person_id], kind=ContributionKind.DETAILS, now=now)
    return row


@transaction.atomic
def record_position(
    *,
    incident_id: int,
    party_name: str,
    said_on: date,
    act: str,
    harm: str,
    responsibility: str,
    article_id: int | None,
    actor: Actor,
    now: datetime,
    assessment: str = "",
    refusal_reason: str = "",
) -> Position:
    """Record one dated statement of a belligerent; it stands beside earlier ones for ever.

    "" = the statement does not speak of it. Raises NotAllowed, NotFound, UnableToEdit,
    InvalidInput.
    """
    require_right(actor, Right.EDIT_INCIDENTS)
    incident = lock_for_editing(incident_id)
    if is_future(said_on, now=now):
        raise InvalidInput("A statement can't lie in the future; check the day.")
    party = party_named(party_name)
    position = Position(
        incident=incident,
        party=party,
        said_on=said_on,
        act=act,
        harm=harm,
        responsibility=responsibility,
        assessment=assessment,
        refusal_reason=refusal_reason,
        article=cited_article(article_id),
        entered_by_id=actor.person_id,
        entered_at=now,
    )
    check_row(position)
    position.save(force_insert=True)
    IncidentParty.objects.get_or_create(incident=incident, party=party, defaults={"accused": False})
    record_event(
        actor=actor,
        action="incident.record_position",
        target=incident,
        now=now,
        changes={
            "party": party.pk,
            "act": act,
            "harm": harm,
            "responsibility": responsibility,
            "assessment": assessment,
            "refusal_reason": refusal_reason,
        },
    )
    mark_changed(incident, people=[actor.person_id], kind=ContributionKind.POSITION, now=now)
    return position


@transaction.atomic
def record_evidence(
    *,
    incident_id: int,
    kind: str,
    party_name: str,
    article_id: int | None,
    note: str,
    actor: Actor,
    now: datetime,
) -> StrikeEvidence:
    """Record what speaks for a strike near in place and time."""
    require_right(actor, Right.EDIT_INCIDENTS)
    incident = lock_for_editing(incident_id)
    evidence = StrikeEvidence(
        incident=incident,
        kind=kind,
        party=party_named(party_name) if party_name.strip() else None,
        article=cited_article(article_id),
        note=note.strip(),
        entered_by_id=actor.person_id,
        entered_at=now,
    )
    check_row(evidence)
    evidence.save(force_insert=True)
    record_event(
        actor=actor,
        action="incident.record_evidence",
        target=incident,
        now=now,
        changes={"kind": kind},
    )
    mark_changed(incident, people=[actor.person_id], kind=ContributionKind.EVIDENCE, now=now)
    return evidence


def _apply(incident: Incident, fields: IncidentFields) -> list[str]:
    """Write the fields to the unsaved row; return the names of those that differ."""
    changed = []
    for name in fields.__slots__:
        value = getattr(fields, name)
        value = value.strip() if isinstance(value, str) else value
        if getattr(incident, name) != value:
            setattr(incident, name, value)
            changed.append(name)
    return changed


def cited_article(article_id: int | None) -> Article | None:
    """The article that a statement rests on, None = none. Raises NotFound."""
    if article_id is None:
        return None
    article = Article.objects.filter(pk=article_id).first()
    if article is None:
        raise NotFound(f"There is no article {article_id} to cite.")
    return article
