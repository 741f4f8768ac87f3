"""Merging two incidents, and undoing it: nothing is lost, and everything comes back as it was."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import NOW
from tests.factories import IncidentFactory, PersonFactory, accepted_claim
from tests.factories.published import incident_in_review, published_version
from tests.incidents.restructured import (
    accusing,
    decided,
    merged,
    named_alone,
    named_on,
    state_of,
    told,
    undone,
)
from tracker.audit.models import AuditEvent
from tracker.core.actor import Role, machine
from tracker.core.errors import InvalidInput, NotAllowed, NotFound, StaleRevision
from tracker.incidents.choices import ContributionKind, IncidentStatus
from tracker.incidents.models import (
    Assessment,
    Claim,
    Contribution,
    Incident,
    IncidentParty,
    Restructuring,
)
from tracker.incidents.policies import contributed
from tracker.incidents.rules import NamedVictims
from tracker.incidents.selectors.assessment import assess_incident, assess_together
from tracker.incidents.services.contribution import MergedAway, UnableToEdit
from tracker.incidents.services.incidents import record_position, set_party
from tracker.incidents.services.merge import (
    UnableToMerge,
    merge_incidents,
    undo_merge,
)
from tracker.incidents.services.review import return_incident, submit_incident
from tracker.publication.services.publish import publish_incident

if TYPE_CHECKING:
    from tracker.accounts.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def target(researcher: Person) -> Incident:
    """Told by two speakers; the army is named, not accused."""
    return named_alone(researcher)


@pytest.fixture
def source() -> Incident:
    """The same strike, told by two more, who accuse the army."""
    return accusing(PersonFactory())


def test_everything_counts_for_the_one_that_stays(
    source: Incident, target: Incident, reviewer: Person
) -> None:
    named_on(source, NamedVictims(killed=2), reviewer)
    named_on(target, NamedVictims(killed=1, injured=3), reviewer)
    weighed = assess_together(target, source)

    done = merged(source, target, reviewer)

    assert source.status == IncidentStatus.MERGED
    assert source.merged_into == target
    assert target.status == IncidentStatus.DRAFT
    found = assess_incident(target)
    assert len(found.claims) == 4
    killed = found.assessment.ranges["KILLED"]["civilians"]
    assert (killed.minimum, killed.maximum) == (5, 12)
    assert found.assessment == weighed.assessment, "the page said what it would become"
    assert [party.accused for party in found.scenario.parties] == [True]
    assert len(found.scenario.positions) == len(found.scenario.strike_evidence) == 1
    assert found.scenario.named_victims == NamedVictims(killed=2, injured=3), (
        "the lists may name the same people, so the larger one holds"
    )
    assert assess_incident(source).claims == {}
    assert done.pre_image["source"]["status"] == "DRAFT"
    assert len(done.pre_image["claims"]) == 2
    assert len(done.pre_image["positions"]) == len(done.pre_image["evidence"]) == 1
    computed = Assessment.objects.filter(incident__in=[source, target]).order_by("-id")[:2]
    assert {one.incident_id for one in computed} == {source.pk, target.pk}


def test_both_pages_get_a_line_and_the_reason_is_kept(
    source: Incident, target: Incident, reviewer: Person
) -> None:
    merged(source, target, reviewer)

    lines = AuditEvent.objects.filter(action="incident.merge").order_by("id")
    assert [line.target_id for line in lines] == [source.pk, target.pk]
    assert lines[0].changes == {"merged_into": str(target), "status": ["DRAFT", "MERGED"]}
    assert lines[1].changes == {"merged_from": str(source), "claims": 2}
    assert lines[0].reason.text == "One strike, told twice."


def test_who_had_a_hand_in_either_reviews_neither(
    source: Incident, target: Incident, reviewer: Person
) -> None:
    merged(source, target, reviewer)

    for person in (source.created_by, target.created_by, reviewer):
        assert contributed(person.as_actor(), target)
    kinds = Contribution.objects.filter(incident=target, person=source.created_by)
    assert {one.kind for one in kinds} == {ContributionKind.MERGED}


def test_merge_then_undo_gives_back_the_former_state(
    source: Incident, target: Incident, reviewer: Person
) -> None:
    named_on(source, NamedVictims(killed=2), reviewer)
    before = state_of(source, target)

    done = merged(source, target, reviewer)
    assert state_of(source, target) != before
    undone(done, reviewer)

    assert state_of(source, target) == before
    assert source.merged_into is None


def test_what_was_added_since_stays_where_it_was_added(
    source: Incident, target: Incident, reviewer: Person, researcher: Person
) -> None:
    done = merged(source, target, reviewer)
    newer = accepted_claim(by=researcher, incident=target, minimum=8)
    record_position(
        incident_id=target.pk,
        party_name="Army",
        said_on=date(2026, 11, 13),
        act="DENIES",
        harm="",
        responsibility="",
        article_id=None,
        actor=researcher.as_actor(),
        now=NOW,
    )

    undone(done, reviewer)

    newer.refresh_from_db()
    assert newer.incident == target
    assert [p.act for p in assess_incident(target).scenario.positions] == ["DENIES"]
    assert IncidentParty.objects.filter(incident=target, party__name="Army").exists()
    assert [p.act for p in assess_incident(source).scenario.positions] == ["ACKNOWLEDGES"]


@given(
    killed=st.tuples(*[st.lists(st.integers(0, 40), max_size=4)] * 3),
    accused=st.tuples(st.sampled_from(["", "Army", "Militia"]), st.sampled_from(["", "Army"])),
    named=st.tuples(st.integers(0, 5), st.integers(0, 5)),
)
@settings(
    max_examples=10,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_no_claim_is_lost_and_undoing_in_turn_gives_all_back(
    reviewer: Person,
    killed: tuple[list[int], ...],
    accused: tuple[str, str],
    named: tuple[int, int],
) -> None:
    one = told(reviewer, title="One", killed=tuple(killed[0]), accused=accused[0])
    two = told(reviewer, title="Two", killed=tuple(killed[1]), accused=accused[1])
    three = told(reviewer, title="Three", killed=tuple(killed[2]))
    named_on(one, NamedVictims(killed=named[0]), reviewer)
    named_on(two, NamedVictims(killed=named[1]), reviewer)
    before = state_of(one, two, three)
    linked = Claim.objects.filter(incident__in=[one, two, three])
    ids = set(linked.values_list("id", flat=True))

    inner = merged(one, two, reviewer)
    between = state_of(one, two, three)
    outer = merged(two, three, reviewer)

    assert set(Claim.objects.filter(incident=three).values_list("id", flat=True)) == ids
    assert assess_incident(three).scenario.named_victims.killed == max(named)
    undone(outer, reviewer)
    assert state_of(one, two, three) == between
    undone(inner, reviewer)
    assert state_of(one, two, three) == before


def test_public_one_goes_under_revision_and_comes_back_as_published(reviewer: Person) -> None:
    target = published_version().incident
    source = published_version().incident

    done = merged(source, target, reviewer)
    assert target.status == IncidentStatus.UNDER_REVISION
    assert source.code != target.code
    undone(done, reviewer)

    assert source.status == IncidentStatus.PUBLISHED
    assert target.status == IncidentStatus.UNDER_REVISION, "as any edit that was taken back"


def test_a_number_of_victims_that_changed_meanwhile_is_not_public(
    reviewer: Person, target: Incident
) -> None:
    source = published_version().incident
    target = published_version().incident
    done = merged(source, target, reviewer)
    named_on(source, NamedVictims(killed=1), reviewer)
    target.refresh_from_db()
    assert assess_incident(target).scenario.named_victims.killed == 1

    undone(done, reviewer)

    assert source.status == IncidentStatus.UNDER_REVISION
    assert assess_incident(target).scenario.named_victims.killed == 0


def test_what_is_public_is_not_merged_into_what_is_not(target: Incident, reviewer: Person) -> None:
    with pytest.raises(UnableToMerge, match="merge the other way round"):
        merged(published_version().incident, target, reviewer)


def test_a_merged_one_takes_nothing_and_says_where_it_went(
    source: Incident, target: Incident, reviewer: Person, researcher: Person
) -> None:
    merged(source, target, reviewer)
    actor = researcher.as_actor()
    words = f"{source} was merged into {target}; everything of it is found and changed there."
    loose = accepted_claim(by=researcher, minimum=3)

    with pytest.raises(MergedAway) as refused:
        set_party(incident_id=source.pk, party_name="X", accused=True, actor=actor, now=NOW)
    assert str(refused.value) == words
    with pytest.raises(MergedAway):
        decided(loose, source, researcher)
    same: dict[str, Any] = {
        "incident_id": source.pk,
        "expected_revision": source.revision,
        "now": NOW,
    }
    with pytest.raises(MergedAway):
        submit_incident(actor=actor, **same)
    with pytest.raises(MergedAway):
        return_incident(actor=reviewer.as_actor(), reason="No.", **same)
    with pytest.raises(MergedAway):
        publish_incident(actor=reviewer.as_actor(), change_note="Now.", **same)


def test_double_merge_and_cycle_are_refused(
    source: Incident, target: Incident, reviewer: Person
) -> None:
    third: Incident = IncidentFactory()
    with pytest.raises(UnableToMerge, match="into itself"):
        merged(source, source, reviewer)
    merged(source, target, reviewer)

    with pytest.raises(MergedAway, match=f"merged into {target}"):
        merged(source, third, reviewer)
    with pytest.raises(MergedAway, match=f"merged into {target}"):
        merged(target, source, reviewer)
    merged(target, third, reviewer)
    with pytest.raises(MergedAway, match=f"{source} was merged into {third}"):
        merged(third, source, reviewer)


def test_in_review_nothing_is_merged(
    source: Incident, reviewer: Person, researcher: Person
) -> None:
    locked = incident_in_review(researcher=researcher)
    for one, other in ((source, locked), (locked, source)):
        with pytest.raises(UnableToEdit, match="in review and locked"):
            merged(one, other, reviewer)


def test_whole_figures_of_one_statement_are_told_apart_first(
    source: Incident, target: Incident, reviewer: Person, researcher: Person
) -> None:
    here = accepted_claim(by=researcher, incident=source, statement="same", minimum=3)
    there = accepted_claim(by=researcher, incident=target, statement="same", minimum=4)

    with pytest.raises(UnableToMerge, match=f"Claims {here.pk} and {there.pk} are whole figures"):
        merged(source, target, reviewer)

    Claim.objects.filter(pk=there.pk).update(covers_whole_incident=False, revision=3)
    before = state_of(source, target)
    done = merged(source, target, reviewer)
    here.refresh_from_db()
    assert here.statement != "same"
    undone(done, reviewer)
    assert state_of(source, target) == before


@pytest.mark.parametrize("role", [Role.VIEWER, Role.RESEARCHER, Role.ADMINISTRATOR])
def test_only_reviewers_and_coordinators_merge(
    role: Role, source: Incident, target: Incident, coordinator: Person
) -> None:
    with pytest.raises(NotAllowed):
        merged(source, target, PersonFactory(role=role.value))
    done = merged(source, target, coordinator)
    with pytest.raises(NotAllowed):
        undone(done, PersonFactory(role=role.value))


def test_no_machine_merges(source: Incident, target: Incident) -> None:
    with pytest.raises(NotAllowed):
        merge_incidents(
            source_id=source.pk,
            source_revision=source.revision,
            target_id=target.pk,
            target_revision=target.revision,
            actor=machine("worker"),
            now=NOW,
            reason="Alike.",
        )


def test_a_reason_and_the_page_as_it_stands_are_needed(
    source: Incident, target: Incident, reviewer: Person
) -> None:
    with pytest.raises(InvalidInput, match="one event"):
        merged(source, target, reviewer, reason=" ")
    with pytest.raises(StaleRevision):
        merge_incidents(
            source_id=source.pk,
            source_revision=source.revision,
            target_id=target.pk,
            target_revision=target.revision + 7,
            actor=reviewer.as_actor(),
            now=NOW,
            reason="One strike.",
        )
    with pytest.raises(NotFound):
        undo_merge(restructuring_id=0, actor=reviewer.as_actor(), now=NOW, reason="Two.")
    assert not Restructuring.objects.exists()
