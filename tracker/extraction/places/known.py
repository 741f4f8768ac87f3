"""How exact a name is by the gazetteer, for names of which a report says nothing."""

from __future__ import annotations

from functools import lru_cache

from tracker.extraction.places.gazetteer import Kind, packaged
from tracker.extraction.places.words import COUNTRY, PROVINCE, SETTLEMENT, UNKNOWN

_LEVEL_OF = {Kind.COUNTRY: COUNTRY, Kind.ADMIN1: PROVINCE, Kind.SETTLEMENT: SETTLEMENT}


@lru_cache(maxsize=4096)
def known_level(name: str, country: str) -> int:
    """Its level in a report of ``country``, "" = of none; unknown where it is of two kinds."""
    gazetteer = packaged()
    holder = next(iter(gazetteer.look_up(country)), None) if country else None
    found = gazetteer.look_up(name, country=holder.country if holder else None)
    kinds = {place.kind for place in found}
    return _LEVEL_OF[kinds.pop()] if len(kinds) == 1 else UNKNOWN
