"""Recorded victims raise the floor of a range; only numbers go down."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.conftest import NOW
from tests.factories import accepted_claim
from tests.factories.restricted import KILLED, named, recorded
from tests.web.incident_forms import submitted
from tracker.audit.models import AuditEvent
from tracker.core.errors import NotAllowed, StaleRevision
from tracker.incidents.choices import ContributionKind, IncidentStatus
from tracker.incidents.models import Assessment, Contribution, Incident, NamedFloor
from tracker.incidents.rules import NamedVictims
from tracker.incidents.selectors.assessment import assess_incident
from tracker.incidents.services.contribution import UnableToEdit
from tracker.incidents.services.named import set_named_floor
from tracker.publication.services.publish import publish_incident
from tracker.restricted.models import PrivatePerson
from tracker.restricted.services.records import Codes, correct_person
from tracker.restricted.services.shred import shred_person

if TYPE_CHECKING:
    from pathlib import Path

    from tracker.accounts.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def incident(incident: Incident, researcher: Person) -> Incident:
    """One or two people were killed, its only claim says."""
    accepted_claim(by=researcher, incident=incident, minimum=1, maximum=2)
    return incident


def ranged(incident: Incident, outcome: str = "KILLED") -> tuple[int | None, int | None]:
    found = assess_incident(incident).assessment.ranges[outcome]["civilians"]
    return found.minimum, found.maximum


def test_each_named_civilian_raises_the_floor_and_the_rules_run(
    incident: Incident, writer: Person
) -> None:
    assert ranged(incident) == (1, 2)
    for name in ("First", "Second", "Third"):
        recorded(incident, by=writer, values=named(name))

    assert ranged(incident) == (3, 3)
    kept = Assessment.objects.filter(incident=incident).order_by("id")
    assert [one.inputs["named_victims"]["killed"] for one in kept] == [1, 2, 3]
    last = kept[2].result
    assert "NAMED_ABOVE_MAX" in last["tasks"]
    assert "three named victims" in last["explanation"]["killed"]["sentence"]
    lines = AuditEvent.objects.filter(action="incident.set_named_floor").order_by("id")
    assert [one.changes for one in lines] == [{"named_killed": [n, n + 1]} for n in range(3)]
    assert Contribution.objects.filter(
        incident=incident, person=writer, kind=ContributionKind.NAMED
    ).exists(), "whoever names a victim does not review the incident"


@pytest.mark.parametrize(
    ("codes", "killed", "injured"),
    [
        (KILLED, 1, 0),
        (Codes("VICTIM", "DIED_OF_WOUNDS", "CIVILIAN"), 1, 0),
        (Codes("VICTIM", "INJURED", "CIVILIAN"), 0, 1),
        (Codes("VICTIM", "MISSING", "CIVILIAN"), 0, 0),
        (Codes("VICTIM", "KILLED", "DISPUTED"), 0, 0),
        (Codes("VICTIM", "KILLED", "UNKNOWN"), 0, 0),
        (Codes("WITNESS"), 0, 0),
    ],
)
def test_only_civilian_victims_of_an_outcome_with_a_range_count(
    codes: Codes, killed: int, injured: int, incident: Incident, writer: Person
) -> None:
    recorded(incident, by=writer, codes=codes)

    scenario = assess_incident(incident).scenario
    assert scenario.named_victims == NamedVictims(killed=killed, injured=injured)


def test_corrections_and_shredding_move_the_floor(incident: Incident, writer: Person) -> None:
    record = recorded(incident, by=writer)
    actor = writer.as_actor()
    correct_person(
        person_id=record.pk,
        expected_revision=1,
        codes=Codes("VICTIM", "INJURED", "CIVILIAN"),
        values=named("First"),
        is_namesake=False,
        actor=actor,
        now=NOW,
        reason="She lives.",
    )
    assert assess_incident(incident).scenario.named_victims == NamedVictims(0, 1)

    shred_person(person_id=record.pk, actor=actor, now=NOW, reason="Asked to.")

    assert assess_incident(incident).scenario.named_victims == NamedVictims(0, 0)
    assert {row.victims for row in NamedFloor.objects.filter(incident=incident)} == {0}


def test_a_published_incident_goes_under_revision(
    incident: Incident, researcher: Person, reviewer: Person, writer: Person
) -> None:
    incident = submitted(incident, researcher)
    publish_incident(
        incident_id=incident.pk,
        expected_revision=incident.revision,
        change_note="First.",
        actor=reviewer.as_actor(),
        now=NOW,
    )

    recorded(incident, by=writer)

    incident.refresh_from_db()
    assert incident.status == IncidentStatus.UNDER_REVISION


def test_in_review_the_floor_does_not_rise_and_no_key_stays(
    incident: Incident, researcher: Person, writer: Person, key_root: Path
) -> None:
    submitted(incident, researcher)

    with pytest.raises(UnableToEdit, match="in review and locked"):
        recorded(incident, by=writer)

    assert not PrivatePerson.objects.exists()
    assert not list(key_root.iterdir())
    assert recorded(incident, by=writer, codes=Codes("WITNESS")).pk, "no number depends on it"


def test_in_review_a_name_can_still_go_and_the_reviewer_reads_again(
    incident: Incident, researcher: Person, reviewer: Person, writer: Person
) -> None:
    record = recorded(incident, by=writer)
    recorded(incident, by=writer, values=named("Second"))
    incident.refresh_from_db()
    incident = submitted(incident, researcher)
    opened = incident.revision

    shred_person(person_id=record.pk, actor=writer.as_actor(), now=NOW, reason="Asked to.")

    incident.refresh_from_db()
    assert incident.status == IncidentStatus.IN_REVIEW
    with pytest.raises(StaleRevision):
        publish_incident(
            incident_id=incident.pk,
            expected_revision=opened,
            change_note="First.",
            actor=reviewer.as_actor(),
            now=NOW,
        )
    assert ranged(incident) == (1, 2)


def test_an_unchanged_floor_changes_nothing(incident: Incident, writer: Person) -> None:
    before = incident.revision
    nobody = NamedVictims()
    same = set_named_floor(incident_id=incident.pk, named=nobody, actor=writer.as_actor(), now=NOW)
    assert same.revision == before
    assert not NamedFloor.objects.exists()


def test_the_floor_is_moved_by_people_who_edit_incidents(
    incident: Incident, viewer: Person
) -> None:
    with pytest.raises(NotAllowed):
        set_named_floor(
            incident_id=incident.pk, named=NamedVictims(1, 0), actor=viewer.as_actor(), now=NOW
        )
