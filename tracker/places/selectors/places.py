"""Places by name, in the lists and in the gazetteer of the package; spellings that were taught."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F

from tracker.core.errors import NotFound
from tracker.extraction.places.gazetteer import packaged
from tracker.extraction.places.name_keys import name_key
from tracker.places.models import TaughtSpelling
from tracker.places.selectors.known import known_places, list_places
from tracker.places.selectors.values import place_of

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from tracker.extraction.places.gazetteer import Place
    from tracker.extraction.places.known import KnownPlaces

_MOST = 20


def find_places_named(name: str, *, country: str = "") -> list[Place]:
    """Those of lists first, then those of the package, at most twenty, none twice; for one that was
    merged away the one that stands."""
    return known_places().standing(places_as_listed(name, country=country))[:_MOST]


def places_as_listed(name: str, *, country: str = "") -> list[Place]:
    """All that have the name, also those that were merged away."""
    listed = list_places(name_key(name))
    found = [*listed, *packaged().look_up(name, country=country or None)]
    return [place for place in found if not country or place.country == country.upper()]


def list_spellings() -> QuerySet[TaughtSpelling]:
    """Those that hold first, then those withdrawn, the newest first."""
    spellings = TaughtSpelling.objects.select_related("taught_by", "withdrawn_by")
    return spellings.order_by(F("withdrawn_at").desc(nulls_first=True), "-pk")


def list_spellings_with_merges(most: int) -> list[tuple[TaughtSpelling, Place | None]]:
    """So many of them, each with the place that stands now for the one it means; None = it does
    itself."""
    known = known_places()
    return [
        (one, stands if stands.values != place_of(one).values else None)
        for one in list_spellings()[:most]
        for stands in (meaning_of(one, known),)
    ]


def meaning_of(one: TaughtSpelling, known: KnownPlaces) -> Place:
    """The place that stands for the one that was taught."""
    (stands,) = known.standing([place_of(one)])
    return stands


def get_spelling(spelling_id: int) -> TaughtSpelling:
    """One of them. Raises NotFound."""
    found = list_spellings().filter(pk=spelling_id).first()
    if found is None:
        raise NotFound(f"There is no taught spelling {spelling_id}.")
    return found
