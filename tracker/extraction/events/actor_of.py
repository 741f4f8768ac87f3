"""Who is said to have caused a figure's event, by the fullest name of the same party (pure)."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from tracker.extraction.events.actors import BY_ACTOR, OWNED_UP, WHOSE_DEED, words_of_name
from tracker.extraction.events.context import BEFORE, Context, evidence, read_once
from tracker.extraction.lexicon import any_of, topic

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.extraction.events.actors import ActorName
    from tracker.extraction.events.context import Found
    from tracker.extraction.events.readings import Reading

_LARGE = 1_000
#: So many sentences after a sum its parts are told.
_REACH = 2
#: Whose fighters those harmed are: "nine fighters | of the Nahr Front".
_FURTHER = re.compile(r"\s{1,3}(?:of|from|belonging to|loyal to|affiliated with)\s[^,.;]{1,40}")
_WAR = re.compile(rf"\b{any_of(topic('actors')['wars'])}\b", re.IGNORECASE)
_ELSEWHERE = ", elsewhere"


@read_once
def read_actor(context: Context, index: int) -> Found | None:
    """The party as named, None = none is said to have done it."""
    own, reading = _own(context, index), context.reading(index)
    if _of_the_war(context, index):
        is_by = own is not None and own.rule == BY_ACTOR
        return (own.name, evidence(own.rule, reading, own)) if own and is_by else None
    elsewhere = _of_another_side(context, index, _elsewhere(context, index))
    if own is not None:
        beside = [(one, reading) for one in _not_the_harmed(context, index, reading.actors)]
        fuller = _fuller(own, [*beside, *elsewhere] if own.rule == WHOSE_DEED else elsewhere)
        if fuller is None:
            return own.name, evidence(own.rule, reading, own)
        return fuller[0].name, evidence(fuller[0].rule + _ELSEWHERE, fuller[1], fuller[0])
    event = context.event_of[index]
    if event.cue == "total" or event.is_sum:
        return None
    for actor, where in elsewhere:
        fuller = _fuller(actor, elsewhere) or (actor, where)
        return fuller[0].name, evidence(fuller[0].rule + _ELSEWHERE, fuller[1], fuller[0])
    before = _before(context, index)
    found = read_actor(context, before) if before is not None else None
    return (found[0], replace(found[1], rule=BEFORE)) if found else None


def _before(context: Context, index: int) -> int | None:
    """The mention whose actor holds for this one too: the one it goes on from, or its sum."""
    before = context.told_before(index)
    if before is None:
        before = context.main_event(index)
    if before is None:
        here = context.mentions[index].sentence
        sums = (at for at in range(index) if context.event_of[at].is_sum)
        before = next((a for a in sums if here - context.mentions[a].sentence <= _REACH), None)
    return before


def _of_the_war(context: Context, index: int) -> bool:
    """Whether the dead are those of a whole war, which no one party is said to have killed."""
    mention, words = context.mentions[index], context.reading(index).words
    is_large = (mention.minimum or mention.maximum or 0) >= _LARGE
    return is_large and _WAR.search(words) is not None


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
    """Those named before the number, or outside of the words for whom it counts."""
    if context.mentions[index].subject_status != "COMBATANT":
        return actors
    counted, last = _harmed(context, index)
    harmed = words_of_name(context.reading(index).words[counted:last])
    first, _ = context.core(index)
    return [
        one
        for one in actors
        if one.end <= counted or one.start >= last
        if not _is_among(one, harmed) or (first <= one.start and one.end <= counted)
    ]


def _harmed(context: Context, index: int) -> tuple[int, int]:
    """Where the number and those it counts stand: "nine fighters of the Nahr Front"."""
    mention, reading = context.mentions[index], context.reading(index)
    _, last = context.core(index)
    further = _FURTHER.match(reading.words, last)
    return mention.figure_start - reading.offset, further.end() if further else last


def _of_another_side(
    context: Context, index: int, named: Iterator[tuple[ActorName, Reading]]
) -> list[tuple[ActorName, Reading]]:
    """Without those who go by the name of the fighters harmed."""
    if context.mentions[index].subject_status != "COMBATANT":
        return list(named)
    counted, last = _harmed(context, index)
    harmed = words_of_name(context.reading(index).words[counted:last])
    return [(actor, where) for actor, where in named if not _is_among(actor, harmed)]


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
