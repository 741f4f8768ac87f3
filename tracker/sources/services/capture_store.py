"""Raw bytes by their hash: the file first, the row second, and neither ever changes."""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction

from tracker.core.errors import DomainError
from tracker.sources.models import Capture

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from tracker.core.actor import Actor

_READ_ONLY = 0o440
_LONGEST_REFERENCE = 500


class UnableToStore(DomainError):
    """The capture store can't be written: no space, no right, no folder."""

    code = "unable_to_store"


class CaptureDamaged(DomainError):
    """The stored bytes are gone or are not those that were received."""

    code = "capture_damaged"


def store_capture(
    *,
    content: bytes,
    media_type: str,
    reference: str,
    url: str = "",
    final_url: str = "",
    headers: Mapping[str, str] | None = None,
    actor: Actor,
    now: datetime,
) -> tuple[Capture, bool]:
    """Keep ``content`` for good; return its row and whether it was not there before.

    Raises UnableToStore where the bytes can't be written; then there is no row either.
    """
    digest = hashlib.sha256(content).hexdigest()
    _write_once(path_of(digest), content)
    with transaction.atomic():
        return Capture.objects.get_or_create(
            sha256=digest,
            defaults={
                "size": len(content),
                "media_type": media_type,
                "url": url,
                "final_url": final_url,
                "headers": dict(headers or {}),
                "reference": shortened(reference),
                "collected_by": actor.alias,
                "received_at": now,
            },
        )


def read_capture(capture: Capture) -> bytes:
    """The bytes as received. Raises CaptureDamaged where they are missing or were changed."""
    try:
        content = path_of(capture.sha256).read_bytes()
    except OSError as failure:
        raise CaptureDamaged(
            f"The stored bytes of capture {capture.pk} can't be read: {failure.strerror}."
        ) from failure
    if hashlib.sha256(content).hexdigest() != capture.sha256:
        raise CaptureDamaged(f"The stored bytes of capture {capture.pk} were changed.")
    return content


def path_of(digest: str) -> Path:
    """Where the bytes with this hash lie."""
    return Path(settings.CAPTURE_ROOT) / digest[:2] / digest[2:4] / digest


def shortened(reference: str) -> str:
    """A reference that fits its column: of a long path the end says most."""
    printable = "".join(c if c.isprintable() else "\ufffd" for c in reference)
    if len(printable) <= _LONGEST_REFERENCE:
        return printable
    return f"…{printable[1 - _LONGEST_REFERENCE :]}"


def _write_once(path: Path, content: bytes) -> None:
    try:
        if path.is_file() and path.stat().st_size == len(content):
            return
        _make_folders(path.parent)
        unfinished = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
        try:
            _write_synced(unfinished, content)
            unfinished.replace(path)
        finally:
            with contextlib.suppress(FileNotFoundError):
                unfinished.unlink()
        _sync_folder(path.parent)
    except OSError as failure:
        raise UnableToStore(
            f"The capture store {settings.CAPTURE_ROOT} can't be written: {failure.strerror}."
        ) from failure


def _make_folders(folder: Path) -> None:
    """Each folder as open as the one above it: a command and the web may run as two accounts."""
    if folder.is_dir():
        return
    if folder == Path(settings.CAPTURE_ROOT):
        folder.mkdir(parents=True, exist_ok=True)
        return
    _make_folders(folder.parent)
    try:
        folder.mkdir()
    except FileExistsError:
        return
    folder.chmod(folder.parent.stat().st_mode & 0o7777)


def _write_synced(path: Path, content: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _READ_ONLY)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
