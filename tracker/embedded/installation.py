"""One start of one installation: servers up, database ready, and everything down again after."""

from __future__ import annotations

import os
import shutil
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.embedded import accounts, layout, postgres_binaries, prepare, roles, valkey
from tracker.embedded.credentials import load_credentials
from tracker.embedded.errors import UnableToStart
from tracker.embedded.postgres import Postgres
from tracker.embedded.process_tree import started_at
from tracker.embedded.running_state import RunningState, forget_state, read_state, write_state
from tracker.embedded.supervisor import Supervisor, stop_on_signals
from tracker.embedded.talk import say, step

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.embedded.accounts import Accounts
    from tracker.embedded.kinds import Kind
    from tracker.embedded.layout import Layout

NEEDED_SPACE = 300 * 1024 * 1024
LEFTOVER_PATIENCE = 15.0


@dataclass(slots=True)
class Installation:
    """What a command works with once the servers run."""

    checkout: Path
    kind: Kind
    accounts: Accounts
    layout: Layout
    postgres: Postgres
    supervisor: Supervisor
    is_new: bool
    url: str = ""
    settings: dict[str, str] = field(default_factory=dict)
    environment: dict[str, str] = field(default_factory=dict)

    def announce(self, processes: dict[str, int]) -> None:
        """Tell other commands of this checkout what runs."""
        state = RunningState(
            pid=os.getpid(),
            url=self.url,
            data=str(self.layout.data),
            sockets=str(self.layout.sockets),
            environment=self.settings,
            processes=processes,
            application_uid=self.accounts.application.uid,
        )
        write_state(self.layout.control, state)


@contextmanager
def held(control: Path, kind: Kind) -> Iterator[None]:
    """The installation, held by this process alone, with nothing of a killed start left over.

    Raises UnableToStart where another process holds it.
    """
    layout.make_control(control)
    lock = layout.InstallationLock(control)
    if not lock.acquire():
        raise UnableToStart(_already_running(control, kind))
    try:
        _wait_for_leftovers(control)
        yield
    finally:
        forget_state(control)
        lock.release()


@contextmanager
def running_servers(
    checkout: Path, kind: Kind, control: Path, *, with_broker: bool = True
) -> Iterator[Installation]:
    """PostgreSQL and Valkey of a held installation, set up; stopped, with all else, at the end.

    Raises UnableToStart where they can't run; StopRequested on Ctrl-C.
    """
    stop_on_signals()
    installation = _assemble(checkout, kind, control)
    try:
        _start_servers(installation, with_broker=with_broker)
        yield installation
    finally:
        say("Stopping …")
        installation.supervisor.stop()
        layout.discard_sockets(installation.layout)
        if not kind.keeps_data:
            shutil.rmtree(installation.layout.data, ignore_errors=True)


def joined_server(control: Path, running: RunningState) -> Postgres:
    """The database of an installation that another process runs."""
    folders = layout.Layout(control, Path(running.data), Path(running.sockets))
    account = accounts.current_account()
    needed = postgres_binaries.written_by(folders.postgres)
    binaries = postgres_binaries.find_binaries(account, folders.data / "programs", needed)
    return Postgres(binaries, folders, account, load_credentials(control))


def _already_running(control: Path, kind: Kind) -> str:
    state = read_state(control)
    where = f" (process {state.pid})" if state else ""
    at = f" at {state.url}" if state and state.url else ""
    return f"`{kind.name}` runs already in {control}{at}{where}."


def _assemble(checkout: Path, kind: Kind, control: Path) -> Installation:
    who = accounts.choose_accounts(checkout, Path(sys.executable))
    data, is_temporary = layout.choose_data(control, who, kind)
    if is_temporary:
        say(f"The account {who.servers.name} can't reach {checkout}: the data lie in {data}.")
    if not kind.keeps_data:
        shutil.rmtree(data / "postgres", ignore_errors=True)
    needed = postgres_binaries.written_by(data / "postgres")
    if needed is None and shutil.disk_usage(data).free < NEEDED_SPACE:
        raise UnableToStart(f"The disk that holds {data} is full: a start needs 300 MB.")
    if needed is None:
        prepare.forget_migration(control)
    folders = layout.make_layout(control, data, who)
    binaries = postgres_binaries.find_binaries(who.servers, data / "programs", needed)
    server = Postgres(
        binaries, folders, who.servers, load_credentials(control), keeps_data=kind.keeps_data
    )
    supervisor = Supervisor(data)
    installation = Installation(
        checkout, kind, who, folders, server, supervisor, is_new=needed is None
    )
    supervisor.report_to(installation.announce)
    return installation


def _start_servers(installation: Installation, *, with_broker: bool) -> None:
    server, supervisor = installation.postgres, installation.supervisor
    with step(f"Starting PostgreSQL {server.binaries.version}"):
        server.ensure_files()
        server.wait_until_ready(supervisor.start_server(server.service()), say)
        script = roles.roles_script(server.credentials, for_tests=not installation.kind.keeps_data)
        server.run_sql(script)
        server.run_sql(roles.rights_script(), roles.DATABASE)
        if not installation.kind.keeps_data:  # databases that tests make take after this one
            server.run_sql(roles.rights_script(), "template1")
    if with_broker:
        with step("Starting Valkey"):
            service = valkey.valkey_service(
                installation.layout,
                installation.accounts.servers,
                keeps_data=installation.kind.keeps_data,
            )
            valkey.wait_until_ready(installation.layout, supervisor.start_server(service))


def _wait_for_leftovers(control: Path) -> None:
    """Let the processes of a start that was killed end; their guards are at it."""
    state = read_state(control)
    if state is None:
        return
    until = time.monotonic() + LEFTOVER_PATIENCE
    waiting = {name: pid for name, pid in state.processes.items() if _is_ours(pid)}
    if waiting:
        say("An earlier start was killed; waiting for its processes to end …")
    while any(_is_ours(pid) for pid in waiting.values()):
        if time.monotonic() > until:
            names = ", ".join(f"{name} (process {pid})" for name, pid in waiting.items())
            raise UnableToStart(f"Processes of an earlier start still run: {names}.")
        time.sleep(0.1)


def _is_ours(pid: int) -> bool:
    """Whether a process of that number lives and is one that this project starts."""
    if not started_at(pid):
        return False
    try:
        command = Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False
    return any(word in command for word in (b"tracker.embedded.guard", b"postgres", b"valkey"))
