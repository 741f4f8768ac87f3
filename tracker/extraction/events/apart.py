"""What tells two events of one article apart: the place, the day, the way it was done."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tracker.extraction.places.choice import EXACT, is_exact
from tracker.extraction.places.words import COUNTRY, HOLDS, SETTLEMENT

if TYPE_CHECKING:
    from tracker.extraction.events.linking import Event, Figure, Told
    from tracker.extraction.events.methods import MethodWord
    from tracker.extraction.events.readings import Reading
    from tracker.extraction.places.finding import PlaceName

#: Ways of doing it that a report may give for one and the same event.
_FAMILY = {
    "airstrike": "air",
    "drone strike": "air",
    "shelling": "fire",
    "car bomb": "bomb",
    "suicide attack": "bomb",
    "ied": "bomb",
    "landmine": "bomb",
    "ground attack": "ground",
    "gunfire": "ground",
    "raid": "ground",
    "execution": "ground",
}
_FIT = {frozenset({"bomb", "ground"}), frozenset({"air", "chemical"})}
#: "In Nahr, nine were killed": a sentence that begins so turns to another province.
_FRONTED = 20
#: "The attack" is the one of so many sentences back.
_SOON = 2


def is_apart(told: Told, event: Event) -> bool:
    """Whether place, day or the way it was done tell the two apart."""
    is_other_day = bool(told.days and event.days) and not told.days & event.days
    if is_other_day or is_other_way(told, event):
        return True
    return told.place is not None and _is_other_place(told.place, event)


def is_inside(
    told: Told, event: Event, reading: Reading, number: int, figure: Figure | None = None
) -> bool:
    """Whether "the attack", or one with the same figure, was in a place of the town just named."""
    place = told.place
    if place is None or not reading.takes_up or reading.turns:
        return False
    if place.is_house or place.cue == HOLDS or not is_exact(place):
        return False
    if is_apart(replace(told, place=None), event):
        return False
    towns = [town for town in event.exact.values() if town.level == SETTLEMENT]
    is_one_of_them = place.level > SETTLEMENT and 0 < len(towns) == len(event.exact)
    is_again = figure is not None and figure[1] not in {None, 0} and figure in event.figures
    if told.place_in is not None and not is_again:
        return False
    return is_one_of_them and number - event.last <= _SOON


def _is_other_place(place: PlaceName, event: Event) -> bool:
    known = {*event.exact, *(one.within for one in event.exact.values())}
    if place.start <= _FRONTED and place.level < EXACT:
        wider = event.wider.items()
        known |= {key for key, one in wider if place.level > COUNTRY or one.level == COUNTRY}
        return bool(known) and place.key not in known
    if place.cue == HOLDS:
        return bool(event.exact) and place.key not in known | {*event.wider}
    if is_exact(place):
        return bool(event.exact) and place.key not in known and place.within not in event.exact
    is_province = COUNTRY < place.level < EXACT
    return is_province and bool(event.wider) and place.key not in event.wider


def is_other_way(told: Told, event: Event) -> bool:
    family = family_of(told.method)
    if not family or not event.families or family in event.families:
        return False
    return not any(frozenset({family, other}) in _FIT for other in event.families)


def family_of(method: MethodWord | None) -> str:
    if method is None or method.is_weak:
        return ""
    return _FAMILY.get(method.method, method.method)
