"""PostgreSQL for one installation: its files, its three roles, its process."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from tracker.embedded.errors import UnableToStart
from tracker.embedded.postgres_binaries import BUILTIN_PROVIDER_SINCE, CHECKSUMS_BY_DEFAULT_SINCE
from tracker.embedded.process_tree import started_at
from tracker.embedded.roles import SUPERUSER
from tracker.embedded.service import Service

if TYPE_CHECKING:
    from collections.abc import Callable

    from tracker.embedded.accounts import Account
    from tracker.embedded.credentials import Credentials
    from tracker.embedded.layout import Layout
    from tracker.embedded.postgres_binaries import Binaries
    from tracker.embedded.service import Running

HBA = "# Passwords only, sockets only; written anew at each start.\nlocal all all scram-sha-256\n"
LEFTOVER_PATIENCE = 20.0
SPEAKS_AFTER = 5.0


@dataclass(frozen=True, slots=True)
class Postgres:
    """Everything that is known about the server before it runs."""

    binaries: Binaries
    layout: Layout
    account: Account
    credentials: Credentials
    keeps_data: bool = True

    def url(self, role: str, password: str, database: str = "tracker") -> str:
        """The address of a database for one role, over the socket."""
        folder = quote(str(self.layout.sockets), safe="")
        return f"postgres://{role}:{quote(password, safe='')}@{folder}/{database}"

    def service(self) -> Service:
        """The server in the foreground; SIGINT makes it close every connection and end in order."""
        layout = self.layout
        hba = layout.data / "pg_hba.conf"  # beside the data folder, which the server's account owns
        hba.write_text(HBA, encoding="utf-8")
        hba.chmod(0o644)
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": str(layout.sockets),
            "hba_file": str(hba),
            "max_connections": "60",
            "log_min_error_statement": "panic",  # a statement may hold a name
            "log_error_verbosity": "terse",  # and so may a DETAIL line
            "log_timezone": "UTC",
            "timezone": "UTC",
        }
        if not self.keeps_data:
            settings |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
        command = [self.binaries.program("postgres"), "-D", str(layout.postgres)]
        for name, value in settings.items():
            command += ["-c", f"{name}={value}"]
        return Service(
            name="PostgreSQL",
            command=command,
            account=self.account,
            environment={"PATH": os.defpath, "LC_ALL": "C.UTF-8", "TZ": "UTC"},
            folder=layout.postgres,
            stop_signal=signal.SIGINT,
            log=layout.server_logs / "postgres.log",
        )

    def ensure_files(self) -> bool:
        """Make the data folder at the first start; True where that was needed."""
        folder = self.layout.postgres
        if (folder / "PG_VERSION").exists():
            self._forget_stale_pid()
            return False
        password = self.layout.sockets / "initial-password"
        password.touch(mode=0o600)
        password.write_text(self.credentials.superuser, encoding="utf-8")
        try:
            _hand_over(password, self.account)
            self._initdb(password)
        finally:
            password.unlink(missing_ok=True)
        return True

    def wait_until_ready(self, running: Running, say: Callable[[str], None]) -> None:
        """Wait for as long as recovery takes; UnableToStart where the server ends instead."""
        begun, spoke = time.monotonic(), False
        command = [self.binaries.program("pg_isready"), "-q", "-h", str(self.layout.sockets)]
        while subprocess.run(command, check=False, env=_client("")).returncode:  # noqa: S603  # own
            status = running.ended()
            if status is not None:
                raise UnableToStart(_why_it_ended(running))
            if not spoke and time.monotonic() - begun > SPEAKS_AFTER:
                say("  PostgreSQL is recovering what was not yet in its files; this may take long")
                spoke = True
            time.sleep(0.05)

    def run_sql(self, statements: str, database: str = "postgres") -> str:
        """Run SQL as the superuser and return the plain rows.

        Raises UnableToStart with the server's message.
        """
        command = [self.binaries.program("psql"), "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1"]
        command += ["-h", str(self.layout.sockets), "-U", SUPERUSER, "-d", database, "-f", "-"]
        done = subprocess.run(  # noqa: S603  # psql of the lock
            command,
            input=statements,
            env=_client(self.credentials.superuser),
            check=False,
            capture_output=True,
            text=True,
        )
        if done.returncode:
            if "No space left" in done.stderr:
                raise UnableToStart(_full(self.layout.data))
            raise UnableToStart(f"PostgreSQL refused a statement: {done.stderr.strip()}")
        return done.stdout

    def _initdb(self, password: Path) -> None:
        fresh = self.layout.data / "postgres.new"  # takes its place when whole, never half of it
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(mode=0o700)
        _hand_over(fresh, self.account)
        command = [self.binaries.program("initdb"), "-D", str(fresh), "-U", SUPERUSER]
        command += ["--encoding=UTF8", "--locale=C.UTF-8", f"--pwfile={password}"]
        command += ["--auth-local=scram-sha-256", "--auth-host=reject"]
        if self.binaries.major >= BUILTIN_PROVIDER_SINCE:
            command.append("--locale-provider=builtin")
        if self.binaries.major < CHECKSUMS_BY_DEFAULT_SINCE:
            command.append("--data-checksums")
        if not self.keeps_data:
            command.append("--no-sync")
        done = subprocess.run(  # noqa: S603  # initdb of the lock
            command,
            cwd=fresh,
            env={"PATH": os.defpath, "LC_ALL": "C.UTF-8", "TZ": "UTC"},
            check=False,
            capture_output=True,
            text=True,
            **self.account.spawn_options(),
        )
        if done.returncode:
            shutil.rmtree(fresh, ignore_errors=True)
            raise UnableToStart(_why_initdb_failed(done.stderr, self.layout.data))
        fresh.rename(self.layout.postgres)  # which is there, and empty

    def _forget_stale_pid(self) -> None:
        """Remove the pid file of a server that was killed, once nothing of it runs.

        PostgreSQL does so itself unless the number has gone to another process meanwhile.
        """
        path = self.layout.postgres / "postmaster.pid"
        try:
            pid = int(path.read_text(encoding="ascii").partition("\n")[0])
        except (FileNotFoundError, ValueError):
            return
        until = time.monotonic() + LEFTOVER_PATIENCE
        while started_at(pid) and _works_in(pid, self.layout.postgres):
            if time.monotonic() > until:
                raise UnableToStart(f"An earlier PostgreSQL (process {pid}) still uses the data.")
            time.sleep(0.1)
        path.unlink(missing_ok=True)


def _works_in(pid: int, folder: Path) -> bool:
    try:
        return Path(f"/proc/{pid}/cwd").resolve(strict=True) == folder.resolve()
    except OSError:
        return False


def _client(password: str) -> dict[str, str]:
    return {"PATH": os.defpath, "LC_ALL": "C.UTF-8", "PGPASSWORD": password}


def _hand_over(path: Path, account: Account) -> None:
    if account.uid != os.geteuid():
        os.chown(path, account.uid, account.gid)


def _why_initdb_failed(output: str, data: Path) -> str:
    if "No space left" in output:
        return _full(data)
    lines = [line for line in output.splitlines() if "error" in line.lower()] or [output.strip()]
    return f"PostgreSQL could not make its data folder: {lines[0]}"


def _why_it_ended(running: Running) -> str:
    lines = running.last_lines()
    if "No space left" in lines:
        return _full(running.service.folder)
    return f"PostgreSQL did not start; the end of {running.service.log}:\n{lines}"


def _full(folder: Path) -> str:
    return f"The disk that holds {folder} is full: free some space, then start again."
