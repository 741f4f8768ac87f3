"""A stream encrypted to a given key, in chunks that can be neither changed, moved nor cut off.

Runs inside ``.venv`` only: this and ``archive`` are the start-up's two modules that use a package.

A file is: a mark, a random salt, a check of the key, then chunks. Each chunk is a byte that says
whether it is the last, the length, and AES-256-GCM text under a key derived from the given one and
the salt; its number and whether it is the last are in the nonce.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import secrets
import struct
from typing import IO, TYPE_CHECKING

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from tracker.embedded.credentials import write_private
from tracker.embedded.errors import UnableToStart

if TYPE_CHECKING:
    from pathlib import Path

MARK = b"harm-tracker-backup-1\n"
SALT_BYTES = KEY_BYTES = 32
CHECK_BYTES = 16
CHUNK = 1024 * 1024
HEAD = struct.Struct(">BI")  # is last, length of the sealed chunk
TAG_BYTES = 16


class UnableToRead(UnableToStart):
    """The backup or its key is not what it should be."""


def make_key(path: Path) -> None:
    """Write a new random key that only this account can read.

    Raises UnableToStart where the file exists: another backup may need it.
    """
    if path.exists():
        raise UnableToStart(f"{path} exists: an older backup may need that key.")
    write_private(path, base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode() + "\n")


def read_key(path: Path) -> bytes:
    """The 32 bytes of a key file; UnableToRead where it holds anything else."""
    try:
        key = base64.b64decode(path.read_bytes().strip(), validate=True)
    except FileNotFoundError:
        raise UnableToRead(
            f"The key file {path} does not exist; `backup --new-key {path}` makes one."
        ) from None
    except binascii.Error:
        key = b""
    if len(key) != KEY_BYTES:
        raise UnableToRead(f"{path} is no key file: it should hold 32 bytes in base64.")
    return key


class SealingWriter:
    """Takes bytes and writes sealed chunks; ``close`` writes the mark of the end."""

    def __init__(self, target: IO[bytes], key: bytes) -> None:
        salt = secrets.token_bytes(SALT_BYTES)
        self._target, self._cipher = target, AESGCM(_derive(key, salt, b"chunks", KEY_BYTES))
        self._number, self._waiting = 0, bytearray()
        target.write(MARK + salt + _derive(key, salt, b"check", CHECK_BYTES))

    def write(self, data: bytes) -> int:
        """Seal what is whole, keep the rest for later."""
        self._waiting += data
        while len(self._waiting) > CHUNK:
            self._seal(bytes(self._waiting[:CHUNK]), is_last=False)
            del self._waiting[:CHUNK]
        return len(data)

    def close(self) -> None:
        """Seal the last chunk."""
        self._seal(bytes(self._waiting), is_last=True)
        self._waiting.clear()

    def _seal(self, plain: bytes, *, is_last: bool) -> None:
        sealed = self._cipher.encrypt(_nonce(self._number, is_last=is_last), plain, None)
        self._target.write(HEAD.pack(is_last, len(sealed)) + sealed)
        self._number += 1


class SealedReader:
    """Gives the bytes back; UnableToRead where the key is wrong or a chunk is not as written."""

    def __init__(self, source: IO[bytes], key: bytes) -> None:
        head = source.read(len(MARK) + SALT_BYTES + CHECK_BYTES)
        if not head.startswith(MARK) or len(head) < len(MARK) + SALT_BYTES + CHECK_BYTES:
            raise UnableToRead("This file is no backup of the tracker.")
        salt, check = head[len(MARK) :][:SALT_BYTES], head[-CHECK_BYTES:]
        if not hmac.compare_digest(check, _derive(key, salt, b"check", CHECK_BYTES)):
            raise UnableToRead("The key is not the one this backup was made with.")
        self._source, self._cipher = source, AESGCM(_derive(key, salt, b"chunks", KEY_BYTES))
        self._number, self._waiting, self._is_over = 0, bytearray(), False

    def read(self, size: int) -> bytes:
        """Up to ``size`` bytes; none at the end and only there."""
        while len(self._waiting) < size and not self._is_over:
            self._waiting += self._open_next()
        piece = bytes(self._waiting[:size])
        del self._waiting[:size]
        return piece

    def finish(self) -> None:
        """Read to the end, so that a file that was cut or extended is found."""
        while self.read(CHUNK):
            continue
        if self._source.read(1):
            raise UnableToRead("The backup is damaged: something follows its end.")

    def _open_next(self) -> bytes:
        head = self._source.read(HEAD.size)
        if len(head) < HEAD.size:
            raise UnableToRead("The backup is cut off: it ends before its last part.")
        is_last, length = HEAD.unpack(head)
        if is_last > 1 or length > CHUNK + TAG_BYTES:
            raise UnableToRead("The backup is damaged: a part of it is not as it was written.")
        sealed = self._source.read(length)
        if len(sealed) < length:
            raise UnableToRead("The backup is cut off: it ends before its last part.")
        try:
            plain = self._cipher.decrypt(_nonce(self._number, is_last=bool(is_last)), sealed, None)
        except InvalidTag:
            raise UnableToRead(
                "The backup is damaged: a part of it is not as it was written."
            ) from None
        self._number += 1
        self._is_over = bool(is_last)
        return plain


def _nonce(number: int, *, is_last: bool) -> bytes:
    return struct.pack(">QxxxB", number, is_last)


def _derive(key: bytes, salt: bytes, purpose: bytes, length: int) -> bytes:
    return HKDF(SHA256(), length=length, salt=salt, info=MARK + purpose).derive(key)
