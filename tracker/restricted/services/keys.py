"""The keys: one file for each person, in a folder outside the database and its backups.

A file is 32 random bytes, readable by the account of the web process alone. Deleting it is what
shredding means: whatever copies of the sealed bytes there are, nobody opens them again.
"""

from __future__ import annotations

import os
import re
import secrets
from typing import TYPE_CHECKING

from django.conf import settings

from tracker.core.errors import DomainError

if TYPE_CHECKING:
    from pathlib import Path

KEY_BYTES = 32
SUFFIX = ".key"
_NAME = re.compile(r"[0-9a-f]{32}")


class UnableToReachKeys(DomainError):
    """The folder of the keys is not set, or can't be read or written."""

    code = "unable_to_reach_keys"


class KeyGone(DomainError):
    """The key of a record is not in its folder, so nobody can open the record."""

    code = "key_gone"


def key_folder() -> Path:
    """Where the keys lie. Raises UnableToReachKeys where no folder is set."""
    folder: Path | None = settings.RESTRICTED_KEY_ROOT
    if folder is None:
        raise UnableToReachKeys(
            "RESTRICTED_KEY_ROOT is not set, so names can't be kept here; whoever runs the "
            "tracker sets it to a folder outside the backups."
        )
    return folder


def path_of(name: str, folder: Path) -> Path:
    """The file of one key in a folder of keys."""
    if not _NAME.fullmatch(name):
        raise KeyGone("A key with such a name was never made.")
    return folder / f"{name}{SUFFIX}"


def make_key() -> tuple[str, bytes]:
    """A new key, on the disk before anything is sealed with it. Raises UnableToReachKeys."""
    name, key = secrets.token_hex(16), secrets.token_bytes(KEY_BYTES)
    folder = key_folder()
    try:
        if not folder.is_dir():
            folder.mkdir(parents=True, mode=0o700)
        write_key(path_of(name, folder), key)
    except OSError as failure:
        raise _unreachable(failure) from failure
    return name, key


def read_key(name: str) -> bytes:
    """The key of that name. Raises KeyGone, UnableToReachKeys."""
    try:
        key = path_of(name, key_folder()).read_bytes()
    except FileNotFoundError:
        raise KeyGone(
            "The key of this record is not in the folder of the keys, so its values can't be "
            "opened. If it is nowhere else either, shred the record to say so."
        ) from None
    except OSError as failure:
        raise _unreachable(failure) from failure
    if len(key) != KEY_BYTES:
        raise KeyGone("The file of this record's key is damaged; bring it back from its copy.")
    return key


def destroy_key(name: str) -> None:
    """Delete the key for good; that it is gone already is no failure. Raises UnableToReachKeys."""
    try:
        erase(path_of(name, key_folder()))
    except OSError as failure:
        raise _unreachable(failure) from failure


def write_key(path: Path, key: bytes) -> None:
    """Write a new file for its account alone, never half of it. Raises OSError."""
    beside = path.with_name(f".{path.name}.new")
    beside.unlink(missing_ok=True)
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(key)
        file.flush()
        owner = path.parent.stat()
        if os.geteuid() == 0 and owner.st_uid != 0:  # a command run by root, for the web process
            os.fchown(file.fileno(), owner.st_uid, owner.st_gid)
        os.fsync(file.fileno())
    beside.replace(path)
    _sync(path.parent)


def erase(path: Path) -> bool:
    """Overwrite and delete a key's file; False where there was none. Raises OSError.

    Overwriting helps on a plain disk only; what counts everywhere is an encrypted one.
    """
    try:
        with path.open("r+b") as file:
            file.write(bytes(KEY_BYTES))
            file.flush()
            os.fsync(file.fileno())
    except FileNotFoundError:
        return False
    path.unlink(missing_ok=True)
    _sync(path.parent)
    return True


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _unreachable(failure: OSError) -> UnableToReachKeys:
    return UnableToReachKeys(f"The folder of the keys can't be used: {failure.strerror}.")
