"""Sent to review, returned, sent again: what is computed, kept and refused on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection

from tests.conftest import NOW
from tests.factories import IncidentFactory, PersonFactory, SourceFactory, accepted_claim
from tests.factories.published import incident_in_review, published_version
from tracker.audit.models import AuditEvent
from tracker.core.actor import Role
from tracker.core.errors import InvalidInput, NotAllowed, NotFound, StaleRevision
from tracker.incidents.choices import ContributionKind, Grade, IncidentStatus
from tracker.incidents.models import Assessment, Claim, Contribution
from tracker.incidents.policies import may_return, may_review
from tracker.incidents.rules import RULES_VERSION
from tracker.incidents.services.contribution import UnableToEdit
from tracker.incidents.services.review import (
    UnableToReturn,
    UnableToSubmit,
    return_incident,
    submit_incident,
)

if TYPE_CHECKING:
    from tracker.accounts.models import Person
    from tracker.incidents.models import Incident

pytestmark = pytest.mark.django_db


def _submit(incident: Incident, person: Person, revision: int | None = None) -> Incident:
    return submit_incident(
        incident_id=incident.pk,
        expected_revision=incident.revision if revision is None else revision,
        actor=person.as_actor(),
        now=NOW,
    )


def _return(incident: Incident, person: Person, reason: str = "Which hospital?") -> Incident:
    return return_incident(
        incident_id=incident.pk,
        expected_revision=incident.revision,
        actor=person.as_actor(),
        now=NOW,
        reason=reason,
    )


def test_submitted_incident_keeps_the_computation_it_rests_on(researcher: Person) -> None:
    incident = IncidentFactory()
    speaker = SourceFactory(name="Ardesh Hospital")
    claim = accepted_claim(by=researcher, incident=incident, speaker=speaker, maximum=9)

    _submit(incident, researcher)

    incident.refresh_from_db()
    assert (incident.status, incident.grade) == (IncidentStatus.IN_REVIEW, Grade.WEAK)
    assert (incident.submitted_by, incident.submitted_at) == (researcher, NOW)
    kept = Assessment.objects.get()
    assert (kept.rules_version, kept.computed_at) == (RULES_VERSION, NOW)
    assert kept.inputs["claims"] == [[claim.pk, 2]]
    civilians = kept.result["ranges"]["killed"]["civilians"]
    assert (civilians["min"], civilians["max"]) == (7, 9)
    assert kept.result["explanation"]["killed"]["headline"].startswith("7–9 people")
    assert [rule["held"] for rule in kept.result["rules_tried"]][-1] is True
    event = AuditEvent.objects.get(action="incident.submit")
    assert event.changes == {"status": ["DRAFT", "IN_REVIEW"], "grade": "WEAK"}


def test_who_sends_it_contributes(researcher: Person) -> None:
    incident = IncidentFactory()
    accepted_claim(by=PersonFactory(), incident=incident)

    _submit(incident, researcher)

    contribution = Contribution.objects.get()
    assert (contribution.person, contribution.kind) == (researcher, ContributionKind.SUBMITTED)


def test_incident_without_an_accepted_claim_cites_nothing(researcher: Person) -> None:
    with pytest.raises(UnableToSubmit, match="No accepted claim"):
        _submit(IncidentFactory(), researcher)


def test_claim_confirmed_by_nobody_any_more_is_rated_anew_first(researcher: Person) -> None:
    incident = IncidentFactory()
    confirmed, other = (
        accepted_claim(by=researcher, incident=incident, speaker=SourceFactory(), speaker_text=name)
        for name in ("A", "B")
    )
    Claim.objects.filter(pk=confirmed.pk).update(credibility=1, revision=3)
    connection.check_constraints()
    Claim.objects.filter(pk=other.pk).update(state="REJECTED", incident=None, revision=3)

    with pytest.raises(UnableToSubmit, match="rate it anew"):
        _submit(incident, researcher)


def test_submitting_needs_role_revision_and_an_open_incident(researcher: Person) -> None:
    incident = IncidentFactory()
    accepted_claim(by=researcher, incident=incident)

    with pytest.raises(NotAllowed):
        _submit(incident, PersonFactory(role=Role.ADMINISTRATOR.value))
    with pytest.raises(StaleRevision):
        _submit(incident, researcher, revision=9)
    _submit(incident, researcher)
    incident.refresh_from_db()
    with pytest.raises(UnableToEdit):
        _submit(incident, researcher)


def test_published_incident_is_not_sent_again_unchanged(researcher: Person) -> None:
    incident = published_version().incident
    incident.refresh_from_db()

    with pytest.raises(UnableToSubmit, match="Nothing changed since version 1"):
        _submit(incident, researcher)


def test_returned_incident_says_why_and_can_be_sent_again(
    researcher: Person, reviewer: Person
) -> None:
    incident = incident_in_review(researcher=researcher)

    _return(incident, reviewer, " Which hospital? ")

    incident.refresh_from_db()
    assert (incident.status, incident.return_reason) == (
        IncidentStatus.RETURNED,
        "Which hospital?",
    )
    assert incident.reviewed_by == reviewer
    _submit(incident, researcher)
    incident.refresh_from_db()
    assert (incident.status, incident.return_reason) == (IncidentStatus.IN_REVIEW, "")
    assert incident.reviewed_by is None


def test_returning_makes_no_contributor(researcher: Person, reviewer: Person) -> None:
    incident = incident_in_review(researcher=researcher)
    _return(incident, reviewer)

    assert may_review(reviewer.as_actor(), incident) == (True, "")


def test_return_needs_reviewer_reason_revision_and_review(
    researcher: Person, reviewer: Person
) -> None:
    incident = incident_in_review(researcher=researcher)

    with pytest.raises(NotAllowed):
        _return(incident, PersonFactory())
    with pytest.raises(InvalidInput, match="what has to be mended"):
        _return(incident, reviewer, " ")
    _return(incident, reviewer)
    with pytest.raises(StaleRevision):
        _return(incident, reviewer)
    incident.refresh_from_db()
    with pytest.raises(UnableToReturn, match="is returned, not in review"):
        _return(incident, reviewer)
    incident.pk = 0
    with pytest.raises(NotFound):
        _return(incident, reviewer)


def test_who_sent_it_does_not_return_it_but_another_contributor_may() -> None:
    sender, helper = (PersonFactory(role=Role.REVIEWER.value) for _ in range(2))
    incident = incident_in_review(researcher=sender)
    Contribution.objects.create(
        incident=incident, person=helper, kind="DETAILS", after_version=0, at=NOW
    )

    with pytest.raises(NotAllowed, match="You sent this incident"):
        _return(incident, sender)

    assert may_return(helper.as_actor(), incident) == (True, "")
    _return(incident, helper)


def test_reviewer_is_none_of_the_contributors_of_this_version(
    researcher: Person, reviewer: Person
) -> None:
    incident = incident_in_review(researcher=researcher)
    assert may_review(reviewer.as_actor(), incident) == (True, "")

    Contribution.objects.create(
        incident=incident, person=reviewer, kind="CLAIM", after_version=0, at=NOW
    )

    allowed, sentence = may_review(reviewer.as_actor(), incident)
    assert not allowed
    assert "somebody who did not has to review it" in sentence
    assert may_review(researcher.as_actor(), incident) == (
        False,
        "Reviewing needs the role of a reviewer.",
    )
    assert not may_return(researcher.as_actor(), incident)[0]


def test_contributor_of_an_earlier_version_may_review_the_next() -> None:
    incident = published_version().incident
    incident.refresh_from_db()
    early = PersonFactory(role=Role.REVIEWER.value)
    Contribution.objects.create(
        incident=incident, person=early, kind="CLAIM", after_version=0, at=NOW
    )

    assert may_review(early.as_actor(), incident) == (True, "")
