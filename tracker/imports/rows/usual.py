"""Columns that are known by what teams usually write above them; people confirm or change it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

#: What is numbered, the surest first, and what its number is called.
_NUMBERED = ("incident", "event", "case")
_NUMBERS = frozenset({"id", "no", "nr", "num", "number", "ref", "reference", "code", "key"})
_NEW_WORD = re.compile(r"(?<=[a-z])(?=[A-Z])")
_BETWEEN = re.compile(r"[\W_]+")


def usual_incident_ref(headings: Iterable[str]) -> str:
    """The heading under which the team's own number of the incident stands; "" = none looks so."""
    ranked = [(rank, heading) for heading in headings if (rank := _rank(heading)) is not None]
    return min(ranked, default=(0, ""), key=lambda found: found[0])[1]


def _words(heading: str) -> list[str]:
    parted = _NEW_WORD.sub(" ", heading).replace("#", " number ").casefold()
    return [word for word in _BETWEEN.split(parted) if word]


_ARABIC = frozenset(
    tuple(_words(f"{number} {numbered}"))
    for number in ("رقم", "معرف", "معرّف", "رمز", "كود")
    for numbered in ("الحادثة", "الحادث", "الواقعة", "الحدث")
)


def _rank(heading: str) -> int | None:
    """How sure it is, 0 = surest; None = it is none."""
    words = _words(heading)
    if tuple(words) in _ARABIC:
        return 0
    for rank, numbered in enumerate(_NUMBERED):
        rest = [word for word in words if word != numbered]
        if numbered in words and rest and _NUMBERS.issuperset(rest):
            return rank
    return None
