"""Further places of incidents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.incidents.models import IncidentPlace

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet


def places_of(incident_ids: Iterable[int]) -> QuerySet[IncidentPlace]:
    """Those that stand, in the order they were entered; with who entered and who signed them."""
    return (
        IncidentPlace.objects.filter(incident__in=list(incident_ids), withdrawn_at__isnull=True)
        .select_related("entered_by", "signed_by")
        .order_by("id")
    )
