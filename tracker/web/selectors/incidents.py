"""The list of incidents with their figures, a page at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count

from tracker.incidents.choices import GONE_STATUSES
from tracker.incidents.models import Incident
from tracker.incidents.selectors.assessment import assess_incidents
from tracker.verification.selectors.closed import closed_to
from tracker.web.selectors.incident_words import grade_shown
from tracker.web.templatetags.figures import figure, silent

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

    from tracker.core.actor import Actor
    from tracker.incidents.choices import IncidentStatus
    from tracker.incidents.rules import Assessment

PAGE = 25


@dataclass(frozen=True, slots=True)
class IncidentRow:
    """One incident of the list."""

    incident: Incident
    killed: SafeString
    injured: SafeString
    grade: str


@dataclass(frozen=True, slots=True)
class IncidentList:
    """A page; ``next_after`` None = it is the last one."""

    rows: list[IncidentRow]
    next_after: int | None


def list_incident_rows(
    *, viewer: Actor, status: IncidentStatus | None, after: int | None
) -> IncidentList:
    """Incidents newest first, those below ``after``, with what the rules answer now.

    Those merged away or discarded are shown only where they are asked for, those that are closed to
    who codes an article blind are left out.
    """
    incidents = Incident.objects.order_by("-id").exclude(pk__in=closed_to(viewer).incidents)
    if status is not None:
        incidents = incidents.filter(status=status)
    else:
        incidents = incidents.exclude(status__in=GONE_STATUSES)
    if after is not None:
        incidents = incidents.filter(pk__lt=after)
    found = list(incidents[: PAGE + 1])
    page = found[:PAGE]
    assessed = assess_incidents(page)
    rows = [
        IncidentRow(
            incident=incident,
            killed=shown_range(assessed[incident.pk].assessment, "KILLED"),
            injured=shown_range(assessed[incident.pk].assessment, "INJURED"),
            grade=grade_shown(incident, assessed[incident.pk].assessment),
        )
        for incident in page
    ]
    return IncidentList(rows, page[-1].pk if len(found) > PAGE else None)


def count_incidents() -> dict[str, int]:
    """How many incidents are in each status."""
    rows = Incident.objects.values("status").annotate(n=Count("id"))
    return {row["status"]: row["n"] for row in rows}


def shown_range(assessment: Assessment, outcome: str) -> SafeString:
    """The range of civilians; silence where nobody gives a figure."""
    interval = assessment.ranges[outcome]["civilians"]
    if interval.minimum is None and interval.maximum is None:
        return silent()
    return figure(interval.minimum, interval.maximum)
