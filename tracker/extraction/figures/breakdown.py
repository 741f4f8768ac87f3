"""Counts that belong to another count: parts of it, and people listed with it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from tracker.extraction.figures.numbered import TOLL, UNNUMBERED
from tracker.extraction.figures.numbers import Figure
from tracker.extraction.figures.people import kind_told_after
from tracker.extraction.figures.words import AMONG_THE_HARMED, CHILDREN, RELATIVES, WOMEN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.extraction.figures.harms import Harm
    from tracker.extraction.figures.numbered import Count

_INCLUDING = re.compile(
    r"\b(?:including|includes?|included|among them|amongst them|among whom|most of them|"
    r"some of them)\b"
    r"(?:(?!\b(?:when|where)\b)[\w\s’'-]){0,20}$",
    re.IGNORECASE,
)
_OF_THEM = re.compile(
    r"\s*(?:of (?:them|whom|which|those|the dead|the victims|the wounded)\b|were (?:women|"
    r"children)\b)",
    re.IGNORECASE,
)
_AMONG_THEM = re.compile(r"\s(?:among|amongst) (?:them|whom)\b", re.IGNORECASE)
_WHO_OF_THEM = re.compile(r"\bof (?:them|whom)\s+(?:was\s+|were\s+|is\s+)?$", re.IGNORECASE)
_AND_OF = re.compile(r"^\s*(?:,\s*)?(?:(?:and|as well as)\s*)?$", re.IGNORECASE)
_LISTED = re.compile(
    r"^\s*(?:,\s*)?(?:(?:and|as well as|along with|together with|plus|with)\s*)?"
    r"(?:(?:his|her|their)\s+)?$",
    re.IGNORECASE,
)
#: "The leader, Karim Sadiq, along with two others".
_NAMED = re.compile(
    r"^,?\s[A-Z][\w’'-]{1,30}(?:\s[A-Z][\w’'-]{1,30}){0,3}"
    r"(?=,?\s(?:and|as well as|along with|together with)\s)"
)
_AND_HARMED = re.compile(
    r",?\s(?:and|or)\s(?:the\s)?(?:kill|wound|injur)(?:ed|ing|s)?\s|"
    r"\s(?:were\s)?(?:dead|killed|wounded|injured)\s(?:and|or)\s",
    re.IGNORECASE,
)
_WITH = re.compile(r"\bwith\s*$", re.IGNORECASE)
_HIS = re.compile(r"(?:his|her|their)\b", re.IGNORECASE)
_OWN_HARM = re.compile(
    r"\s*(?:others?\s+|more\s+|people\s+)?(?:(?:were|was|got)\s+)?(?:\w+ly\s+)?$", re.IGNORECASE
)
#: Nouns that say nothing of their own about the people.
NO_KIND = frozenset({"", "others", "other", "wounded", "injured", "dead", "people"})
#: Many people each.
_UNITS = frozenset({"families", "households", "couples", "teams", "crews"})
_HARM_NOUNS = frozenset(
    {"wounded", "injured", "dead", "deaths", "injuries", "casualties", "bodies"}
)
_LARGEST_LISTED = 200
_ANYBODY = frozenset({"man", "men", "adult", "adults", "youth", "youths"})
_NEAR = 40
_FURTHEST = 90
_NEXT = 2


def fold(sentence: str, counts: list[Count], harms: Sequence[Harm]) -> list[Count]:
    """The counts with their parts folded in and people listed added up, in order.

    "12 people, including five children" is one count; so is "a man and his three sons", four. A
    part told to be civilian or combatant in a figure that is not stays a count of its own.
    """
    if AMONG_THE_HARMED.search(sentence):
        counts = [count for count in counts if not is_picked_out(count)]
    wholes: list[Count] = []
    after_part = 0
    for count in counts:
        at = next((i for i in range(len(wholes) - 1, -1, -1) if not wholes[i].is_part), None)
        if at is None or count.is_denial or wholes[at].is_denial:
            wholes.append(with_kind(count))
            continue
        whole = wholes[at]
        if count.rule == UNNUMBERED and not _harm_between(whole, count, harms):
            continue  # "33 people, mostly women and children"
        if _is_part(sentence, count, whole, after_part, harms):
            after_part = count.end
            wholes[at] = _with_part(whole, count)
            if _stands_alone(count, whole):
                wholes.append(replace(count, is_part=True))
        elif _is_listed(sentence, count, whole, harms):
            wholes[at] = _added(whole, with_kind(count), sentence)
        else:
            is_told = _is_victim(sentence, whole, harms)
            wholes.append(_like_before(with_kind(count), whole) if is_told else with_kind(count))
    return _told_after(sentence, _like_the_next(sentence, wholes))


def _like_the_next(sentence: str, wholes: list[Count]) -> list[Count]:
    """ "Killed 28 and wounded 30 rebels": the 28 are rebels too."""
    told = list(wholes)
    for at in range(len(told) - 2, -1, -1):
        one, other = told[at], told[at + 1]
        is_bare = not one.noun and one.status == "UNKNOWN" and not one.is_denial
        if is_bare and _AND_HARMED.fullmatch(sentence, one.end, other.start):
            told[at] = replace(one, status=other.status)
    return told


def _told_after(sentence: str, wholes: list[Count]) -> list[Count]:
    """A clause at the end tells whom the numbers count."""
    if not wholes or any(one.status != "UNKNOWN" or one.is_denial for one in wholes):
        return wholes
    kind = kind_told_after(sentence, wholes[-1].end)
    return [replace(one, status=kind) for one in wholes] if kind else wholes


def with_kind(count: Count) -> Count:
    """The children and women that the noun itself tells of."""
    if count.noun in CHILDREN and count.children is None:
        return replace(count, children=count.figure)
    if count.noun in WOMEN and count.women is None:
        return replace(count, women=count.figure)
    return count


def is_picked_out(count: Count) -> bool:
    """Told of besides the number of all: children, women, one person."""
    return count.noun in CHILDREN | WOMEN or count.figure == Figure(1, 1)


def _is_part(
    sentence: str, count: Count, whole: Count, after_part: int, harms: Sequence[Harm]
) -> bool:
    lead = sentence[max(whole.end, after_part, count.start - 40) : count.start]
    if {count.status, whole.status} == {"CIVILIAN", "COMBATANT"}:
        return False
    if after_part and _AND_OF.match(lead):
        is_told = _is_object(whole, harms) or _harm_between(whole, count, harms)
        return not (is_told and _has_own_harm(sentence, count, harms)) and not _is_harm(count)
    return bool(
        _INCLUDING.search(lead)
        or _WHO_OF_THEM.search(lead)
        or _OF_THEM.match(sentence, count.figure_end)
        or _AMONG_THEM.match(sentence, count.end)
    )


def _like_before(count: Count, whole: Count) -> Count:
    """ "… 8 civilians and wounded 20 others": the others are told to be of the same kind."""
    is_open = count.status == "UNKNOWN" and (
        count.noun in NO_KIND - {"people"} or (count.noun == "people" and "more" in count.words)
    )
    takes = is_open and not count.is_denial and whole.status in {"CIVILIAN", "COMBATANT"}
    return replace(count, status=whole.status) if takes else count


def _is_victim(sentence: str, count: Count, harms: Sequence[Harm]) -> bool:
    """Harm is told of the count itself; "two bombers …, killing 30" tells of others."""
    if TOLL.search(sentence[max(0, count.start - _FURTHEST) : count.start]):
        return True
    return any(
        0 <= count.start - harm.end <= _NEAR
        or count.start <= harm.start < count.end
        or 0 <= harm.start - count.end <= (_NEXT if harm.takes_object else _FURTHEST)
        for harm in harms
    )


def _with_part(whole: Count, part: Count) -> Count:
    if part.noun in CHILDREN and (whole.children is None or whole.noun in CHILDREN):
        return replace(whole, children=part.figure)
    if part.noun in WOMEN and (whole.women is None or whole.noun in WOMEN):
        return replace(whole, women=part.figure)
    return whole


def _stands_alone(part: Count, whole: Count) -> bool:
    is_split = part.status != "UNKNOWN" and whole.status in {"UNKNOWN", "MIXED"}
    is_split = is_split and part.noun != "" and part.figure != Figure(1, 1)  # one picked out
    return is_split and part.noun not in CHILDREN | WOMEN | _UNITS


def _is_listed(sentence: str, count: Count, whole: Count, harms: Sequence[Harm]) -> bool:
    """One list of victims: no side, no harm and no number of its own sets them apart."""
    gap = _NAMED.sub("", sentence[whole.end : count.start], count=1)
    if not _LISTED.match(gap) or not all(_may_be_added(one, harms) for one in (whole, count)):
        return False
    if _has_own_harm(sentence, count, harms) and _is_object(whole, harms):
        return False
    if not gap.strip() and {whole.noun, count.noun} <= CHILDREN | WOMEN:
        return not _has_own_harm(sentence, count, harms)
    is_relative = bool(_HIS.match(count.words) or _HIS.search(gap)) and count.noun in RELATIVES
    if (not gap.strip() or _WITH.search(gap)) and not is_relative and "her" not in count.words:
        return bool(_HIS.search(sentence[count.figure_end : count.end]))
    statuses = {whole.status, count.status}
    if not is_relative and "COMBATANT" in statuses:
        return len(statuses) == 1 and Figure(1, 1) in {whole.figure, count.figure}
    return _size(whole) <= _LARGEST_LISTED and _size(count) <= _LARGEST_LISTED


def _may_be_added(count: Count, harms: Sequence[Harm]) -> bool:
    """It names people, but no harm: "30 injured people" are of no list with the dead."""
    if any(count.figure_end <= harm.start < count.end for harm in harms):
        return False
    return bool(count.noun) and count.noun not in _HARM_NOUNS and not count.is_vague


def _harm_between(whole: Count, count: Count, harms: Sequence[Harm]) -> bool:
    return any(whole.figure_end <= harm.start < count.start for harm in harms)


def _is_harm(count: Count) -> bool:
    """ "Dozens more wounded": its noun is the harm."""
    return count.noun in _HARM_NOUNS


def _size(count: Count) -> int:
    return count.figure.minimum or count.figure.maximum or 0


def _has_own_harm(sentence: str, count: Count, harms: Sequence[Harm]) -> bool:
    return any(
        0 <= harm.start - count.end <= _NEAR
        and _OWN_HARM.match(sentence[count.end : harm.start])
        and not sentence.endswith("ing", harm.start, harm.end)
        for harm in harms
    )


def _is_object(count: Count, harms: Sequence[Harm]) -> bool:
    return any(0 <= count.start - harm.end <= _NEXT for harm in harms)


def _added(whole: Count, more: Count, sentence: str) -> Count:
    return replace(
        whole,
        end=more.end,
        figure_end=more.figure_end if not more.noun else more.end,
        figure=_sum(whole.figure, more.figure) or whole.figure,
        status=_status_of_both(whole, more),
        words=sentence[whole.start : more.figure_end],
        children=_sum(whole.children, more.children),
        women=_sum(whole.women, more.women),
        protected=whole.protected or more.protected,
    )


def _sum(first: Figure | None, second: Figure | None) -> Figure | None:
    """Both together; an open end stays open."""
    if first is None or second is None:
        return first or second
    is_open = first.maximum is None or second.maximum is None
    return Figure(
        (first.minimum or 0) + (second.minimum or 0),
        None if is_open else (first.maximum or 0) + (second.maximum or 0),
    )


def _status_of_both(whole: Count, more: Count) -> str:
    statuses = {whole.status, more.status}
    if len(statuses) == 1:
        return whole.status
    if "COMBATANT" in statuses or "MIXED" in statuses:
        return "MIXED"
    unsaid = whole if whole.status == "UNKNOWN" else more
    return "CIVILIAN" if unsaid.noun in RELATIVES | _ANYBODY else "UNKNOWN"
