"""What an incident may never be, said by the database itself."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from tests.conftest import NOW
from tests.factories import IncidentFactory, PartyFactory, PersonFactory
from tests.factories.published import incident_in_review, published_version
from tracker.core.actor import Role
from tracker.incidents.models import (
    Assessment,
    Contribution,
    Incident,
    IncidentParty,
    IncidentPlace,
    Position,
    StrikeEvidence,
)
from tracker.incidents.services.incidents import record_evidence, record_position, set_party
from tracker.publication.models import PublicCode

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet

    from tracker.accounts.models import Person
    from tracker.sources.models import Party

pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 10)
LATER = datetime.now(tz=UTC).date() + timedelta(days=2)


def _refuses(incident: Incident, why: str, **values: Any) -> None:
    with pytest.raises(DatabaseError, match=why), transaction.atomic():
        Incident.objects.filter(pk=incident.pk).update(**values)


def _refuses_delete(rows: QuerySet[Any]) -> None:
    with pytest.raises(DatabaseError, match=r"Cannot (?:update or )?delete"), transaction.atomic():
        rows._raw_delete("default")


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"status": "HIDDEN"}, "incident_status_valid|Invalid transition"),
        ({"grade": "SURE"}, "incident_grade_valid"),
        ({"date_precision": "FORTNIGHT"}, "incident_date"),
        ({"geo_precision": "HAMLET"}, "incident_geo_precision_valid"),
        ({"date_start": DAY}, "incident_date"),
        ({"date_end": DAY, "date_precision": "DAY"}, "incident_date"),
        (
            {"date_start": DAY, "date_end": DAY - timedelta(days=1), "date_precision": "WEEK"},
            "incident_dates_ordered",
        ),
        ({"date_start": DAY, "date_end": LATER, "date_precision": "MONTH"}, "day in the future"),
        ({"date_start": DAY, "date_end": DAY}, "incident_date_has_precision"),
        ({"date_precision": "DAY"}, "incident_date_has_precision"),
        (
            {"date_start": DAY, "date_end": DAY + timedelta(days=1), "date_precision": "DAY"},
            "incident_day_is_one_day",
        ),
        ({"lat": 1.0}, "incident_point_whole"),
        ({"lon": 1.0}, "incident_point_whole"),
        ({"lat": 90.1, "lon": 1.0}, "incident_point_on_earth"),
        ({"lat": 1.0, "lon": -180.1}, "incident_point_on_earth"),
        ({"date_basis": "GUESSED"}, "incident_date_basis_valid|incident_basis_has_a_day"),
        ({"date_basis": "STATED"}, "incident_basis_has_a_day"),
        ({"date_anchor": DAY}, "incident_basis_has_a_day"),
        ({"time_term": "TEATIME"}, "incident_time_term_valid"),
        ({"time_start": time(5), "time_zone": "UTC"}, "incident_window_whole"),
        ({"time_end": time(5)}, "incident_window_whole"),
        ({"time_start": time(5), "time_end": time(6)}, "incident_window_has_zone"),
        ({"time_zone": "UTC"}, "incident_window_has_zone"),
        ({"geo_method": "DOWSING"}, "incident_geo_method_valid"),
        ({"place_signed_at": NOW}, "incident_sign_off_whole"),
        ({"title": ""}, "incident_title_given"),
        ({"code": "CH-2026-000001"}, "incident_code_from_publication"),
        ({"versions": 1}, "incident_code_from_publication"),
        ({"published_at": NOW}, "incident_code_from_publication"),
        ({"status": "IN_REVIEW"}, "incident_in_review_was_submitted"),
    ],
)
def test_draft_that_can_not_be(values: dict[str, Any], constraint: str) -> None:
    _refuses(IncidentFactory(), constraint, **values)


@pytest.mark.parametrize("status", ["IN_REVIEW", "RETURNED", "PUBLISHED", "UNDER_REVISION"])
def test_incident_begins_as_a_draft(researcher: Person, status: str) -> None:
    with pytest.raises(DatabaseError, match="must start as DRAFT"), transaction.atomic():
        IncidentFactory(
            status=status,
            code="CH-2026-000001",
            versions=1,
            published_at=NOW,
            submitted_by=researcher,
            submitted_at=NOW,
        )


@pytest.mark.parametrize("status", ["PUBLISHED", "RETURNED", "UNDER_REVISION"])
def test_review_is_never_skipped(reviewer: Person, status: str) -> None:
    _refuses(
        IncidentFactory(),
        "Invalid transition",
        status=status,
        code="CH-2026-000001",
        versions=1,
        published_at=NOW,
        reviewed_by=reviewer,
    )


@pytest.mark.parametrize("status", ["DRAFT", "IN_REVIEW", "RETURNED"])
def test_published_incident_goes_under_revision_and_nowhere_else(status: str) -> None:
    _refuses(published_version().incident, "Invalid transition", status=status)


def _published(reviewer: Person | None) -> dict[str, Any]:
    return {
        "status": "PUBLISHED",
        "code": "CH-2026-000001",
        "versions": 1,
        "published_at": NOW,
        "reviewed_by": reviewer,
    }


@pytest.mark.parametrize("kind", ["CLAIM", "DETAILS", "POSITION", "EVIDENCE", "SUBMITTED"])
def test_reviewer_is_no_contributor_of_any_kind(researcher: Person, kind: str) -> None:
    incident = incident_in_review(researcher=researcher)
    reviewer = PersonFactory(role=Role.REVIEWER.value)
    Contribution.objects.create(
        incident=incident, person=reviewer, kind=kind, after_version=0, at=NOW
    )

    _refuses(incident, "the reviewer contributed", **_published(reviewer))


def test_nobody_publishes_without_a_reviewer(researcher: Person, reviewer: Person) -> None:
    incident = incident_in_review(researcher=researcher)

    _refuses(incident, "published by a reviewer", **_published(None))
    Incident.objects.filter(pk=incident.pk).update(**_published(reviewer))


def test_public_code_never_changes(researcher: Person) -> None:
    incident = published_version().incident

    for code in ("CH-2026-999999", None):
        _refuses(incident, "public code never changes", code=code)


def test_public_code_is_never_used_again(reviewer: Person, researcher: Person) -> None:
    published = published_version().incident
    taken = {**_published(reviewer), "code": published.code}

    with pytest.raises(IntegrityError, match="incidents_incident_code"), transaction.atomic():
        Incident.objects.filter(pk=incident_in_review(researcher=researcher).pk).update(**taken)
    codes = PublicCode.objects.filter(incident=published)
    with pytest.raises(IntegrityError, match="publiccode_pkey"), transaction.atomic():
        PublicCode.objects.create(
            pk=codes.get().pk, incident=IncidentFactory(), year=2026, allocated_at=NOW
        )
    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        codes.update(incident=IncidentFactory())
    _refuses_delete(codes)


CONFIRMED = "confirmed needs a party that accepts"


def _says(
    incident: Incident, person: Person, party: Party, day: date = DAY, **said: str
) -> Position:
    return Position.objects.create(
        incident=incident, party=party, said_on=day, entered_by=person, entered_at=NOW, **said
    )


def test_nothing_is_confirmed_without_a_party_that_accepts(researcher: Person) -> None:
    incident, party = IncidentFactory(), PartyFactory()
    _refuses(incident, CONFIRMED, grade="CONFIRMED")
    _says(incident, researcher, party, harm="ACCEPTS_HARM")
    _refuses(incident, CONFIRMED, grade="CONFIRMED")
    _says(incident, researcher, party, responsibility="ACCEPTS")
    Incident.objects.filter(pk=incident.pk).update(grade="CONFIRMED")

    _says(incident, researcher, party, DAY + timedelta(days=1), responsibility="DENIES")
    Incident.objects.filter(pk=incident.pk).update(title="Still as it was")
    Incident.objects.filter(pk=incident.pk).update(grade="WEAK")
    _refuses(incident, CONFIRMED, grade="CONFIRMED")


def test_two_parties_do_not_accept_together(researcher: Person) -> None:
    incident = IncidentFactory()
    _says(incident, researcher, PartyFactory(), harm="ACCEPTS_HARM")
    _says(incident, researcher, PartyFactory(), responsibility="ACCEPTS")

    _refuses(incident, CONFIRMED, grade="CONFIRMED")


def test_nothing_begins_as_confirmed() -> None:
    with pytest.raises(DatabaseError, match="nothing starts as confirmed"), transaction.atomic():
        IncidentFactory(grade="CONFIRMED")


def test_nothing_is_said_in_the_future(researcher: Person) -> None:
    with pytest.raises(DatabaseError, match="a day in the future"), transaction.atomic():
        _says(IncidentFactory(), researcher, PartyFactory(), LATER, harm="ACCEPTS_HARM")


def test_incident_is_never_deleted() -> None:
    _refuses_delete(Incident.objects.filter(pk=IncidentFactory().pk))


@pytest.mark.parametrize(
    "values",
    [
        {"title": "Another"},
        {"summary": "More"},
        {"date_start": DAY - timedelta(days=1), "date_precision": "WEEK"},
        {"place_name": "Elsewhere"},
        {"lat": 1.0, "lon": 1.0},
        {"radius_m": None},
        {"time_term": "EVENING"},
        {"geo_method": "GAZETTEER"},
    ],
)
def test_nothing_entered_changes_in_review(researcher: Person, values: dict[str, Any]) -> None:
    _refuses(incident_in_review(researcher=researcher), "in review and locked", **values)


def _place(**fields: Any) -> IncidentPlace:
    return IncidentPlace(
        **{"name": "Sella", "geo_precision": "SETTLEMENT", "geo_method": "GAZETTEER"} | fields
    )


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"name": ""}, "place_name_given"),
        ({"geo_precision": "HAMLET"}, "place_precision_valid"),
        ({"geo_method": ""}, "place_method_valid"),
        ({"lat": 1.0}, "place_point_whole"),
        ({"lat": 91.0, "lon": 1.0}, "place_point_on_earth"),
        ({"signed_at": NOW}, "place_sign_off_whole"),
        ({"withdrawn_at": NOW}, "place_withdrawal_whole"),
    ],
)
def test_further_place_that_can_not_be(
    researcher: Person, values: dict[str, Any], why: str
) -> None:
    place = _place(incident=IncidentFactory(), entered_by=researcher, entered_at=NOW, **values)
    with pytest.raises(DatabaseError, match=why), transaction.atomic():
        place.save()


def test_further_place_stays_as_it_was_entered_and_is_signed_by_another(
    researcher: Person,
) -> None:
    place = _place(incident=IncidentFactory(), entered_by=researcher, entered_at=NOW)
    place.save()
    rows = IncidentPlace.objects.filter(pk=place.pk)
    for values, why in (
        ({"name": "Tavir"}, "Cannot update rows"),
        ({"signed_by": researcher, "signed_at": NOW}, "place_signed_by_another"),
    ):
        with pytest.raises(DatabaseError, match=why), transaction.atomic():
            rows.update(**values)
    _refuses_delete(rows)


def _said(incident: Incident, person: Person) -> tuple[Model, ...]:
    entered = {"incident": incident, "entered_by": person, "entered_at": NOW}
    return (
        IncidentParty(incident=incident, party=PartyFactory()),
        Position(party=PartyFactory(), said_on=DAY, act="DENIES", **entered),
        StrikeEvidence(kind="IMAGERY", **entered),
        _place(**entered),
    )


def test_nothing_is_recorded_in_review(researcher: Person) -> None:
    for row in _said(incident_in_review(researcher=researcher), researcher):
        with pytest.raises(DatabaseError, match="in review and locked"), transaction.atomic():
            row.save()


def test_accusation_is_not_withdrawn_in_review(researcher: Person) -> None:
    incident = IncidentFactory()
    IncidentParty.objects.create(incident=incident, party=PartyFactory())
    Incident.objects.filter(pk=incident.pk).update(
        status="IN_REVIEW", submitted_by=researcher, submitted_at=NOW
    )

    with pytest.raises(DatabaseError, match="in review and locked"), transaction.atomic():
        IncidentParty.objects.filter(incident=incident).update(accused=False)


@pytest.fixture
def told(researcher: Person) -> Incident:
    """An incident with a party, a position, evidence and the contributions they made."""
    incident: Incident = IncidentFactory()
    common: dict[str, Any] = {
        "incident_id": incident.pk,
        "party_name": "Veria Front",
        "actor": researcher.as_actor(),
        "now": NOW,
    }
    set_party(accused=True, **common)
    record_position(
        said_on=DAY, act="DENIES", harm="", responsibility="", article_id=None, **common
    )
    record_evidence(kind="IMAGERY", article_id=None, note="", **common)
    Assessment.objects.create(
        incident=incident, rules_version="AGG-1", inputs={}, result={}, computed_at=NOW
    )
    return incident


def test_what_was_said_and_done_is_never_rewritten(told: Incident) -> None:
    for rows, values in (
        (Position.objects.all(), {"act": "ACKNOWLEDGES"}),
        (StrikeEvidence.objects.all(), {"kind": "OTHER"}),
        (Contribution.objects.all(), {"after_version": 9}),
        (Assessment.objects.all(), {"result": {"grade": "FAIR"}}),
    ):
        assert rows.exists()
        with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
            rows.update(**values)
        _refuses_delete(rows)
    _refuses_delete(IncidentParty.objects.all())


def test_party_is_named_once(told: Incident) -> None:
    party = IncidentParty.objects.get().party

    with pytest.raises(IntegrityError, match="incident_party_once"), transaction.atomic():
        IncidentParty.objects.create(incident=told, party=party)


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"act": "SHRUGS"}, "position_act_valid"),
        ({"act": "", "harm": "SOME"}, "position_harm_valid"),
        ({"act": "", "responsibility": "SHARED"}, "position_responsibility_valid"),
        ({"act": ""}, "position_says_something"),
    ],
)
def test_position_that_can_not_be(
    researcher: Person, values: dict[str, str], constraint: str
) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Position.objects.create(
            incident=IncidentFactory(),
            party=PartyFactory(),
            said_on=DAY,
            entered_by=researcher,
            entered_at=NOW,
            **{"act": "DENIES", **values},
        )


def test_kinds_come_from_their_vocabularies(researcher: Person) -> None:
    incident = IncidentFactory()

    with pytest.raises(IntegrityError, match="evidence_kind_valid"), transaction.atomic():
        StrikeEvidence.objects.create(
            incident=incident, kind="HEARSAY", entered_by=researcher, entered_at=NOW
        )
    with pytest.raises(IntegrityError, match="contribution_kind_valid"), transaction.atomic():
        Contribution.objects.create(
            incident=incident, person=researcher, kind="READ", after_version=0, at=NOW
        )
