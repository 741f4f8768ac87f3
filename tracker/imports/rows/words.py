"""Words of a closed vocabulary: the code or the words of our own pages, in whatever case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.imports.choices import RATINGS, Refusal
from tracker.imports.rows.refused import RowRefused
from tracker.incidents.choices import GeoPrecision, SubjectStatus

if TYPE_CHECKING:
    from django.db.models import TextChoices

_MOST_NAMED = 8
#: What teams write for the people of a row, beside our own words.
_STATUSES = {
    "civilian": SubjectStatus.CIVILIAN,
    "people": SubjectStatus.UNKNOWN,
    "mixed": SubjectStatus.MIXED,
    "combatants": SubjectStatus.COMBATANT,
    "fighter": SubjectStatus.COMBATANT,
    "disputed": SubjectStatus.DISPUTED,
}


def status_of(words: str, heading: str) -> str:
    """Who the people were; "" = not said. Raises RowRefused."""
    known = _STATUSES.get(_plain(words))
    return known.value if known else _one_of(words, SubjectStatus, heading)


def geo_precision_of(words: str, heading: str) -> str:
    """How well the place is known; "" = not said. Raises RowRefused."""
    return _one_of(words, GeoPrecision, heading)


def rating_of(words: str, scale: str, heading: str) -> str:
    """The word of the team's own scale, as its owner writes it; "" = none. Raises RowRefused."""
    plain = _plain(words)
    if not plain:
        return ""
    if not scale:
        raise RowRefused(Refusal.WORD, f"“{heading}” is mapped, but no scale is chosen for it.")
    if plain not in RATINGS[scale]:
        raise RowRefused(Refusal.WORD, _unknown(words, heading, RATINGS[scale]))
    return plain


def _one_of(words: str, vocabulary: type[TextChoices], heading: str) -> str:
    plain = _plain(words)
    if not plain:
        return ""
    for choice in vocabulary:
        if plain in {_plain(choice.value), _plain(str(choice.label))}:
            return str(choice.value)
    raise RowRefused(Refusal.WORD, _unknown(words, heading, tuple(vocabulary.values)))


def _unknown(words: str, heading: str, known: tuple[str, ...]) -> str:
    named = ", ".join(known[:_MOST_NAMED]) + (", …" if len(known) > _MOST_NAMED else "")
    return f"“{heading}”: “{words[:40]}” is not among {named}."


def _plain(words: str) -> str:
    return " ".join(words.replace("_", " ").casefold().split())
