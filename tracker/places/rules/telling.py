"""Which place is which, and how far two lie apart (pure)."""

from __future__ import annotations

import math
from hashlib import sha256
from typing import TYPE_CHECKING

from tracker.extraction.places.gazetteer import Kind

if TYPE_CHECKING:
    from tracker.extraction.places.gazetteer import Place

_EARTH_KM = 6371.0088
_HANDLE = 16
#: What lies further apart is hardly one place; a region stands in the middle of its settlements,
#: which depends on how many of them a list has.
_FAR_KM = {Kind.SETTLEMENT: 10.0, Kind.ADMIN1: 100.0, Kind.COUNTRY: 500.0}


def handle_of(place: Place) -> str:
    """What a form names a place by: the same as long as all of its values are."""
    values = "\x1f".join(str(value) for value in place.values)
    return sha256(values.encode()).hexdigest()[:_HANDLE]


def km_between(one: Place, other: Place) -> float:
    """Along the surface of a sphere.

    >>> from dataclasses import replace
    >>> from tracker.extraction.places.gazetteer import Place
    >>> pole = Place("Pole", Kind.SETTLEMENT, "", "", 90.0, 0.0, 0)
    >>> round(km_between(pole, replace(pole, lat=0.0)))
    10008
    """
    lat, other_lat = math.radians(one.lat), math.radians(other.lat)
    north = math.sin((other_lat - lat) / 2) ** 2
    east = math.sin(math.radians(other.lon - one.lon) / 2) ** 2
    share = north + math.cos(lat) * math.cos(other_lat) * east
    return 2 * _EARTH_KM * math.asin(math.sqrt(min(1.0, share)))


def are_far_apart(one: Place, other: Place) -> bool:
    """Whether the distance speaks against their being one."""
    return km_between(one, other) > max(_FAR_KM[one.kind], _FAR_KM[other.kind])
