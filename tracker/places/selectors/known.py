"""What is known of places now, for who compares and who extracts: one query where nothing changed.

The spellings and the merges that hold are few and kept in memory; of lists, which may be long, a
name is looked up when it is asked for and the last few thousand answers are kept. What was taught,
merged or brought in meanwhile makes another object, so a worker uses it from its next batch on.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from django.db import connection

from tracker.extraction.places.known import PACKAGED, KnownPlaces, Taught
from tracker.places.models import KnownPlace, PlaceMerge, TaughtSpelling
from tracker.places.selectors.values import place_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from tracker.extraction.places.gazetteer import Place, PlaceValues

_MOST_OF_A_NAME = 50
#: Rows of merges are never deleted and undone once, so both of their numbers only grow.
_HOW_MUCH = """
    SELECT spellings.number, lists.number, merges.number - merges.undone,
           spellings.last, lists.last, lists.at, merges.number, merges.last
    FROM (SELECT count(*) AS number, max(id) AS last
          FROM places_taughtspelling WHERE withdrawn_at IS NULL) AS spellings,
         (SELECT count(*) AS number, max(id) AS last, max(brought_at) AS at
          FROM places_placelist) AS lists,
         (SELECT count(*) AS number, count(undone_at) AS undone, max(id) AS last
          FROM places_placemerge) AS merges
"""


def known_places() -> KnownPlaces:
    """The packaged gazetteer with the lists, spellings and merges that hold now; one query."""
    with connection.cursor() as cursor:
        cursor.execute(_HOW_MUCH)
        return _as_of(tuple(cursor.fetchone()))


def list_places(key: str) -> tuple[Place, ...]:
    """The places of lists under the key of a name, also those that were merged away."""
    found = KnownPlace.objects.filter(spellings__key=key).order_by("-population", "pk")
    return tuple(place_of(one, population=one.population) for one in found[:_MOST_OF_A_NAME])


@lru_cache(maxsize=1)
def _as_of(stamp: tuple[Any, ...]) -> KnownPlaces:
    taught, lists, merges, *_ = stamp
    if not taught and not lists and not merges:
        return PACKAGED
    merged = _merged_away() if merges else {}
    holding = TaughtSpelling.objects.filter(withdrawn_at__isnull=True).order_by("pk")
    return KnownPlaces(
        [_taught(one, merged) for one in holding], list_places if lists else None, merged
    )


def _taught(row: TaughtSpelling, merged: Mapping[PlaceValues, Place]) -> Taught:
    """With the place that stands for the one that was meant, where that was merged since."""
    meant = place_of(row)
    stands = merged.get(meant.values, meant)
    return Taught(row.spelling, stands.name, stands.kind)


def _merged_away() -> dict[PlaceValues, Place]:
    """By the values of a place that was merged away, the one that stands for it in the end.

    The database refuses circles, so each walk ends.
    """
    rows = PlaceMerge.objects.filter(undone_at__isnull=True).select_related("source", "target")
    into = {row.source: row.target for row in rows}
    found = {}
    for source, target in into.items():
        stands = target
        while stands in into:
            stands = into[stands]
        found[place_of(source).values] = place_of(stands, population=stands.population)
    return found
