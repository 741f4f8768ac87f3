"""Which mentions of an article speak of one event.

Mentions are of one event where nothing that is said of either tells them apart: not the place, the
day or the way it was done, nor words like "elsewhere". Of several events a mention goes with the
one of the same place or figure, then with the one told of right before.
Running totals stand for themselves.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tracker.extraction.events.apart import family_of, is_apart, is_inside, is_other_way
from tracker.extraction.events.methods import method_of
from tracker.extraction.places.choice import EXACT, is_exact, place_at
from tracker.extraction.places.words import (
    HOLDS,
    LEVEL_OF_KIND,
    MEANT,
    SETTLEMENT,
    SPREAD,
    UNKNOWN,
)
from tracker.extraction.scopes.words import cue_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from tracker.extraction.document import Document
    from tracker.extraction.events.methods import MethodWord
    from tracker.extraction.events.readings import Reading
    from tracker.extraction.model import Mention
    from tracker.extraction.places.finding import PlaceName

_SAME_PLACE = 4
_SAME_FIGURE = 3
_SAME_SENTENCE = 2
_SAME_METHOD = 1
_JUST_BEFORE = 2
#: "In the town" means one named so many sentences back at most.
_MEANT = 6
_THE_KIND = re.compile(
    rf"\b(?:in|on|at|inside|outside|of|across|from)\s(?:the|this|that)\s(?:same\s|\w{{4,9}}ern\s|central\s)?"
    rf"(?P<kind>{MEANT})\b(?!['’]|s\b|\sof\b)",
    re.IGNORECASE,
)
#: Fewer in one town are counted in one place of it.
_LEAST_SUM = 10
#: The places told of one by one have at least one in so many of those counted together.
_SHARE_OF_SUM = 10
#: So many die in a war, not in an event of it.
_OF_A_WAR = 5_000


#: Harm, least and most of a mention.
Figure = tuple[str, int | None, int | None]


@dataclass(frozen=True, slots=True)
class Told:
    """What a mention's own sentence says of its event; ``cue`` as ``cue_of`` gives it.

    ``place_in`` is set where the place is in another sentence, the one that "the attack" is of.
    """

    place: PlaceName | None
    method: MethodWord | None
    days: frozenset[date]
    cue: str
    place_in: Reading | None = None


@dataclass(slots=True)
class Event:
    """What the mentions and sentences of one event say; places by key, exact and wider ones."""

    number: int
    cue: str
    exact: dict[str, PlaceName] = field(default_factory=dict)
    wider: dict[str, PlaceName] = field(default_factory=dict)
    days: set[date] = field(default_factory=set)
    families: set[str] = field(default_factory=set)
    figures: set[tuple[str, int | None, int | None]] = field(default_factory=set)
    mentions: list[int] = field(default_factory=list)
    #: Sentences without a figure that tell of it.
    support: list[int] = field(default_factory=list)
    last: int = 0
    #: By the key of a town, the place in it that a sentence names later, and the sentence's number.
    inside: dict[str, tuple[PlaceName, int]] = field(default_factory=dict)
    #: Counts several events together, each of them told with a place of its own.
    is_sum: bool = False


def tell(
    document: Document, mentions: Sequence[Mention], readings: Sequence[Reading]
) -> list[Told]:
    """What each mention's sentence says of its event."""
    beside: dict[int, list[Mention]] = {}
    for mention in mentions:
        beside.setdefault(mention.sentence, []).append(mention)
    return [_told(document, mention, readings, beside) for mention in mentions]


def _told(
    document: Document,
    mention: Mention,
    readings: Sequence[Reading],
    beside: Mapping[int, Sequence[Mention]],
) -> Told:
    reading = readings[mention.sentence]
    first, last = mention.core_start - reading.offset, mention.core_end - reading.offset
    place = place_at(reading.words, reading.places, first, last)
    before = readings[mention.sentence - 1] if mention.sentence else None
    where = None
    if place is None or place.level <= UNKNOWN:
        meant, there = _meant(
            reading, readings[max(0, mention.sentence - _MEANT) : mention.sentence]
        )
        if place is None or (meant and meant.level > place.level):
            place, where = meant, there
    if place is None and before and mention.sentence - 1 not in beside and not reading.turns:
        is_told = (before.methods or reading.takes_up) and not (before.days and reading.days)
        where = before if is_told else None
        place = _place_of_deed(before) if where else None
    is_of_a_war = (mention.minimum or 0) >= _OF_A_WAR
    return Told(
        place=place,
        method=method_of(reading.words, reading.methods, first, last),
        days=reading.days if len(reading.days) == 1 else frozenset(),
        cue="total" if is_of_a_war else cue_of(document, mention, beside[mention.sentence])[0],
        place_in=where if place else None,
    )


