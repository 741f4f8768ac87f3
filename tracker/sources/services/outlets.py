"""Outlets by name: found without regard to case, made where there is none yet."""

from __future__ import annotations

from tracker.sources.choices import SourceKind
from tracker.sources.models import Source


def outlet_named(name: str) -> Source | None:
    """The source of that name, whatever its kind, else a new outlet; None for no name.

    Must run inside a transaction; two at the same time end with one row.
    """
    if not name:
        return None
    found = Source.objects.filter(name__iexact=name).first()
    if found is not None:
        return found
    Source.objects.bulk_create([Source(name=name, kind=SourceKind.OUTLET)], ignore_conflicts=True)
    return Source.objects.get(name__iexact=name)
