"""People without a number right beside a word of harm: a plural, a name, a pronoun."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tracker.extraction.figures.numbered import UNNUMBERED, Count, ends_phrase
from tracker.extraction.figures.numbers import NUMBER, Figure
from tracker.extraction.figures.people import Group, read_group

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tracker.extraction.figures.harms import Harm
    from tracker.extraction.figures.words import Found, Noun

_LOOK_BACK = 60
_NO_PLURAL = frozenset(
    {"casualties", "lives", "deaths", "injuries", "wounded", "dead", "injured", "cases"}
)
_THEN_NAME = re.compile(r"\s*,?\s+[A-Z][a-z]")
#: What may stand between the harm and an unnumbered plural after it.
_OBJECT_LEAD = re.compile(
    r"\s*(?:(?:the|all|these|those|her|his|their|its|both|more|other|innocent|armed|unarmed|"
    r"local|any of the)\s+){0,3}",
    re.IGNORECASE,
)
_HARMED = re.compile(
    r"\s*(?:who\s+)?(?:(?:were|have|had|been|also|reportedly|then|subsequently|later)\s+){0,4}$",
    re.IGNORECASE,
)
_PRONOUN = re.compile(r"\s*(?P<who>him|her)\b(?!\s+[a-z])", re.IGNORECASE)
_PRONOUN_SUBJECT = re.compile(
    r"\b(?P<who>he|she|who)\s+(?:(?:was|is|has been|had been|also|then|later|subsequently|"
    r"(?:shot|engaged|captured|seized|abducted|arrested|ambushed) and)\s+){1,3}$",
    re.IGNORECASE,
)
_NAME = (
    r"[A-Z](?![A-Z]+\b)[\w’'-]{1,30}"
    r"(?:\s+(?:(?:al|el|bin|ibn|abu|de|von|van)[\s-])?[A-Z][\w’'-]{1,30}){0,4}"
)
_TITLE = (
    r"(?:Gen\.?|General|Col\.?|Colonel|Maj\.?|Major|Capt\.?|Captain|Lt\.?|Lieutenant|Sgt\.?|"
    r"Cmdr\.?|"
    r"Commander|Brig\.?|Brigadier|Mullah|Qari|Sheikh|Haji|Mawlawi|Maulawi|Dr\.?|Mr\.?|Mrs\.?|Ms\.?)"
)
_NAMED_OBJECT = re.compile(rf"\s*(?:{_TITLE}\s+){{0,2}}(?P<name>{_NAME})")
#: "Karim Sadiq, the leader of the brigade, was killed".
_ROLE = r",\s(?:(?:a|an|the|one|who|its|their|his|her)\s)?[a-z][^,.;:()]{2,70},"
_NAMED_SUBJECT = re.compile(
    rf"(?P<name>{_NAME})(?:\s*,?\s*(?P<age>\d{{1,2}})\s*,?)?(?:{_ROLE})?\s+"
    r"(?P<aux>(?:(?:was|has been|had been|also|then|later|reportedly|"
    r"confirmed)\s+){0,3})$"
)
_NO_PERSON_NAMED = re.compile(
    r"\s*(?:[a-z]{0,40}\s*)?(?:fighters|forces|militants|troops|soldiers|civilians|people)\b|\s*\d"
)
_RANK = re.compile(
    r"\b(?:Gen|General|Col|Colonel|Maj|Major|Capt|Captain|Lt|Lieutenant|Sgt|Commander|Cmdr|Brig|"
    r"Brigadier|Mullah)\b"
)
#: Before a name that is part of a longer phrase: "including", "residents of".
_NO_SUBJECT = re.compile(
    r"(?:\b(?:including|of|in|from|near|at|on|and|by|with|for|to|than|that|[Aa]nd)|[A-Z][\w’'-]*|"
    r"\bthe)\s+$"
)
_BESIDE, _NEXT = 45, 2
_OF_AGE = 18
_LOOK_BACK_NAME = 150
_MOST_NAME_WORDS = 5
_NUMBER_FIRST = re.compile(rf"{NUMBER}\b", re.IGNORECASE)
_NO_NAME = frozenset(
    {
        *(
            "the",
            "a",
            "an",
            "in",
            "on",
            "at",
            "monday",
            "tuesday",
            "wednesday",
            "thursday",
            "friday",
        ),
        *(
            "saturday",
            "sunday",
            "he",
            "she",
            "they",
            "it",
            "more",
            "those",
            "several",
            "many",
            "some",
        ),
        *(
            "islamic",
            "syria",
            "state",
            "afghan",
            "this",
            "that",
            "there",
            "people",
            "civilians",
            "un",
            "us",
        ),
    }
)


def plurals(sentence: str, nouns: Sequence[Found[Noun]], harms: Sequence[Harm]) -> Iterator[Count]:
    """Unnumbered plurals as the object or the subject of harm: "killing civilians"."""
    for harm in harms:
        if harm.of_fighters or harm.is_thought:
            continue
        whom = _object(sentence, nouns, harm, harms) if harm.takes_object else None
        whom = whom or _subject(sentence, nouns, harm)
        if whom is not None:
            yield _unnumbered(sentence, *whom)


def _object(
    sentence: str, nouns: Sequence[Found[Noun]], harm: Harm, harms: Sequence[Harm]
) -> tuple[int, Group] | None:
    lead = _OBJECT_LEAD.match(sentence, harm.end)
    at = lead.end() if lead else harm.end
    group = read_group(sentence, nouns, at)
    if group is None or group.end - at > _LOOK_BACK:
        return None
    if not ends_phrase(sentence, group.end, harms):
        return None
    if _is_many(group) or (not group.is_plural and _THEN_NAME.match(sentence, group.end)):
        return at, group
    return None


def _is_many(group: Group) -> bool:
    return group.noun == "family" or (group.is_plural and group.noun not in _NO_PLURAL)


def _subject(sentence: str, nouns: Sequence[Found[Noun]], harm: Harm) -> tuple[int, Group] | None:
    before = [n for n in nouns if n.end <= harm.start and harm.start - n.end <= _LOOK_BACK]
    if not before:
        return None
    noun = before[-1]
    group = Group(
        noun.start, noun.end, noun.entry.status, noun.entry.word, noun.entry.is_plural, ""
    )
    gap = sentence[noun.end : harm.start]
    if not _is_many(group) or not _HARMED.match(gap):
        return None
    if harm.form == "acts" and not gap.strip():
        return None  # "militants killed" may be the start of whom they killed
    return noun.start, group


def _unnumbered(sentence: str, start: int, group: Group) -> Count:
    """A plural, or a role without an article before a name ("killed Taliban leader X")."""
    is_many = _is_many(group)
    return Count(
        start=start,
        end=group.end,
        figure_end=group.end,
        figure=Figure(2, None) if is_many else Figure(1, 1),
        status=group.status,
        words=sentence[start : group.end],
        noun=group.noun,
        is_vague=is_many,
        rule=UNNUMBERED if is_many else "",
        protected=group.protected,
    )


def named(sentence: str, nouns: Sequence[Found[Noun]], harms: Sequence[Harm]) -> Iterator[Count]:
    """One person told of by name or pronoun; the name itself is no part of the count's words."""
    for harm in harms:
        if harm.of_fighters or harm.is_thought:
            continue
        found = _object_of(sentence, harm) if harm.takes_object else _subject_of(sentence, harm)
        if found is None or any(n.start < found[1] and n.end > found[0] for n in nouns):
            continue
        start, end, name, age = found
        is_child = bool(age) and int(age) < _OF_AGE
        yield Count(
            start=harm.start,
            end=harm.end,
            figure_end=harm.end,
            figure=Figure(1, 1),
            status="CIVILIAN" if is_child else _status(sentence, nouns, start, end),
            words=sentence[harm.start : harm.end],
            outcomes=(harm.outcome,),
            rule="one person by name" if name else "one person by pronoun",
            name=name,
            children=Figure(1, 1) if is_child else None,
        )


