"""What is kept can't be changed by SQL either, by the owner of the tables or anybody else."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from tests.conftest import NOW
from tests.factories import CaptureFactory, PersonFactory
from tracker.core.actor import Role, machine
from tracker.sources.choices import CustodyKind
from tracker.sources.models import Capture, CaptureTimestamp, Disposal, Retrieval
from tracker.sources.services.custody import record_custody

pytestmark = pytest.mark.django_db


def _refused(statement: str, match: str, *parameters: str | int | None) -> None:
    with (
        pytest.raises(DatabaseError, match=match),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement, parameters)


@pytest.fixture
def capture() -> Capture:
    """A capture with a retrieval and a line of custody."""
    made = CaptureFactory()
    Retrieval.objects.create(
        capture=made,
        url="https://delta.example/1",
        final_url="https://delta.example/1",
        status=200,
        asked_by="tests",
        retrieved_at=NOW,
    )
    record_custody(capture_id=made.pk, kind=CustodyKind.ACQUIRED, actor=machine("tests"), now=NOW)
    return made


@pytest.fixture
def disposal(capture: Capture) -> Disposal:
    """A disposal that waits for a second person."""
    asker = PersonFactory(role=Role.COORDINATOR.value)
    return Disposal.objects.create(
        capture=capture, reason="Asked to.", requested_by=asker, requested_at=NOW
    )


@pytest.mark.parametrize("table", ["capture", "retrieval", "custodyevent"])
@pytest.mark.parametrize("verb", ["UPDATE {} SET id = id", "DELETE FROM {}"])
def test_rows_of_evidence_only_grow(capture: Capture, table: str, verb: str) -> None:
    _refused(verb.format(f"sources_{table}"), "Cannot update or delete rows")


@pytest.mark.parametrize(
    "table", ["capture", "retrieval", "custodyevent", "disposal", "capturetimestamp"]
)
def test_no_table_of_evidence_is_emptied(table: str) -> None:
    _refused(f"TRUNCATE sources_{table} CASCADE", "Cannot truncate")


def test_every_capture_is_known_as_hashed_when_it_came(capture: Capture) -> None:
    assert (capture.last_check.outcome, capture.last_check.checked_at) == ("RECEIVED", NOW)


def test_the_same_receipt_is_one_row(capture: Capture) -> None:
    receipt = Retrieval.objects.get(capture=capture)
    receipt.pk = None

    with pytest.raises(IntegrityError, match="retrieval_once"), transaction.atomic():
        receipt.save(force_insert=True)


@pytest.mark.parametrize(
    ("kind", "constraint"),
    [
        ("BURNT", "custody_kind_valid"),
        ("EXPORTED", "custody_reason_given"),
        ("DISPOSED", "custody_reason_given"),
    ],
)
def test_a_line_of_custody_is_of_a_known_kind_and_says_why(
    capture: Capture, kind: str, constraint: str
) -> None:
    _refused(
        "INSERT INTO sources_custodyevent (capture_id, kind, actor_kind, actor_alias, at, reason) "
        "VALUES (%s, %s, 'MACHINE', 'tests', now(), '')",
        constraint,
        capture.pk,
        kind,
    )


def test_a_disposal_takes_two_people_and_its_steps(disposal: Disposal) -> None:
    one, other = disposal.requested_by_id, PersonFactory().pk
    change = "UPDATE sources_disposal SET state = %s, decided_by_id = %s, decided_at = now()"
    _refused(change, "disposal_two_people", "APPROVED", one)
    _refused(change, "disposal_decision_whole", "APPROVED", None)
    _refused(f"{change}, deleted_at = now()", "Invalid transition", "DONE", other)
    _refused("UPDATE sources_disposal SET reason = 'Another.'", "Cannot update")
    _refused("DELETE FROM sources_disposal", "Cannot delete")
    _refused(
        "INSERT INTO sources_disposal (capture_id, state, reason, requested_by_id, requested_at, "
        "decided_by_id, decided_at) SELECT capture_id, 'APPROVED', reason, requested_by_id, "
        "requested_at, %s, now() FROM sources_disposal",
        "must start as REQUESTED",
        other,
    )
    _refused(
        "INSERT INTO sources_disposal (capture_id, state, reason, requested_by_id, requested_at) "
        "SELECT capture_id, state, reason, requested_by_id, requested_at FROM sources_disposal",
        "disposal_one_per_capture",
    )


def test_a_decision_and_a_tombstone_stand(disposal: Disposal) -> None:
    second, third = PersonFactory(), PersonFactory()
    rows = Disposal.objects.filter(pk=disposal.pk)
    rows.update(state="APPROVED", decided_by=second, decided_at=NOW)
    _refused("UPDATE sources_disposal SET decided_by_id = %s", "Cannot update", third.pk)
    _refused("UPDATE sources_disposal SET state = 'DONE'", "disposal_done_has_time")
    rows.update(state="DONE", deleted_at=NOW)
    _refused("UPDATE sources_disposal SET deleted_at = now()", "Cannot update")


def test_a_stamp_is_whole_and_stands(capture: Capture) -> None:
    stamp = CaptureTimestamp.objects.create(
        capture=capture, authority="https://stamps.example", asked_at=NOW
    )
    _refused("UPDATE sources_capturetimestamp SET state = 'STAMPED'", "stamped_has_token")
    _refused("UPDATE sources_capturetimestamp SET state = 'FAILED'", "failure_has_reason")
    CaptureTimestamp.objects.filter(pk=stamp.pk).update(
        state="STAMPED", token=b"token", stamped_at=NOW
    )
    _refused("UPDATE sources_capturetimestamp SET token = '\\x00'", "Cannot update")
    _refused("DELETE FROM sources_capturetimestamp", "Cannot delete")
