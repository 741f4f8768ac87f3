"""Incidents as staff find them; partners read published versions only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count, Q

from tracker.accounts.models import Person
from tracker.accounts.permissions import Right, require_right
from tracker.core.errors import NotFound
from tracker.incidents.choices import ClaimState
from tracker.incidents.models import Incident

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from tracker.core.actor import Actor

PAGE = 50


def list_incidents(
    *, viewer: Actor, status: str | None = None, limit: int = PAGE, after: int | None = None
) -> QuerySet[Incident]:
    """The newest incidents first, of one status or all, after the id seen last.

    Each row knows its number of accepted claims as ``claim_count``. Raises NotAllowed.
    """
    require_right(viewer, Right.READ)
    incidents = Incident.objects.select_related("created_by", "submitted_by", "reviewed_by")
    if status is not None:
        incidents = incidents.filter(status=status)
    if after is not None:
        incidents = incidents.filter(pk__lt=after)
    accepted = Q(claims__state=ClaimState.ACCEPTED)
    return incidents.annotate(claim_count=Count("claims", filter=accepted)).order_by("-id")[:limit]


def get_incident(name: str) -> Incident:
    """The incident under its public code or its handle. Raises NotFound."""
    incident = (
        Incident.objects.select_related("created_by", "submitted_by", "reviewed_by", "merged_into")
        .filter(Q(code=name) | Q(handle=name))
        .first()
    )
    if incident is None:
        raise NotFound(f"There is no incident {name}.")
    return incident


def contributors_since_last_version(incident: Incident) -> QuerySet[Person]:
    """Those who had a hand in it since its last version, and may therefore not review it."""
    return (
        Person.objects.filter(
            contributions__incident=incident, contributions__after_version=incident.versions
        )
        .distinct()
        .order_by("alias", "id")
    )
