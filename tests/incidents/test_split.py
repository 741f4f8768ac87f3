"""Claims split off into an incident of their own, and brought back by a merge."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.conftest import NOW
from tests.factories import accepted_claim
from tests.factories.published import incident_in_review
from tests.incidents.restructured import merged, state_of, told, undone
from tracker.audit.models import AuditEvent
from tracker.core.errors import InvalidInput, NotAllowed, StaleRevision
from tracker.incidents.choices import IncidentStatus
from tracker.incidents.models import Assessment, Claim, Incident, Restructuring
from tracker.incidents.policies import contributed
from tracker.incidents.selectors.assessment import assess_incident
from tracker.incidents.selectors.restructuring import conflicts_of
from tracker.incidents.services.claims import UnableToDecide
from tracker.incidents.services.contribution import UnableToEdit
from tracker.incidents.services.split import UnableToSplit, split_incident

if TYPE_CHECKING:
    from tracker.accounts.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def incident(researcher: Person) -> Incident:
    """Two events told as one."""
    return told(researcher, title="Strikes on Ardesh", killed=(3, 4, 20), accused="Army")


def split(incident: Incident, claims: list[Claim], by: Person, **more: str) -> Incident:
    incident.refresh_from_db()
    words = {"title": "Strike on a bridge", "reason": "Another street."} | more
    made = split_incident(
        incident_id=incident.pk,
        expected_revision=incident.revision,
        claim_ids=[claim.pk for claim in claims],
        actor=by.as_actor(),
        now=NOW,
        **words,
    )
    incident.refresh_from_db()
    made.refresh_from_db()
    return made


def _claims(incident: Incident) -> list[Claim]:
    return list(Claim.objects.filter(incident=incident).order_by("id"))


def test_chosen_claims_make_a_draft_of_their_own(
    incident: Incident, reviewer: Person, researcher: Person
) -> None:
    low, middle, high = _claims(incident)

    made = split(incident, [high], reviewer)

    assert made.status == IncidentStatus.DRAFT
    assert _claims(made) == [high]
    assert _claims(incident) == [low, middle]
    assert [party.accused for party in assess_incident(made).scenario.parties] == [True]
    assert len(assess_incident(incident).scenario.positions) == 1
    killed = assess_incident(incident).assessment.ranges["KILLED"]["civilians"]
    assert (killed.minimum, killed.maximum) == (3, 4)
    assert contributed(reviewer.as_actor(), incident)
    assert contributed(researcher.as_actor(), made), "whose decision it was"
    line = AuditEvent.objects.get(action="incident.split")
    assert line.changes == {"split_into": str(made), "claims": 1}
    assert Assessment.objects.filter(incident__in=[incident, made]).count() == 2


def test_merging_the_two_undoes_a_split(incident: Incident, reviewer: Person) -> None:
    before = state_of(incident)["answers"]
    made = split(incident, _claims(incident)[2:], reviewer)
    done = Restructuring.objects.get(kind="SPLIT")
    assert conflicts_of(done) == [f"A split is undone by merging {made} into {incident}."]

    merge = merged(made, incident, reviewer)

    assert state_of(incident)["answers"] == before
    undone(merge, reviewer)
    assert len(_claims(made)) == 1


@pytest.mark.parametrize(
    ("which", "why"),
    [
        ([], "Choose the claims"),
        ([0, 1, 2], "One claim has to stay"),
    ],
)
def test_some_go_and_some_stay(
    which: list[int], why: str, incident: Incident, reviewer: Person
) -> None:
    claims = _claims(incident)
    with pytest.raises(UnableToSplit, match=why):
        split(incident, [claims[n] for n in which], reviewer)
    assert not Restructuring.objects.exists()
    assert Incident.objects.count() == 1


def test_claims_of_elsewhere_do_not_go(
    incident: Incident, reviewer: Person, researcher: Person
) -> None:
    loose = accepted_claim(by=researcher, minimum=1)
    with pytest.raises(UnableToSplit, match="no longer on the incident"):
        split(incident, [_claims(incident)[0], loose], reviewer)


def test_a_part_goes_with_its_whole(
    incident: Incident, reviewer: Person, researcher: Person
) -> None:
    whole = _claims(incident)[2]
    part = accepted_claim(by=researcher, incident=incident, minimum=2, part_of=whole)

    for alone in (whole, part):
        with pytest.raises(UnableToSplit, match=f"Claim {part.pk} counts a part"):
            split(incident, [alone], reviewer)
    assert len(_claims(split(incident, [whole, part], reviewer))) == 2


def test_nobody_loses_who_confirms_it(incident: Incident, reviewer: Person) -> None:
    first, *others = _claims(incident)
    first.credibility, first.revision = 1, first.revision + 1
    first.save()
    for gone in ([first], others):
        with pytest.raises(UnableToDecide, match="independent origins"):
            split(incident, gone, reviewer)


def test_who_may_and_when(incident: Incident, reviewer: Person, researcher: Person) -> None:
    claims = _claims(incident)[:1]
    with pytest.raises(NotAllowed):
        split(incident, claims, researcher)
    with pytest.raises(InvalidInput, match="another event"):
        split(incident, claims, reviewer, reason=" ")
    with pytest.raises(InvalidInput):
        split(incident, claims, reviewer, title=" ")
    with pytest.raises(UnableToEdit):
        split(incident_in_review(researcher=researcher), claims, reviewer)
    with pytest.raises(StaleRevision):
        split_incident(
            incident_id=incident.pk,
            expected_revision=0,
            claim_ids=[claims[0].pk],
            title="Bridge",
            actor=reviewer.as_actor(),
            now=NOW,
            reason="Another.",
        )
