"""What must never change can't be changed by SQL either."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from tests.conftest import NOW
from tests.factories import CaptureFactory
from tracker.audit.services.record import record_event
from tracker.core.actor import machine
from tracker.core.database_roles import APPEND_ONLY

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("table", sorted(APPEND_ONLY))
def test_append_only_table_refuses_truncate(table: str) -> None:
    with (
        pytest.raises(DatabaseError, match=r"Cannot truncate|referenced in a foreign key"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f'TRUNCATE "{table}"')


def test_audit_line_cannot_be_rewritten() -> None:
    event = record_event(actor=machine("tests"), action="test.line", now=NOW)

    for statement in (
        "UPDATE audit_auditevent SET action = 'other' WHERE id = %s",
        "DELETE FROM audit_auditevent WHERE id = %s",
    ):
        with (
            pytest.raises(DatabaseError, match="Cannot"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement, [event.pk])


def test_capture_cannot_be_rewritten() -> None:
    capture = CaptureFactory()

    with (
        pytest.raises(DatabaseError, match="Cannot update"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE sources_capture SET size = 1 WHERE id = %s", [capture.pk])
