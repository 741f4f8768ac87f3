"""What of a request and its answer is evidence, and what is only a key."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

#: Headers that let whoever reads them act as us; they prove nothing about a page.
SECRET_HEADERS = frozenset(
    {
        "authorization",
        "cookie",
        "cookie2",
        "proxy-authenticate",
        "proxy-authorization",
        "set-cookie",
        "set-cookie2",
        "www-authenticate",
        "x-api-key",
        "x-auth-token",
        "x-csrf-token",
    }
)
_LONGEST_VALUE = 4000


def without_secrets(headers: Mapping[str, str]) -> dict[str, str]:
    """The headers that may be kept, names in lower case, values printable and bounded."""
    return {
        printable(name.lower(), 200): printable(value, _LONGEST_VALUE)
        for name, value in headers.items()
        if name.strip().lower() not in SECRET_HEADERS
    }


def printable(text: str, longest: int) -> str:
    """Text that any column holds: whatever does not print is replaced, the end is cut."""
    return "".join(c if c.isprintable() else "\ufffd" for c in text[:longest])
