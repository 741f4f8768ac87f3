"""Who is meant by an @ in a comment."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

#: An @ that begins a word; one inside a word belongs to an address or a handle elsewhere.
_AT = re.compile(r"(?<![\w@./])@(?=\w)")
_NAME = re.compile(r"\w[\w.\-]*")


@dataclass(frozen=True, slots=True)
class Mentions:
    """``people`` by id, each once, in the order of the text; ``unknown`` names nobody has."""

    people: tuple[int, ...]
    unknown: tuple[str, ...]


def find_mentions(text: str, people: Mapping[str, int]) -> Mentions:
    """The people whose alias stands behind an @, in whatever case; the longest alias counts.

    ``people`` maps aliases to ids. An alias may hold blanks: "@Red Kite" is Red Kite where there
    is one, else Red.
    """
    aliases = sorted(people, key=len, reverse=True)
    found: dict[int, None] = {}
    unknown: dict[str, None] = {}
    for at in _AT.finditer(text):
        alias = next((a for a in aliases if _stands(text, at.end(), a)), None)
        if alias is not None:
            found[people[alias]] = None
            continue
        name = _NAME.match(text, at.end())
        if name is not None:
            unknown[name[0].rstrip(".-")] = None
    return Mentions(tuple(found), tuple(unknown))


def _stands(text: str, start: int, alias: str) -> bool:
    end = start + len(alias)
    after = text[end : end + 1]
    whole = not (after.isalnum() or after == "_")
    return whole and text[start:end].casefold() == alias.casefold()
