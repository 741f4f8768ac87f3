"""The capture store on disk: content by its hash, written once and made durable."""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
from pathlib import Path

from django.conf import settings

from tracker.core.errors import DomainError

_READ_ONLY = 0o440
_CHUNK = 1024 * 1024


class UnableToStore(DomainError):
    """The capture store can't be written: no space, no right, no folder."""

    code = "unable_to_store"


def path_of(digest: str) -> Path:
    """Where the bytes with this hash lie."""
    return Path(settings.CAPTURE_ROOT) / digest[:2] / digest[2:4] / digest


def digest_on_disk(digest: str) -> str:
    """What the file of this hash really hashes to, read piece by piece. Raises OSError."""
    found = hashlib.sha256()
    with path_of(digest).open("rb") as file:
        while piece := file.read(_CHUNK):
            found.update(piece)
    return found.hexdigest()


def remove_bytes(digest: str) -> None:
    """Delete the bytes for good; that they are gone already is no failure.

    Raises UnableToStore.
    """
    path = path_of(digest)
    try:
        path.unlink(missing_ok=True)
        if path.parent.is_dir():
            _sync_folder(path.parent)
    except OSError as failure:
        raise UnableToStore(
            f"The bytes of {digest[:12]} can't be deleted: {failure.strerror}."
        ) from failure


def write_once(path: Path, content: bytes) -> None:
    """Write the file unless it is there. Raises UnableToStore."""
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
