"""How a figure's event happened, in the word of the annotation guide (pure)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tracker.extraction.events.context import (
    BEFORE,
    EVENT,
    OWN,
    SUPPORT,
    WEAK,
    Context,
    evidence,
    read_once,
)
from tracker.extraction.events.methods import is_blast, is_unclear, method_of, says_more

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tracker.extraction.events.context import Found
    from tracker.extraction.events.methods import MethodWord
    from tracker.extraction.events.readings import Reading

    #: A word, the sentence it stands in and the rule by which that tells of the event.
    Said = tuple[MethodWord, Reading, str]

#: What "attack" and "missile" stand for where nothing else is said.
_SAY_LEAST = frozenset({"ground attack", "shelling"})
#: What a bomb may turn out to be.
_KINDS_OF_BOMBS = {"ied": ("car bomb", "suicide attack"), "suicide attack": ("car bomb",)}
#: Words that stand so far from a running total speak of something else.
_FURTHEST_OF_TOTAL = 150
#: The dead of a war died in many ways: so many are only told of by words right beside them.
_OF_A_WAR = 5_000
_FURTHEST_OF_A_WAR = 70


@read_once
def read_method(context: Context, index: int) -> Found | None:
    """The method; "" = said, but no single one, None = not said."""
    own, reading = context.told[index].method, context.reading(index)
    if context.event_of[index].cue == "total":
        return _of_total(context, index)
    if own is not None and not own.is_weak:
        return own.method, evidence(OWN, reading, own)
    where = context.told[index].place_in
    if own is None and where is not None:
        word = method_of(where.words, where.methods, 0, 0)
        if word is not None and not word.is_weak:
            return word.method, evidence(BEFORE, where, word)
    if not context.event_of[index].is_sum:
        found = _of_event(context, index, own)
        if found is not None:
            return found
    if own is not None:
        return _of_weak_word(context, index, own)
    before = context.told_before(index)
    found = read_method(context, before) if before is not None else None
    return (found[0], replace(found[1], rule=BEFORE)) if found else None


def _of_weak_word(context: Context, index: int, own: MethodWord) -> Found:
    """What a weak word of the mention's own sentence stands for, where its event says no more."""
    reading = context.reading(index)
    told = [context.readings[number].words for number in sorted(context.sentences(index))]
    if is_blast(own, reading.words) and any(map(is_unclear, told)):
        return "", evidence(OWN + WEAK, reading, own)
    return own.method, evidence(OWN + WEAK, reading, own)


def _of_event(context: Context, index: int, own: MethodWord | None) -> Found | None:
    """What is said elsewhere of its event, if it says more than the mention's own weak word."""
    elsewhere = list(_elsewhere(context, index))
    said = own.method if own is not None else ""
    plain = [one for one in elsewhere if not one[0].is_weak]
    fits = (one for one in plain if not said or says_more(one[0].method, said))
    nearest = next(fits, None)
    if nearest is not None:
        word, where, rule = _which_bomb(nearest, plain)
        return word.method, evidence(rule, where, word)
    for word, where, rule in sorted(elsewhere, key=lambda one: one[0].method in _SAY_LEAST):
        if word.method and not said:
            return word.method, evidence(rule + WEAK, where, word)
    return None


def _which_bomb(said: Said, elsewhere: Sequence[Said]) -> Said:
    """What a bomb was in or on, where any sentence of its event says so."""
    kinds = _KINDS_OF_BOMBS.get(said[0].method, ())
    return next((one for one in elsewhere if one[0].method in kinds), said)


def _of_total(context: Context, index: int) -> Found | None:
    own = context.told[index].method
    first, last = context.core(index)
    is_of_a_war = (context.mentions[index].minimum or 0) >= _OF_A_WAR
    furthest = _FURTHEST_OF_A_WAR if is_of_a_war else _FURTHEST_OF_TOTAL
    if own is None or own.start - last > furthest or first - own.end > furthest:
        return None
    rule = OWN + (WEAK if own.is_weak else "")
    return own.method, evidence(rule, context.reading(index), own)


def _elsewhere(context: Context, index: int) -> Iterator[Said]:
    """What the other sentences of the event say, those of the nearest first."""
    for other in context.others(index):
        method = context.told[other].method
        if method is not None and context.reading(other) is not context.reading(index):
            yield method, context.reading(other), EVENT
    for reading, rule in context.support(index):
        is_after = reading.offset > context.reading(index).offset
        if rule == SUPPORT and is_after and not (reading.takes_up or reading.actors):
            continue
        method = method_of(reading.words, reading.methods, 0, 0)
        if method is not None:
            yield method, reading, rule
