"""What stands in the way of merging two places, or of undoing it; and what was merged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F, Q

from tracker.core.errors import NotFound
from tracker.extraction.places.name_keys import name_key
from tracker.places.models import PlaceMerge, TaughtSpelling
from tracker.places.selectors.known import known_places
from tracker.places.selectors.places import meaning_of
from tracker.places.selectors.values import fields_of, place_of

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from django.db.models import QuerySet

    from tracker.accounts.models import Person
    from tracker.extraction.places.gazetteer import Place


def list_place_merges() -> QuerySet[PlaceMerge]:
    """Those that stand first, then those undone, the newest first."""
    rows = PlaceMerge.objects.select_related("source", "target", "by", "undone_by")
    return rows.order_by(F("undone_at").desc(nulls_first=True), "-pk")


def get_place_merge(merge_id: int) -> PlaceMerge:
    """One of them. Raises NotFound."""
    found = list_place_merges().filter(pk=merge_id).first()
    if found is None:
        raise NotFound(f"There is no merge of places {merge_id}.")
    return found


def standing_merge_of(place: Place) -> PlaceMerge | None:
    """The merge by which it went and that stands; None = it stands itself."""
    of_it = {f"source__{field}": value for field, value in fields_of(place).items()}
    return list_place_merges().filter(undone_at__isnull=True, **of_it).first()


def obstacles_to_merging_places(source: Place, target: Place) -> list[str]:
    """What stands in the way of merging ``source`` into ``target``, a sentence each."""
    if source.values == target.values:
        return ["A place can't be merged into itself."]
    found = [
        f"“{done.source.name}” was merged into “{done.target.name}” already, "
        f"{by_whom(done.by, done.at)}."
        for done in map(standing_merge_of, (source, target))
        if done is not None
    ]
    keys, known = {name_key(source.name), name_key(target.name)}, known_places()
    return found + [
        f"“{one.spelling}” is taught as a spelling of “{one.name}”, "
        f"{by_whom(one.taught_by, one.taught_at)}; withdraw that first."
        for one in _holding(keys)
        if meaning_of(one, known).values not in {source.values, target.values}
    ]


def obstacles_to_teaching(spelling: str, place: Place) -> list[str]:
    """Merges that say of the place of this name that it is another one, a sentence each."""
    key = name_key(spelling)
    merges = list_place_merges().filter(
        Q(source__key=key) | Q(target__key=key), undone_at__isnull=True
    )
    known = known_places()
    return [
        f"“{done.source.name}” was merged into “{done.target.name}”, "
        f"{by_whom(done.by, done.at)}; undo that first, if “{spelling}” is another place."
        for done in merges
        if known.standing([place_of(done.source)])[0].values != place.values
    ]


def conflicts_of_place_merge(done: PlaceMerge) -> list[str]:
    """What happened since that undoing this merge would undo too, a sentence each."""
    if done.undone_at is not None:
        return ["This merge was undone before."]
    further = standing_merge_of(place_of(done.target))
    found = []
    if further is not None:
        found.append(
            f"“{done.target.name}” was itself merged into “{further.target.name}” since, "
            f"{by_whom(further.by, further.at)}; undo that first."
        )
    taught_since = _holding({done.source.key}).exclude(pk__in=done.pre_image["named"])
    return found + [
        f"“{one.spelling}” was taught since as a spelling of “{one.name}”, "
        f"{by_whom(one.taught_by, one.taught_at)}; it would mean two places. Withdraw that first."
        for one in taught_since
    ]


def spellings_meaning(place: Place) -> list[TaughtSpelling]:
    """Those that hold and mean this place, or one that it stands for."""
    known = known_places()
    return [one for one in _holding() if meaning_of(one, known).values == place.values]


def spellings_under_the_name_of(place: Place) -> list[int]:
    """The numbers of those that hold and are its own name."""
    return list(_holding({name_key(place.name)}).values_list("pk", flat=True))


def by_whom(person: Person, at: datetime) -> str:
    """As a sentence goes on."""
    return f"by {person.alias} on {at:%Y-%m-%d}"


def _holding(keys: Collection[str] | None = None) -> QuerySet[TaughtSpelling]:
    rows = TaughtSpelling.objects.filter(withdrawn_at__isnull=True).select_related("taught_by")
    return rows.order_by("pk") if keys is None else rows.filter(key__in=keys).order_by("pk")
