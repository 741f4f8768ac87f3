"""Words of strangers that go out in a table again: never a formula there."""

from __future__ import annotations

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def harmless(words: str) -> str:
    """The same words; what a spreadsheet program would run stands behind an apostrophe."""
    return f"'{words}" if words.lstrip(" ").startswith(_FORMULA) else words
