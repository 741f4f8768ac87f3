"""What is known of places besides what a report says: the gazetteer, and what a caller adds.

Commands use what comes with the package; workers and pages add the lists, the spellings that people
taught and the places that they merged. Nothing of it is read before it is asked for.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from tracker.extraction.places.gazetteer import Kind, packaged
from tracker.extraction.places.keys import place_key
from tracker.extraction.places.name_keys import name_key
from tracker.extraction.places.words import COUNTRY, PROVINCE, SETTLEMENT, UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from tracker.extraction.places.finding import PlaceName
    from tracker.extraction.places.gazetteer import Place, PlaceValues

_LEVEL_OF = {Kind.COUNTRY: COUNTRY, Kind.ADMIN1: PROVINCE, Kind.SETTLEMENT: SETTLEMENT}
_NAMES_KEPT = 4096


@dataclass(frozen=True, slots=True)
class Taught:
    """That ``spelling`` means the place ``name``, which is of this kind."""

    spelling: str
    name: str
    kind: Kind


class KnownPlaces:
    """Names to places; safe to share, and the same for good: what is taught later is another."""

    def __init__(
        self,
        taught: Iterable[Taught] = (),
        listed: Callable[[str], Sequence[Place]] | None = None,
        merged: Mapping[PlaceValues, Place] | None = None,
    ) -> None:
        """``listed`` gives the places of lists by the key of a name; None = there are no lists.

        ``merged`` gives for a place that was merged away the one that stands for it in the end.
        """
        self._taught = {name_key(one.spelling): one for one in taught}
        self._spellings: dict[str, list[str]] = {}
        for one in self._taught.values():
            self._spellings.setdefault(place_key(one.name), []).append(one.spelling)
        self._merged = merged or {}
        self._stand_for_others = {place.values for place in self._merged.values()}
        self._names = _names_by_key(self._merged)
        self._listed = listed
        self._level = lru_cache(maxsize=_NAMES_KEPT)(self._find_level)
        self._region_of = lru_cache(maxsize=_NAMES_KEPT)(self._find_region_of)
        self._merged_key = lru_cache(maxsize=_NAMES_KEPT)(self._find_merged_key)

    def standing(self, places: Iterable[Place]) -> list[Place]:
        """The places that stand for these, in their order and each once."""
        found: dict[PlaceValues, Place] = {}
        for place in places:
            stands = self._merged.get(place.values, place)
            found.setdefault(stands.values, stands)
        return list(found.values())

    def meant_by(self, name: str) -> list[Place]:
        """The places that stand and that a name may mean where nothing says of which country.

        A list goes before what is packaged, and a place's own name before another spelling.
        """
        key = name_key(name)
        found = self._listed(key) if self._listed is not None else ()
        found = found or packaged().look_up(name)
        return self.standing([one for one in found if name_key(one.name) == key] or found)

    def level(self, name: str, country: str) -> int:
        """How exact a name is in a report of ``country``, "" = of none; unknown where it is of two
        kinds."""
        return self._level(name, country)

    def has(self, name: str) -> bool:
        """Whether any place of this name is known, of whatever kind."""
        key = name_key(name)
        if key in self._taught or packaged().look_up(name):
            return True
        return self._listed is not None and bool(self._listed(key))

    def region_of(self, name: str, country: str, *, is_region: bool = False) -> str:
        """The region, by the gazetteer's name, in which the settlement of this name lies or, with
        ``is_region``, which this is a name of; "" where ``country`` has none such or several."""
        return self._region_of(name, country, is_region=is_region)

    def key(self, name: str) -> str:
        """The key of the place that a name means: a taught spelling has that of its place, and any
        name of places that were merged, and of no other, that of the one that stands."""
        return self._meant(name) or place_key(name)

    def spellings(self, name: str) -> list[str]:
        """What else was taught for the place of this name, and the names of those that were merged
        into it, where no other place has them."""
        if not self._taught and not self._merged:
            return []
        key = self.key(name)
        merged = [one for one in self._names.get(key, ()) if self.key(one) == key]
        return [*self._spellings.get(key, ()), *merged]

    def keyed(self, sentences: Sequence[list[PlaceName]]) -> Sequence[list[PlaceName]]:
        """The places of a report's sentences, under one key whatever name of theirs it prints."""
        if not self._taught and not self._merged:
            return sentences
        meant = {
            place.key: key
            for places in sentences
            for place in places
            if (key := self._meant(place.name))
        }
        if not meant:
            return sentences
        return [_once(_under(place, meant) for place in places) for places in sentences]

    def _meant(self, name: str) -> str:
        """The key of a name that was taught or belongs to merged places, "" of any other."""
        taught = self._taught.get(name_key(name)) if self._taught else None
        if taught is not None:
            return place_key(taught.name)
        return self._merged_key(name) if self._merged else ""

    def _find_merged_key(self, name: str) -> str:
        places = self.meant_by(name)
        if len(places) == 1 and places[0].values in self._stand_for_others:
            return place_key(places[0].name)
        return ""

    def _find_level(self, name: str, country: str) -> int:
        taught = self._taught.get(name_key(name))
        if taught is not None:
            return _LEVEL_OF[taught.kind]
        where = self._code_of(country)
        found = self._standing_in(where, name, packaged().look_up(name, country=where))
        kinds = {place.kind for place in found}
        return _LEVEL_OF[kinds.pop()] if len(kinds) == 1 else UNKNOWN

    def _find_region_of(self, name: str, country: str, *, is_region: bool) -> str:
        where = self._code_of(country)
        if where is None:
            return ""
        # Not by short vowels, which two villages of a country may share.
        found = self._standing_in(where, name, packaged().look_up(name))
        kind = Kind.ADMIN1 if is_region else Kind.SETTLEMENT
        regions = {
            one.name if is_region else one.admin1
            for one in found
            if one.kind == kind and one.country == where
        }
        return regions.pop() if len(regions) == 1 else ""

    def _standing_in(self, where: str | None, name: str, found: Iterable[Place]) -> list[Place]:
        """The places of the gazetteer and those of lists in the country that stand."""
        listed = self._listed(name_key(name)) if self._listed is not None else ()
        here = [one for one in listed if where is None or one.country in {"", where}]
        return self.standing([*found, *here])

    @staticmethod
    def _code_of(country: str) -> str | None:
        """The two letters of a country by one of its names."""
        holder = next(iter(packaged().look_up(country)), None) if country else None
        return holder.country if holder else None


def _names_by_key(merged: Mapping[PlaceValues, Place]) -> dict[str, list[str]]:
    """By the key of one that stands for others, its name and theirs."""
    names: dict[str, dict[str, None]] = {}
    for (name, *_), stands in merged.items():
        names.setdefault(place_key(stands.name), {stands.name: None})[name] = None
    return {key: list(found) for key, found in names.items()}


def _under(place: PlaceName, meant: Mapping[str, str]) -> PlaceName:
    key, within = meant.get(place.key, place.key), meant.get(place.within, place.within)
    return replace(place, key=key, within="" if within == key else within)


def _once(places: Iterable[PlaceName]) -> list[PlaceName]:
    """A place that a sentence names by two spellings is one."""
    found: dict[str, PlaceName] = {}
    for place in places:
        found.setdefault(place.key, place)
    return list(found.values())


#: What comes with the package, and nothing else.
PACKAGED = KnownPlaces()
