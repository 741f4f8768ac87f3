"""Which of a sentence's places goes with what stands at some point of it (pure)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tracker.extraction.places.words import BETWEEN, UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.extraction.places.finding import PlaceName

#: From here on a place is exact enough to tell events apart.
EXACT = 3
_EXACT_IF_NEAR = 6
_CLAUSE = re.compile(
    r"[;:]|\b(?:while|whereas|but|after|before|which|who|where|since|because)\b", re.IGNORECASE
)
_SMALL_CLAUSE = re.compile(r"\b(?:when|as|that)\b", re.IGNORECASE)
_CLAUSE_COST = 45
_SMALL_CLAUSE_COST = 15
_LEVEL_WORTH = 26
_COST_OF_CUE = {"near": 15, "speaker": 60}
#: "In Nahr, shells on the village of Ardesh killed nine": the first is the frame of the second.
_AT_BEGINNING = 4
#: "Nine were killed in the nearby town of Ardesh".
_RIGHT_BESIDE = re.compile(rf"\s(?:in|at|on|inside)\s(?:(?:{BETWEEN})\s){{0,5}}", re.IGNORECASE)
_WORTH_OF_RIGHT_BESIDE = 40
_FRAME_COST = 90
#: "Two were shot in Nahr and three in Ardesh": what follows "and" is not of the place before.
_AND_THEN = re.compile(r"(?:\s[\w-]+){0,2},?\sand\s(?:the\s|another\s)?", re.IGNORECASE)


def place_at(words: str, places: Sequence[PlaceName], first: int, last: int) -> PlaceName | None:
    """The place that goes with what stands at ``first``–``last``: near it, and exact."""
    places = _without_houses(places)
    holders = {place.within for place in places}
    inner = [place for place in places if place.key not in holders] or list(places)
    most_exact = max((place.level for place in inner), default=UNKNOWN)
    return min(
        inner,
        key=lambda place: _cost(words, place, first, last) + _frame_cost(place, most_exact),
        default=None,
    )


def _without_houses(places: Sequence[PlaceName]) -> list[PlaceName]:
    """The places, but for a house where the settlement that it stands in is named."""
    settled = {place.key for place in places if place.level >= EXACT and not place.is_house}
    return [place for place in places if not (place.is_house and place.within in settled)]


def is_exact(place: PlaceName) -> bool:
    """Whether it tells events apart; a place that something is only near to doesn't."""
    return place.level >= (EXACT if place.cue != "near" else _EXACT_IF_NEAR)


def _cost(words: str, place: PlaceName, first: int, last: int) -> float:
    between = words[last : place.start] if place.start >= last else words[place.end : first]
    cost = len(between) - _LEVEL_WORTH * (place.level - UNKNOWN)
    cost += _CLAUSE_COST * len(_CLAUSE.findall(between))
    cost += _SMALL_CLAUSE_COST * len(_SMALL_CLAUSE.findall(between))
    if place.end <= first and _AND_THEN.fullmatch(between):
        cost += _CLAUSE_COST
    if place.start >= last and _RIGHT_BESIDE.fullmatch(between):
        cost -= _WORTH_OF_RIGHT_BESIDE
    return cost + _COST_OF_CUE.get(place.cue, 0)


def _frame_cost(place: PlaceName, most_exact: int) -> int:
    is_frame = place.start <= _AT_BEGINNING and place.level < most_exact
    return _FRAME_COST if is_frame and place.level <= UNKNOWN else 0
