"""Two incidents with all that an incident can hold, and how they stand."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from tests.conftest import NOW
from tests.factories import IncidentFactory, SourceFactory, accepted_claim
from tracker.incidents.models import Claim, Incident, IncidentParty, NamedFloor
from tracker.incidents.selectors.assessment import as_document, assess_incident, inputs_of
from tracker.incidents.services.claims import accept
from tracker.incidents.services.incidents import record_evidence, record_position, set_party
from tracker.incidents.services.merge import merge_incidents, undo_merge
from tracker.incidents.services.named import set_named_floor

if TYPE_CHECKING:
    from datetime import datetime

    from tracker.accounts.models import Person
    from tracker.incidents.models import Restructuring
    from tracker.incidents.rules import NamedVictims


def told(by: Person, *, title: str, killed: tuple[int, ...], accused: str = "") -> Incident:
    """An incident with a claim of another speaker for each figure, and an accused party."""
    incident: Incident = IncidentFactory(title=title, created_by=by)
    for minimum in killed:
        accepted_claim(
            by=by,
            incident=incident,
            speaker=SourceFactory(kind="MONITOR"),
            minimum=minimum,
            maximum=minimum,
        )
    actor = by.as_actor()
    if accused:
        set_party(incident_id=incident.pk, party_name=accused, accused=True, actor=actor, now=NOW)
        record_position(
            incident_id=incident.pk,
            party_name=accused,
            said_on=date(2026, 11, 12),
            act="ACKNOWLEDGES",
            harm="DENIES_HARM",
            responsibility="",
            article_id=None,
            actor=actor,
            now=NOW,
        )
        record_evidence(
            incident_id=incident.pk,
            kind="PARTY_ACKNOWLEDGES",
            party_name=accused,
            article_id=None,
            note="",
            actor=actor,
            now=NOW,
        )
    incident.refresh_from_db()
    return incident


def named_alone(by: Person) -> Incident:
    """Told by two speakers; the army is named, not accused."""
    incident = told(by, title="Strike on a market", killed=(7, 9))
    set_party(
        incident_id=incident.pk, party_name="Army", accused=False, actor=by.as_actor(), now=NOW
    )
    return incident


def accusing(by: Person) -> Incident:
    """The same strike, told by two more speakers; the army is accused."""
    return told(by, title="Shells on Ardesh", killed=(5, 12), accused="Army")


def decided(claim: Claim, incident: Incident | None, by: Person, **more: Any) -> None:
    """The claim is accepted again, an hour later."""
    accept(
        claim,
        correction=None,
        incident_id=incident.pk if incident else None,
        actor=by.as_actor(),
        now=NOW + timedelta(hours=1),
        **more,
    )


def named_on(incident: Incident, named: NamedVictims, by: Person) -> None:
    set_named_floor(incident_id=incident.pk, named=named, actor=by.as_actor(), now=NOW)


def merged(
    source: Incident, target: Incident, by: Person, *, reason: str = "One strike, told twice."
) -> Restructuring:
    source.refresh_from_db()
    target.refresh_from_db()
    done = merge_incidents(
        source_id=source.pk,
        source_revision=source.revision,
        target_id=target.pk,
        target_revision=target.revision,
        actor=by.as_actor(),
        now=NOW,
        reason=reason,
    )
    done.source, done.target = source, target
    source.refresh_from_db()
    target.refresh_from_db()
    return done


def undone(done: Restructuring, by: Person, *, now: datetime = NOW) -> None:
    undo_merge(
        restructuring_id=done.pk, actor=by.as_actor(), now=now, reason="Two streets, two strikes."
    )
    done.source.refresh_from_db()
    done.target.refresh_from_db()


def state_of(*incidents: Incident) -> dict[str, Any]:
    """All that the incidents hold and what the rules answer, without counters of changes."""
    without = ("revision", "merged_into_id")
    return {
        "incidents": {
            pk: {name: value for name, value in row.items() if name not in without}
            for pk, row in _rows(Incident.objects.filter(pk__in=[i.pk for i in incidents])).items()
        },
        "claims": {
            pk: {name: value for name, value in row.items() if name != "revision"}
            for pk, row in _rows(Claim.objects.all()).items()
        },
        "parties": _rows(IncidentParty.objects.all()),
        "floors": _rows(NamedFloor.objects.all()),
        "answers": {i.pk: as_document(assess_incident(i)) for i in incidents},
        "inputs": {
            i.pk: {k: v for k, v in inputs_of(assess_incident(i)).items() if k != "claims"}
            for i in incidents
        },
    }


def _rows(rows: Any) -> dict[int, dict[str, Any]]:
    return {row["id"]: row for row in rows.values()}
