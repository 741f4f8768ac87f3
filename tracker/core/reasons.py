"""Why somebody did something: asked for where it is missing, and never cut."""

from __future__ import annotations

from tracker.core.errors import InvalidInput

#: As long as the columns that keep one.
LONGEST_REASON = 500


def checked_reason(reason: str, *, missing: str = "", longest: int | None = LONGEST_REASON) -> str:
    """The words without space around them; without ``missing`` there may be none.

    ``longest`` None = they are kept as a text of any length.

    Raises InvalidInput with ``missing`` where there are none, and where they don't fit.
    """
    words = reason.strip()
    if missing and not words:
        raise InvalidInput(missing)
    if longest is not None and len(words) > longest:
        raise InvalidInput(
            f"The reason has {len(words):,} characters and may have {longest:,}; shorten it."
        )
    return words
