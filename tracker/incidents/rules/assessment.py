"""Claims to ranges, grade, positions and tasks: the whole published method in one call."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tracker.incidents.rules.facts import FIGHTERS, KILLED_OUTCOMES
from tracker.incidents.rules.grading import Grading, grade
from tracker.incidents.rules.intervals import RANGES, SUB_GROUPS, Interval, hull
from tracker.incidents.rules.origins import Origin, independent, origins_of
from tracker.incidents.rules.positions import positions_in_force, reversed_positions, summary_of
from tracker.incidents.rules.taking import Taking, take

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.incidents.rules.facts import Scenario

#: What ``docs/methodology.md`` begins with; every rule's own words stand beside the rule.
TEXT = """\
Every assessment stores the version it was computed by, its inputs and its result: the same inputs
give the same result, in any order. `manage.py assess` runs the same rules on claims given as JSON,
without a database; `manage.py recompute` runs them on every incident again.

The rules are this project's synthesis of published practice: Airwars (claims coded by source,
grades, positions of belligerents), Iraq Body Count and the Every Casualty Standards (independence,
cumulative figures, superseded counts), UCDP, ACLED and AOAV (precision codes, comparison of
choices), the Berkeley Protocol (custody). No organisation has published them in this form.
"""
RULE_TEXTS = {
    6: """\
**Named victims** raise the lower end: no fewer civilians than are named with that outcome. A
highest figure below it follows, and a person is asked to look.""",
    7: """\
**Women, men, children** are computed alone by the same steps and never forced to add up.""",
}

RULES_VERSION = "AGG-1"
OUTCOMES = ("KILLED", "INJURED")
_NONE = Interval(None, None, None)


@dataclass(frozen=True, slots=True)
class Assessment:
    """The answer. ``ranges[outcome][name]`` is always there; all None = no figure, never 0."""

    ranges: dict[str, dict[str, Interval]]
    origins: tuple[Origin, ...]
    taking: Taking
    grading: Grading
    position_summary: dict[str, str | None]
    independent_groups: int
    tasks: tuple[str, ...]

    @property
    def provisional(self) -> bool:
        """Fewer than two independent origins."""
        return self.independent_groups < 2  # noqa: PLR2004  # the published threshold

    @property
    def grade(self) -> str:
        """The proposal of the engine."""
        return self.grading.grade


def assess(scenario: Scenario) -> Assessment:
    """Compute the answer; the same facts in any order give the same answer."""
    taking = take(scenario)
    origins = origins_of(taking)
    tasks: set[str] = set()
    ranges = {}
    for outcome in OUTCOMES:
        named = (
            scenario.named_victims.killed if outcome == "KILLED" else scenario.named_victims.injured
        )
        ranges[outcome] = _ranges(origins, outcome, named, tasks)
    if taking.undecided_copies:
        tasks.add("COPY_NUMBER_CHANGED")
    if _same_dead(scenario, origins):
        tasks.add("SAME_DEAD")
    if reversed_positions(scenario):
        tasks.add("POSITION_REVERSED")
    return Assessment(
        ranges=ranges,
        origins=origins,
        taking=taking,
        grading=grade(scenario, origins),
        position_summary={
            party: summary_of(said) for party, said in positions_in_force(scenario).items()
        },
        independent_groups=len(independent(origins)),
        tasks=tuple(sorted(tasks)),
    )


def _ranges(
    origins: Sequence[Origin], outcome: str, named: int, tasks: set[str]
) -> dict[str, Interval]:
    """Rule 4 over all origins, then the named floor (6) and the check of sub-groups (7)."""
    ranges = {
        name: hull(origin.of(outcome).get(name) for origin in origins) or _NONE for name in RANGES
    }
    if named:
        for name in ("civilians", "all_people"):
            ranges[name] = _raised(ranges[name], named, tasks)
    stated = sum(ranges[name].minimum or 0 for name in SUB_GROUPS)
    ceiling = ranges["civilians"].maximum
    if ceiling is not None and stated > ceiling:
        tasks.add("SUBGROUPS_ABOVE_MAX")
    return ranges


def _raised(found: Interval, named: int, tasks: set[str]) -> Interval:
    maximum = found.maximum
    if maximum is not None and maximum < named:
        maximum = named
        tasks.add("NAMED_ABOVE_MAX")
    return Interval(minimum=max(found.minimum or 0, named), maximum=maximum, highest=found.highest)


def _same_dead(scenario: Scenario, origins: Sequence[Origin]) -> bool:
    """The accused counts fighters where somebody else counts people: perhaps the same dead."""
    accused = {p.id for p in scenario.parties if p.accused}
    dead = {
        origin.key: [c for c in origin.claims if c.outcome in KILLED_OUTCOMES and not c.is_zero]
        for origin in origins
        if not origin.is_sum
    }
    for claims in dead.values():
        for party in {c.party for c in claims if c.party in accused}:
            if not any(c.subject_status in FIGHTERS and c.party == party for c in claims):
                continue
            for other in dead.values():
                statuses = {c.subject_status for c in other}
                is_theirs = any(c.party == party for c in other)
                if not is_theirs and statuses & {"CIVILIAN", "UNKNOWN"} and not statuses & FIGHTERS:
                    return True
    return False
