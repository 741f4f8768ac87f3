"""Bring in a list of places; the next file under its name replaces it whole."""

from __future__ import annotations

from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING

from django.db import transaction

from tracker.audit.services.record import record_event
from tracker.core.errors import InvalidInput
from tracker.core.rows import check_row
from tracker.places.models import KnownPlace, PlaceList, PlaceSpelling
from tracker.places.reading.listed import Listed, Unlisted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from tracker.core.actor import Actor

_AT_A_TIME = 2_000


@transaction.atomic
def bring_in_list(
    *,
    name: str,
    kind: str,
    licence: str,
    sha256: str,
    places: Iterable[Listed | Unlisted],
    tell: Callable[[Unlisted], None],
    actor: Actor,
    now: datetime,
) -> Counter[str]:
    """Replace the list of this name; how many places were taken, left out and refused.

    The same file again changes nothing and gives no counts. ``tell`` gets each refused line.
    Raises InvalidInput, and then the list is as it was.
    """
    known = PlaceList.objects.select_for_update().filter(name=name).first()
    if known is not None and (known.sha256, known.kind, known.licence) == (sha256, kind, licence):
        return Counter()
    before = _emptied(known) if known else 0
    row = known or PlaceList(name=name)
    row.kind, row.licence, row.sha256 = kind, licence.strip(), sha256
    row.brought_by, row.brought_at = actor.alias, now
    check_row(row)
    row.save()
    counts: Counter[str] = Counter(taken=0, left_out=0, refused=0)
    lines = iter(places)
    while some := list(islice(lines, _AT_A_TIME)):
        taken = [one for one in some if isinstance(one, Listed)]
        _store(row, taken)
        counts["taken"] += len(taken)
        for other in some:
            if isinstance(other, Unlisted):
                counts["refused" if other.reason else "left_out"] += 1
                if other.reason:
                    tell(other)
    if not counts["taken"]:
        raise InvalidInput("There is no place in the file that can be taken.")
    record_event(
        actor=actor,
        action="place.bring_in_list",
        target=row,
        now=now,
        changes={"before": before, **counts},
    )
    return counts


def _emptied(known: PlaceList) -> int:
    """Delete what it holds, so many at a time that no statement runs out of time."""
    number = 0
    while some := list(known.places.order_by("pk").values_list("pk", flat=True)[:_AT_A_TIME]):
        PlaceSpelling.objects.filter(place__in=some).delete()
        KnownPlace.objects.filter(pk__in=some).delete()
        number += len(some)
    return number


def _store(row: PlaceList, taken: list[Listed]) -> None:
    places = KnownPlace.objects.bulk_create(
        KnownPlace(
            list=row,
            name=one.name,
            kind=one.kind,
            country=one.country,
            admin1=one.admin1,
            lat=one.lat,
            lon=one.lon,
            population=one.population,
        )
        for one in taken
    )
    PlaceSpelling.objects.bulk_create(
        PlaceSpelling(place=place, key=key)
        for place, one in zip(places, taken, strict=True)
        for key in one.keys
    )
