"""A new version has to migrate data that people have worked on: never without asking."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, cast

import psycopg
import pytest

from tests.embedded.starting import Start, copy_of, free_port, manage
from tracker.embedded.commands import up
from tracker.embedded.credentials import load_credentials
from tracker.embedded.errors import UnableToStart

if TYPE_CHECKING:
    from pathlib import Path

    from tracker.embedded.installation import Installation


@pytest.mark.servers
@pytest.mark.timeout(500)
def test_up_backs_up_before_it_migrates_and_refuses_to_guess(place: Path, migrated: Path) -> None:
    data, key, backup = copy_of(migrated, place / "state"), place / "a.key", place / "a.backup"
    assert manage("backup", "--new-key", str(key)).returncode == 0
    _make_older(data)

    asked = manage("up", "--port", str(free_port()), "--data-dir", str(data))
    assert asked.returncode == 1
    assert "Start with --backup-before-migrate FILE --key-file KEY" in asked.stderr
    assert "Traceback" not in asked.stderr

    start = Start(data, free_port(), "--backup-before-migrate", str(backup), "--key-file", str(key))
    try:
        start.wait_until_running()
        assert start.answers("/readyz")
    finally:
        start.stop()
    assert backup.stat().st_size > 10_000
    elsewhere = place / "elsewhere"
    done = manage("restore", str(backup), "--key-file", str(key), "--data-dir", str(elsewhere))
    assert done.returncode == 0, done.stderr


def _make_older(data: Path) -> None:
    """Take one migration back, as if the code that brought it came later."""
    start = Start(data, free_port())
    try:
        start.wait_until_running()
        owner = load_credentials(data).owner
        with psycopg.connect(
            host=start.state.sockets, dbname="tracker", user="tracker_owner", password=owner
        ) as connection:
            connection.execute("DELETE FROM django_migrations WHERE app = 'sessions'")
            connection.execute("DROP TABLE django_session")
    finally:
        start.stop()
    (data / "migrated").unlink()


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Path, bytes]]:
    """Which backups were asked for, and with which key."""
    asked: list[tuple[Path, bytes]] = []
    monkeypatch.setattr(up, "write_backup", lambda _server, path, key: asked.append((path, key)))
    return asked


class FakeInstallation:
    """Only what the offer hands on."""

    postgres = None


def offer(**options: object) -> None:
    given = {"no_backup": False, "backup_before_migrate": None, "key_file": None} | options
    up._offer_backup(cast("Installation", FakeInstallation()), argparse.Namespace(**given))


def answer(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", lambda _question: text)


def test_no_backup_is_a_choice(written: list[tuple[Path, bytes]]) -> None:
    offer(no_backup=True)

    assert written == []


def test_a_terminal_is_asked_and_may_decline(
    written: list[tuple[Path, bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(monkeypatch, "")
    offer()

    assert written == []


def test_a_terminal_names_a_file_and_gets_a_key_beside(
    written: list[tuple[Path, bytes]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    answer(monkeypatch, str(tmp_path / "before.backup"))
    offer()

    assert [path for path, _ in written] == [tmp_path / "before.backup"]
    assert (tmp_path / "before.backup.key").exists()


def test_nobody_at_a_terminal_is_told_the_options(written: list[tuple[Path, bytes]]) -> None:
    with pytest.raises(UnableToStart, match="--no-backup"):
        offer()
    assert written == []