def _place_of_deed(reading: Reading) -> PlaceName | None:
    """The place that goes with what a sentence without a figure says was done."""
    deed = next((word for word in reading.methods), None)
    first, last = (deed.start, deed.end) if deed else (0, 0)
    return place_at(reading.words, reading.places, first, last)


def _meant(
    reading: Reading, before: Sequence[Reading]
) -> tuple[PlaceName, Reading] | tuple[None, None]:
    """The place that "in the town" means: the last one of its kind, and its sentence."""
    match = _THE_KIND.search(reading.words)
    if match is None:
        return None, None
    level = LEVEL_OF_KIND[match["kind"].lower()]
    for earlier in reversed(before):
        alike = [place for place in earlier.places if place.level == level != UNKNOWN]
        if not alike and level >= SETTLEMENT:
            alike = [
                place
                for place in earlier.places
                if place.level == UNKNOWN and place.cue in {"in", "on"}
            ]
        if alike:
            return alike[-1], earlier
    return None, None


def link(
    mentions: Sequence[Mention], told: Sequence[Told], readings: Sequence[Reading]
) -> list[Event]:
    """The events in the order in which they are told."""
    events: list[Event] = []
    current: Event | None = None
    read = 0
    for index, (mention, one) in enumerate(zip(mentions, told, strict=True)):
        if current is not None:
            _support(events, current, readings, range(read, mention.sentence))
        is_sum = _is_sum(index, mentions, told) or _is_beside_sum(mention, one, events)
        event = None if is_sum else _event_for(mention, one, readings[mention.sentence], events)
        if event is None:
            event = Event(len(events), one.cue, is_sum=is_sum)
            events.append(event)
        _join(event, index, mention, one, readings[mention.sentence])
        if current is None:
            _support(events, event, readings, range(mention.sentence))
        aside = current is not None and one.cue and not current.cue and current.last == event.last
        current, read = (current if aside else event), mention.sentence + 1
    if current is not None:
        _support(events, current, readings, range(read, len(readings)))
    return events


def _is_sum(index: int, mentions: Sequence[Mention], told: Sequence[Told]) -> bool:
    """Whether it counts together what is told later, place by place, with smaller figures."""
    mention, own = mentions[index], told[index].place
    if told[index].cue or not mention.minimum:
        return False
    least = own.level if own is not None and is_exact(own) else 0
    if least > SETTLEMENT:
        return False
    if least and mention.minimum < _LEAST_SUM:
        return False
    if not least and _is_told_exactly(mention, mentions, told):
        return False
    parts: dict[str, int] = {}
    for other, one in zip(mentions[index + 1 :], told[index + 1 :], strict=True):
        is_part = other.outcome == mention.outcome and not one.cue and one.place_in is None
        figure = other.minimum or other.maximum
        is_finer = one.place is not None and is_exact(one.place) and one.place.level > least
        if is_part and figure and one.place is not None and is_finer:
            parts.setdefault(one.place.key, figure)
    few = all(part < mention.minimum for part in parts.values())
    together = sum(parts.values())
    is_whole = together * _SHARE_OF_SUM >= mention.minimum >= together - len(parts)
    return len(parts) > 1 and few and is_whole


def _is_told_exactly(mention: Mention, mentions: Sequence[Mention], told: Sequence[Told]) -> bool:
    """Whether its figure, one that few events have, is told with one exact place."""
    return (mention.minimum or 0) >= _LEAST_SUM and any(
        (other.outcome, other.minimum) == (mention.outcome, mention.minimum)
        and one.place is not None
        and is_exact(one.place)
        for other, one in zip(mentions, told, strict=True)
    )


def _is_beside_sum(mention: Mention, told: Told, events: Sequence[Event]) -> bool:
    """Whether it is the other half of such a figure: "20 dead and dozens of wounded"."""
    last = events[-1] if events and events[-1].is_sum else None
    if last is None or last.last != mention.sentence or told.cue or told.place is None:
        return False
    if mention.outcome in {outcome for outcome, _, _ in last.figures}:
        return False
    return told.place.key in {*last.exact, *last.wider}


