"""Which operating-system accounts the processes run as.

Started by an ordinary account, everything runs as that one. Started by root, PostgreSQL and Valkey
run as ``nobody``, web and workers as another unprivileged account, so that a hostile document
which takes over a worker can't read the files of the database.
"""

from __future__ import annotations

import os
import pwd
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tracker.embedded.errors import UnableToStart

if TYPE_CHECKING:
    from pathlib import Path

SERVERS = ("nobody", "daemon")
APPLICATION = ("daemon", "bin", "nobody")


@dataclass(frozen=True, slots=True)
class Account:
    """An account of the operating system."""

    name: str
    uid: int
    gid: int

    def spawn_options(self) -> dict[str, Any]:
        """What ``subprocess`` needs to start a process as this account."""
        if self.uid == os.geteuid():
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}


@dataclass(frozen=True, slots=True)
class Accounts:
    """Who runs what, and what had to be compromised on the way."""

    servers: Account
    application: Account
    warning: str = ""


def is_root() -> bool:
    """Whether this process may become any other account."""
    return os.geteuid() == 0


def current_account() -> Account:
    """The account this process runs as.

    Raises UnableToStart where it has no entry: PostgreSQL's initdb refuses such an account.
    """
    uid = os.geteuid()
    try:
        return _from(pwd.getpwuid(uid))
    except KeyError:
        raise UnableToStart(
            f"The account with number {uid} has no entry in /etc/passwd, which PostgreSQL needs."
        ) from None


def choose_accounts(checkout: Path, python: Path) -> Accounts:
    """Who runs what in this start; web and workers stay root where they couldn't run otherwise."""
    if not is_root():
        account = current_account()
        return Accounts(servers=account, application=account)
    servers = _first_of(SERVERS, other_than=None)
    application = _first_of(APPLICATION, other_than=servers)
    if _can_run(application, checkout, python):
        return Accounts(servers, application)
    return Accounts(
        servers,
        current_account(),
        f"web and workers run as root, because the account {application.name} can't run "
        f"{python.resolve()} in {checkout}. Use a Python such as /usr/bin/python3 and a folder "
        "that other accounts can read.",
    )


def can_reach(account: Account, folder: Path) -> bool:
    """Whether ``account`` can pass through to ``folder``, asked of the kernel itself."""
    if account.uid == os.geteuid():
        return True
    child = os.fork()
    if child == 0:
        _exit_with_reach(account, folder)
    return os.waitpid(child, 0)[1] == 0


def _exit_with_reach(account: Account, folder: Path) -> None:
    status = 1
    try:
        os.setgroups([])
        os.setgid(account.gid)
        os.setuid(account.uid)
        os.chdir(folder)
        status = 0
    except OSError:
        status = 1
    finally:
        os._exit(status)


def _can_run(account: Account, checkout: Path, python: Path) -> bool:
    if not can_reach(account, checkout):
        return False
    try:
        done = subprocess.run(  # noqa: S603  # the interpreter of .venv
            [str(python), "-c", "import django, tracker"],
            cwd=checkout,
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            **account.spawn_options(),
        )
    except OSError:
        return False
    return done.returncode == 0


def _first_of(names: tuple[str, ...], *, other_than: Account | None) -> Account:
    for name in names:
        try:
            account = _from(pwd.getpwnam(name))
        except KeyError:
            continue
        if account.uid != 0 and account != other_than:
            return account
    if other_than is not None:
        return other_than
    raise UnableToStart(
        "PostgreSQL does not run as root and no account `nobody` exists: "
        "run this as an ordinary account."
    )


def _from(entry: pwd.struct_passwd) -> Account:
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)
