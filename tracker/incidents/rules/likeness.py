"""Whether two recorded incidents may be one event, and what speaks for it (pure)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tracker.core.distance import km_apart
from tracker.incidents.rules.matching_accounts import days_apart

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tracker.core.distance import Point
    from tracker.incidents.rules.matching_accounts import Span

TEXT = """\
Two recorded incidents are shown to whoever edits one of them as perhaps the same event where their
days are at most one day apart and their places lie within five kilometres, or have one name and lie
within 25 kilometres or no known distance apart. What is said beside it: the days, the distance,
ranges that overlap, and sources that both rest on. Nothing is merged by machine.
"""

DAYS = 1
NEAR_KM = 5.0
#: Two villages may share a name, and one place may be pointed at in two ways.
NAMESAKES_KM = 25.0

Ends = tuple[int | None, int | None]


@dataclass(frozen=True, slots=True)
class Recorded:
    """An incident as people recorded it. ``days``, ``point`` None = not known.

    ``places``: the parts of its place's name, key to name. ``ranges``: what the rules answer for
    civilians by outcome, where somebody gives a figure. ``sources``: those it rests on, id to name.
    """

    days: Span | None
    point: Point | None
    places: Mapping[str, str]
    ranges: Mapping[str, Ends]
    sources: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Likeness:
    """What two incidents have in common. ``km`` None = one of them has no point.

    ``places`` are names that both have, ``outcomes`` those whose ranges overlap.
    """

    days_between: int
    km: float | None
    places: tuple[str, ...]
    outcomes: tuple[str, ...]
    sources: tuple[str, ...]


def likeness(one: Recorded, other: Recorded) -> Likeness | None:
    """None = hardly one event, or not enough is known of one of them."""
    if one.days is None or other.days is None:
        return None
    days = days_apart(one.days, other.days)
    km = None if one.point is None or other.point is None else km_apart(one.point, other.point)
    shared = tuple(sorted(one.places[key] for key in one.places.keys() & other.places.keys()))
    is_near = km is not None and km <= NEAR_KM
    is_namesake = bool(shared) and (km is None or km <= NAMESAKES_KM)
    if days > DAYS or not (is_near or is_namesake):
        return None
    return Likeness(
        days_between=days,
        km=km,
        places=shared,
        outcomes=tuple(
            outcome
            for outcome in sorted(one.ranges.keys() & other.ranges.keys())
            if _overlap(one.ranges[outcome], other.ranges[outcome])
        ),
        sources=tuple(
            sorted(one.sources[source] for source in one.sources.keys() & other.sources.keys())
        ),
    )


def _overlap(one: Ends, other: Ends) -> bool:
    """Whether one number can be true of both; no lower end is 0, no upper end is open."""
    (low, high), (other_low, other_high) = one, other
    return (high is None or (other_low or 0) <= high) and (
        other_high is None or (low or 0) <= other_high
    )
