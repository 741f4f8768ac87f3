"""Counts that belong to another count: parts of it, and people listed with it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from tracker.extraction.numbers import Figure
from tracker.extraction.words import AMONG_THE_HARMED, CHILDREN, WOMEN

if TYPE_CHECKING:
    from tracker.extraction.figures import Count

_INCLUDING = re.compile(
    r"\b(?:including|includes?|included|among them|amongst them|among whom)\b[\w\s’'-]{0,20}$",
    re.IGNORECASE,
)
_OF_THEM = re.compile(r"\s*(?:of them|of whom|of which)\b", re.IGNORECASE)
_AND_OF = re.compile(r"^\s*,?\s*(?:and|as well as)?\s*$", re.IGNORECASE)
_AND_HIS = re.compile(r"^\s*,?\s*and\s+(?:(?:his|her|their)\s+)?$", re.IGNORECASE)
_HIS = re.compile(r"(?:his|her|their)\b", re.IGNORECASE)
#: Nouns that say nothing of their own about the people.
_NO_KIND = frozenset({"", "others", "wounded", "injured", "dead"})


def fold(sentence: str, counts: list[Count]) -> list[Count]:
    """The counts with their parts folded in and relatives added up, in order.

    "12 people, including five children" is one count; so is "a man and his three sons", four. A
    part told to be civilian or combatant in a figure that is not stays a count of its own.
    """
    if AMONG_THE_HARMED.search(sentence):
        counts = [count for count in counts if not _is_picked_out(count)]
    wholes: list[Count] = []
    after_part = 0
    for count in counts:
        whole = next((w for w in reversed(wholes) if not w.is_part), None)
        if whole is None or count.is_denial or whole.is_denial:
            wholes.append(count)
            continue
        if _is_part(sentence, count, whole, after_part):
            after_part = count.end
            wholes[wholes.index(whole)] = _with_part(whole, count)
            if _stands_alone(count, whole):
                wholes.append(replace(count, is_part=True))
        elif _is_relative(sentence, count, whole):
            wholes[wholes.index(whole)] = _added(whole, count, sentence)
        else:
            wholes.append(_like_before(count, whole))
    return wholes


def _is_part(sentence: str, count: Count, whole: Count, after_part: int) -> bool:
    lead = sentence[max(whole.end, after_part, count.start - 40) : count.start]
    if after_part and _AND_OF.match(lead):
        return True
    return bool(_INCLUDING.search(lead) or _OF_THEM.match(sentence, count.figure_end))


def _is_picked_out(count: Count) -> bool:
    return count.noun in CHILDREN | WOMEN or count.figure == Figure(1, 1)


def _like_before(count: Count, whole: Count) -> Count:
    """ "… 8 civilians and wounded 20 others": the others are told to be of the same kind."""
    is_open = count.noun in _NO_KIND and count.status == "UNKNOWN"
    return replace(count, status="CIVILIAN") if is_open and whole.status == "CIVILIAN" else count


def _with_part(whole: Count, part: Count) -> Count:
    if part.noun in CHILDREN and whole.children is None:
        return replace(whole, children=part.figure)
    if part.noun in WOMEN and whole.women is None:
        return replace(whole, women=part.figure)
    return whole


def _stands_alone(part: Count, whole: Count) -> bool:
    is_split = part.status != "UNKNOWN" and whole.status == "UNKNOWN"
    return is_split and part.noun not in CHILDREN | WOMEN


def _is_relative(sentence: str, count: Count, whole: Count) -> bool:
    gap = sentence[whole.end : count.start]
    if not _AND_HIS.match(gap) or whole.figure.maximum is None or count.figure.maximum is None:
        return False
    return _HIS.match(count.words) is not None or _HIS.search(gap) is not None


def _added(whole: Count, relative: Count, sentence: str) -> Count:
    low = (whole.figure.minimum or 0) + (relative.figure.minimum or 0)
    high = (whole.figure.maximum or 0) + (relative.figure.maximum or 0)
    statuses = {whole.status, relative.status}
    return replace(
        whole,
        end=relative.end,
        figure_end=relative.figure_end,
        figure=Figure(low, high),
        status=whole.status if len(statuses) == 1 else "UNKNOWN",
        words=sentence[whole.start : relative.figure_end],
    )
