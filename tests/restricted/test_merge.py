"""Records stay with the incident they were recorded for and are found where it went."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.conftest import NOW
from tests.factories import IncidentFactory, accepted_claim
from tests.factories.restricted import named, recorded
from tests.incidents.restructured import merged, undone
from tracker.incidents.rules import NamedVictims
from tracker.incidents.selectors.assessment import assess_incident
from tracker.incidents.services.contribution import MergedAway
from tracker.restricted.models import PrivatePerson
from tracker.restricted.selectors.people import list_records
from tracker.restricted.services.records import UnableToRecord
from tracker.restricted.services.shred import shred_person

if TYPE_CHECKING:
    from pathlib import Path

    from tracker.accounts.models import Person
    from tracker.incidents.models import Incident, Restructuring

pytestmark = pytest.mark.django_db


@pytest.fixture
def away(writer: Person) -> Incident:
    """Two victims are named."""
    made: Incident = IncidentFactory()
    recorded(made, by=writer, values=named("First"))
    recorded(made, by=writer, values=named("Second"))
    return made


@pytest.fixture
def done(away: Incident, incident: Incident, writer: Person, reviewer: Person) -> Restructuring:
    """Merged into one where another victim is named."""
    accepted_claim(by=writer, incident=incident, minimum=1, maximum=1)
    recorded(incident, by=writer)
    return merged(away, incident, reviewer)


def killed(incident: Incident) -> int:
    return assess_incident(incident).scenario.named_victims.killed


def test_records_follow_and_the_longer_list_counts(done: Restructuring) -> None:
    assert len(list_records(done.target)) == 3
    assert killed(done.target) == 2, "the lists may name the same people"
    assert assess_incident(done.target).assessment.ranges["KILLED"]["civilians"].minimum == 2


def test_nobody_is_recorded_twice_across_the_lists(
    done: Restructuring, writer: Person, key_root: Path
) -> None:
    keys = len(list(key_root.iterdir()))
    with pytest.raises(UnableToRecord, match="holds the same name"):
        recorded(done.target, by=writer, values=named("Second"))
    with pytest.raises(MergedAway, match=f"merged into {done.target}"):
        recorded(done.source, by=writer, values=named("Third"))
    assert len(list(key_root.iterdir())) == keys, "what was refused left no key"

    recorded(done.target, by=writer, values=named("Third"))
    recorded(done.target, by=writer, values=named("Fourth"))
    assert killed(done.target) == 3


def test_a_record_that_came_along_is_shredded_and_the_figure_follows(
    done: Restructuring, writer: Person
) -> None:
    gone = PrivatePerson.objects.filter(incident=done.source).latest("id")
    shred_person(person_id=gone.pk, actor=writer.as_actor(), now=NOW, reason="Asked to.")

    assert killed(done.target) == 1
    gone.refresh_from_db()
    assert gone.incident == done.source


def test_undo_parts_records_and_numbers(
    done: Restructuring, writer: Person, reviewer: Person
) -> None:
    recorded(done.target, by=writer, values=named("Third"))

    undone(done, reviewer)

    assert assess_incident(done.source).scenario.named_victims == NamedVictims(killed=2)
    assert assess_incident(done.target).scenario.named_victims == NamedVictims(killed=2)
    assert len(list_records(done.source)) == len(list_records(done.target)) == 2
