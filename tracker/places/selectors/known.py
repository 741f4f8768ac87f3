"""What is known of places now, for who compares and who extracts: one query where nothing changed.

The spellings that hold are few and kept in memory; of lists, which may be long, a name is looked
up when it is asked for and the last few thousand answers are kept. What was taught or brought in
meanwhile makes another object, so a worker uses it from its next batch on.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from django.db.models import Count, Max

from tracker.extraction.places.gazetteer import Kind, Place
from tracker.extraction.places.known import PACKAGED, KnownPlaces, Taught
from tracker.places.models import KnownPlace, PlaceList, TaughtSpelling

if TYPE_CHECKING:
    from datetime import datetime

_MOST_OF_A_NAME = 50
_Stamp = tuple[int | None, int, "datetime | None", int | None, int]


def known_places() -> KnownPlaces:
    """The packaged gazetteer with the lists and the spellings that hold now."""
    holding = TaughtSpelling.objects.filter(withdrawn_at__isnull=True)
    taught = holding.aggregate(last=Max("pk"), number=Count("pk"))
    lists = PlaceList.objects.aggregate(
        last=Max("brought_at"), newest=Max("pk"), number=Count("pk")
    )
    return _as_of((*taught.values(), *lists.values()))


def list_places(key: str) -> tuple[Place, ...]:
    """The places of lists under the key of a name."""
    found = KnownPlace.objects.filter(spellings__key=key).order_by("-population", "pk")
    return tuple(
        Place(
            name=one.name,
            kind=Kind(one.kind),
            country=one.country,
            admin1=one.admin1,
            lat=one.lat,
            lon=one.lon,
            population=one.population,
        )
        for one in found[:_MOST_OF_A_NAME]
    )


@lru_cache(maxsize=1)
def _as_of(stamp: _Stamp) -> KnownPlaces:
    _, taught, _, _, lists = stamp
    if not taught and not lists:
        return PACKAGED
    holding = TaughtSpelling.objects.filter(withdrawn_at__isnull=True).order_by("pk")
    return KnownPlaces(
        [Taught(one.spelling, one.name, Kind(one.kind)) for one in holding],
        list_places if lists else None,
    )
