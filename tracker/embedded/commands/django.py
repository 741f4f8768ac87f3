"""Every other command: Django's and the project's, joined to the installation that runs here."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import TYPE_CHECKING

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line

from tracker.embedded.checkout import CHECKOUT
from tracker.embedded.data_folder import state_folder
from tracker.embedded.errors import UnableToStart
from tracker.embedded.kinds import DEMO
from tracker.embedded.running_state import find_running

if TYPE_CHECKING:
    from collections.abc import Sequence

#: Commands that work on a checkout where nothing runs.
WITHOUT_DATABASE = frozenset(
    {
        "assess",
        "check",
        "collectstatic",
        "compilemessages",
        "diffsettings",
        "explain_claims",
        "extract_claims",
        "findstatic",
        "group_stories",
        "help",
        "makemessages",
        "makemigrations",
        "parse_pages",
        "spectacular",
        "train_extraction",
        "version",
    }
)
HELP = {"-h", "--help", "--version"}


def main(arguments: Sequence[str]) -> int:
    """Run one management command; its own exit status where it leaves early."""
    command = arguments[1]
    works_alone = _works_alone(command, arguments[2:])
    if not (_given("DATABASE_URL") or _given("SECRET_KEY")):
        _join_installation(command, needs_database=not works_alone)
    if works_alone:
        for name, value in _without_database().items():
            if not _given(name):
                os.environ[name] = value
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings.production")
    owner = _owner_address() if command == "migrate" else ""
    if owner:
        os.environ["DATABASE_URL"] = owner
    try:
        execute_from_command_line(["manage.py", *arguments[1:]])
    except ImproperlyConfigured as failure:
        raise UnableToStart(str(failure)) from None
    return 0


def _owner_address() -> str:
    """MIGRATE_DATABASE_URL, or what the file holds that MIGRATE_DATABASE_URL_FILE names."""
    given = os.environ.get("MIGRATE_DATABASE_URL", "")
    file = os.environ.get("MIGRATE_DATABASE_URL_FILE")
    if given or not file:
        return given
    try:
        return Path(file).read_text(encoding="utf-8").strip()
    except OSError as failure:
        raise UnableToStart(
            f"MIGRATE_DATABASE_URL_FILE names {file}, which can't be read: {failure.strerror}."
        ) from None


def _works_alone(command: str, rest: Sequence[str]) -> bool:
    return command in WITHOUT_DATABASE or command in HELP or bool(HELP & set(rest))


def _join_installation(command: str, *, needs_database: bool) -> None:
    """Give this process the environment of what runs here, or one without a database."""
    for folder in (state_folder(), CHECKOUT / DEMO.folder):
        try:
            running = find_running(folder)
        except PermissionError:
            raise UnableToStart(
                f"What runs here belongs to another account, which alone may use `{command}`."
            ) from None
        if running is not None and running.environment:
            os.environ.update(running.environment | {"LOG_FORMAT": "console"})
            if running.application_uid != os.geteuid():
                os.umask(0o002)  # the group of web and workers has to write into new folders
            return
    if needs_database:
        raise UnableToStart(
            f"`{command}` needs the database: start it with `python3 manage.py up` (or demo) in "
            "another terminal first, or set DATABASE_URL."
        )


def _given(name: str) -> bool:
    return bool(os.environ.get(name) or os.environ.get(f"{name}_FILE"))


def _without_database() -> dict[str, str]:
    nowhere = "/nonexistent"
    return {
        "DJANGO_SETTINGS_MODULE": "tracker.settings.embedded",
        "SECRET_KEY": secrets.token_urlsafe(48),
        "DATABASE_URL": "postgres://nobody@%2Fnonexistent/none",
        "BROKER_URL": "memory://",
        "CAPTURE_ROOT": nowhere,
        "STATIC_ROOT": nowhere,
        "PUBLIC_URL": "http://localhost:8000",
        "LOG_FORMAT": "console",
    }
