"""One installation as root or as an ordinary account, asked from all sides."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import psycopg
import pytest

from tests.embedded.starting import Start, copy_of, free_port, long_path, manage
from tracker.embedded.credentials import load_credentials

pytestmark = [pytest.mark.servers, pytest.mark.timeout(500)]


def test_pages_answer(running: Start) -> None:
    assert running.answers("/healthz")
    assert running.answers("/readyz")
    assert f"The tracker is running: http://localhost:{running.port}" in running.output
    assert "First administrator" not in running.output, "the first start alone shows the link"


def test_second_start_says_that_it_runs_already(running: Start) -> None:
    again = manage("up", "--port", str(free_port()), "--data-dir", str(running.data))

    assert again.returncode == 1
    assert again.stderr == (
        f"manage.py: `up` runs already in {running.data} at http://localhost:{running.port} "
        f"(process {running.process.pid}).\n"
    )


def test_nothing_but_the_web_port_listens_and_only_on_this_machine(running: Start) -> None:
    sockets = {
        str(entry.readlink())
        for pid in running.family()
        for entry in Path(f"/proc/{pid}/fd").iterdir()
        if entry.is_symlink() and str(entry.readlink()).startswith("socket:")
    }
    listening = set()
    for table in ("tcp", "tcp6"):
        for line in Path(f"/proc/net/{table}").read_text(encoding="ascii").splitlines()[1:]:
            fields = line.split()
            if fields[3] == "0A" and f"socket:[{fields[9]}]" in sockets:
                listening.add(fields[1])

    assert listening == {f"0100007F:{running.port:04X}"}


def test_processes_of_the_application_never_get_the_passwords_of_other_roles(
    running: Start,
) -> None:
    credentials = load_credentials(running.data)

    for pid in running.family():
        environment = Path(f"/proc/{pid}/environ").read_bytes() if pid != os.getpid() else b""
        assert credentials.owner.encode() not in environment
        assert credentials.superuser.encode() not in environment
    for name in ("secrets.json", "running.json"):
        assert stat.S_IMODE((running.data / name).stat().st_mode) == 0o600


def test_servers_run_as_an_unprivileged_account(running: Start, as_root: None) -> None:
    for name in ("PostgreSQL", "Valkey"):
        assert Path(f"/proc/{running.state.processes[name]}").stat().st_uid != 0
    # and no other account can pass the folder of the sockets
    assert stat.S_IMODE(Path(running.state.sockets).stat().st_mode) & stat.S_IRWXO == 0


def test_command_without_database_url_joins_what_runs(running: Start) -> None:
    done = manage("showmigrations", "--plan", TRACKER_DATA_DIR=str(running.data))

    assert done.returncode == 0, done.stderr
    assert "[X]" in done.stdout
    assert "[ ]" not in done.stdout


FORBIDDEN = {
    "disable a trigger": "ALTER TABLE audit_auditevent DISABLE TRIGGER ALL",
    "empty a table": "TRUNCATE audit_auditevent",
    "change an audit line": "UPDATE audit_auditevent SET action = 'nothing'",
    "remove an audit line": "DELETE FROM audit_auditevent",
    "play the replica": "SET session_replication_role = replica",
    "run a program": "COPY (SELECT 1) TO PROGRAM 'true'",
    "read a file": "COPY core_cache FROM '/etc/passwd'",
    "make a table": "CREATE TABLE forged (id int)",
    "become the owner": "SET ROLE tracker_owner",
    "make a role": "CREATE ROLE intruder",
    "read passwords": "SELECT rolpassword FROM pg_authid",
}


@pytest.mark.parametrize("attempt", FORBIDDEN.values(), ids=FORBIDDEN)
def test_database_refuses_the_applications_role(running: Start, attempt: str) -> None:
    with (
        psycopg.connect(_application_dsn(running)) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute(attempt.encode())


def test_no_role_gets_in_without_its_password(running: Start) -> None:
    for password in ("", "wrong"):
        with pytest.raises(psycopg.OperationalError, match="password"):
            psycopg.connect(
                host=running.state.sockets,
                dbname="tracker",
                user="tracker_superuser",
                password=password,
            )


def test_a_second_installation_runs_beside_in_a_long_path_with_spaces(
    running: Start, place: Path, migrated: Path
) -> None:
    beside = Start(copy_of(migrated, long_path(place) / "state"), free_port())
    try:
        beside.wait_until_running()
        sockets = Path(beside.state.sockets)

        assert beside.answers("/readyz")
        assert running.answers("/readyz")
        assert len(os.fsencode(sockets / ".s.PGSQL.5432")) <= 107
    finally:
        beside.stop()
    assert not sockets.exists()


def _application_dsn(start: Start) -> str:
    return start.state.environment["DATABASE_URL"].replace("postgres://", "postgresql://")
