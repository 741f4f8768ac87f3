"""Figures about a part: declared disjoint by a person they make a sum, alone they are left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.incidents.rules.facts import KILLED_OUTCOMES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tracker.incidents.rules.facts import ClaimFact


def declared_parts(claims: Iterable[ClaimFact]) -> tuple[frozenset[str], ...]:
    """Sets of claims declared disjoint: a person's word that carries on, whatever is left out."""
    partial = {c.id: c for c in claims if not c.covers_whole_incident}
    sets: list[set[str]] = []
    for claim in partial.values():
        linked = {claim.id, *(other for other in claim.disjoint_with if other in partial)}
        joined = [s for s in sets if s & linked]
        sets = [s for s in sets if not s & linked] + [linked.union(*joined)]
    families = [
        frozenset(i for i in members if _family(partial[i]) == family)
        for members in sets
        for family in {_family(partial[i]) for i in members}
    ]
    return tuple(sorted((family for family in families if len(family) > 1), key=sorted))


def drop_lone_parts(
    taken: list[ClaimFact], declared: tuple[frozenset[str], ...], excluded: dict[str, str]
) -> list[ClaimFact]:
    """Without the figures that have no second part left to be added to."""
    present = {claim.id for claim in taken}
    together = frozenset().union(*(part & present for part in declared if len(part & present) > 1))
    kept = []
    for claim in taken:
        is_lone = not claim.covers_whole_incident and claim.id not in together
        if is_lone and claim.outcome != "LATER_REPORTED_ALIVE":
            excluded[claim.id] = "PARTIAL_FIGURE"
        else:
            kept.append(claim)
    return kept


def _family(claim: ClaimFact) -> str:
    return "KILLED" if claim.outcome in KILLED_OUTCOMES else claim.outcome
