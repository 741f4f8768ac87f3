"""Places as values, from rows and for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tracker.extraction.places.gazetteer import Kind, Place

if TYPE_CHECKING:
    from tracker.places.models import KnownPlace, RecordedPlace, TaughtSpelling


def place_of(row: KnownPlace | RecordedPlace | TaughtSpelling, *, population: int = 0) -> Place:
    """The place that a row holds."""
    return Place(
        name=row.name,
        kind=Kind(row.kind),
        country=row.country,
        admin1=row.admin1,
        lat=row.lat,
        lon=row.lon,
        population=population,
    )


def fields_of(place: Place) -> dict[str, Any]:
    """The columns by which a row is found that holds this place."""
    return {
        "name": place.name,
        "kind": place.kind.value,
        "country": place.country,
        "admin1": place.admin1,
        "lat": place.lat,
        "lon": place.lon,
    }
