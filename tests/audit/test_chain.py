"""The chain holds, and every way to break it shows."""

from __future__ import annotations

import io
import json

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from tests.conftest import NOW
from tests.factories import IncidentFactory
from tracker.audit.models import AuditEvent, AuditReason, AuditSeal
from tracker.audit.selectors.chain import list_events_of, verify_chain
from tracker.audit.services.record import reason_digest, record_event
from tracker.audit.services.seal import seal_events
from tracker.core.actor import machine

pytestmark = pytest.mark.django_db


def write(count: int) -> None:
    for number in range(count):
        record_event(
            actor=machine("tests"),
            action="test.line",
            now=NOW,
            reason="Because." if number == 1 else "",
            changes={"number": number, "words": ["a", None]},
        )


@pytest.fixture
def without_triggers(db: None) -> None:
    """What somebody with the superuser's rights could do; the test's rollback undoes it."""
    with connection.cursor() as cursor:
        for table in ("audit_auditevent", "audit_auditseal"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")


def test_lines_are_sealed_in_batches_without_gaps() -> None:
    write(5)

    assert seal_events(now=NOW, limit=2) == 2
    assert seal_events(now=NOW) == 3
    assert seal_events(now=NOW) == 0
    assert list(AuditSeal.objects.order_by("number").values_list("number", flat=True)) == [
        *range(1, 6)
    ]
    report = verify_chain()
    assert (report.sealed, report.unsealed, report.faults) == (5, 0, ())


def test_a_changed_line_shows(without_triggers: None) -> None:
    write(3)
    seal_events(now=NOW)
    second = AuditEvent.objects.order_by("id")[1]
    AuditEvent.objects.filter(pk=second.pk).update(action="other.line")

    assert verify_chain().faults == (f"Link 2: line {second.pk} is not what was sealed.",)


def test_a_missing_link_shows(without_triggers: None) -> None:
    write(3)
    seal_events(now=NOW)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM audit_auditseal WHERE number = 2")

    faults = verify_chain().faults
    assert "Link 2 is missing; the chain goes on with 3." in faults
    assert "Link 3 does not continue the one before it." in faults


def test_a_cut_tail_shows_against_an_anchor_only(without_triggers: None) -> None:
    write(3)
    seal_events(now=NOW)
    anchor = verify_chain().last_hash
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM audit_auditseal WHERE number = 3")

    assert verify_chain().faults == ()
    assert verify_chain(anchor=anchor).faults == (
        "The anchor is not in the chain: its tail was cut or rewritten.",
    )


def test_a_reason_can_go_and_the_chain_still_holds() -> None:
    write(2)
    seal_events(now=NOW)
    reason = AuditReason.objects.get()
    assert reason.event.reason_digest == reason_digest(salt=reason.salt, text="Because.")
    reason.delete()

    assert verify_chain().faults == ()


def test_the_history_of_a_record_is_latest_first() -> None:
    incident = IncidentFactory()
    for action in ("incident.create", "incident.edit"):
        record_event(actor=machine("tests"), action=action, target=incident, now=NOW)

    events = list_events_of(target_type="incidents.incident", target_id=incident.pk)

    assert [event.action for event in events] == ["incident.edit", "incident.create"]


def test_the_command_prints_what_it_found() -> None:
    write(2)
    seal_events(now=NOW, limit=1)
    out = io.StringIO()

    call_command("verify_audit", stdout=out)

    found = json.loads(out.getvalue())
    assert (found["sealed"], found["unsealed"], found["faults"]) == (1, 1, [])


def test_the_command_fails_where_the_chain_does() -> None:
    write(1)
    seal_events(now=NOW)

    with pytest.raises(CommandError, match="does not hold: 1 fault"):
        call_command("verify_audit", "--anchor", "f" * 64, stdout=io.StringIO())
