"""Two places of lists that are one, merged and parted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.conftest import NOW
from tests.places.lists import own_list
from tracker.places.models import PlaceList
from tracker.places.selectors.naming import NamedPlace
from tracker.places.services.merging import merge_places, undo_place_merge

if TYPE_CHECKING:
    from tracker.accounts.models import Person
    from tracker.places.models import PlaceMerge

FIELD_NOTES = (
    "name,latitude,longitude,country,admin,kind,alternative names\n"
    "Tellorin,35.52,36.63,NH,Nahr,,Telorina Tepe;تلورين\n"
    "Mervash,35.6,36.9,NH,Nahr,,\n"
    "Qellan,35.71,36.81,NH,,,\n"
    "Far Harbour,33.0,44.0,VE,,,\n"
)


def two_lists() -> None:
    """Villages, and field notes with other names of theirs."""
    if not PlaceList.objects.exists():
        own_list()
        own_list(FIELD_NOTES, name="Field notes")


def as_one_place(
    by: Person, source: str | NamedPlace, target: str | NamedPlace, **more: Any
) -> PlaceMerge:
    """The first merged into the second, each by its name alone or as one of several."""
    two_lists()
    goes, stays = (NamedPlace(one) if isinstance(one, str) else one for one in (source, target))
    values: dict[str, Any] = {
        "source": goes,
        "target": stays,
        "actor": by.as_actor(),
        "now": NOW,
        "reason": "One mosque, two names.",
    } | more
    return merge_places(**values)


def as_two_places(done: PlaceMerge, by: Person) -> PlaceMerge:
    """Parted again."""
    return undo_place_merge(
        merge_id=done.pk, actor=by.as_actor(), now=NOW, reason="Two hills, two mosques."
    )
