"""Belligerents by their name."""

from __future__ import annotations

from django.core.exceptions import ValidationError

from tracker.core.errors import InvalidInput
from tracker.sources.models import Party


def party_named(name: str) -> Party:
    """The party of this name in whatever case; one that nobody entered before gets a row.

    Raises InvalidInput without a name, or with one that is too long.
    """
    name = " ".join(name.split())
    if not name:
        raise InvalidInput("Name the belligerent.")
    known = Party.objects.filter(name__iexact=name).first()
    if known is not None:
        return known
    try:
        Party(name=name).clean_fields()
    except ValidationError as failure:
        raise InvalidInput(" ".join(failure.messages)) from failure
    # Two people may name a new party at once: the second finds the first one's row.
    Party.objects.bulk_create([Party(name=name)], ignore_conflicts=True)
    return Party.objects.get(name__iexact=name)
