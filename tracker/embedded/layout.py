"""The folders of one installation, who owns each, and the lock that one start holds."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.embedded.accounts import Account, Accounts, can_reach, is_root
from tracker.embedded.errors import UnableToStart

if TYPE_CHECKING:
    from tracker.embedded.kinds import Kind

DATA_FOLDER = "data-folder"  # names the temporary folder that an earlier start had to take
SOCKET_NAME = ".s.PGSQL.5432"
LONGEST_SOCKET = 107  # bytes; a limit of the kernel
#: What a command run by root puts there gets the group of web and workers, who can read it then.
SHARED_WITH_COMMANDS = 0o2770
PLAIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/._-")


@dataclass(frozen=True, slots=True)
class Layout:
    """``control`` is for the person who starts; ``data`` is where the servers can reach it."""

    control: Path
    data: Path
    sockets: Path

    @property
    def postgres(self) -> Path:
        """PostgreSQL's data folder."""
        return self.data / "postgres"

    @property
    def valkey(self) -> Path:
        """Valkey's append-only file."""
        return self.data / "valkey"

    @property
    def captures(self) -> Path:
        """Raw bytes as received."""
        return self.data / "captures"

    @property
    def keys(self) -> Path:
        """Keys of private persons' values: part of no backup, for shredding must reach those."""
        return self.data / "keys"

    @property
    def beat(self) -> Path:
        """Beat's memory of when what ran last."""
        return self.data / "beat"

    @property
    def logs(self) -> Path:
        """What web and workers write; theirs alone."""
        return self.data / "logs"

    @property
    def server_logs(self) -> Path:
        """What PostgreSQL and Valkey write, opened for them by the supervisor."""
        return self.data / "server-logs"

    @property
    def static(self) -> Path:
        """Collected files, one folder per state of the sources."""
        return self.data / "static"

    @property
    def postgres_socket(self) -> Path:
        """Where PostgreSQL listens."""
        return self.sockets / SOCKET_NAME

    @property
    def valkey_socket(self) -> Path:
        """Where Valkey listens."""
        return self.sockets / "valkey.sock"


class InstallationLock:
    """Held by the one start of an installation for as long as it runs."""

    def __init__(self, control: Path) -> None:
        self._path = control / "lock"
        self._descriptor = -1

    def acquire(self) -> bool:
        """Take the lock; False where another start holds it."""
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            return False
        self._descriptor = descriptor
        return True

    def release(self) -> None:
        """Let the next one start."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1


def make_control(control: Path) -> Path:
    """The installation's own folder, made where it is absent.

    Raises UnableToStart where it belongs to another account.
    """
    control.mkdir(parents=True, exist_ok=True, mode=0o700)
    owner = control.stat().st_uid
    if owner != os.geteuid():
        raise UnableToStart(
            f"{control} belongs to the account with number {owner}: run this as that account."
        )
    return control


def choose_data(control: Path, accounts: Accounts, kind: Kind) -> tuple[Path, bool]:
    """The folder for the servers' files, and whether it is a temporary one.

    Raises UnableToStart where the servers can't reach the checkout and the data are real.
    """
    if is_root():
        control.chmod(0o711)
    if can_reach(accounts.servers, control):
        return control, False
    if not kind.may_be_temporary:
        raise UnableToStart(
            f"The account {accounts.servers.name}, which runs the database, can't reach "
            f"{control.parent}: move the checkout to a folder that other accounts may enter, "
            "such as /srv, or start it as an ordinary account in that account's home."
        )
    return _temporary(control, accounts.servers), True


def remembered_data(control: Path) -> Path:
    """Where the data of an earlier start lie: a temporary folder, or the control folder itself."""
    memory = control / DATA_FOLDER
    if memory.exists():
        former = Path(memory.read_text(encoding="utf-8"))
        if former.is_dir() and not former.is_symlink() and former.stat().st_uid == os.geteuid():
            return former
    return control


def _temporary(control: Path, servers: Account) -> Path:
    former = remembered_data(control)
    if former != control:
        return former
    for place in (tempfile.gettempdir(), "/tmp", "/var/tmp"):  # noqa: S108  # mkdtemp below
        if can_reach(servers, Path(place)):
            folder = Path(tempfile.mkdtemp(prefix="civilian-harm-", dir=place))
            (control / DATA_FOLDER).write_text(str(folder), encoding="utf-8")
            return folder
    raise UnableToStart(f"The account {servers.name} can reach no temporary folder.")


def make_layout(control: Path, data: Path, accounts: Accounts) -> Layout:
    """Make every folder, each with its owner and closed to everybody else."""
    data.chmod(0o711 if is_root() else 0o700)
    layout = Layout(control, data, _sockets(data, accounts))
    for folder in (layout.postgres, layout.valkey):
        _own(folder, accounts.servers)
    for folder in (layout.captures, layout.keys, layout.beat, layout.logs):
        _own(folder, accounts.application)
    layout.captures.chmod(SHARED_WITH_COMMANDS)
    for folder in (layout.server_logs, layout.static):
        folder.mkdir(exist_ok=True)
        folder.chmod(0o755)
    return layout


def discard_sockets(layout: Layout) -> None:
    """Remove the sockets, and their folder where it was a temporary one."""
    shutil.rmtree(layout.sockets, ignore_errors=True)


def _sockets(data: Path, accounts: Accounts) -> Path:
    wished = data / "run"
    fits = len(os.fsencode(wished / SOCKET_NAME)) <= LONGEST_SOCKET and set(str(wished)) <= PLAIN
    folder = wished if fits else _short_folder(accounts)
    shutil.rmtree(wished, ignore_errors=True)  # what an earlier start left; the lock is held
    folder.mkdir(exist_ok=True, mode=0o700)
    if accounts.servers != accounts.application and is_root():
        os.chown(folder, accounts.servers.uid, accounts.application.gid)
        folder.chmod(0o710)
    elif is_root():
        os.chown(folder, accounts.servers.uid, accounts.servers.gid)
    return folder


def _short_folder(accounts: Accounts) -> Path:
    """A private folder for sockets only, where the checkout's path is too long or has spaces."""
    runtime = Path(f"/run/user/{os.geteuid()}")
    places = [runtime] if not is_root() else []
    places += [Path(tempfile.gettempdir()), Path("/tmp"), Path("/var/tmp")]  # noqa: S108  # mkdtemp
    for place in places:
        length = len(os.fsencode(place / "civilian-harm-12345678" / SOCKET_NAME))
        fits = length <= LONGEST_SOCKET and set(str(place)) <= PLAIN
        if fits and os.access(place, os.W_OK) and can_reach(accounts.servers, place):
            return Path(tempfile.mkdtemp(prefix="civilian-harm-", dir=place))
    raise UnableToStart(
        f"A socket's path may have {LONGEST_SOCKET} bytes and no folder here is that short: "
        "move the checkout to a shorter path."
    )


def _own(folder: Path, account: Account) -> None:
    folder.mkdir(exist_ok=True, mode=0o700)
    folder.chmod(0o700)
    if not is_root() or folder.stat().st_uid == account.uid:
        return
    for path in [folder, *folder.rglob("*")]:
        os.chown(path, account.uid, account.gid, follow_symlinks=False)
