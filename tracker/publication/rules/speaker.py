"""How a speaker is named outside: witnesses by kind only, unnamed speakers not by their words."""

from __future__ import annotations

TEXT = """\
Witnesses are shown by kind, unnamed speakers not by their words, quotes and headlines not at all
(they may hold a name).
"""

#: Kinds whose members are private persons.
SHOWN_BY_KIND = frozenset({"WITNESS"})
UNNAMED = "unnamed speaker"
OWN_VOICE = "the outlet in its own voice"


def public_speaker(*, source_name: str | None, source_kind: str | None, words: str) -> str:
    """A named organisation by name, a witness by kind; generic words may hold a name and stay."""
    if source_name is not None:
        return "a witness" if source_kind in SHOWN_BY_KIND else source_name
    return UNNAMED if words else OWN_VOICE
