"""Random secrets of one installation, in a file that only the starting account can read."""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING

from tracker.embedded.errors import UnableToStart

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Credentials:
    """One password per database role, and Django's key."""

    superuser: str = field(repr=False)
    owner: str = field(repr=False)
    application: str = field(repr=False)
    secret_key: str = field(repr=False)


def load_credentials(control: Path) -> Credentials:
    """The installation's secrets, made at its first start.

    Raises UnableToStart where the file is damaged.
    """
    path = control / "secrets.json"
    if not path.exists():
        fresh = Credentials(*(secrets.token_urlsafe(48) for _ in range(4)))
        write_private(path, json.dumps(asdict(fresh)))
    try:
        return Credentials(**json.loads(path.read_text(encoding="utf-8")))
    except (ValueError, TypeError):
        raise UnableToStart(f"{path} is damaged: restore a backup, or remove the folder.") from None


def write_private(path: Path, text: str) -> None:
    """Write a file that only this account can read; never half of it."""
    beside = path.with_name(f"{path.name}.new")
    beside.unlink(missing_ok=True)
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
