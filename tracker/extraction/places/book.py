"""What a whole report says of its places, for sentences that say less of one (pure).

"Idlib" is a province where the report says "Idlib province" and never "Idlib city"; what lies in
"Sella" in one sentence lies there in all.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from tracker.extraction.places.countries import countries_in
from tracker.extraction.places.known import PACKAGED, KnownPlaces
from tracker.extraction.places.words import CALLED, COUNTRY, PROVINCE, UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tracker.extraction.places.finding import PlaceName


#: A country where something happens counts for more than one that does something.
_IS_A_PLACE = 2


@dataclass(frozen=True, slots=True)
class PlaceBook:
    """By the key of a place: how exact it is, what holds it, how it is spelled without an "s"."""

    levels: dict[str, int] = field(default_factory=dict)
    holders: dict[str, str] = field(default_factory=dict)
    names: frozenset[str] = frozenset()
    #: The country that is named most often, "" = none is.
    country: str = ""
    known: KnownPlaces = PACKAGED

    def knows(self, place: PlaceName) -> bool:
        """Whether it stands where places stand, in this sentence or another."""
        return place.cue != CALLED or place.name in self.names

    def settled(self, place: PlaceName) -> PlaceName:
        """The place with what the report says of it elsewhere, where its sentence says nothing."""
        level = place.level
        if level == UNKNOWN:
            level = self.levels.get(place.key) or self.known.level(place.name, self.country)
        within = place.within or self.holders.get(place.key, "")
        has_lost = place.name.endswith("s") and place.name[:-1] in self.names
        name, end = (place.name[:-1], place.end - 1) if has_lost else (place.name, place.end)
        region = self.known.region_of(name, self.country, is_region=level <= PROVINCE)
        if (level, within, has_lost, region) == (place.level, place.within, False, ""):
            return place
        return replace(place, name=name, end=end, level=level, within=within, region=region)


def book_of(
    places: Iterable[PlaceName],
    sentences: Iterable[str] = (),
    known: KnownPlaces = PACKAGED,
) -> PlaceBook:
    """What the places of all sentences say together; where they disagree, nothing."""
    levels: dict[str, set[int]] = {}
    holders: dict[str, set[str]] = {}
    countries: dict[str, int] = {}
    names = set()
    for place in places:
        if place.cue != CALLED:
            names.add(place.name)
        if place.level == COUNTRY:
            countries[place.name] = countries.get(place.name, 0) + _IS_A_PLACE
        if place.level != UNKNOWN:
            levels.setdefault(place.key, set()).add(place.level)
        if place.within:
            holders.setdefault(place.key, set()).add(place.within)
    for sentence in sentences:
        for country in countries_in(sentence):
            countries[country] = countries.get(country, 0) + 1
    return PlaceBook(
        levels={key: min(found) for key, found in levels.items() if len(found) == 1},
        holders={key: min(found) for key, found in holders.items() if len(found) == 1},
        names=frozenset(names),
        country=max(countries, key=lambda name: countries[name], default=""),
        known=known,
    )
