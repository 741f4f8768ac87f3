"""Accepted running totals, the incidents inside them, and what is left beyond those."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Q

from tracker.core.errors import NotFound
from tracker.incidents.choices import ClaimState, Scope, SubjectStatus
from tracker.incidents.models import AggregateLink, Claim, Incident
from tracker.incidents.rules.residual import Residual, residual
from tracker.incidents.selectors.assessment import assess_incident
from tracker.incidents.selectors.family import family_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.db.models import QuerySet

    from tracker.incidents.rules.residual import Ends

#: Ranges are computed for these alone; of other harm a total has no like to be compared with.
_RANGED = ("KILLED", "INJURED")
_OFFERED = 20


@dataclass(frozen=True, slots=True)
class Contained:
    """An incident inside a total, and the figure of it that is compared."""

    link: AggregateLink
    ends: Ends


@dataclass(frozen=True, slots=True)
class Total:
    """A running total with what lies inside it; ``rest`` None = there is nothing to compare."""

    claim: Claim
    contained: list[Contained]
    rest: Residual | None


def list_totals(*, but_of: Collection[int] = (), limit: int, skip: int = 0) -> QuerySet[Claim]:
    """Accepted running totals, the newest first, with how many incidents each contains.

    Without those of the articles ``but_of``.
    """
    held = Q(aggregate__links__ended_at__isnull=True)
    return (
        _totals()
        .exclude(article__in=but_of)
        .annotate(incidents=Count("aggregate__links", filter=held))
        .order_by("-said_on", "-id")[skip : skip + limit]
    )


def get_total(claim_id: int) -> Total:
    """One of them with its incidents and the rest. Raises NotFound."""
    claim = _totals().filter(pk=claim_id).first()
    if claim is None:
        raise NotFound(f"There is no running total {claim_id}.")
    links = (
        AggregateLink.objects.filter(aggregate__claim=claim, ended_at__isnull=True)
        .select_related("incident", "linked_by")
        .order_by("incident__date_start", "id")
    )
    contained = [Contained(link, _ends(claim, link.incident)) for link in links]
    is_ranged = claim.outcome in _RANGED and bool(contained)
    figure = (claim.minimum, claim.maximum)
    rest = residual(figure, [one.ends for one in contained]) if is_ranged else None
    return Total(claim, contained, rest)


def totals_with(incident: Incident) -> list[Claim]:
    """The running totals that contain the incident, or what was merged into it."""
    inside = AggregateLink.objects.filter(
        incident__in=family_of(incident), ended_at__isnull=True
    ).values("aggregate__claim")
    return list(_totals().filter(pk__in=inside).order_by("-said_on", "-id"))


def incidents_within(claim: Claim) -> list[Incident]:
    """Incidents of the days and the place that the total covers, and that nobody linked yet."""
    aggregate = getattr(claim, "aggregate", None)
    if aggregate is None or aggregate.scope_from is None:
        return []
    inside = Incident.objects.filter(
        date_start__gte=aggregate.scope_from,
        date_end__lte=aggregate.scope_to,
        merged_into__isnull=True,
    ).exclude(status="DISCARDED")
    linked = aggregate.links.filter(ended_at__isnull=True).values("incident")
    return list(inside.exclude(pk__in=linked).order_by("date_start", "id")[:_OFFERED])


def _totals() -> QuerySet[Claim]:
    accepted = Claim.objects.filter(scope=Scope.AGGREGATE, state=ClaimState.ACCEPTED)
    return accepted.select_related(
        "speaker", "party", "aggregate", "article__outlet", "article__task"
    ).defer("article__text")


def _ends(claim: Claim, incident: Incident) -> Ends:
    """Like with like: civilians where the total is of civilians, else all people."""
    if claim.outcome not in _RANGED:
        return None, None
    name = "civilians" if claim.subject_status == SubjectStatus.CIVILIAN else "all_people"
    found = assess_incident(incident).assessment.ranges[claim.outcome][name]
    return found.minimum, found.maximum
