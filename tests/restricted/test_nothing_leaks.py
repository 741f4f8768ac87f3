"""Values are under a key and nowhere else: not in a table, a log, an audit line or a version."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from django.db import connection

from tests.conftest import NOW
from tests.factories.restricted import KILLED, NAME, VALUES, recorded
from tests.restricted.test_shredding import agree
from tests.web.incident_forms import submitted, worked_example
from tracker.audit.models import AuditEvent
from tracker.publication.services.publish import publish_incident
from tracker.restricted.personal import PersonalValues
from tracker.restricted.services.reading import show_names, show_record, view_record, view_records
from tracker.restricted.services.records import UnableToRecord, correct_person
from tracker.restricted.services.shred import shred_person

if TYPE_CHECKING:
    from tracker.accounts.models import Person
    from tracker.incidents.models import Incident
    from tracker.restricted.models import PrivatePerson

pytestmark = pytest.mark.django_db
CANARIES = ("Quelltal", "كويلتال", "555 0100", "55 0100", "12.34567", "23.45678", "Idris")


def everything_stored() -> str:
    """Every row of every table as text, with its binary columns in hex and as they are."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT t::text FROM "{table}" t')  # noqa: S608  # our own tables
            found += [row[0] for row in cursor.fetchall()]
    return "\n".join(found)


def test_the_database_holds_no_value(
    record: PrivatePerson, writer: Person, caplog: pytest.LogCaptureFixture
) -> None:
    agree(record, writer)
    show_record(person_id=record.pk, actor=writer.as_actor(), now=NOW)
    with pytest.raises(UnableToRecord):
        recorded(record.incident, by=writer)
    correct_person(
        person_id=record.pk,
        expected_revision=1,
        codes=KILLED,
        values=PersonalValues(names=(NAME,), contacts=VALUES.contacts),
        is_namesake=False,
        actor=writer.as_actor(),
        now=NOW,
        reason="Spelt wrongly.",
    )
    shred_person(person_id=record.pk, actor=writer.as_actor(), now=NOW, reason="Asked to.")

    stored = everything_stored()
    assert record.key_name in stored, "the table of the records is among what was searched"
    for canary in CANARIES:
        assert canary not in stored
        assert canary.encode().hex() not in stored
        assert json.dumps(canary)[1:-1] not in stored
        assert canary not in caplog.text


def test_every_read_is_a_line_with_ids_only(
    record: PrivatePerson, incident: Incident, reader: Person
) -> None:
    actor = reader.as_actor()
    view_records(incident=incident, actor=actor, now=NOW)
    view_record(person_id=record.pk, actor=actor, now=NOW)
    show_record(person_id=record.pk, actor=actor, now=NOW)
    show_names(incident=incident, actor=actor, now=NOW)

    lines = AuditEvent.objects.filter(actor_id=reader.pk).order_by("id")
    assert [(one.action, one.target_id, one.at, one.changes) for one in lines] == [
        ("restricted.list", incident.pk, NOW, {}),
        ("restricted.view", record.pk, NOW, {}),
        ("restricted.show", record.pk, NOW, {"incident": incident.pk}),
        ("restricted.show", record.pk, NOW, {"incident": incident.pk}),
    ]


def test_what_is_published_holds_numbers_only(
    researcher: Person, reviewer: Person, writer: Person
) -> None:
    incident = worked_example(researcher)
    recorded(incident, by=writer)
    incident.refresh_from_db()
    incident = submitted(incident, researcher)

    version = publish_incident(
        incident_id=incident.pk,
        expected_revision=incident.revision,
        change_note="First.",
        actor=reviewer.as_actor(),
        now=NOW,
    )

    told = json.dumps(version.document, ensure_ascii=False)
    assert "named" in version.document["killed"]["explanation"]
    for canary in CANARIES:
        assert canary not in told
