"""Places by name, in the lists and in the gazetteer of the package; spellings that were taught."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F

from tracker.core.errors import NotFound
from tracker.extraction.places.gazetteer import packaged
from tracker.extraction.places.name_keys import name_key
from tracker.places.models import TaughtSpelling
from tracker.places.selectors.known import list_places

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from tracker.extraction.places.gazetteer import Place

_MOST = 20


def find_places_named(name: str, *, country: str = "") -> list[Place]:
    """Those of lists first, then those of the package, at most twenty, none twice."""
    listed = list_places(name_key(name))
    found = [*listed, *packaged().look_up(name, country=country or None)]
    wanted = [place for place in found if not country or place.country == country.upper()]
    return list(dict.fromkeys(wanted))[:_MOST]


def list_spellings() -> QuerySet[TaughtSpelling]:
    """Those that hold first, then those withdrawn, the newest first."""
    spellings = TaughtSpelling.objects.select_related("taught_by", "withdrawn_by")
    return spellings.order_by(F("withdrawn_at").desc(nulls_first=True), "-pk")


def get_spelling(spelling_id: int) -> TaughtSpelling:
    """One of them. Raises NotFound."""
    found = list_spellings().filter(pk=spelling_id).first()
    if found is None:
        raise NotFound(f"There is no taught spelling {spelling_id}.")
    return found
