"""Where a figure's event happened: of all places named, the one that goes with it (pure)."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from tracker.extraction.events.context import BEFORE, EVENT, OWN, Context, evidence, read_once
from tracker.extraction.lexicon import any_of, topic
from tracker.extraction.model import Evidence
from tracker.extraction.places.choice import EXACT, is_exact, place_at
from tracker.extraction.places.countries import country_at_war
from tracker.extraction.places.words import (
    COUNTRY,
    HOLDS,
    INHABITED,
    KINDS,
    PROVINCE,
    SETTLEMENT,
    SPREAD,
    UNKNOWN,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.extraction.events.context import Found
    from tracker.extraction.events.readings import Reading
    from tracker.extraction.places.finding import PlaceName

    Bounds = tuple[int | None, int | None]

_WORDS = topic("places")["everywhere"]
_SAME_PLACE = re.compile(
    rf"\bthe\ssame\s(?:place|{KINDS})\b"
    r"|\bthere\s(?:that|which|killed|on|in)\b",
    re.IGNORECASE,
)
#: "Rockets on another neighbourhood": none of those that are named.
_ANOTHER = re.compile(
    rf"\banother\s(?:[\w-]+\s){{0,3}}?(?:{INHABITED})\b(?!\s(?:of|called|named|known)\b)",
    re.IGNORECASE,
)
#: So many people are counted in a country, not in a town.
_OF_A_COUNTRY = 1_000
#: So many are the dead of a war, whatever town the sentence names.
_OF_NO_TOWN = 100_000
#: "Attacks across the country": in no single place.
_EVERYWHERE = re.compile(
    rf"\b{any_of(_WORDS['across'])}\s(?:the|this)\s(?:\w+\s)?{any_of(_WORDS['wholes'])}\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"\w+")
_LISTED = re.compile(r"(?:\s[\w-]+)?(?:,|,?\sand)\s(?:the\s)?", re.IGNORECASE)
_LOOK_BACK = 3
#: "A village near Ardesh" is named within so many letters, if it is.
_NAMED_SOON = 900
#: The rule for a total that names no place: of the country that the report names most.
COUNTRY_NAMED = "the country of the report"


@read_once
def read_place(context: Context, index: int) -> Found | None:
    """The most exact place that is said of a mention's event; None = none is said."""
    told, event = context.told[index], context.event_of[index]
    own = told.place
    if event.cue == "total":
        return _of_total(context, index)
    if own is None:
        return _unsaid(context, index)
    if _is_of_several(context, index):
        return None
    found = None
    if own.cue != SPREAD:
        found = _more_exact(context, index, own)
    if found is None and told.place_in is not None:
        return own.name, evidence(BEFORE, told.place_in, own)
    return found or (own.name, evidence(OWN, context.reading(index), own))


def _unsaid(context: Context, index: int) -> Found | None:
    """The place of a mention whose sentence names none."""
    words = context.reading(index).words
    if context.event_of[index].is_sum or _EVERYWHERE.search(words):
        return None
    is_same = index > 0 and _SAME_PLACE.search(words) is not None
    found = read_place(context, index - 1) if is_same else None
    if found is not None:
        return found[0], replace(found[1], rule=BEFORE)
    if _ANOTHER.search(words):
        return _around(context, index)
    return _of_event(context, index) or _before(context, index)


def _around(context: Context, index: int) -> Found | None:
    """The town or province of its event, where the place in it is one that is not named."""
    wider = (one for one in _elsewhere(context, index) if not is_exact(one[0]))
    return next(((place.name, evidence(rule, where, place)) for place, where, rule in wider), None)


def _more_exact(context: Context, index: int, own: PlaceName) -> Found | None:
    """What its event says of the place that the mention names."""
    if is_exact(own) and own.cue != HOLDS:
        return _inside(context, index, own)
    if context.event_of[index].is_sum or _is_of_a_country(context, index, own):
        return None
    return _of_event(context, index, own)


def _of_event(context: Context, index: int, own: PlaceName | None = None) -> Found | None:
    """The nearest exact place of its event that fits what the mention says itself."""
    elsewhere = list(_elsewhere(context, index))
    if own is not None and own.cue == HOLDS:
        here = context.reading(index).offset
        elsewhere = [one for one in elsewhere if abs(one[1].offset - here) <= _NAMED_SOON]
    exact = [one for one in elsewhere if is_exact(one[0]) and _fits(context, own, one[0])]
    if own is not None and own.cue == "near" and own.level >= SETTLEMENT:
        exact = [one for one in exact if one[2] != EVENT]
    exact.sort(key=lambda one: one[0].cue == HOLDS)
    if not exact and own is not None and not is_exact(own) and own.cue != "near":
        exact = [
            one
            for one in elsewhere
            if EXACT <= one[0].level > own.level
            and one[0].cue not in {HOLDS, SPREAD}
            and one[0].key != own.within
            and _fits(context, own, one[0])
        ]
    if own is not None and own.cue != HOLDS and own.level > COUNTRY:
        exact = [one for one in exact if not _counts_others(context, index, one[1])]
    if not exact and own is None:
        exact = sorted(elsewhere, key=lambda one: one[0].level < EXACT)
    for place, where, rule in exact:
        return _inside(context, index, place) or (place.name, evidence(rule, where, place))
    return None


