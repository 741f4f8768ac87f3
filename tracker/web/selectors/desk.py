"""What the desk shows one person: what to go on with, what came back, what waits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count, Exists, OuterRef, Q

from tracker.accounts.permissions import Right, has_right
from tracker.incidents.choices import ClaimState, IncidentStatus
from tracker.incidents.models import Contribution, Incident
from tracker.verification.choices import TaskState
from tracker.verification.models import ReviewTask

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

    from tracker.core.actor import Actor
    from tracker.verification.selectors.closed import Closed

_SHOWN = 20


def held_tasks(viewer: Actor, *, now: datetime) -> QuerySet[ReviewTask]:
    """The tasks in the viewer's hands, the one that runs out first on top."""
    standing = Q(article__claims__withdrawn_at__isnull=True)
    return (
        ReviewTask.objects.filter(state=TaskState.LEASED, holder_id=viewer.id, held_until__gt=now)
        .select_related("article", "article__outlet")
        .defer("article__text")
        .annotate(
            open_claims=Count(
                "article__claims", filter=standing & Q(article__claims__state=ClaimState.PROPOSED)
            ),
            all_claims=Count("article__claims", filter=standing),
        )
        .order_by("held_until", "id")
    )


def returned_incidents(viewer: Actor, *, closed: Closed) -> QuerySet[Incident]:
    """Incidents that came back to those who wrote them, the viewer among them.

    Not those that are ``closed`` to them while they code an article blind, here and below.
    """
    return (
        Incident.objects.filter(status=IncidentStatus.RETURNED)
        .filter(Q(submitted_by_id=viewer.id) | _contributed(viewer))
        .exclude(pk__in=closed.incidents)
        .select_related("reviewed_by")
        .order_by("-id")[:_SHOWN]
    )


def reviewable_incidents(viewer: Actor, *, closed: Closed) -> QuerySet[Incident]:
    """Incidents in review in which the viewer had no hand since the last version."""
    if not has_right(viewer, Right.REVIEW):
        return Incident.objects.none()
    return (
        Incident.objects.filter(status=IncidentStatus.IN_REVIEW)
        .exclude(_contributed(viewer))
        .exclude(pk__in=closed.incidents)
        .select_related("submitted_by")
        .order_by("submitted_at", "id")[:_SHOWN]
    )


def _contributed(viewer: Actor) -> Q:
    return Q(
        Exists(
            Contribution.objects.filter(
                incident_id=OuterRef("pk"),
                person_id=viewer.id or 0,
                after_version=OuterRef("versions"),
            )
        )
    )
