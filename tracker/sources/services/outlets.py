"""Outlets by name: found without regard to case, made where there is none yet.

The name of one that was merged away is another name of the one that stands for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models.functions import Lower

from tracker.core.families import home_of
from tracker.sources.choices import SourceKind
from tracker.sources.models import Source

if TYPE_CHECKING:
    from collections.abc import Iterable


def outlets_named(names: Iterable[str]) -> dict[str, Source]:
    """For each name but "" the source of that name, whatever its kind, else a new outlet.

    Must run inside a transaction; two at the same time end with one row.
    """
    wanted = sorted({name for name in names if name})
    found = _found(wanted)
    missing = [name for name in wanted if name.lower() not in found]
    if missing:
        fresh = {name.lower(): Source(name=name, kind=SourceKind.OUTLET) for name in missing}
        Source.objects.bulk_create(fresh.values(), ignore_conflicts=True)
        found |= _found(missing)
    return {name: home_of(found[name.lower()]) for name in wanted}


def outlet_named(name: str) -> Source | None:
    """The one of that name; None for no name. As ``outlets_named``."""
    return outlets_named([name]).get(name)


def _found(names: list[str]) -> dict[str, Source]:
    if not names:
        return {}
    sources = Source.objects.select_related("merged_into").annotate(lower_name=Lower("name"))
    # The database folds case by its own rules, so it says itself which name it found.
    return {
        name.lower(): source
        for source in sources.filter(lower_name__in=[name.lower() for name in names])
        for name in names
        if name.lower() == source.name.lower()
    }
