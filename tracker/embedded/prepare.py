"""Migrations and static files: done at the first start, skipped while nothing changed."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, Any

from tracker.embedded.accounts import current_account
from tracker.embedded.credentials import write_private
from tracker.embedded.errors import UnableToStart
from tracker.embedded.talk import step

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from tracker.embedded.accounts import Account
    from tracker.embedded.layout import Layout
    from tracker.embedded.supervisor import Supervisor

PACKAGES = ("tracker", "api", "workers")
MIGRATED = "migrated"
UNAPPLIED = 1  # the exit status of `migrate --check`


def static_folder(checkout: Path, layout: Layout) -> Path:
    """Where the files of this state of the sources are collected."""
    sources = [path for path in _sources(checkout) if "static" in path.parts]
    return layout.static / _digest(checkout, sources)[:16]


def collect_static(
    checkout: Path, folder: Path, environment: dict[str, str], supervisor: Supervisor
) -> None:
    """Collect the static files into ``folder``, whole or not at all; nothing where it exists."""
    if folder.exists():
        return
    beside = folder.with_name(f"{folder.name}.new")
    shutil.rmtree(beside, ignore_errors=True)
    with step("Collecting static files"):
        manage(
            checkout,
            ["collectstatic", "--no-input", "--verbosity", "0"],
            environment | {"STATIC_ROOT": str(beside)},
            supervisor,
        )
    beside.rename(folder)
    for former in folder.parent.iterdir():
        if former != folder:
            shutil.rmtree(former)


def needs_migration(checkout: Path, control: Path) -> bool:
    """Whether code or packages changed since the last migration here."""
    try:
        recorded = (control / MIGRATED).read_text(encoding="ascii")
    except FileNotFoundError:
        return True
    return recorded != _code(checkout)


def has_unapplied(checkout: Path, environment: dict[str, str]) -> bool:
    """Whether ``migrate`` would really change the database."""
    command = _command(checkout, ["migrate", "--check"])
    done = subprocess.run(  # noqa: S603  # itself
        command, cwd=checkout, env=environment, check=False, capture_output=True, text=True
    )
    if done.returncode not in {0, UNAPPLIED} or "Traceback" in done.stderr:
        raise UnableToStart(_why("migrate --check", done.stdout + done.stderr))
    return done.returncode == UNAPPLIED


def migrate(
    checkout: Path, control: Path, environment: dict[str, str], supervisor: Supervisor
) -> None:
    """Bring the database to the state of the code, as its owner."""
    with step("Migrating the database"):
        manage(checkout, ["migrate", "--no-input", "--verbosity", "0"], environment, supervisor)
    write_private(control / MIGRATED, _code(checkout))


def forget_migration(control: Path) -> None:
    """Let the next start migrate, whatever changed."""
    (control / MIGRATED).unlink(missing_ok=True)


def manage(
    checkout: Path,
    arguments: list[str],
    environment: dict[str, str],
    supervisor: Supervisor,
    account: Account | None = None,
) -> str:
    """Run one management command, watching the services meanwhile, and return what it printed.

    Raises UnableToStart with the end of its errors.
    """
    who = account or current_account()
    with subprocess.Popen(  # noqa: S603  # itself
        _command(checkout, arguments),
        cwd=checkout,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        **who.spawn_options(),
    ) as process:
        printed, complaint = supervisor.wait_for(process)
    if process.returncode:
        raise UnableToStart(_why(arguments[0], complaint or printed))
    return printed


def printed_object(command: str, output: str) -> dict[str, Any]:
    """The JSON object a command printed.

    Raises UnableToStart where it printed anything else.
    """
    try:
        found = json.loads(output or "{}")
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise UnableToStart(f"`manage.py {command}` printed something else than a JSON object.")
    return found


def _command(checkout: Path, arguments: list[str]) -> list[str]:
    """Without Django's checks of the code, which load every page: ``manage.py test`` has them."""
    return [sys.executable, str(checkout / "manage.py"), *arguments, "--skip-checks"]


def _why(command: str, output: str) -> str:
    if "No space left" in output or "could not extend file" in output:
        return f"The disk is full; `{command}` could not finish. Free some space, then start again."
    lines = [f"    {line}" for line in output.strip().splitlines()[-8:]]
    return "\n".join([f"`manage.py {command}` failed:", *lines])


def _code(checkout: Path) -> str:
    return _digest(checkout, (path for path in _sources(checkout) if path.suffix == ".py"))


def _sources(checkout: Path) -> Iterable[Path]:
    for package in PACKAGES:
        yield from sorted(path for path in (checkout / package).rglob("*") if path.is_file())


def _digest(checkout: Path, sources: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in [checkout / "requirements.txt", *sources]:
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        digest.update(f"{path.relative_to(checkout)} {content}\n".encode())
    return digest.hexdigest()