def _event_for(
    mention: Mention, told: Told, reading: Reading, events: Sequence[Event]
) -> Event | None:
    scored = [
        (score, event)
        for event in events
        if not event.is_sum
        if (score := _score(mention, told, reading, event, events)) > 0
    ]
    return max(scored, key=lambda found: found[0])[1] if scored else None


def _score(
    mention: Mention, told: Told, reading: Reading, event: Event, events: Sequence[Event]
) -> float:
    """How well a mention goes with an event; 0 = it doesn't."""
    beside = mention.sentence == event.last and bool(event.mentions)
    if "total" in {told.cue, event.cue} and not (beside and told.cue == event.cue):
        return 0
    if is_apart(told, event) and not is_inside(
        told, event, reading, mention.sentence, _figure(mention)
    ):
        return 0
    figure = (mention.outcome, mention.minimum, mention.maximum)
    same_place = told.place is not None and told.place.key in event.exact
    score = _SAME_PLACE * same_place
    score += _SAME_FIGURE * (figure in event.figures and mention.minimum not in {None, 0})
    if told.cue != event.cue and not score:
        return 0
    if reading.turns and not beside and not score:
        return 0
    score += _SAME_SENTENCE * beside
    family = family_of(told.method)
    score += _SAME_METHOD * (family != "" and family in event.families)
    latest = max(events, key=lambda one: one.last)
    score += _JUST_BEFORE * (event is latest)
    return score


def _figure(mention: Mention) -> Figure:
    return mention.outcome, mention.minimum, mention.maximum


def _join(event: Event, index: int, mention: Mention, told: Told, reading: Reading) -> None:
    if is_inside(told, event, reading, mention.sentence, _figure(mention)) and is_apart(
        told, event
    ):
        _narrow(event, told.place, mention.sentence)
    event.mentions.append(index)
    event.last = mention.sentence
    event.figures.add((mention.outcome, mention.minimum, mention.maximum))
    event.days |= told.days
    family = family_of(told.method)
    if family:
        event.families.add(family)
    _add_places(event, reading, told.place)


def _add_places(event: Event, reading: Reading, place: PlaceName | None) -> None:
    if place is not None:
        known = event.exact if is_exact(place) and place.cue not in {HOLDS, SPREAD} else event.wider
        known.setdefault(place.key, place)
        for other in reading.places:
            if other.key == place.within or other.level < EXACT:
                event.wider.setdefault(other.key, other)


#: So many sentences on, one without a figure still tells of the event before it.
_REACH = 3
#: An article has fewer sentences; what stands later in a longer text supports nothing.
_MOST_READ = 150


def _support(
    events: Sequence[Event], current: Event, readings: Sequence[Reading], numbers: range
) -> None:
    """Sentences without a figure go with the event before them, if nothing is against it."""
    since, is_of_another_day = 0, False
    if current.cue == "total":
        return
    for number in numbers[: max(0, _MOST_READ - numbers.start)]:
        reading = readings[number]
        since = _REACH + 1 if reading.turns else since + 1
        beside = [place for place in reading.places if place.cue == "beside"]
        listed = next((place for place in beside if place.key in current.exact), None)
        place = listed or _place_of_deed(reading)
        is_where = not current.exact and place is not None and is_exact(place)
        tells = reading.methods or reading.takes_up or is_where
        if not tells or reading.is_general:
            continue
        method = method_of(reading.words, reading.methods, 0, 0)
        days = reading.days if len(reading.days) == 1 else frozenset()
        told = Told(place, method, days, current.cue)
        narrows = _narrows(told, current) and not reading.turns
        if days and current.days:
            is_of_another_day = not days & current.days
        if is_apart(told, current) and is_inside(told, current, reading, number):
            _narrow(current, place, number)
            narrows = True
        near = since <= _REACH or (current is events[0] and reading.takes_up)
        near = near and not is_of_another_day
        if narrows or (near and not is_apart(told, current)):
            current.support.append(number)
            if not current.exact:
                _add_places(current, reading, place)


def _narrow(event: Event, place: PlaceName | None, number: int) -> None:
    if place is not None:
        for town in event.exact:
            event.inside.setdefault(town, (place, number))


def _narrows(told: Told, event: Event) -> bool:
    """Whether it says where exactly, of an event of which only the town or province is known."""
    place = told.place
    if place is None or not place.within or is_other_way(told, event):
        return False
    return place.within in event.exact or (place.within in event.wider and not event.exact)
