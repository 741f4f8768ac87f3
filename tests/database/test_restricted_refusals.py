"""What the documents say of records of private persons is refused by SQL too."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.db import DatabaseError, connection, transaction

from tests.conftest import NOW
from tests.factories import IncidentFactory, PersonFactory
from tests.factories.restricted import recorded, trusted
from tests.web.incident_forms import submitted, worked_example
from tracker.incidents.models import NamedFloor
from tracker.restricted.models import AccessGrant
from tracker.restricted.services.consent import record_consent, withdraw_consent
from tracker.restricted.services.shred import shred_person

if TYPE_CHECKING:
    from django.db.models import Model

    from tracker.accounts.models import Person
    from tracker.restricted.models import Consent, PrivatePerson

pytestmark = pytest.mark.django_db


@pytest.fixture
def writer(db: None) -> Person:
    """A researcher who was given the right to write."""
    return trusted(PersonFactory())


@pytest.fixture
def record(writer: Person) -> PrivatePerson:
    """A civilian who was killed."""
    return recorded(IncidentFactory(), by=writer)


@pytest.fixture
def consent(record: PrivatePerson, writer: Person) -> Consent:
    """A relative's."""
    return record_consent(
        person_id=record.pk,
        scope="PUBLISH",
        giver="RELATIVE",
        giver_name="Idris",
        given_on=date(2026, 11, 18),
        actor=writer.as_actor(),
        now=NOW,
    )


