"""Counts of people in one sentence: a number with its group, or one unnumbered person."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from tracker.extraction.numbers import Figure, find_figures
from tracker.extraction.words import (
    GROUP,
    HARM,
    NO_COUNT_AFTER,
    NO_COUNT_BEFORE,
    SINGULAR,
    STATUS_OF,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

#: A sentence with more figures than this is a table; its first ones are read.
MOST_COUNTS = 24
#: How far back a count looks for what makes it none.
_LOOK_BACK = 48
_BOTH = ("KILLED", "INJURED")

_NEXT_WORDS = re.compile(r"(?:[\s,“”\"'’-]{0,3}[\w’'-]{1,30}){0,5}")
_ONE = re.compile(
    r"\b(?P<lead>an?|one|another|the|his|her)\s+(?:[\w’'-]{1,30}\s+){0,4}?(?P<noun>"
    + "|".join(SINGULAR)
    + r")\b(?!\s*(?:group|forces|said|says|told|official|who))",
    re.IGNORECASE,
)
#: "The man" counts only as the subject or object of the harm itself.
_DEFINITE = frozenset({"the", "his", "her"})
_WAS_HARMED = re.compile(r"\s*(?:was|were|has been|had been|died|perished)\b", re.IGNORECASE)
_KILLED_WHOM = re.compile(
    r"\b(?:kill|wound|injur|kidnapp|abduct)\w*\s+(?:[\w’'-]+\s+){0,2}$", re.IGNORECASE
)
_AND_RELATIVE = re.compile(
    r"\b(?:an?|one|the)\s+(?:[\w’'-]+\s+){1,3}and\s+$|\b(?:his|her|their)\s+[\w’'-]+\s+and\s+$",
    re.IGNORECASE,
)
_ONE_OF_THINGS = re.compile(r"^\s*of (?:its|the|their|his|her)\b", re.IGNORECASE)
_NONE = re.compile(
    r"\b(?:(?:no|neither|none of the)\s+(?:[\w’'-]{1,30}\s+){0,3}?(?P<noun>civilians?|people|one|"
    r"US forces|troops|soldiers|fighters?|casualties)|nobody)\b"
    r"(?:\s+n?or\s+(?P<second>[\w\s]{3,30}?)(?=\s+(?:were|was)))?",
    re.IGNORECASE,
)
_NO_HARM = re.compile(
    r"\bno\s+(?P<whose>(?:(?:civilian|further|other|human|known|reported|military|immediate)\s+)*)"
    r"(?P<harm>casualties|deaths|fatalities|injuries)\b(?!\s+(?:figures?|tolls?|counts?))",
    re.IGNORECASE,
)
_NO_HARM_OUTCOMES = {
    "casualties": _BOTH,
    "deaths": ("KILLED",),
    "fatalities": ("KILLED",),
    "injuries": ("INJURED",),
}
_CAPTIVE = re.compile(
    r"\b(?:detention|detainment|detained|capture|captured|arrests?)\b[^,;]{0,12}$", re.IGNORECASE
)
_CAPTURED = re.compile(r"^[^,;]{0,25}\b(?:captured|detained|arrested)\b", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d\b")
_ALL_OF_THEM = re.compile(
    r"\s*,?\s*(?:(?P<all>all(?: of them)?)|mostly|mainly)\s+(?P<who>civilians|women|children)\b",
    re.IGNORECASE,
)
_STOPS = re.compile(
    r"[,;:()]|\b(?:and|when|while|who|whom|after|in|at|by|near|during|from|on|with|for|as|since|"
    r"over|across|outside|inside|before|this|last)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Count:
    """A count of people at ``start``–``end`` of the sentence, the group's words included.

    ``outcomes`` holds the harm where the count itself says it ("no casualties"), else it is empty.
    ``is_part``: the people are among those of the count before.
    """

    start: int
    end: int
    figure_end: int
    figure: Figure
    status: str
    words: str
    noun: str = ""
    is_denial: bool = False
    is_part: bool = False
    outcomes: tuple[str, ...] = ()
    children: Figure | None = None
    women: Figure | None = None


def find_counts(sentence: str) -> list[Count]:
    """The counts in order, none overlapping an earlier one."""
    found = sorted(
        [
            *islice(_denials(sentence), MOST_COUNTS),
            *islice(_numbered(sentence), MOST_COUNTS),
            *islice(_single(sentence), MOST_COUNTS),
        ],
        key=lambda c: (not c.is_denial, c.start, -c.end),
    )
    kept: list[Count] = []
    for count in found:
        if all(count.end <= other.start or count.start >= other.end for other in kept):
            kept.append(count)
    return sorted(kept, key=lambda c: c.start)


def status_of(words: str) -> str | None:
    """The status that the last group noun in ``words`` entails, None without such a noun."""
    nouns = GROUP.findall(words)
    if not nouns:
        return None
    statuses = {STATUS_OF[noun.lower()] for noun in nouns}
    if {"CIVILIAN", "COMBATANT"} <= statuses:
        return "MIXED"
    return next((s for s in ("COMBATANT", "CIVILIAN") if s in statuses), "UNKNOWN")


def _numbered(sentence: str) -> Iterator[Count]:
    for start, end, figure in find_figures(sentence):
        lead = sentence[max(0, start - _LOOK_BACK) : start]
        if NO_COUNT_AFTER.match(sentence, end) or NO_COUNT_BEFORE.search(lead):
            continue
        if _YEAR.match(sentence, start) or _CAPTIVE.search(lead):
            continue
        following = _NEXT_WORDS.match(sentence, end)
        tail_end = following.end() if following else end
        stop = _STOPS.search(sentence, end, tail_end)
        near = sentence[end : stop.start() if stop else tail_end]
        group = GROUP.search(near)
        harm = HARM.search(near)
        if _CAPTURED.match(near):
            continue
        if group is None and ((harm is None and near.strip()) or _ONE_OF_THINGS.match(near)):
            continue
        group_end = end + group.end() if group else end
        yield Count(
            start=start,
            end=group_end,
            figure_end=end,
            figure=figure,
            status=_status_after(
                sentence, group_end, status_of(near[: group.end()] if group else "") or "UNKNOWN"
            ),
            words=sentence[start:end],
            noun=group.group().lower() if group else "",
        )


def _status_after(sentence: str, end: int, status: str) -> str:
    """ "40 people, mostly women and children" are civilians; "mostly civilians" are a mixture."""
    said = _ALL_OF_THEM.match(sentence, end)
    if status != "UNKNOWN" or said is None:
        return status
    return "CIVILIAN" if said["all"] or said["who"].lower() != "civilians" else "MIXED"


def _single(sentence: str) -> Iterator[Count]:
    for match in _ONE.finditer(sentence):
        lead = sentence[max(0, match.start() - _LOOK_BACK) : match.start()]
        if match["lead"].lower() in _DEFINITE and not (
            _WAS_HARMED.match(sentence, match.end())
            or _KILLED_WHOM.search(lead)
            or _AND_RELATIVE.search(lead)
        ):
            continue
        yield Count(
            start=match.start(),
            end=match.end(),
            figure_end=match.end(),
            figure=Figure(1, 1),
            status=status_of(match.group()) or "UNKNOWN",
            words=match.group(),
            noun=match["noun"].lower(),
        )


def _denials(sentence: str) -> Iterator[Count]:
    for match in _NO_HARM.finditer(sentence):
        yield _denial(
            match,
            status="CIVILIAN" if "civilian" in match["whose"].lower() else "UNKNOWN",
            outcomes=_NO_HARM_OUTCOMES[match["harm"].lower()],
        )
    for match in _NONE.finditer(sentence):
        words = match.group()
        status = status_of(words) or "UNKNOWN"
        has_civilians = "civilian" in words.lower()
        yield _denial(match, status="MIXED" if has_civilians and status == "COMBATANT" else status)


def _denial(match: re.Match[str], *, status: str, outcomes: tuple[str, ...] = ()) -> Count:
    return Count(
        start=match.start(),
        end=match.end(),
        figure_end=match.end(),
        figure=Figure(0, 0),
        status=status,
        words=match.group(),
        is_denial=True,
        outcomes=outcomes,
    )
