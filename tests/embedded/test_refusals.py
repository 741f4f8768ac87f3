"""What can be wrong with a machine: one clear sentence, exit status 1, no traceback."""

from __future__ import annotations

import errno
import os
import shutil
import socket
import subprocess
import sys
from collections import namedtuple
from typing import TYPE_CHECKING

import pytest

from tests.embedded.starting import bare_environment, free_port, manage
from tracker.embedded import installation
from tracker.embedded.checkout import CHECKOUT
from tracker.embedded.errors import UnableToStart, sentence_for
from tracker.embedded.kinds import UP
from tracker.embedded.site import public_address

if TYPE_CHECKING:
    from pathlib import Path


def test_busy_port_names_another(place: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = manage("up", "--port", str(port), "--data-dir", str(place / "state"))

    assert done.returncode == 1
    assert done.stderr == (
        f"manage.py: Port {port} is taken by another program: choose one, such as "
        f"--port {port + 1}.\n"
    )


def test_data_of_another_postgresql_name_the_commands_that_move_them(place: Path) -> None:
    data = place / "old" / "postgres"
    data.mkdir(parents=True)
    (data / "PG_VERSION").write_text("12\n", encoding="ascii")

    done = manage("up", "--port", str(free_port()), "--data-dir", str(place / "old"))

    assert done.returncode == 1
    assert done.stderr.startswith("manage.py: The data were written by PostgreSQL 12 and only ")
    assert "manage.py backup FILE --key-file KEY" in done.stderr
    assert "manage.py restore FILE --key-file KEY" in done.stderr
    assert done.stderr.count("\n") == 1


def test_real_data_never_lie_where_their_servers_cannot_go(place: Path, as_root: None) -> None:
    closed = place / "closed"
    closed.mkdir(mode=0o700)

    done = manage("up", "--port", str(free_port()), "--data-dir", str(closed / "state"))

    assert done.returncode == 1
    assert done.stderr.startswith("manage.py: The account nobody, which runs the database, can't")
    assert "/srv" in done.stderr
    assert done.stderr.count("\n") == 1


def test_folder_of_another_account_is_left_alone(place: Path, as_root: None) -> None:
    theirs = place / "theirs"
    theirs.mkdir()
    os.chown(theirs, 1, 1)

    done = manage("up", "--port", str(free_port()), "--data-dir", str(theirs))

    assert done.returncode == 1
    assert done.stderr == (
        f"manage.py: {theirs} belongs to the account with number 1: run this as that account.\n"
    )


def test_command_that_needs_the_database_says_how_to_start_it(place: Path) -> None:
    done = manage("showmigrations", TRACKER_DATA_DIR=str(place / "nothing"))

    assert done.returncode == 1
    assert done.stderr == (
        "manage.py: `showmigrations` needs the database: start it with `python3 manage.py up` "
        "(or demo) in another terminal first, or set DATABASE_URL.\n"
    )


@pytest.mark.parametrize("arguments", [("check",), ("help",), ("ingest", "--help")])
def test_commands_without_data_need_no_database(place: Path, arguments: tuple[str, ...]) -> None:
    done = manage(*arguments, TRACKER_DATA_DIR=str(place / "nothing"))

    assert done.returncode == 0, done.stderr


def test_full_disk_is_told_before_anything_is_made(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = namedtuple("usage", "total used free")  # as shutil's own
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage(100, 99, 1))
    control = place / "full"

    with (
        installation.held(control, UP),
        pytest.raises(UnableToStart, match=r"disk that holds .* is full"),
        installation.running_servers(CHECKOUT, UP, control),
    ):
        pytest.fail("It started on a full disk.")


@pytest.mark.parametrize(
    ("number", "word"),
    [(errno.ENOSPC, "full"), (errno.EROFS, "read-only"), (errno.EACCES, "account")],
)
def test_errors_of_the_disk_become_one_sentence(number: int, word: str) -> None:
    sentence = sentence_for(OSError(number, os.strerror(number), "/srv/tracker/.state"))

    assert sentence is not None
    assert word in sentence
    assert "/srv/tracker/.state" in sentence


def test_other_errors_keep_their_traceback() -> None:
    assert sentence_for(OSError(errno.EIO, "broken")) is None


@pytest.mark.parametrize(
    "url", ["http://harm.example.org", "harm.example.org", "https://", "https://a.example/path"]
)
def test_public_address_must_be_plain_https(url: str) -> None:
    with pytest.raises(UnableToStart, match="--public-url takes an address such as"):
        public_address(8000, url)


def test_public_address_behind_a_proxy_trusts_it() -> None:
    address = public_address(8000, "https://harm.example.org/")

    assert address.public_url == "https://harm.example.org"
    assert address.is_behind_proxy
    assert not public_address(8000, None).is_behind_proxy


def test_old_python_is_told_which_one_is_needed() -> None:
    script = (
        "import sys; sys.version_info = (3, 9, 2, 'final', 0); sys.argv = ['manage.py'];"
        f"sys.path.insert(0, {str(CHECKOUT)!r});"
        f"exec(compile(open({str(CHECKOUT / 'manage.py')!r}).read(), 'manage.py', 'exec'))"
    )
    done = subprocess.run(  # noqa: S603  # the entry point under test
        [sys.executable, "-c", script],
        env=bare_environment(),
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1
    assert done.stderr == ("manage.py: this needs Python 3.11 or newer, and this is Python 3.9.\n")


def test_without_a_command_the_commands_are_listed() -> None:
    done = manage()

    assert done.returncode == 0
    for command in ("demo", "up", "backup", "restore", "test", "ingest", "create_partner"):
        assert f"  {command} " in done.stdout
    assert max(map(len, done.stdout.splitlines())) < 200
