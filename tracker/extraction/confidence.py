"""How sure each field of a claim is: how often the rule that set it was right when people checked.

The table counts, for every field and rule, the claims of annotated articles and how many of them
the annotators agreed with. A rule that was seldom seen leans on how its field does as a whole.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from tracker.extraction.learned import learned
from tracker.extraction.model import Evidence

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tracker.extraction.model import ProposedClaim

#: The fields of a claim that carry evidence, in the order in which people read them.
FIELDS = ("figure", "status", "scope", "speaker", "day", "place", "actor", "method")
#: The rule of a field that has no value because the text gives none.
NOTHING_SAID = "nothing said"
#: So many cases of the field as a whole are added to those of each rule.
SMOOTHING = 4

#: Of each key (the rule, as a rule): how often right, of how many.
Counts = dict[str, tuple[int, int]]
#: The counts of each field.
Table = dict[str, Counts]


def with_confidence(
    claims: Sequence[ProposedClaim], table: Table | None = None
) -> list[ProposedClaim]:
    """The claims, each with evidence and confidence for every field; by the learned table, if
    no other is given."""
    if table is None:
        return [replace(claim, evidence=_rated(claim, _learned_chance)) for claim in claims]

    def chance(field: str, key: str) -> float | None:
        return _chance(table, field, key)

    return [replace(claim, evidence=_rated(claim, chance)) for claim in claims]


def key_of(field: str, claim: ProposedClaim) -> str:
    """What the table counts: the rule, and with it what matters as much as the rule.

    A bare plural ("people were killed") is read worse than a number, a group called civilian
    better than one of which nothing is said.
    """
    evidence = claim.evidence.get(field)
    rule = (evidence.rule if evidence else "") or NOTHING_SAID
    if field == "figure":
        return f"{rule}, {'exact' if claim.minimum == claim.maximum else 'open'}"
    if field == "status":
        return f"{rule}, {claim.subject_status.lower()}"
    return rule


def rate(counts: Counts, key: str) -> float:
    """The smoothed share of right cases; a half where nothing at all was seen.

    >>> rate({"seen": (8, 8), "other": (0, 8)}, "seen") > rate({"seen": (1, 1)}, "other")
    True
    """
    right, of = counts.get(key, (0, 0))
    whole_right = sum(counted[0] for counted in counts.values())
    whole = sum(counted[1] for counted in counts.values())
    overall = (whole_right + 1) / (whole + 2)
    return (right + SMOOTHING * overall) / (of + SMOOTHING)


def _rated(claim: ProposedClaim, chance: Callable[[str, str], float | None]) -> dict[str, Evidence]:
    rated = dict(claim.evidence)
    for field in FIELDS:
        known = rated.get(field, Evidence(NOTHING_SAID))
        rated[field] = replace(known, confidence=chance(field, key_of(field, claim)))
    return rated


def _chance(table: Table, field: str, key: str) -> float | None:
    counts = table.get(field)
    return round(rate(counts, key), 3) if counts else None


@cache
def _learned_chance(field: str, key: str) -> float | None:
    return _chance(_learned_table(), field, key)


@cache
def _learned_table() -> Table:
    return {
        field: {rule: (counted[0], counted[1]) for rule, counted in rules.items()}
        for field, rules in learned("confidence").items()
    }
