"""Names of sources that may be one name in two spellings; people decide, this only offers."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from tracker.extraction.places.name_keys import loose_key

if TYPE_CHECKING:
    from collections.abc import Iterable

#: Of the letters that count; one letter of a short name may be the whole difference of two offices.
LEAST_ALIKE = 0.9
_SHORTEST = 4


def spelled_alike(name: str, others: Iterable[str]) -> list[str]:
    """Those of ``others`` that are spelled like ``name``, the most alike first.

    >>> spelled_alike("Nahr Rescue Service", ["Al-Nahr Rescue Servise", "Coast Herald"])
    ['Al-Nahr Rescue Servise']
    """
    key = _key(name)
    found = []
    for other in others:
        likeness = _likeness(key, _key(other))
        if likeness >= LEAST_ALIKE and other != name:
            found.append((-likeness, other))
    return [other for _, other in sorted(found)]


def _key(name: str) -> str:
    bare = name[4:] if name[:4].lower() == "the " else name
    return loose_key(bare)


def _likeness(key: str, other: str) -> float:
    if key == other:
        return 1.0
    if min(len(key), len(other)) < _SHORTEST:
        return 0.0
    match = SequenceMatcher(None, key, other, autojunk=False)
    if match.real_quick_ratio() < LEAST_ALIKE or match.quick_ratio() < LEAST_ALIKE:
        return 0.0
    return match.ratio()
