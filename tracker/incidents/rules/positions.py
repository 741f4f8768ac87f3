"""Section 8: what is in force on each axis of a belligerent's position, and its summary."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from tracker.incidents.rules.facts import PositionFact, Scenario

TEXT = """\
Each dated statement is kept. Act, harm, responsibility and the party's own assessment are separate
axes: "we struck; we have no indication that civilians were harmed" acknowledges the act and
disputes the harm. In force on an axis is the value of the latest date; silence withdraws nothing.
"""

_AXES = ("act", "harm", "responsibility", "assessment")
#: What withdraws nothing said before.
_SILENT = frozenset({None, "UNKNOWN", "NO_STATEMENT", "NO_COMMENT", "NOT_ASKED"})
_WITHOUT_WORDS = ("NO_COMMENT", "NOT_ASKED")
ACKNOWLEDGED = frozenset({"ACKNOWLEDGES", "ACKNOWLEDGES_BY_PARTNER_FORCE"})


@dataclass(frozen=True, slots=True)
class InForce:
    """A party's position today; None = nothing in force. ``conflict``: two values on one day."""

    act: str | None = None
    harm: str | None = None
    responsibility: str | None = None
    assessment: str | None = None
    silent_act: str | None = None
    conflict: bool = False

    @property
    def accepts(self) -> bool:
        """Responsibility and harm accepted: what rule 1 of the grades needs."""
        return self.responsibility == "ACCEPTS" and self.harm == "ACCEPTS_HARM"

    @property
    def claims_act(self) -> bool:
        """A claimant: says it acted, or accepts responsibility."""
        return self.act == "ACKNOWLEDGES" or self.responsibility == "ACCEPTS"


def positions_in_force(scenario: Scenario) -> dict[str, InForce]:
    """By party id, for every party named or heard."""
    parties = sorted({p.id for p in scenario.parties} | {p.party for p in scenario.positions})
    return {party: _in_force(_of(scenario.positions, party)) for party in parties}


def reversed_positions(scenario: Scenario) -> bool:
    """Whether a party once accepted harm and responsibility and no longer does."""
    for party, today in positions_in_force(scenario).items():
        said = _of(scenario.positions, party)
        if not today.accepts and any(
            _in_force([p for p in said if p.date <= day]).accepts for day in {p.date for p in said}
        ):
            return True
    return False


def summary_of(position: InForce) -> str | None:
    """The first line of the published list that fits, None where none does."""
    acknowledged = position.act in ACKNOWLEDGED
    lines = (
        (position.accepts, "ACCEPTED"),
        (position.conflict, "MIXED"),
        (
            acknowledged and position.harm in {"NO_INDICATION", "DENIES_HARM", "SAYS_COMBATANTS"},
            "ACKNOWLEDGED_ACT_DENIES_HARM",
        ),
        (position.responsibility == "ALTERNATIVE_EXPLANATION", "ALTERNATIVE_EXPLANATION"),
        (position.act in {"DENIES", "NO_RECORD"}, "DENIES_ACT"),
        (
            position.harm == "POSSIBLE_UNDER_REVIEW" or position.assessment in {"OPEN", "REOPENED"},
            "UNDER_REVIEW",
        ),
        (position.responsibility == "DENIES", "DENIES_RESPONSIBILITY"),
        (acknowledged, "ACKNOWLEDGED_ACT"),
        (position.silent_act == "NO_COMMENT", "NO_COMMENT"),
        (position.silent_act == "NOT_ASKED", "NOT_ASKED"),
    )
    return next((name for fits, name in lines if fits), None)


def _of(positions: Iterable[PositionFact], party: str) -> list[PositionFact]:
    return [p for p in positions if p.party == party]


def _in_force(said: Sequence[PositionFact]) -> InForce:
    values: dict[str, str | None] = {}
    conflict = False
    for axis in _AXES:
        spoken = [(p.date, value) for p in said if (value := getattr(p, axis)) not in _SILENT]
        latest = _latest(spoken)
        values[axis] = next(iter(latest)) if len(latest) == 1 else None
        conflict |= len(latest) > 1 and axis != "assessment"
    has_no_word = all(p.act in _SILENT for p in said)
    unsaid = _latest([(p.date, p.act) for p in said if p.act in _WITHOUT_WORDS])
    return InForce(
        **values,
        silent_act=next((act for act in _WITHOUT_WORDS if has_no_word and act in unsaid), None),
        conflict=conflict,
    )


def _latest(spoken: Sequence[tuple[date, str]]) -> set[str]:
    """The values of the latest day that has any."""
    day = max((at for at, _ in spoken), default=None)
    return {value for at, value in spoken if at == day}
