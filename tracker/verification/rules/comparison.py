"""Two codings of one article side by side: what belongs together, and which fields differ.

A claim that the machine proposed is the same for both coders. Claims that a coder added are held to
be one where their passages share at least half of the characters that either covers. What only one
of them added counts as "no claim" for the other; what one added and gave up counts nowhere.

Fields of the figure are compared only where both took it as a claim. Place and day are compared
only where both coders recorded them: the first one does so on the incident, perhaps later.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tracker.verification.rules.agreement import (
    Interval,
    Intervals,
    Nominal,
    Relation,
    interval_agreement,
    nominal_agreement,
    relation_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

IS_CLAIM = "is_claim"
#: Fields that hold the name of a kind, in the order in which they are shown.
NOMINAL_FIELDS = (
    *(IS_CLAIM, "outcome", "subject_status", "polarity", "scope"),
    *("speaker", "place"),
)
#: Fields that hold an interval of whole numbers.
INTERVAL_FIELDS = ("figure", "days")
_NOT_RECORDED = {"place": "", "days": None}


@dataclass(frozen=True, slots=True)
class Coded:
    """One claim as one coder has it; where ``is_claim`` is False the rest says nothing.

    ``proposal`` None = the coder added it. ``days`` None and ``place`` "" = not recorded.
    """

    row: int
    proposal: int | None
    start: int
    end: int
    is_claim: bool
    outcome: str = ""
    subject_status: str = ""
    polarity: str = ""
    scope: str = ""
    speaker: str = ""
    place: str = ""
    figure: Interval = Interval()  # noqa: RUF009  # immutable
    days: Interval | None = None


@dataclass(frozen=True, slots=True)
class Unit:
    """What both coders say of one claim; None = that coder has no such claim. Never both None."""

    first: Coded | None
    second: Coded | None

    @property
    def differing(self) -> list[str]:
        """The fields in which the codings differ; intervals that only overlap differ as well."""
        names = [name for name in NOMINAL_FIELDS for a, b in self.words(name) if a != b]
        return names + [
            name
            for name in INTERVAL_FIELDS
            for a, b in self.intervals(name)
            if relation_of(a, b) is not Relation.IDENTICAL
        ]

    def words(self, field: str) -> list[tuple[str, str]]:
        """What both say in a field of kinds: one pair, or none where it can't be compared."""
        if field == IS_CLAIM:
            return [(_takes(self.first), _takes(self.second))]
        one, other = self._both(field)
        return [(_plain(one), _plain(other))] if one is not None and other is not None else []

    def intervals(self, field: str) -> list[tuple[Interval, Interval]]:
        """The same for a field of numbers or days."""
        one, other = self._both(field)
        return [(one, other)] if isinstance(one, Interval) and isinstance(other, Interval) else []

    def _both(self, field: str) -> tuple[object, object]:
        first, second = self.first, self.second
        if first is None or second is None or not (first.is_claim and second.is_claim):
            return None, None
        one, other = getattr(first, field), getattr(second, field)
        if field in _NOT_RECORDED and _NOT_RECORDED[field] in (one, other):
            return None, None
        return one, other


@dataclass(frozen=True, slots=True)
class Report:
    """Agreement field by field over all units."""

    units: int
    nominal: dict[str, Nominal]
    intervals: dict[str, Intervals]


def units_of(first: Sequence[Coded], second: Sequence[Coded]) -> list[Unit]:
    """Put the claims of two codings of one article together, in the order of the text."""
    proposed = {coded.proposal: coded for coded in second if coded.proposal is not None}
    units = [Unit(c, proposed.pop(c.proposal)) for c in first if c.proposal in proposed]
    alone = [c for c in first if all(unit.first is not c for unit in units)]
    others = [c for c in second if all(unit.second is not c for unit in units)]
    shares = sorted(
        ((_share(a, b), a, b) for a in alone for b in others),
        key=lambda found: (-found[0], found[1].row, found[2].row),
    )
    for share, a, b in shares:
        if share < 1 / 2:
            break
        if a in alone and b in others:
            alone.remove(a)
            others.remove(b)
            units.append(Unit(a, b))
    units += [Unit(a, None) for a in alone if a.is_claim]
    units += [Unit(None, b) for b in others if b.is_claim]
    return sorted(units, key=_place_in_text)


def report_on(units: Iterable[Unit]) -> Report:
    """Agreement in every field."""
    told = list(units)
    return Report(
        units=len(told),
        nominal={
            name: nominal_agreement(pair for unit in told for pair in unit.words(name))
            for name in NOMINAL_FIELDS
        },
        intervals={
            name: interval_agreement(pair for unit in told for pair in unit.intervals(name))
            for name in INTERVAL_FIELDS
        },
    )


def _takes(coded: Coded | None) -> str:
    return "claim" if coded is not None and coded.is_claim else "no claim"


def _plain(words: object) -> str:
    """Names of speakers and places in whatever case, with or without their article."""
    plain = " ".join(str(words).casefold().split())
    return plain.removeprefix("the ")


def _share(one: Coded, other: Coded) -> float:
    common = min(one.end, other.end) - max(one.start, other.start)
    if common <= 0:
        return 0.0
    return common / (max(one.end, other.end) - min(one.start, other.start))


def _place_in_text(unit: Unit) -> tuple[int, int, int]:
    here = unit.first or unit.second
    assert here is not None  # noqa: S101  # a unit never lacks both
    return here.start, here.end, here.row
