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
    from collections.abc import Collection, Iterable, Mapping

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
    if incident.days is None or not (incident.place_name or incident.point):
        return []
    first, last = incident.days
    near_in_time = Incident.objects.filter(
        date_start__lte=last + timedelta(days=DAYS), date_end__gte=first - timedelta(days=DAYS)
    ).exclude(status__in=GONE_STATUSES)
    others = near_in_time.exclude(pk__in=[incident.pk, *without]).order_by("-id")[:_LOOKED_AT]
    known = known_places()
    own = _recorded(incident, known)
    near = _alike([(other, likeness(own, _recorded(other, known))) for other in others])
    if not near:
        return []
    compared = [incident, *(one.incident for one in near)]
    assessed = assess_incidents(compared)
    sources = _sources_of(compared)
    whole = {
        one.pk: _recorded(one, known, _ranges_of(assessed[one.pk].assessment), sources[one.pk])
        for one in compared
    }
    return _alike(
        [(one.incident, likeness(whole[incident.pk], whole[one.incident.pk])) for one in near]
    )


def _alike(compared: Iterable[tuple[Incident, Likeness | None]]) -> list[Alike]:
    """The nearest; figures and sources, which take longer to find, don't say how near."""
    found = [Alike(other, told) for other, told in compared if told is not None]
    return sorted(found, key=_nearness)[:_SHOWN]


def _nearness(one: Alike) -> tuple[int, float, int]:
    km = one.likeness.km
    return one.likeness.days_between, float("inf") if km is None else km, one.incident.pk


def _recorded(
    incident: Incident,
    known: KnownPlaces,
    ranges: Mapping[str, Ends] | None = None,
    sources: Mapping[int, str] | None = None,
) -> Recorded:
    places = place_names(incident.place_name, known)
    return Recorded(incident.days, incident.point, places, ranges or {}, sources or {})


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
