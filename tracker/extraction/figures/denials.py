"""Stated zeros: "no casualties", "no civilians were hurt", "without any deaths"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tracker.extraction.figures.numbered import Count
from tracker.extraction.figures.numbers import Figure
from tracker.extraction.figures.people import read_group

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tracker.extraction.figures.words import Found, Noun

_BOTH = ("KILLED", "INJURED")
_NO_HARM = re.compile(
    r"\b(?:no|without(?: any| causing(?: any)?)?|zero|nor any|did not (?:cause|report|"
    r"record) any|not any)\s+"
    r"(?P<whose>(?:(?:civilian|further|other|human|known|reported|military|immediate|"
    r"report(?:s)? of|reports? on|"
    r"any|additional|confirmed|serious|indications? of|or)\s+){0,4})"
    r"(?P<harm>casualties|deaths|fatalities|injuries|loss of life|dead|victims|harm to civilians|"
    r"(?:deaths|fatalities|injuries) or (?:deaths|fatalities|injuries))\b"
    r"(?!\s+(?:figures?|tolls?|counts?|numbers?))(?P<among>\s+(?:among|to|"
    r"of)\s+(?:the\s+)?civilians)?",
    re.IGNORECASE,
)
_NONE = re.compile(
    r"\b(?P<no>no one|no|neither|none of (?:the|its|our|their)|nobody|none)\b\s*(?:of\s+)?",
    re.IGNORECASE,
)
_WERE_HARMED = re.compile(
    r"\s*(?:in [\w\s]{1,20} )?(?:were|was|are|is|have been|has been|had been|have|has|had|"
    r"got)?\s*(?:also\s+|reported(?:ly)?\s+|"
    r"(?:reported )?to have been\s+|believed to have been\s+)?(?:(?P<harmed>harmed|affected|hit)|"
    r"(?P<killed>killed|died|dead|lost|missing)|"
    r"(?P<injured>wounded|injured|hurt))\b(?:\s+n?or\s+(?:otherwise\s+)?(?P<second>killed|died|"
    r"wounded|injured|hurt|harmed))?",
    re.IGNORECASE,
)
#: "The shell hurt no one".
_HARMED_NO_ONE = re.compile(
    r"\b(?:(?P<harmed>harmed|harming)|(?P<killed>killed|killing)|"
    r"(?P<injured>wounded|wounding|injured|injuring|hurt|hurting))\s+(?:no one|nobody)\b",
    re.IGNORECASE,
)
_OR_GROUP = re.compile(r"\s+n?or\s+(?:other\s+)?", re.IGNORECASE)
_NOT_HARMED = re.compile(
    r"\b(?P<whose>civilians?|residents|women and children|women or children|children)\s+(?:were|"
    r"was)\s+(?:not|un)\s*"
    r"(?:harmed|hurt)\b|\bhad not (?:harmed|hurt|injured) any (?P<other>civilians?)\b",
    re.IGNORECASE,
)
_LESS = re.compile(r"\b(?:if|whether|ensure|ensuring|make sure|hope)\b[^.;]{0,40}$", re.IGNORECASE)


def denials(sentence: str, nouns: Sequence[Found[Noun]]) -> Iterator[Count]:
    """The zeros in order."""
    for match in _NO_HARM.finditer(sentence):
        if _LESS.search(sentence[max(0, match.start() - 60) : match.start()]):
            continue
        is_civilian = "civilian" in match["whose"].lower() or match["among"] is not None
        is_civilian = is_civilian or "civilian" in match["harm"].lower()
        military = "military" in match["whose"].lower()
        yield _zero(
            match.start(),
            match.end(),
            sentence,
            status="CIVILIAN" if is_civilian else "COMBATANT" if military else "UNKNOWN",
            outcomes=_outcomes(match["harm"].lower()),
        )
    for match in _NONE.finditer(sentence):
        yield from _none_of(sentence, nouns, match)
    for match in _HARMED_NO_ONE.finditer(sentence):
        outcomes = _told_by(match)
        yield _zero(match.start(), match.end(), sentence, status="UNKNOWN", outcomes=outcomes)
    for match in _NOT_HARMED.finditer(sentence):
        yield _zero(match.start(), match.end(), sentence, status="CIVILIAN", outcomes=_BOTH)


def _outcomes(harm: str) -> tuple[str, ...]:
    killed = any(word in harm for word in ("death", "fatal", "loss", "dead"))
    injured = "injur" in harm
    if killed == injured:
        return _BOTH
    return ("KILLED",) if killed else ("INJURED",)


def _told_by(harm: re.Match[str]) -> tuple[str, ...]:
    """The outcomes that a word of harm means: who is "harmed" is killed or injured."""
    if harm["harmed"]:
        return _BOTH
    return ("KILLED",) if harm["killed"] else ("INJURED",)


def _none_of(sentence: str, nouns: Sequence[Found[Noun]], match: re.Match[str]) -> Iterator[Count]:
    """ "No civilians were killed", "nobody was hurt", "none of the soldiers died"."""
    group = read_group(sentence, nouns, match.end())
    if group is None and match["no"].lower() not in {"nobody", "no one", "none"}:
        return
    end, status = (group.end, group.status) if group else (match.end(), "UNKNOWN")
    joined = _OR_GROUP.match(sentence, end)
    other = read_group(sentence, nouns, joined.end()) if joined else None
    if other:
        end = other.end
        status = status if status == other.status else "MIXED"
    harmed = _WERE_HARMED.match(sentence, end)
    if harmed is None:
        return
    outcomes = _told_by(harmed)
    second = (harmed["second"] or "").lower()
    if second:
        outcomes = _BOTH if second not in {harmed["killed"], harmed["injured"]} else outcomes
    yield _zero(match.start(), harmed.end(), sentence, status=status, outcomes=outcomes)


def _zero(start: int, end: int, sentence: str, *, status: str, outcomes: tuple[str, ...]) -> Count:
    return Count(
        start=start,
        end=end,
        figure_end=end,
        figure=Figure(0, 0),
        status=status,
        words=sentence[start:end],
        is_denial=True,
        outcomes=outcomes,
        rule="no harm said",
    )
