"""Who is said to have caused a figure's event, by the fullest name of the same party (pure)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tracker.extraction.events.actors import COUNTRYS_DEED, OWNED_UP, WHOSE_DEED, words_of_name
from tracker.extraction.events.context import BEFORE, Context, evidence, read_once

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.extraction.events.actors import ActorName
    from tracker.extraction.events.context import Found
    from tracker.extraction.events.readings import Reading

_ELSEWHERE = ", elsewhere"


@read_once
def read_actor(context: Context, index: int) -> Found | None:
    """The party as named, None = none is said to have done it."""
    own, reading = _own(context, index), context.reading(index)
    elsewhere = sorted(_elsewhere(context, index), key=lambda one: one[0].rule == COUNTRYS_DEED)
    is_country = own is not None and own.rule == COUNTRYS_DEED
    if is_country and elsewhere and elsewhere[0][0].rule != COUNTRYS_DEED:
        own, reading = elsewhere[0]
    if own is not None:
        fuller = _fuller(own, elsewhere)
        if fuller is None:
            return own.name, evidence(own.rule, reading, own)
        return fuller[0].name, evidence(fuller[0].rule + _ELSEWHERE, fuller[1], fuller[0])
    event = context.event_of[index]
    if event.cue == "total" or event.is_sum:
        return None
    for actor, where in elsewhere:
        fuller = _fuller(actor, elsewhere) or (actor, where)
        return fuller[0].name, evidence(fuller[0].rule + _ELSEWHERE, fuller[1], fuller[0])
    before = context.told_before(index)
    if before is None:
        before = context.main_event(index)
    found = read_actor(context, before) if before is not None else None
    return (found[0], replace(found[1], rule=BEFORE)) if found else None


def _own(context: Context, index: int) -> ActorName | None:
    """The nearest name in the sentence that is not of those harmed."""
    first, last = context.core(index)
    actors = _not_the_harmed(context, index, context.reading(index).actors)
    return min(
        actors,
        key=lambda one: one.start - last if one.start >= last else max(0, first - one.end),
        default=None,
    )


def _not_the_harmed(context: Context, index: int, actors: list[ActorName]) -> list[ActorName]:
    if context.mentions[index].subject_status != "COMBATANT":
        return actors
    first, last = context.core(index)
    harmed = words_of_name(context.reading(index).words[first : last + 40])
    return [
        one
        for one in actors
        if one.end <= first or one.start >= last or not (first <= one.start < last)
        if not _is_among(one, harmed)
    ]


def _is_among(actor: ActorName, harmed: frozenset[str]) -> bool:
    own = words_of_name(actor.name)
    return bool(own) and own <= harmed


def _fuller(
    own: ActorName, others: list[tuple[ActorName, Reading]]
) -> tuple[ActorName, Reading] | None:
    """The same party by more of its name: "coalition" is "US-led coalition"."""
    words = words_of_name(own.name)
    best: tuple[ActorName, Reading] | None = None
    for actor, reading in others:
        more = words_of_name(actor.name)
        is_noun = words == more and own.rule == WHOSE_DEED != actor.rule
        longest = len(words_of_name(best[0].name)) if best else 0
        if (words < more or is_noun) and len(more) > longest:
            best = (actor, reading)
    return best


def _elsewhere(context: Context, index: int) -> Iterator[tuple[ActorName, Reading]]:
    """The names in the other sentences of the event, those of the nearest first."""
    seen = {context.mentions[index].sentence}
    for other in context.others(index):
        if context.mentions[other].sentence not in seen:
            seen.add(context.mentions[other].sentence)
            reading = context.reading(other)
            for actor in _not_the_harmed(context, other, reading.actors):
                yield actor, reading
    for reading, _ in context.support(index):
        for actor in reading.actors:
            yield actor, reading
    if context.event_of[index].number == 0:
        for reading in context.untold:
            for actor in reading.actors:
                if actor.rule in OWNED_UP:
                    yield actor, reading
