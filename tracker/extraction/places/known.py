"""What is known of places besides what a report says: the gazetteer, and what a caller adds.

Commands use what comes with the package; workers and pages add the lists and the spellings that
people taught. Nothing of it is read before it is asked for.
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
    from tracker.extraction.places.gazetteer import Place

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
    ) -> None:
        """``listed`` gives the places of lists by the key of a name; None = there are no lists."""
        self._taught = {name_key(one.spelling): one for one in taught}
        self._spellings: dict[str, list[str]] = {}
        for one in self._taught.values():
            self._spellings.setdefault(place_key(one.name), []).append(one.spelling)
        self._listed = listed
        self._level = lru_cache(maxsize=_NAMES_KEPT)(self._find_level)

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

    def key(self, name: str) -> str:
        """The key of the place that a name means: a taught spelling has that of its place."""
        taught = self._taught.get(name_key(name)) if self._taught else None
        return place_key(taught.name if taught else name)

    def spellings(self, name: str) -> list[str]:
        """What else was taught for the place of this name."""
        return self._spellings.get(self.key(name), []) if self._taught else []

    def keyed(self, sentences: Sequence[list[PlaceName]]) -> Sequence[list[PlaceName]]:
        """The places of a report's sentences, under one key whatever their taught spelling."""
        if not self._taught:
            return sentences
        meant = {
            place.key: self.key(place.name)
            for places in sentences
            for place in places
            if name_key(place.name) in self._taught
        }
        if not meant:
            return sentences
        return [_once(_under(place, meant) for place in places) for places in sentences]

    def _find_level(self, name: str, country: str) -> int:
        taught = self._taught.get(name_key(name))
        if taught is not None:
            return _LEVEL_OF[taught.kind]
        gazetteer = packaged()
        holder = next(iter(gazetteer.look_up(country)), None) if country else None
        where = holder.country if holder else None
        kinds = {place.kind for place in gazetteer.look_up(name, country=where)}
        if self._listed is not None:
            listed = self._listed(name_key(name))
            kinds |= {one.kind for one in listed if where is None or one.country in {"", where}}
        return _LEVEL_OF[kinds.pop()] if len(kinds) == 1 else UNKNOWN


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
