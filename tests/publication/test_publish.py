"""Publishing: by somebody else, with a reason where one differs, for ever."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.db import DatabaseError, transaction

from tests.conftest import NOW
from tests.factories.published import incident_in_review, published_version
from tracker.core.errors import NotAllowed, NotFound, StaleRevision
from tracker.incidents.choices import IncidentStatus
from tracker.incidents.models import Contribution, Incident
from tracker.incidents.services.incidents import record_evidence
from tracker.incidents.services.review import submit_incident
from tracker.publication.models import PinnedSource, PublicCode, Version
from tracker.publication.selectors.public import get_published
from tracker.publication.services.publish import UnableToPublish, publish_incident
from tracker.sources.services.notes import add_credibility_note

if TYPE_CHECKING:
    from tracker.accounts.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def incident(researcher: Person) -> Incident:
    """In review, coded and sent by the researcher."""
    return incident_in_review(researcher=researcher)


def publish(incident: Incident, person: Person, **changes: Any) -> Version:
    fields: dict[str, Any] = {
        "incident_id": incident.pk,
        "expected_revision": incident.revision,
        "change_note": "First version.",
        "actor": person.as_actor(),
        "now": NOW,
    }
    return publish_incident(**{**fields, **changes})


def test_a_second_person_makes_version_1_and_the_code(incident: Incident, reviewer: Person) -> None:
    version = publish(incident, reviewer)

    incident.refresh_from_db()
    assert incident.status == IncidentStatus.PUBLISHED
    assert (incident.versions, version.number, version.code) == (1, 1, incident.code)
    assert version.code == f"CH-2026-{PublicCode.objects.get().pk:06d}"
    assert version.document["code"] == version.code
    assert PinnedSource.objects.filter(version=version, reliability="B").exists()


def test_a_contributor_is_told_and_the_database_refuses_too(
    incident: Incident, reviewer: Person
) -> None:
    Contribution.objects.create(
        incident=incident, person=reviewer, kind="DETAILS", after_version=0, at=NOW
    )

    with pytest.raises(UnableToPublish, match="You contributed"):
        publish(incident, reviewer)
    with (
        pytest.raises(DatabaseError, match="the reviewer contributed"),
        transaction.atomic(),
    ):
        Incident.objects.filter(pk=incident.pk).update(
            status="PUBLISHED", reviewed_by=reviewer, versions=1, code="CH-2026-999999",
            published_at=NOW,
        )  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "failure", "words"),
    [
        ({"incident_id": 0}, NotFound, "no incident 0"),
        ({"expected_revision": 0}, StaleRevision, "since you opened it"),
        ({"change_note": "  "}, UnableToPublish, "Say in a line"),
        ({"grade": "FAIR"}, UnableToPublish, "needs your reason"),
        ({"grade": "CONFIRMED", "grade_reason": "Sure."}, UnableToPublish, "can't be overridden"),
        ({"grade": "SURE", "grade_reason": "Sure."}, UnableToPublish, "no grade SURE"),
    ],
)
def test_what_can_not_be_published_gets_a_sentence(
    incident: Incident,
    reviewer: Person,
    changes: dict[str, Any],
    failure: type[Exception],
    words: str,
) -> None:
    with pytest.raises(failure, match=words):
        publish(incident, reviewer, **changes)

    assert not Version.objects.exists()


def test_a_researcher_publishes_nothing(incident: Incident, researcher: Person) -> None:
    with pytest.raises(NotAllowed, match="right to publish"):
        publish(incident, researcher)


def test_another_grade_keeps_its_reason_inside(incident: Incident, reviewer: Person) -> None:
    version = publish(incident, reviewer, grade="DISCOUNTED", grade_reason="A funeral notice.")

    assert version.document["grade"] == "DISCOUNTED"
    assert version.document["grade_proposed"] == "WEAK"
    assert "funeral" not in str(version.document)


def test_a_version_never_changes_whatever_staff_write_since(
    incident: Incident, researcher: Person, reviewer: Person, coordinator: Person
) -> None:
    first = publish(incident, reviewer)
    (source,) = [s for s in first.document["sources"] if s["reliability"] == "B"]
    add_credibility_note(
        source_id=source["id"],
        reliability="D",
        text="Lately wrong.",
        audience="PARTNERS",
        actor=researcher.as_actor(),
        now=NOW,
    )
    assert get_published(first.code).document == first.document

    with pytest.raises(UnableToPublish, match="published, not in review"):
        publish(incident, reviewer, expected_revision=incident.revision + 1)
    record_evidence(
        incident_id=incident.pk, kind="IMAGERY", party_name="", article_id=None, note="",
        actor=researcher.as_actor(), now=NOW,
    )  # fmt: skip
    incident.refresh_from_db()
    assert incident.status == IncidentStatus.UNDER_REVISION
    assert get_published(first.code).number == 1

    submit_incident(
        incident_id=incident.pk,
        expected_revision=incident.revision,
        actor=researcher.as_actor(),
        now=NOW,
    )
    incident.refresh_from_db()
    second = publish(incident, coordinator, change_note="Imagery added.")

    assert (second.number, second.code) == (2, first.code)
    latest = {s["id"]: s["reliability"] for s in get_published(first.code).document["sources"]}
    assert latest[source["id"]] == "D"


def test_codes_come_in_order_and_never_twice() -> None:
    codes = [published_version().code for _ in range(3)]

    assert codes == sorted(set(codes))
