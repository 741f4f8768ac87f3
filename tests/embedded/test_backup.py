"""A backup goes out of one installation and into another: the same rows, the same bytes."""

from __future__ import annotations

import hashlib
import shutil
import stat
from typing import TYPE_CHECKING

import psycopg
import pytest
from psycopg import sql

from tests.embedded.starting import Start, free_port, manage

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [pytest.mark.servers, pytest.mark.timeout(500)]

CONTENT = b"the bytes as received\0\xff" * 100_000  # more than one sealed part


@pytest.fixture(scope="module")
def key(place: Path) -> Path:
    path = place / "harm.key"
    assert manage("backup", "--new-key", str(path)).returncode == 0
    return path


@pytest.fixture(scope="module")
def backup(running: Start, place: Path, key: Path) -> Path:
    """Made while people work."""
    with psycopg.connect(_dsn(running)) as connection:
        connection.execute("INSERT INTO core_cache VALUES ('kept', 'ü ا', now() + '1 day')")
    capture = running.data / "captures" / "ab" / "cd" / hashlib.sha256(CONTENT).hexdigest()
    capture.parent.mkdir(parents=True)
    capture.write_bytes(CONTENT)
    (running.data / "keys" / "a.key").write_bytes(b"opens a name")
    path = place / "monday.backup"
    done = manage("backup", str(path), "--key-file", str(key), "--data-dir", str(running.data))
    assert done.returncode == 0, done.stderr
    return path


def test_round_trip_brings_back_rows_rights_and_captures(
    running: Start, backup: Path, key: Path, place: Path
) -> None:
    elsewhere = place / "elsewhere"
    done = manage("restore", str(backup), "--key-file", str(key), "--data-dir", str(elsewhere))
    assert done.returncode == 0, done.stderr

    start = Start(elsewhere, free_port())
    try:
        start.wait_until_running()
        with psycopg.connect(_dsn(running)) as one, psycopg.connect(_dsn(start)) as other:
            assert _everything(one) == _everything(other)
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                other.execute("TRUNCATE audit_auditevent")
        assert start.answers("/readyz")
        captures = [path for path in (elsewhere / "captures").rglob("*") if path.is_file()]
        assert [path.read_bytes() for path in captures] == [CONTENT]
        assert not list((elsewhere / "keys").iterdir()), "keys are part of no backup"
        assert (elsewhere / "keys").stat().st_mode & 0o777 == 0o700
    finally:
        start.stop()


def test_backup_is_unreadable_and_belongs_to_one_account(backup: Path, key: Path) -> None:
    content = backup.read_bytes()

    assert b"core_cache" not in content
    assert CONTENT[:20] not in content
    for path in (backup, key):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_restore_leaves_alone_what_runs(running: Start, backup: Path, key: Path) -> None:
    done = manage("restore", str(backup), "--key-file", str(key), "--data-dir", str(running.data))

    assert done.returncode == 1
    assert done.stderr == (
        "manage.py: Stop `up` first (Ctrl-C): a restore replaces what people work on.\n"
    )


@pytest.mark.parametrize(
    ("damage", "sentence"),
    [
        (lambda content: content[:-20_000], "The backup is cut off: it ends before its last part."),
        (lambda content: content + b"x", "The backup is damaged: something follows its end."),
        (
            lambda content: content[:-20_000] + bytes([content[-20_000] ^ 1]) + content[-19_999:],
            "The backup is damaged: a part of it is not as it was written.",
        ),
    ],
    ids=["cut", "longer", "changed"],
)
def test_a_damaged_backup_restores_nothing(
    backup: Path, key: Path, place: Path, damage: object, sentence: str
) -> None:
    assert callable(damage)
    damaged, untouched = place / "damaged.backup", place / "untouched"
    damaged.write_bytes(damage(backup.read_bytes()))

    done = manage("restore", str(damaged), "--key-file", str(key), "--data-dir", str(untouched))

    assert done.returncode == 1
    assert done.stderr.endswith(f"manage.py: {sentence}\n")
    assert "Traceback" not in done.stderr
    assert not list((untouched / "captures").iterdir())
    again = manage("restore", str(backup), "--key-file", str(key), "--data-dir", str(untouched))
    assert again.returncode == 0, "the refused restore left something behind"
    refused = manage("restore", str(backup), "--key-file", str(key), "--data-dir", str(untouched))
    assert refused.returncode == 1
    assert "--replace gives them up" in refused.stderr
    replaced = manage(
        *("restore", str(backup), "--key-file", str(key)),
        *("--data-dir", str(untouched), "--replace"),
    )
    assert replaced.returncode == 0, replaced.stderr
    shutil.rmtree(untouched)


def _dsn(start: Start) -> str:
    return start.state.environment["DATABASE_URL"].replace("postgres://", "postgresql://")


def _everything(connection: psycopg.Connection) -> dict[str, list[str]]:
    """Every row of every table as text, but for what starts, sign-ins and workers write."""
    tables = connection.execute(
        "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
    ).fetchall()
    changing = {"audit_auditevent", "audit_auditseal", "core_heartbeat"}
    found = {}
    for (name,) in tables:
        if name not in changing and not name.startswith("watching_"):
            query = sql.SQL("SELECT t::text FROM {} t").format(sql.Identifier(name))
            found[name] = sorted(row[0] for row in connection.execute(query))
    return found
