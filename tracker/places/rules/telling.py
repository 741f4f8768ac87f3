"""Which place is which, and how far two lie apart (pure)."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from tracker.core.distance import km_apart
from tracker.extraction.places.gazetteer import Kind

if TYPE_CHECKING:
    from tracker.extraction.places.gazetteer import Place

_HANDLE = 16
#: What lies further apart is hardly one place; a region stands in the middle of its settlements,
#: which depends on how many of them a list has.
_FAR_KM = {Kind.SETTLEMENT: 10.0, Kind.ADMIN1: 100.0, Kind.COUNTRY: 500.0}


def handle_of(place: Place) -> str:
    """What a form names a place by: the same as long as all of its values are."""
    values = "\x1f".join(str(value) for value in place.values)
    return sha256(values.encode()).hexdigest()[:_HANDLE]


def km_between(one: Place, other: Place) -> float:
    """Between the points of both, in kilometres."""
    return km_apart((one.lat, one.lon), (other.lat, other.lon))


def are_far_apart(one: Place, other: Place) -> bool:
    """Whether the distance speaks against their being one."""
    return km_between(one, other) > max(_FAR_KM[one.kind], _FAR_KM[other.kind])
