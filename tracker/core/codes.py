"""Names that leave the house: random handles for drafts, public codes at publication."""

from __future__ import annotations

import secrets

_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
_HANDLE_LENGTH = 10


def new_handle() -> str:
    """An unguessable handle for a draft, free of letters that are read wrongly."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(_HANDLE_LENGTH))


def public_code(*, year: int, number: int) -> str:
    """The permanent public code, like ``CH-2026-000417``; numbers never come again."""
    return f"CH-{year:04d}-{number:06d}"
