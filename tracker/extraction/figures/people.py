"""Whom a number counts: the group of people named after it, and what its words entail."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tracker.extraction.figures.words import (
    CIVILIAN_BEFORE,
    CIVILIAN_BODY,
    COMBATANT_BEFORE,
    COMBATANT_BODY,
    NATIONALITIES,
    PROTECTED,
    TAKES_KIND,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.extraction.figures.words import Found, Noun

#: How far after its number a group may be named.
FURTHEST = 90
_MOST_BETWEEN = 2
#: Words that end the phrase a number stands in.
STOPS = re.compile(
    r"[,;:–—]|\((?![A-Z]{2,8}\)|[\w\s]{2,20}\)\s(?-i:[a-z]))|(?<!\w)\)|\.(?:\s|$)|\b(?:and|or|but|when|while|who|whom|whose|which|that|after|in|at|by|"
    r"near|during|"
    r"from|on|with|for|as|since|because|an?|suffered|suffering|due|including|among|were|was|are|"
    r"(?-i:is|Is)|be|been|have|has|had|"
    r"over|across|outside|inside|before|this|last|to|into|under|against|through|toward|towards|"
    r"between|said|says|told|killed|killing|"
    r"wounded|wounding|injuring|leaving|died)\b",
    re.IGNORECASE,
)
_HARMED = frozenset({"wounded", "injured", "dead", "casualties", "deaths"})
_HARMED_BEFORE = re.compile(
    r"(?:\s*(?:wounded|injured|killed|dead|other|more)){1,3}\s+", re.IGNORECASE
)
_OWN_MEN = re.compile(
    r"\s*of (?:its|his|their) (?:own )?(?:men|comrades|companions|entourage)\b", re.IGNORECASE
)
#: "The group said four of its members were killed".
_OWN_MEMBERS = re.compile(r"\s*of (?:its|their) (?:own )?members\b", re.IGNORECASE)
_ARMED_BODY = re.compile(
    r"\b(?:militia|militants|rebels|armed group|the group|insurgents|faction|battalion|brigade)\b",
    re.IGNORECASE,
)
_OF_BODY = re.compile(r"\s+(?:of|from|belonging to|loyal to)\s+", re.IGNORECASE)
_BODY_ENDS = re.compile(
    r"[,;:()\[\]]|\.(?:\s|$)|\b(?:when|while|who|after|in|at|by|near|during|were|was|have|has|"
    r"had|said)\b",
    re.IGNORECASE,
)
_AND_PEOPLE = re.compile(
    r"\s*,?\s*(?:and|or|as well as)\s+(?:(?:other|some|many|the|their)\s+)?", re.IGNORECASE
)
_WHO = (
    r"\s+(?:the\s+)?(?P<who>civilians?|women|children|fighters|militants|soldiers|combatants|"
    r"security (?:personnel|forces)|rebels|insurgents)\b"
)
_THEM = r"of (?:them|whom|which|the (?:dead|victims|casualties|wounded))(?: were| are)?"
_ALL_OF_THEM = re.compile(
    rf"\s*[\"”]?\s?,?\s?[–—-]?\s?(?:(?P<all>(?:nearly |almost )?all(?: {_THEM})?|"
    rf"most {_THEM}|the majority {_THEM}|mostly|"
    rf"mainly)|"
    rf"(?P<some>(?:half|some|many) {_THEM})){_WHO}",
    re.IGNORECASE,
)
_MOST_OF_THEM = re.compile(
    rf"[,–—-]\s*(?:(?P<all>(?:all|most|the majority|almost all) {_THEM}|all|mostly|mainly)|"
    rf"(?P<some>(?:half|some|many) {_THEM})){_WHO}",
    re.IGNORECASE,
)
_WITH_OTHERS = re.compile(
    r"(?:\s(?:dead|killed|wounded|injured))?\s*,?\s*(?:including|among them)\s"
    r"(?:(?:some|several|also|many)\s)?(?:civilians|(?:[\w-]+\s){0,2}?(?P<fighters>fighters|"
    r"militants|soldiers|rebels|insurgents|gunmen|terrorists|(?:field )?commanders|leaders))\b",
    re.IGNORECASE,
)
#: "15 members of the front including four commanders".
_WITH_LEADERS = re.compile(
    r"\s(?:of|from)\s(?:[\w’'-]+\s){0,5}?[\w’'-]+,?\sincluding\s(?:[\w-]+\s){0,3}?"
    r"(?:fighters|militants|commanders|leaders)\b",
    re.IGNORECASE,
)
_AMONG = re.compile(
    r"(?:\s\w+){0,3}\samong\s(?:the\s|its\s)?(?:(?P<civilians>civilians)|(?:militants|rebels|"
    r"fighters|soldiers|troops|insurgents|terrorists))\b",
    re.IGNORECASE,
)
_OF_THEM = re.compile(r"\sof them\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Group:
    """The people named at ``start``–``end``; ``noun`` is the last word for them."""

    start: int
    end: int
    status: str
    noun: str
    is_plural: bool
    protected: str


def read_group(sentence: str, nouns: Sequence[Found[Noun]], start: int) -> Group | None:
    """The group named right after ``start``, None where the phrase there names none."""
    bound = min(len(sentence), start + FURTHEST)
    skipped = _HARMED_BEFORE.match(sentence, start, bound)
    stop = STOPS.search(sentence, skipped.end() if skipped else start, bound)
    end = stop.start() if stop else bound
    chain = _chain(sentence, [noun for noun in nouns if start <= noun.start < end])
    if not chain:
        return None
    return _group(sentence, nouns, start, chain)


def _chain(sentence: str, nouns: Sequence[Found[Noun]]) -> list[Found[Noun]]:
    """The first noun and those that follow at once: "school children", "militia fighters"."""
    chain: list[Found[Noun]] = []
    for noun in nouns:
        if len(chain) == 1 and _is_adjective(sentence, chain[0], noun):
            chain = []
        if chain and (
            noun.entry.word in _HARMED
            or sentence[chain[-1].end : noun.start].strip(" -")
            or (chain[-1].entry.word in _HARMED and sentence[noun.start].isupper())
        ):
            break
        chain.append(noun)
    return chain


def _is_adjective(sentence: str, noun: Found[Noun], other: Found[Noun]) -> bool:
    """ "Syrian Army soldiers": a word of nationality before those whom it tells of."""
    between = sentence[noun.end : other.start].split()
    return (
        noun.entry.word in NATIONALITIES
        and other.entry.is_plural
        and other.entry.word not in _HARMED
        and 0 < len(between) <= _MOST_BETWEEN
    )


def _group(
    sentence: str, nouns: Sequence[Found[Noun]], start: int, chain: list[Found[Noun]]
) -> Group:
    end = chain[-1].end
    status = _status_of_chain(sentence[start:end], chain)
    noun = chain[-1].entry
    if status == "UNKNOWN" and noun.word in TAKES_KIND:
        status = _kind_of_body(sentence, end) or status
    if status == "UNKNOWN" and noun.word == "members" and _WITH_LEADERS.match(sentence, end):
        status = "COMBATANT"
    if status == "UNKNOWN" and _OWN_MEN.match(sentence, start):
        status = "COMBATANT"
    if status == "UNKNOWN" and _OWN_MEMBERS.match(sentence, start):
        status = "COMBATANT" if _ARMED_BODY.search(sentence, 0, start) else status
    status = _with_those_after(sentence, nouns, end, status)
    return Group(
        start=chain[0].start,
        end=end,
        status=status,
        noun=noun.word,
        is_plural=noun.is_plural,
        protected=next((PROTECTED[n.entry.word] for n in chain if n.entry.word in PROTECTED), ""),
    )


def _status_of_chain(words: str, chain: list[Found[Noun]]) -> str:
    """The last word that entails something decides; a word before may where none does."""
    said = [n.entry.status for n in chain if n.entry.status != "UNKNOWN"]
    if CIVILIAN_BEFORE.search(words):
        return "CIVILIAN"
    if said and not (said[-1] == "CIVILIAN" and chain[-1].entry.word in {"staff", "volunteer"}):
        return said[-1]
    if COMBATANT_BEFORE.search(words) and "police" not in chain[-1].entry.word:
        return "COMBATANT"
    return said[-1] if said else "UNKNOWN"


def _kind_of_body(sentence: str, end: int) -> str | None:
    """ "Members of a militia" fight; those of a family do not."""
    of = _OF_BODY.match(sentence, end)
    if of is None:
        return None
    bound = min(len(sentence), of.end() + FURTHEST)
    stop = _BODY_ENDS.search(sentence, of.end(), bound)
    body = sentence[of.end() : stop.start() if stop else bound]
    if CIVILIAN_BODY.search(body):
        return "CIVILIAN"
    return "COMBATANT" if COMBATANT_BODY.search(body) else None


def _with_those_after(sentence: str, nouns: Sequence[Found[Noun]], end: int, status: str) -> str:
    """ "Mostly women and children" are civilians, "mostly civilians" a mixture."""
    said = _ALL_OF_THEM.match(sentence, end)
    if said and status == "UNKNOWN":
        return _kind_of_most(said)
    if status == "UNKNOWN":
        status = kind_of_those_among(sentence, end) or status
    joined = _AND_PEOPLE.match(sentence, end)
    if joined:
        other = next((n for n in nouns if n.start >= joined.end()), None)
        if (
            other
            and other.entry.is_plural
            and len(sentence[joined.end() : other.start].split()) <= _MOST_BETWEEN
        ):
            between = sentence[joined.end() : other.end]
            other_status = _status_of_chain(between, [other])
            if _NUMBERED.search(between) is None and {status, other_status} == {
                "CIVILIAN",
                "COMBATANT",
            }:
                return "MIXED"
    return status


_NUMBERED = re.compile(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|several|"
    r"hundreds?|scores|"
    r"another|wounded|injured|killed|an?|one)\b",
    re.IGNORECASE,
)


def kind_of_those_among(sentence: str, end: int) -> str | None:
    """ "40 people, including civilians" are not only civilians; "30 cases among civilians" are."""
    among = _AMONG.match(sentence, end)
    if among:
        return "CIVILIAN" if among["civilians"] else "COMBATANT"
    others = _WITH_OTHERS.match(sentence, end)
    return "MIXED" if others and not _NUMBERED.search(others.group()) else None


def kind_of_them(sentence: str, nouns: Sequence[Found[Noun]], start: int, end: int) -> str | None:
    """ "Targeted the rebels, killing scores of them": those whom the words before name last."""
    if not _OF_THEM.match(sentence, end):
        return None
    told = [n for n in nouns if n.end <= start and n.entry.is_plural]
    return told[-1].entry.status if told else None


def _kind_of_most(said: re.Match[str]) -> str:
    """All, or most, of them: women and children are civilians, "mostly civilians" is a mixture."""
    who = said["who"].lower()
    is_all = bool(said["all"]) and said["all"].lower().startswith("all")
    if said["some"] and who in {"women", "children"}:
        return "UNKNOWN"
    if said["some"] or who in {"civilians", "civilian"}:
        return "CIVILIAN" if is_all else "MIXED"
    if who in {"women", "children"}:
        return "CIVILIAN"
    return "COMBATANT" if is_all else "MIXED"


def kind_told_after(sentence: str, end: int) -> str | None:
    """What a later clause says of most of them: "137 bodies were found, most of them women"."""
    said = _MOST_OF_THEM.search(sentence, end, end + 2 * FURTHEST)
    return _kind_of_most(said) if said else None
