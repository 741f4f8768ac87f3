"""Rule 3: rows of one statement added up by status, and hulls over statements and origins."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tracker.incidents.rules.facts import ClaimFact

TEXT = """\
A belligerent's bare label changes its position record, not the status of people others speak of;
where the accused party's figure is the only one, it stands *by the party's own account* and never
feeds, or is subtracted from, a civilian figure.
"""
RULE_TEXTS = {
    3: """\
**Add** the rows of one statement by status, as above.""",
    4: """\
**min** is the smallest lower figure of the origins that assert harm, **max** the largest upper
figure, open where any is open above. `highest_stated` stands beside an open range.""",
    9: """\
Ranges exist for killed and injured: civilians, combatants, directly participating, all people, and
the three sub-groups.""",
}

Bounds = tuple[int | None, int | None]
SUB_GROUPS = ("children", "women", "men")
RANGES = (
    *("civilians", "combatants", "directly_participating", "all_people"),
    *SUB_GROUPS,
    "stated_civilians",
)
#: Statuses that feed both ends of a range, and those that feed the upper end of civilians only.
FULL = {
    "civilians": frozenset({"CIVILIAN", "UNKNOWN"}),
    "combatants": frozenset({"COMBATANT"}),
    "directly_participating": frozenset({"DIRECTLY_PARTICIPATING"}),
    "stated_civilians": frozenset({"CIVILIAN"}),
}
MAX_ONLY = frozenset({"DISPUTED", "MIXED"})


@dataclass(frozen=True, slots=True)
class Interval:
    """Ends of a figure: ``minimum`` None = no lower figure, ``maximum`` None = open above."""

    minimum: int | None
    maximum: int | None
    highest: int | None


@dataclass(frozen=True, slots=True)
class Row:
    """One row to add: its bounds, and whether it feeds the upper end only."""

    bounds: Bounds
    max_only: bool


def rows_of(
    claims: Sequence[ClaimFact], name: str, among: Iterable[ClaimFact] | None = None
) -> list[Row]:
    """The rows of one statement that feed the range; totals replaced by parts and remainder.

    ``among``: where the parts of a total are looked for, if not among ``claims`` alone.
    """
    others = list(claims if among is None else among)
    rows: list[Row] = []
    for claim in claims:
        parts = [c for c in others if c.part_of == claim.id and c.id != claim.id]
        bounds = _bounds(claim, name)
        if parts:
            bounds = _remainder(bounds, [_bounds(part, name) for part in parts], name)
        feeds = _feeds(claim, name)
        if feeds is not None and bounds is not None:
            rows.append(Row(bounds=bounds, max_only=feeds == "max"))
    return rows


def add(rows: Sequence[Row]) -> Interval | None:
    """Mins: None counts as 0 unless all are; maxes: one None makes None; no row, no figure."""
    if not rows:
        return None
    minimums = [row.bounds[0] for row in rows if not row.max_only and row.bounds[0] is not None]
    maximums = [row.bounds[1] for row in rows]
    return Interval(
        minimum=sum(minimums) if minimums else None,
        maximum=None if None in maximums else sum(m for m in maximums if m is not None),
        highest=_highest(rows),
    )


def hull(intervals: Iterable[Interval | None]) -> Interval | None:
    """A figure without a min takes no part in min; one without a max leaves max open."""
    present = [i for i in intervals if i is not None]
    if not present:
        return None
    minimums = [i.minimum for i in present if i.minimum is not None]
    maximums = [i.maximum for i in present]
    highest = [i.highest for i in present if i.highest is not None]
    return Interval(
        minimum=min(minimums) if minimums else None,
        maximum=None if None in maximums else max(m for m in maximums if m is not None),
        highest=max(highest) if highest else None,
    )


def settled(figure: Interval, claims: Iterable[ClaimFact], name: str) -> Interval:
    """The figure of a whole origin: from 0 where none of its claims feeds the lower end."""
    if figure.minimum is None and not any(_feeds(claim, name) == "full" for claim in claims):
        return replace(figure, minimum=0)
    return figure


def plus(first: Interval | None, second: Interval | None) -> Interval | None:
    """Two disjoint figures as one."""
    if first is None or second is None:
        return first or second
    minimums = [m for m in (first.minimum, second.minimum) if m is not None]
    open_above = first.maximum is None or second.maximum is None
    return Interval(
        minimum=sum(minimums) if minimums else None,
        maximum=None if open_above else (first.maximum or 0) + (second.maximum or 0),
        highest=(first.highest or 0) + (second.highest or 0),
    )


def minus(figure: Interval | None, taken: Interval | None) -> Interval | None:
    """What remains when ``taken`` moved elsewhere; the ends cross, nothing goes below 0."""
    if figure is None or taken is None:
        return figure
    minimum = figure.minimum
    if minimum is not None:
        minimum = 0 if taken.maximum is None else max(0, minimum - taken.maximum)
    maximum = figure.maximum
    if maximum is not None:
        maximum = max(0, maximum - (taken.minimum or 0))
    highest = figure.highest
    if highest is not None:
        highest = max(0, highest - (taken.minimum or 0))
    return Interval(minimum, maximum, highest)


def _feeds(claim: ClaimFact, name: str) -> str | None:
    """ "full", "max" (upper end only) or None."""
    if name == "all_people":
        return "full"
    if name in SUB_GROUPS:
        bounds: Bounds = getattr(claim, name)
        if bounds == (None, None) or (claim.party is not None and bounds[1] == 0):
            return None
        name = "civilians"
    if claim.subject_status in FULL[name]:
        return "full"
    return "max" if name == "civilians" and claim.subject_status in MAX_ONLY else None


def _bounds(claim: ClaimFact, name: str) -> Bounds | None:
    if name in SUB_GROUPS:
        bounds: Bounds = getattr(claim, name)
        return None if bounds == (None, None) else bounds
    return (claim.minimum, claim.maximum)


def _remainder(total: Bounds | None, parts: list[Bounds | None], name: str) -> Bounds | None:
    said = [part for part in parts if part is not None]
    if total is None or (name in SUB_GROUPS and not said):
        return total
    low, high = total
    if low is not None:
        open_part = any(part[1] is None for part in said)
        low = 0 if open_part else max(0, low - sum(part[1] or 0 for part in said))
    if high is not None:
        high = max(0, high - sum(part[0] or 0 for part in said))
    return (low, high)


def _highest(rows: Sequence[Row]) -> int | None:
    stated = [
        row.bounds[1] if row.bounds[1] is not None else row.bounds[0]
        for row in rows
        if row.bounds != (None, None)
    ]
    return sum(s for s in stated if s is not None) if stated else None
