"""The application's own database role can't undo what must never change."""

from __future__ import annotations

import os
import secrets
from typing import TYPE_CHECKING

import psycopg
import pytest
from django.db import connection
from psycopg import conninfo, sql

from tests.conftest import NOW
from tracker.audit.services.record import record_event
from tracker.audit.services.seal import seal_events
from tracker.core.actor import machine
from tracker.core.database_roles import APP_ROLE, APPEND_ONLY, grant_to_app_role

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.django_db(transaction=True)

FORBIDDEN = {
    "disable a trigger": "ALTER TABLE audit_auditevent DISABLE TRIGGER ALL",
    "drop a trigger": "DROP TABLE audit_auditseal",
    "switch triggers off for the session": "SET session_replication_role = replica",
    "truncate": "TRUNCATE incidents_claim",
    "rewrite an audit line": "UPDATE audit_auditevent SET action = 'other'",
    "delete an audit line": "DELETE FROM audit_auditevent",
    "rewrite a capture": "UPDATE sources_capture SET size = 0",
    "delete a capture": "DELETE FROM sources_capture",
    "rewrite how a capture came": "UPDATE sources_retrieval SET url = 'x'",
    "forget who had a capture": "DELETE FROM sources_custodyevent",
    "rewrite who had a capture": "UPDATE sources_custodyevent SET actor_alias = 'x'",
    "empty the custody log": "TRUNCATE sources_custodyevent",
    "rewrite a version": "UPDATE publication_version SET change_note = 'x'",
    "rewrite history": "DELETE FROM incidents_claimevent",
    "forget what a sealed record was": "DELETE FROM restricted_privatepersonevent",
    "run a program": "COPY (SELECT 1) TO PROGRAM 'true'",
    "read a file": "COPY accounts_person (email) FROM '/etc/hostname'",
    "write a file": "COPY (SELECT 1) TO '/tmp/never'",
    "make a table": "CREATE TABLE mine (id int)",
    "make a role": "CREATE ROLE other SUPERUSER",
    "become somebody who may run programs": "SET ROLE pg_execute_server_program",
    "claim a migration was run": "DELETE FROM django_migrations",
}


@pytest.fixture
def app(db: None) -> Iterator[psycopg.Connection]:
    """A connection as ``tracker_app`` to the test database, as web and workers have one."""
    given = os.environ.get("APP_DATABASE_URL")
    parameters = connection.get_connection_params()
    address = conninfo.make_conninfo(
        **{k: parameters[k] for k in ("host", "port", "dbname") if parameters.get(k)}
    )
    if given:
        credentials = conninfo.conninfo_to_dict(given)
        password = str(credentials.get("password", ""))
    else:
        password = secrets.token_hex(16)
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [APP_ROLE])
            verb = "ALTER" if cursor.fetchone() else "CREATE"
            cursor.execute(f"{verb} ROLE {APP_ROLE} LOGIN NOSUPERUSER PASSWORD '{password}'")
    assert grant_to_app_role(connection)
    with psycopg.connect(address, user=APP_ROLE, password=password) as mine:
        mine.autocommit = True
        assert mine.execute("SELECT current_user").fetchone() == (APP_ROLE,)
        yield mine


def test_the_application_can_not_undo_what_must_never_change(app: psycopg.Connection) -> None:
    record_event(actor=machine("tests"), action="test.line", now=NOW)
    succeeded = []
    for what, statement in FORBIDDEN.items():
        try:
            app.execute(statement.encode())
        except psycopg.errors.InsufficientPrivilege:
            continue
        succeeded.append(what)

    assert succeeded == []


def test_the_application_can_not_forge_a_link_of_the_chain(app: psycopg.Connection) -> None:
    record_event(actor=machine("tests"), action="test.first", now=NOW)
    record_event(actor=machine("tests"), action="test.second", now=NOW)
    seal_events(now=NOW, limit=1)
    second = app.execute("SELECT max(id) FROM audit_auditevent").fetchone()

    for number, previous in ((5, "0" * 64), (2, "f" * 64)):
        with pytest.raises(psycopg.errors.RaiseException, match="audit seal"):
            app.execute(
                "INSERT INTO audit_auditseal VALUES (%s, %s, %s, now(), %s)",
                [number, previous, "e" * 64, second[0] if second else None],
            )


def test_the_application_reads_and_adds(app: psycopg.Connection) -> None:
    for table in sorted(APPEND_ONLY):
        app.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table)))
    app.execute("SELECT count(*) FROM incidents_claim")
    rights = app.execute(
        "SELECT has_table_privilege(%s, 'incidents_claim', 'INSERT, UPDATE, DELETE')", [APP_ROLE]
    ).fetchone()

    assert rights == (True,)
