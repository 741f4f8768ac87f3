"""Incidents that may be the same event as one at hand; people merge, nothing merges itself."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models.functions import Coalesce

from tracker.incidents.choices import GONE_STATUSES, ClaimState
from tracker.incidents.models import Claim, Incident
from tracker.incidents.rules.likeness import DAYS, Likeness, Recorded, likeness
from tracker.incidents.rules.matching_accounts import place_names
from tracker.incidents.selectors.assessment import assess_incidents
from tracker.places.selectors.known import known_places

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from tracker.extraction.places.known import KnownPlaces
    from tracker.incidents.rules import Assessment
    from tracker.incidents.rules.likeness import Ends

_SHOWN = 5
_LOOKED_AT = 300


@dataclass(frozen=True, slots=True)
class Alike:
    """Another incident and what it has in common with the one at hand."""

    incident: Incident
    likeness: Likeness


def incidents_alike(incident: Incident, *, without: Collection[int] = ()) -> list[Alike]:
    """Those that stand, the nearest in days first, then in space; at most five.

    ``without`` are left out. One query where nothing is near in time; none where day or place of
    the incident is not known.
    """
    is_placed = incident.place_name or incident.lat is not None
    if incident.date_start is None or incident.date_end is None or not is_placed:
        return []
    near_in_time = Incident.objects.filter(
        date_start__lte=incident.date_end + timedelta(days=DAYS),
        date_end__gte=incident.date_start - timedelta(days=DAYS),
    ).exclude(status__in=GONE_STATUSES)
    others = near_in_time.exclude(pk__in=[incident.pk, *without]).order_by("-id")[:_LOOKED_AT]
    known = known_places()
    own = _recorded(incident, known)
    near = [other for other in others if likeness(own, _recorded(other, known)) is not None]
    if not near:
        return []
    compared = [incident, *near]
    assessed = assess_incidents(compared)
    sources = _sources_of(compared)
    whole = {
        one.pk: _recorded(one, known, _ranges_of(assessed[one.pk].assessment), sources[one.pk])
        for one in compared
    }
    found = [(other, likeness(whole[incident.pk], whole[other.pk])) for other in near]
    alike = [Alike(other, told) for other, told in found if told is not None]
    return sorted(alike, key=_nearness)[:_SHOWN]


def _nearness(one: Alike) -> tuple[int, float, int]:
    km = one.likeness.km
    return one.likeness.days_between, float("inf") if km is None else km, one.incident.pk


def _recorded(
    incident: Incident,
    known: KnownPlaces,
    ranges: Mapping[str, Ends] | None = None,
    sources: Mapping[int, str] | None = None,
) -> Recorded:
    days, point = None, None
    if incident.date_start is not None and incident.date_end is not None:
        days = (incident.date_start, incident.date_end)
    if incident.lat is not None and incident.lon is not None:
        point = (incident.lat, incident.lon)
    places = place_names(incident.place_name, known)
    return Recorded(days, point, places, ranges or {}, sources or {})


def _ranges_of(assessment: Assessment) -> dict[str, Ends]:
    found = {
        outcome: (ranges["civilians"].minimum, ranges["civilians"].maximum)
        for outcome, ranges in assessment.ranges.items()
    }
    return {outcome: ends for outcome, ends in found.items() if ends != (None, None)}


def _sources_of(incidents: Collection[Incident]) -> dict[int, dict[int, str]]:
    """Who speaks in the accepted claims of each, the outlet where nobody else does."""
    rows = Claim.objects.filter(incident__in=incidents, state=ClaimState.ACCEPTED)
    named = rows.values_list(
        "incident",
        Coalesce("speaker", "article__outlet"),
        Coalesce("speaker__name", "article__outlet__name"),
    )
    found: dict[int, dict[int, str]] = defaultdict(dict)
    for incident_id, source_id, name in named.distinct():
        if source_id is not None:
            found[incident_id][source_id] = name
    return found
