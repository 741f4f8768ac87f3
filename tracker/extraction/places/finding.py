"""Names of places in a report, known ones or not (pure).

A place is a name in capitals that stands where places stand: after "in", "near" or "the town of",
before "province", beside another place. Villages are in no gazetteer, so none is asked. Names of
persons, organisations and nationalities stand elsewhere, or are in the vocabulary.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from tracker.extraction.lexicon import any_of, topic
from tracker.extraction.places.keys import place_key
from tracker.extraction.places.names import find_names
from tracker.extraction.places.words import (
    AFTER_SPEECH,
    BETWEEN,
    CALLED,
    COUNTRIES,
    COUNTRY,
    DIRECTION,
    HOLDS,
    HOUSES,
    IN,
    INHABITED,
    KINDS,
    LEVEL_OF_KIND,
    MOVED,
    NEAR,
    OF,
    ON,
    OUT_OF,
    PLURALS,
    PROVINCE,
    REGIONS,
    RIVERS,
    SETTLEMENTS,
    SEVERAL,
    SPEECH,
    SPREAD,
    TO_SOMEBODY,
    TREATED,
    TREATING,
    UNKNOWN,
    WORLD,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.extraction.places.names import Name

__all__ = ["PlaceName", "find_places", "place_key"]

_LOOK = 70
_LONGEST = 2_000
_LONGEST_JOINT = 40
#: "'s " stands between an owner and what it has.
_LONGEST_ENDING = 3
#: A sentence that names more is a list or no sentence.
_MOST_NAMES = 24
_STEP = rf"(?:(?:{BETWEEN}|[\w’'-]{{2,20}}-\w{{2,15}})\s){{0,5}}"
_KIND_AFTER = re.compile(
    r"^\s(?:(?:residential|industrial|refugee|border|displacement|military|main|local|"
    rf"city|and|north|south|east|west|\w{{4,9}}ern|central|rural)\s)?(?P<kind>{KINDS})(?:['’]?s)?\b(?!-)",
    re.IGNORECASE,
)
#: "Ardesh, a town in Nahr" on pages that lose the comma.
_KIND_APART = re.compile(
    rf"^,?\s(?:an?|the)\s(?:(?!(?:{OUT_OF})\b)[\w’'-]{{2,20}}\s){{0,2}}?(?P<kind>{SETTLEMENTS})\s"
    rf"(?:(?:{OUT_OF})|{DIRECTION}|which|that|held|controlled|about|some|\d{{1,3}})\b",
    re.IGNORECASE,
)
#: "the Ardesh strike": what was done there is called after it.
_DEED_AFTER = re.compile(
    rf"^\s(?:\w{{3,12}}\s)?{any_of(topic('events')['called_after_a_place'])}\b", re.IGNORECASE
)
_ARTICLE = re.compile(r"\bthe\s$", re.IGNORECASE)
_DEED_BEFORE = re.compile(
    rf"\b{any_of(topic('events')['called_after_a_place'])}\sof\s(?:the\s)?$", re.IGNORECASE
)
#: "Ardesh alone saw nine killed".
_ALONE = re.compile(r"^\salone\b")
_OWNS_KIND = re.compile(rf"^['’]s?\s(?:\w{{4,12}}\s)?(?:{KINDS})\b", re.IGNORECASE)
_KIND_BEFORE = re.compile(
    rf"\b(?:(?P<of>{KINDS})\s(?:of|called|named|known\sas)\s(?:the\s)?|(?P<kind>{SETTLEMENTS})\s)$",
    re.IGNORECASE,
)
#: "The Ardesh neighbourhood of Nahr": the kind is that of the name before it.
_KIND_OF_NAME_BEFORE = re.compile(
    r"(?<![.] )\b(?!(?:The|In|At|A|An|On|Near)\s)[A-Z][\w’'-]+\s"
    r"(?:neighbou?rhood|quarter)\sof\s(?:the\s)?$"
)
_CUES = {
    "on": re.compile(rf"\b(?:(?:{ON})\s|(?:{OF})[\"”]?\s(?:of|from|to)\s){_STEP}$", re.IGNORECASE),
    "in": re.compile(rf"\b(?:{IN})\s{_STEP}$", re.IGNORECASE),
    "near": re.compile(rf"\b(?:{NEAR})\s{_STEP}$", re.IGNORECASE),
}
#: "near the rebel stronghold of Ardesh" is near it, too.
_NEAR_ONE_OF = re.compile(
    rf"\b(?:near|outside|close\sto)\s(?:[\w’'-]{{1,30}}\s){{0,4}}(?:{OF})[\"”]?\s(?:of|from|to)\s{_STEP}$",
    re.IGNORECASE,
)
#: "a village near Ardesh", "a quarter of Ardesh": it holds what happened, but another is meant.
_ONE_OF_IT = re.compile(
    rf"\b(?:an?|one|another)\s(?:(?!(?:{OUT_OF}|and|the)\b)(?-i:[a-z\d’'-]{{2,30}})\s){{0,3}}?"
    rf"(?:{INHABITED})\s(?:(?!(?:and|that|which|where)\b)[\w’'-]{{1,30}}\s){{0,7}}$",
    re.IGNORECASE,
)
#: "across Ardesh", "in several towns of Ardesh": happened in more than one place of it.
_SPREAD = re.compile(
    rf"\b(?:across|throughout|(?:{SEVERAL}|\d{{1,2}})\s(?:(?!(?:{OUT_OF}|and|the)\b)[\w’'-]{{2,30}}\s)"
    rf"{{0,2}}?(?:{PLURALS}|of))\s(?:(?!(?:and|that|which|where)\b)[\w’'-]{{1,30}}\s){{0,6}}$",
    re.IGNORECASE,
)
#: "a house belonging to Hassan Diab".
_OF_SOMEBODY = re.compile(rf"\b(?:{TO_SOMEBODY})\sto\s$", re.IGNORECASE)
#: "Islamic State in Iraq": the country is part of the group's name.
_OF_A_STATE = re.compile(r"\bState[\"”]?\s(?:of|in)\s(?:the\s)?$")
_BARE_OF = re.compile(rf"\bof\s{_STEP}$", re.IGNORECASE)
_ASIDE = re.compile(
    rf"\b(?:(?:{SPEECH})\s(?:{AFTER_SPEECH}\s){{0,4}}(?:in|at|from|outside|inside)|"
    r"(?:of|including)\s(?:them|whom|those)\s(?:\w+\s)?(?:in|at|from)|"
    rf"(?:{MOVED})\s(?:from|to|into|for|towards?|through|across))\s{_STEP}$",
    re.IGNORECASE,
)
#: "a reporter in Ardesh, where shells fell": it happened there all the same.
_WHERE = re.compile(r"^,?\swhere\b")
_TREATING = re.compile(rf"\b(?:{TREATING})\b", re.IGNORECASE)
_TREATED_IN = re.compile(rf"\b{any_of(sorted(TREATED))}s?\s(?:in|at|of)\s{_STEP}$", re.IGNORECASE)
_JOINED = re.compile(
    rf"^(?:\s{KINDS})?,?\s?(?:and|or|as well as|&)\s(?:(?:in|on|at|near)\s)?(?:the\s)?$",
    re.IGNORECASE,
)
#: "Sella, Ardesh and Nahr" are three places, none in another.
_AND = re.compile(r"\s(?:and|or|as well as)\b")
_HELD = re.compile(
    rf"^(?:['’]s)?,?\s(?:(?!(?:and|or|while|but|\d+)\b)[\w’'-]+\s){{0,3}}?(?:in|of|to|from|on)\s{_STEP}$"
    rf"|^,?\s(?:\w+\s)?(?:in|on)\s(?:the\s)?(?:{DIRECTION}\s)?(?:outskirts|edge|side|suburbs|part|countryside|periphery|vicinity)\sof\s{_STEP}$"
    rf"|^,?\s?{_STEP}$",
    re.IGNORECASE,
)
#: "The Ardesh district in the city of Nahr" is smaller than the city.
_IN_THE_TOWN = re.compile(
    rf"^(?:\s(?:district|area|region|zone))?\s(?:in|of|inside)\s(?:(?:the|{DIRECTION})\s){{0,2}}(?:{SETTLEMENTS})\sof\s$",
    re.IGNORECASE,
)
#: "Nahr city's district of Ardesh", "Nahr's Ardesh quarter": the second lies in the first.
_HAS = re.compile(
    rf"^(?:\s(?:{KINDS}))?(?:['’]s?|s)\s(?:[\w’'-]+\s){{0,3}}?(?:{KINDS})\s(?:of\s(?:the\s)?)?$"
    rf"|^\s(?:{KINDS})(?:['’]s?|s)\s(?:(?:{DIRECTION}|[\w-]+-held)\s)?$",
    re.IGNORECASE,
)
#: "the Ardesh governor": what follows makes the name a part of something else.
_OTHER_AFTER = re.compile(
    r"^(?:['’]s)?\s(?:(?:\d{1,2}\s)?(?:state\s)?(?:television|tv|radio|news)\b|said|says|told|movement|group|(?:(?:security|armed|special|defen[cs]e)\s)?forces|fighters|militants|militia|police|"
    r"(?:prime\s|foreign\s|vice\s)?(?:president|minister)|front|coalition|alliance|network|agency|newspaper|channel|ministry|party|"
    r"spokes\w+|governor|mayor|health|officials?|authorities|hunters|herders|trib\w+|clans?|communities|people|language|brigade|commander|agreement|accord|plan)\b",
    re.IGNORECASE,
)


_SAYS = re.compile(rf"^(?:\s{KINDS})?\s(?:said|says?|told|reported|confirmed)\b")


@dataclass(frozen=True, slots=True)
class PlaceName:
    """A name as it stands in the text; ``key`` is the same for its spelling variants.

    ``level`` says how exact it is, from the country (1) to the building (7); ``cue`` how it stands:
    "kind", "in", "on", "near", "speaker" ("in X said"), "beside" another place, as what holds one
    that is not named ("a village in X") or several ("across X"), or as what is "called" after it
    ("the X strike": a place only if the report names it as one elsewhere). ``within`` is
    the key of the place named as holding it, "" = none. ``is_aside``: where somebody spoke, came
    from or went to; ``is_house``: a mosque, a school, a hotel. ``region``: the one that it is or
    lies in, by the gazetteer's name; "" = not known.
    """

    name: str
    key: str
    start: int
    end: int
    level: int = UNKNOWN
    cue: str = "in"
    within: str = ""
    is_aside: bool = False
    is_house: bool = False
    region: str = ""


def find_places(sentence: str, common: frozenset[str] = frozenset()) -> list[PlaceName]:
    """The places of one sentence in their order, each place once, none that is aside.

    ``common`` are words that the report writes small elsewhere: in a title they are no names.
    """
    found: dict[str, PlaceName] = {}
    words = sentence[:_LONGEST]
    for place in _holding(words, list(_told(words, common))):
        if not place.is_aside:
            known = found.get(place.key)
            found[place.key] = place if known is None else _both(known, place)
    return list(found.values())


def _both(first: PlaceName, again: PlaceName) -> PlaceName:
    """One place named twice: where it stands first, with what either says of it."""
    level = first.level if again.level == UNKNOWN else again.level
    return replace(first, level=level, within=first.within or again.within)


def _told(sentence: str, common: frozenset[str]) -> Iterator[PlaceName]:
    """Each name that stands where places stand; a name beside a place is one, too."""
    before: PlaceName | None = None
    owner: PlaceName | None = None
    for name in islice(find_names(sentence, common), _MOST_NAMES):
        around = _Around(
            left=sentence[max(0, name.start - _LOOK) : name.start],
            right=sentence[name.end : name.end + _LOOK],
            between=sentence[before.end : name.start] if before else None,
        )
        place = _place(name, around, before, owner if name.is_owned else None)
        if place is not None:
            yield place
        before = place
        owner = place if name.has_next else None


@dataclass(frozen=True, slots=True)
class _Around:
    """What stands beside a name; ``between`` it and the place before it, None = there is none."""

    left: str
    right: str
    between: str | None

    @property
    def is_joined(self) -> bool:
        return self.between is not None and _JOINED.match(self.between) is not None


def _place(
    name: Name, around: _Around, before: PlaceName | None, owner: PlaceName | None
) -> PlaceName | None:
    key = place_key(name.core)
    if len(key) <= 1 or name.words.casefold() in WORLD:
        return None
    kind = _kind(name, around.left, around.right)
    cue = _part_of(_cue(name, kind, around), around.left)
    if not cue and (owner is None or _OTHER_AFTER.match(around.right)):
        return None
    level = _level(name, kind)
    is_treated = kind in TREATED or _TREATED_IN.search(around.left) is not None
    is_treating = is_treated and _TREATING.search(around.left) is not None
    is_elsewhere = is_treating or _ASIDE.search(around.left) is not None
    is_aside = is_elsewhere and not _WHERE.match(around.right)
    if cue == "in" and _SAYS.match(around.right):
        cue = "speaker"
    if before is not None and cue == "beside" and around.is_joined:
        is_aside = before.is_aside
        level = before.level if level == UNKNOWN else level
    return PlaceName(
        name=name.words,
        key=key,
        start=name.start,
        end=name.end,
        level=level,
        cue=cue or "beside",
        within=owner.key if owner else "",
        is_aside=is_aside,
        is_house=kind in HOUSES,
    )


def _kind(name: Name, left: str, right: str) -> str:
    if name.kind:
        return name.kind
    after = _KIND_AFTER.match(right) or _KIND_APART.match(right)
    if after:
        return " ".join(after["kind"].lower().split())
    before = _KIND_BEFORE.search(left)
    if before and not _is_of_name_before(left):
        return " ".join((before["of"] or before["kind"]).lower().split())
    return ""


def _cue(name: Name, kind: str, around: _Around) -> str:
    """How the name stands, "" = not where places stand."""
    is_other = not kind and _OTHER_AFTER.match(around.right) is not None
    if _OF_A_STATE.search(around.left):
        return ""
    cue = _cue_before(around.left)
    if cue:
        speaks = cue == "in" and _SAYS.match(around.right)
        is_somebody = cue == "near" and _OF_SOMEBODY.search(around.left)
        return "" if is_somebody or (is_other and not speaks) else cue
    if kind or _is_of_name_before(around.left):
        return "kind"
    if around.is_joined or around.between == ", ":
        return "" if is_other else "beside"
    return _cue_of_known(name, around) or _cue_after(around)


def _is_of_name_before(left: str) -> bool:
    return left.endswith(("of ", "of the ")) and _KIND_OF_NAME_BEFORE.search(left) is not None


def _cue_before(left: str) -> str:
    """By the preposition before it; "" = there is none."""
    cue = next((cue for cue, pattern in _CUES.items() if pattern.search(left)), "")
    return "near" if cue == "on" and _NEAR_ONE_OF.search(left) else cue


def _cue_of_known(name: Name, around: _Around) -> str:
    is_known = name.core.casefold() in COUNTRIES | REGIONS
    return "in" if is_known and (name.has_next or _BARE_OF.search(around.left)) else ""


def _cue_after(around: _Around) -> str:
    """By what follows: "Ardesh's centre", "Ardesh alone", "the Ardesh strike"."""
    if _OWNS_KIND.match(around.right) or _ALONE.match(around.right):
        return "in"
    is_before = _ARTICLE.search(around.left) and _DEED_AFTER.match(around.right)
    return CALLED if is_before or _DEED_BEFORE.search(around.left) else ""


def _part_of(cue: str, left: str) -> str:
    """The cue, where not the place itself but one or several in it are meant."""
    if cue not in {"in", "on", "near", "kind"}:
        return cue
    if _ONE_OF_IT.search(left):
        return HOLDS
    return SPREAD if _SPREAD.search(left) else cue


def _level(name: Name, kind: str) -> int:
    small = name.words.casefold()
    if small in COUNTRIES or (name.core.casefold() in COUNTRIES and name.core != name.words):
        return COUNTRY
    if kind and small not in RIVERS:
        return LEVEL_OF_KIND[kind]
    return PROVINCE if small in REGIONS | RIVERS else UNKNOWN


def _holding(sentence: str, places: list[PlaceName]) -> list[PlaceName]:
    """The places, with what holds each: "Sella in Nahr province", "Sella, Nahr"."""
    held: list[PlaceName] = []
    after: PlaceName | None = None
    for place in reversed(places):
        one = place
        if after is not None and not place.within and place.key not in {after.key, after.within}:
            between = sentence[place.end : after.start]
            if _HAS.match(between):
                held[-1] = replace(after, within=place.key)
            elif _JOINED.match(between) and len(between) <= _LONGEST_JOINT:
                level = after.level if place.level == UNKNOWN else place.level
                one = replace(place, within=after.within, level=level)
            elif _IN_THE_TOWN.match(between) and place.level == UNKNOWN < after.level:
                one = replace(place, within=after.key, level=after.level + 1)
            elif (
                after.level <= place.level
                and _HELD.match(between)
                and not (between == ", " and _AND.match(sentence, after.end))
            ):
                one = replace(place, within=_innermost(held).key)
        held.append(one)
        after = one
    return held[::-1]


def _innermost(held: list[PlaceName]) -> PlaceName:
    """Of "Nahria's Ardesh province" the province: the places stand from the last to the first."""
    after = held[-1]
    owned = held[-2] if len(held) > 1 else after
    is_beside = owned.within == after.key and owned.start - after.end <= _LONGEST_ENDING
    return owned if after.level == COUNTRY and is_beside else after
