"""What is known of places now, for who compares and who extracts: one query where nothing changed.

The spellings that hold are few and kept in memory; of lists, which may be long, a name is looked
up when it is asked for and the last few thousand answers are kept. What was taught or brought in
meanwhile makes another object, so a worker uses it from its next batch on.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from django.db import connection

from tracker.extraction.places.gazetteer import Kind, Place
from tracker.extraction.places.known import PACKAGED, KnownPlaces, Taught
from tracker.places.models import KnownPlace, TaughtSpelling

if TYPE_CHECKING:
    from typing import Any

_MOST_OF_A_NAME = 50
_HOW_MUCH = """
    SELECT spellings.number, lists.number, spellings.last, lists.last, lists.at
    FROM (SELECT count(*) AS number, max(id) AS last
          FROM places_taughtspelling WHERE withdrawn_at IS NULL) AS spellings,
         (SELECT count(*) AS number, max(id) AS last, max(brought_at) AS at
          FROM places_placelist) AS lists
"""


def known_places() -> KnownPlaces:
    """The packaged gazetteer with the lists and the spellings that hold now; one query."""
    with connection.cursor() as cursor:
        cursor.execute(_HOW_MUCH)
        return _as_of(tuple(cursor.fetchone()))


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
def _as_of(stamp: tuple[Any, ...]) -> KnownPlaces:
    taught, lists, *_ = stamp
    if not taught and not lists:
        return PACKAGED
    holding = TaughtSpelling.objects.filter(withdrawn_at__isnull=True).order_by("pk")
    return KnownPlaces(
        [Taught(one.spelling, one.name, Kind(one.kind)) for one in holding],
        list_places if lists else None,
    )