def _counts_others(context: Context, index: int, where: Reading) -> bool:
    """Whether a sentence gives another number of people harmed alike: one part of them."""
    mention = context.mentions[index]
    figures = _figures_like(context, index, where)
    if not figures or figures & _figures_like(context, index, context.reading(index)):
        return False
    is_exact_number = mention.minimum == mention.maximum
    fewer = all((most or least or 0) < (mention.minimum or 0) for least, most in figures)
    return is_exact_number or fewer


def _figures_like(context: Context, index: int, where: Reading) -> set[Bounds]:
    """The figures of a sentence for the harm that a mention counts."""
    return {
        (other.minimum, other.maximum)
        for other in context.mentions
        if other.outcome == context.mentions[index].outcome
        and context.readings[other.sentence] is where
    }


def _is_of_a_country(context: Context, index: int, own: PlaceName) -> bool:
    """Later in an article a country alone is meant: "strikes have killed hundreds in Nahria"."""
    late = context.mentions[index].sentence > _LOOK_BACK
    return late and own.level == COUNTRY and own.cue != "near"


def _of_total(context: Context, index: int) -> Found | None:
    """A running total: its own sentence, else what was named right before."""
    mention, reading = context.mentions[index], context.reading(index)
    size = mention.minimum or mention.maximum or 0
    is_of_a_country = size >= _OF_A_COUNTRY
    places = reading.places
    if is_of_a_country:
        narrower = places if size < _OF_NO_TOWN else []
        places = [place for place in places if place.level == COUNTRY] or narrower
    first, last = context.core(index)
    own = place_at(reading.words, places, first, last)
    at_war = country_at_war(reading.words)
    if at_war is not None and (own is None or is_of_a_country):
        return at_war.name, evidence(OWN, reading, at_war)
    if own is not None:
        return own.name, evidence(OWN, reading, own)
    if is_of_a_country and reading.book.country:
        return reading.book.country, Evidence(COUNTRY_NAMED)
    for number in range(mention.sentence - 1, -1, -1):
        before = context.readings[number]
        wide = [place for place in before.places if place.level <= PROVINCE]
        found = place_at(before.words, wide, len(before.words), len(before.words))
        if found is not None:
            return found.name, evidence(BEFORE, before, found)
    return None


def _inside(context: Context, index: int, own: PlaceName) -> Found | None:
    """The one place that the event's sentences name as lying in ``own``."""
    event = context.event_of[index]
    if own.key in event.inside:
        place, number = event.inside[own.key]
        return place.name, evidence(EVENT, context.readings[number], place)
    sentences = [context.mentions[other].sentence for other in event.mentions] + event.support
    inside = {
        place.key: (place, context.readings[number])
        for number in sentences
        for place in context.readings[number].places
        if place.within == own.key
        and place.key != own.key
        and place.cue != "near"
        and not place.is_house
    }
    shortest = min(inside, key=len, default="")
    if not shortest or not all(key.startswith(shortest) for key in inside):
        return None
    place, where = inside[shortest]
    return place.name, evidence(EVENT, where, place)


def _fits(context: Context, own: PlaceName | None, place: PlaceName) -> bool:
    if own is not None and own.cue == HOLDS:
        is_inside = not is_exact(own) or place.within in {"", own.key, own.within}
        return is_inside and place.cue != HOLDS and place.key not in {own.key, own.within}
    if own is not None and own.cue == "near" and own.level >= SETTLEMENT:
        return place.level > own.level and place.key != own.within
    if own is None or own.level == COUNTRY or own.cue == "near":
        return True
    if own.region and place.region and place.within != own.key:
        return own.region == place.region
    return place.within in {"", own.key} or _is_nowhere(context, place.within)


def _is_nowhere(context: Context, key: str) -> bool:
    """Whether nothing tells where a place is that holds another: it may lie in any province."""
    place = context.named.get(key)
    if place is None or place.level != UNKNOWN or place.within:
        return False
    return not context.title.book.known.has(place.name)


def _elsewhere(context: Context, index: int) -> Iterator[tuple[PlaceName, Reading, str]]:
    """The places of the event that its other sentences name, those of the nearest first."""
    for other in context.others(index):
        told = context.told[other]
        if told.place is not None:
            yield told.place, told.place_in or context.reading(other), EVENT
    for reading, rule in context.support(index):
        place = place_at(reading.words, reading.places, 0, 0)
        if place is not None:
            yield place, reading, rule


def _before(context: Context, index: int) -> Found | None:
    """Where what is told right before happened, if the mention goes on from there."""
    before = context.told_before(index)
    if before is None:
        return None
    found = read_place(context, before)
    return None if found is None else (found[0], replace(found[1], rule=BEFORE))


def _is_of_several(context: Context, index: int) -> bool:
    """Whether a headline counts together what happened in several towns or provinces."""
    reading, title = context.reading(index), _WORD.findall(context.title.words)
    if not title or _WORD.findall(reading.words) != title:
        return False
    own = context.told[index].place
    beside = [
        one
        for before, one in pairwise(reading.places)
        if own in {before, one} and _LISTED.fullmatch(reading.words[before.end : one.start])
    ]
    is_list = any(COUNTRY < place.level <= SETTLEMENT and not place.within for place in beside)
    return is_list or context.event_of[index].is_sum
