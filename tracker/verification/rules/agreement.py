"""How far two people agree beyond chance, and how two intervals lie to each other.

For names of kinds: Cohen's kappa. J. Cohen, A coefficient of agreement for nominal scales,
Educational and Psychological Measurement 20 (1960), 37-46. For figures and days: the relation of
the two intervals, after J. F. Allen, Maintaining knowledge about temporal intervals, Communications
of the ACM 26 (1983), 832-843: his "equal" is identical here, his "before" and "after" are apart,
and whatever shares at least one whole number is overlapping.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Nominal:
    """Agreement of ``n`` pairs; ``observed`` None = there is no pair.

    ``kappa`` None = undefined: there is no pair, or both always say the same one thing, so that
    nothing varies and chance alone would explain all of it.
    """

    n: int
    same: int
    observed: Fraction | None
    kappa: Fraction | None


def nominal_agreement(pairs: Iterable[tuple[str, str]]) -> Nominal:
    """Cohen's kappa of what the first and the second coder said of the same things."""
    told = list(pairs)
    n = len(told)
    same = sum(one == other for one, other in told)
    if n == 0:
        return Nominal(0, 0, None, None)
    firsts, seconds = Counter(one for one, _ in told), Counter(other for _, other in told)
    observed = Fraction(same, n)
    by_chance = Fraction(sum(firsts[kind] * seconds[kind] for kind in firsts), n * n)
    kappa = None if by_chance == 1 else (observed - by_chance) / (1 - by_chance)
    return Nominal(n, same, observed, kappa)


class Relation(StrEnum):
    """How two intervals lie to each other."""

    IDENTICAL = "identical"
    OVERLAPPING = "overlapping"
    APART = "apart"


@dataclass(frozen=True, slots=True)
class Interval:
    """Whole numbers from ``low`` to ``high``; None = open on that side, both None = none named."""

    low: int | None = None
    high: int | None = None

    @property
    def is_named(self) -> bool:
        """Whether it has any end."""
        return self.low is not None or self.high is not None


def relation_of(one: Interval, other: Interval) -> Relation:
    """Identical, overlapping in at least one whole number, or apart.

    Naming no number is identical with naming none, and apart from naming any.
    """
    if one == other:
        return Relation.IDENTICAL
    if not (one.is_named and other.is_named):
        return Relation.APART
    return (
        Relation.APART
        if _ends_before(one, other) or _ends_before(other, one)
        else (Relation.OVERLAPPING)
    )


@dataclass(frozen=True, slots=True)
class Intervals:
    """How often ``n`` pairs of intervals are identical, overlapping, apart."""

    identical: int = 0
    overlapping: int = 0
    apart: int = 0

    @property
    def n(self) -> int:
        """How many pairs there are."""
        return self.identical + self.overlapping + self.apart


def interval_agreement(pairs: Iterable[tuple[Interval, Interval]]) -> Intervals:
    """Count the relations of what the first and the second coder said."""
    found = Counter(relation_of(one, other) for one, other in pairs)
    return Intervals(
        identical=found[Relation.IDENTICAL],
        overlapping=found[Relation.OVERLAPPING],
        apart=found[Relation.APART],
    )


def _ends_before(one: Interval, other: Interval) -> bool:
    return one.high is not None and other.low is not None and one.high < other.low
