"""What the texts behind an incident say of when and where, offered to whoever fills the form in."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from tracker.incidents.choices import DatePrecision, TimeTerm
from tracker.incidents.models import Reading

if TYPE_CHECKING:
    from tracker.incidents.models import Incident


def suggested_facts(incident: Incident) -> dict[str, Any]:
    """Values for what nobody entered yet: what most of its claims' texts say, or nothing.

    Of two that are said equally often the one read first stands.
    """
    wants_day, wants_place = incident.date_start is None, not incident.place_name
    if not (wants_day or wants_place):
        return {}
    readings = Reading.objects.filter(claim__incident=incident).order_by("claim_id")
    days: Counter[tuple[Any, ...]] = Counter()
    places: Counter[str] = Counter()
    for read in readings:
        if read.date_start is not None:
            days[read.date_start, read.date_end, read.date_precision] += 1
        if read.place:
            places[read.place] += 1
    suggested: dict[str, Any] = {}
    if wants_day and days:
        first, last, precision = days.most_common(1)[0][0]
        raw = next((r.date_raw for r in readings if r.date_start == first and r.date_raw), "")
        suggested |= {"date_start": first, "date_end": last, "date_raw": raw}
        term = next((r.time_term for r in readings if r.date_start == first and r.time_term), "")
        if term in TimeTerm.values:
            suggested["time_term"] = term
        suggested["date_precision"] = DatePrecision(precision).value
    if wants_place and places:
        suggested["place_name"] = places.most_common(1)[0][0]
    return suggested