def _object_of(sentence: str, harm: Harm) -> tuple[int, int, str, str] | None:
    """Where the one person named or meant right after the harm stands, and the name."""
    pronoun = _PRONOUN.match(sentence, harm.end)
    if pronoun:
        return pronoun.start("who"), pronoun.end("who"), "", ""
    found = _NAMED_OBJECT.match(sentence, harm.end)
    if (
        found is None
        or not _is_name(found["name"])
        or _NO_PERSON_NAMED.match(sentence, found.end())
    ):
        return None
    return found.start("name"), found.end("name"), found["name"], ""


def _subject_of(sentence: str, harm: Harm) -> tuple[int, int, str, str] | None:
    offset = max(0, harm.start - _LOOK_BACK_NAME)
    lead = sentence[offset : harm.start]
    pronoun = _PRONOUN_SUBJECT.search(lead)
    if pronoun:
        return offset + pronoun.start("who"), offset + pronoun.end("who"), "", ""
    found = _NAMED_SUBJECT.search(lead)
    if found is None or not _is_name(found["name"]) or _NO_SUBJECT.search(lead[: found.start()]):
        return None
    if not found["aux"] and harm.form != "states":
        return None
    start, end = offset + found.start("name"), offset + found.end("name")
    return start, end, found["name"], found["age"] or ""


def _status(sentence: str, nouns: Sequence[Found[Noun]], start: int, end: int) -> str:
    """A rank before the name or a role beside it tells whether the person fights."""
    near = sentence[max(0, start - 60) : end + 60]
    if _RANK.search(near):
        return "COMBATANT"
    beside = [
        n.entry.status
        for n in nouns
        if not n.entry.is_plural
        and n.entry.status != "UNKNOWN"
        and (_is_title(sentence[n.end : start]) or end <= n.start <= end + _BESIDE)
    ]
    return beside[0] if beside else "UNKNOWN"


def _is_title(gap: str) -> bool:
    """A role right before a name: "the shadow governor, X"."""
    return 0 < len(gap) <= _NEXT and not gap.strip(" ,")


def _is_name(name: str) -> bool:
    words = name.lower().split()
    return (
        words[0] not in _NO_NAME
        and not _NUMBER_FIRST.match(name)
        and len(words) <= _MOST_NAME_WORDS
    )