def _refused(statement: str, match: str) -> None:
    with (
        pytest.raises(DatabaseError, match=match),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def _no_further(row: Model, match: str, **others: Any) -> None:
    """Another row like this one, but for ``others``, is refused whoever inserts it."""
    values = {f.name: getattr(row, f.name) for f in row._meta.fields if not f.primary_key}
    with pytest.raises(DatabaseError, match=match), transaction.atomic():
        type(row)(**values | others).save(force_insert=True)


PERSON = "UPDATE restricted_privateperson SET "
CONSENT = "UPDATE restricted_consent SET "
GRANT = "UPDATE restricted_accessgrant SET "


@pytest.mark.parametrize(
    ("change", "match"),
    [
        ("kind = 'OTHER'", "private_person_kind_valid"),
        ("outcome = 'OTHER'", "private_person_outcome_valid"),
        ("status = 'OTHER'", "private_person_status_valid"),
        ("outcome = ''", "private_person_victim_whole"),
        ("kind = 'WITNESS'", "private_person_victim_whole"),
        ("sealed = NULL", "private_person_sealed_or_shredded"),
        ("shredded_at = now()", "private_person_sealed_or_shredded"),
        ("key_name = repeat('a', 32)", "Cannot update"),
        ("recorded_by_id = recorded_by_id + 1", "Cannot update"),
    ],
)
def test_a_record_stays_whole(change: str, match: str, record: PrivatePerson) -> None:
    _refused(PERSON + change, match)


def test_a_tombstone_takes_no_values_again(record: PrivatePerson, writer: Person) -> None:
    shred_person(person_id=record.pk, actor=writer.as_actor(), now=NOW, reason="Asked to.")

    for change in (
        "sealed = '\\x01', shredded_at = NULL, shredded_by_id = NULL",
        "sealed = '\\x01'",
        "shredded_at = now()",
        "kind = 'WITNESS', outcome = '', status = ''",
    ):
        _refused(PERSON + change, "Cannot update")
    _refused("DELETE FROM restricted_privateperson", "Cannot delete")
    _refused(
        "INSERT INTO restricted_consent (person_id, scope, giver, given_on, recorded_by_id, "
        "recorded_at) SELECT id, 'RECORD', 'SELF', now(), recorded_by_id, now() "
        "FROM restricted_privateperson",
        "takes no consent",
    )


@pytest.mark.parametrize(
    "table",
    [
        "restricted_privateperson",
        "restricted_consent",
        "restricted_accessgrant",
        "incidents_namedfloor",
    ],
)
def test_nothing_is_emptied(table: str) -> None:
    _refused(f"TRUNCATE {table} CASCADE", "Cannot truncate")


def test_a_record_starts_with_values(record: PrivatePerson, writer: Person) -> None:
    gone = {"sealed": None, "shredded_at": NOW, "shredded_by": writer}
    _no_further(record, "start as a tombstone", key_name="a" * 32, **gone)


def test_a_key_serves_one_record(record: PrivatePerson) -> None:
    _no_further(record, "key_name")


@pytest.mark.parametrize(
    ("change", "match"),
    [
        ("scope = 'RECORD'", "Cannot update"),
        ("giver = 'SELF'", "Cannot update"),
        ("given_on = '2026-01-01'", "Cannot update"),
        ("sealed_giver = '\\x01'", "never changes"),
        ("withdrawn_on = now()", "consent_withdrawal_whole"),
        (
            "withdrawn_on = '2026-01-01', withdrawn_by_id = recorded_by_id",
            "consent_withdrawn_after_given",
        ),
    ],
)
def test_a_consent_stands(change: str, match: str, consent: Consent) -> None:
    _refused(CONSENT + change, match)
    _refused("DELETE FROM restricted_consent", "Cannot delete")


def test_a_withdrawal_is_never_taken_back(consent: Consent, writer: Person) -> None:
    withdraw_consent(
        consent_id=consent.pk, withdrawn_on=NOW.date(), actor=writer.as_actor(), now=NOW
    )

    _refused(CONSENT + "withdrawn_on = NULL, withdrawn_by_id = NULL", "Cannot update")
    _refused(CONSENT + "withdrawn_on = '2026-12-01'", "Cannot update")


def test_one_consent_of_a_scope_is_in_force(consent: Consent, writer: Person) -> None:
    _no_further(consent, "consent_one_in_force")
    _no_further(consent, "consent_scope_valid", scope="OTHER")
    _no_further(consent, "consent_giver_valid", scope="RECORD", giver="OTHER")
    withdrawn = {"withdrawn_on": NOW.date(), "withdrawn_by": writer}
    _no_further(consent, "does not start as withdrawn", **withdrawn)


def test_a_right_is_given_by_another_once_and_never_back(writer: Person) -> None:
    grant = AccessGrant.objects.get()
    _no_further(grant, "access_grant_one_open")
    _no_further(grant, "access_grant_by_another", granted_by=grant.person)
    _no_further(grant, "access_grant_level_valid", person=PersonFactory(), level="ALL")
    _refused(GRANT + "level = 'READ'", "Cannot update")
    _refused(GRANT + "person_id = granted_by_id", "Cannot update|access_grant_by_another")
    _refused(GRANT + "ended_at = now()", "access_grant_end_whole")
    _refused("DELETE FROM restricted_accessgrant", "Cannot delete")
    with connection.cursor() as cursor:
        cursor.execute(GRANT + "ended_at = now(), ended_by_id = granted_by_id")
    _refused(GRANT + "ended_at = NULL, ended_by_id = NULL", "Cannot update")


def test_the_named_floor_is_a_number_of_its_incident(
    record: PrivatePerson, researcher: Person
) -> None:
    change = "UPDATE incidents_namedfloor SET "
    _refused(change + "victims = -1", "victims")
    _refused(change + "outcome = 'INJURED'", "Cannot update")
    _refused("DELETE FROM incidents_namedfloor", "Cannot delete")
    floor = NamedFloor.objects.get()
    _no_further(floor, "named_floor_once")
    _no_further(floor, "named_floor_has_range", outcome="MISSING")


def test_in_review_the_floor_sinks_and_never_rises(writer: Person, researcher: Person) -> None:
    incident = worked_example(researcher)
    recorded(incident, by=writer)
    incident.refresh_from_db()
    submitted(incident, researcher)

    _refused("UPDATE incidents_namedfloor SET victims = 2", "in review and locked")
    _refused(
        "INSERT INTO incidents_namedfloor (incident_id, outcome, victims, changed_at) "
        "SELECT incident_id, 'INJURED', 1, now() FROM incidents_namedfloor",
        "in review and locked",
    )
    with connection.cursor() as cursor:
        cursor.execute("UPDATE incidents_namedfloor SET victims = 0")
