"""AES-256-GCM under a person's own key, bound to the record and the field it was made for."""

from __future__ import annotations

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from tracker.core.errors import DomainError

_NONCE_BYTES = 12
_FORMAT = b"\x01"
_OTHERS = "The values of this record are not as they were sealed, or its key is another one's."


class UnableToOpen(DomainError):
    """Sealed bytes are not what was sealed with this key for this record."""

    code = "unable_to_open"


def seal(plain: bytes, *, key: bytes, bound_to: str) -> bytes:
    """The format, a nonce and the sealed bytes; the same twice never looks the same."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return _FORMAT + nonce + AESGCM(key).encrypt(nonce, plain, _context(bound_to))


def unseal(sealed: bytes, *, key: bytes, bound_to: str) -> bytes:
    """What was sealed. Raises UnableToOpen where bytes, key or record are others."""
    body = len(_FORMAT) + _NONCE_BYTES
    nonce = sealed[len(_FORMAT) : body]
    if not sealed.startswith(_FORMAT) or len(nonce) < _NONCE_BYTES:
        raise UnableToOpen(_OTHERS)
    try:
        return AESGCM(key).decrypt(nonce, sealed[body:], _context(bound_to))
    except InvalidTag:
        raise UnableToOpen(_OTHERS) from None


def _context(bound_to: str) -> bytes:
    return b"tracker.restricted " + bound_to.encode()
