"""One claim per speaker and figure: what an article says again is not proposed again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.extraction.speakers import TOLD_AGAIN
from tracker.extraction.words import UNNUMBERED

if TYPE_CHECKING:
    from tracker.extraction.model import ProposedClaim

_OUTCOMES = ("KILLED", "INJURED")


def without_repeats(claims: list[ProposedClaim]) -> list[ProposedClaim]:
    """The claims in order, each told once; a later, sourced telling replaces an unsourced one."""
    told: dict[tuple[object, ...], list[ProposedClaim]] = {}
    for claim in claims:
        same = told.setdefault(_figure_key(claim), [])
        if any(_repeats(claim, other) for other in same):
            continue
        same[:] = [other for other in same if not _is_replaced(other, claim)]
        same.append(claim)
    kept = {id(claim) for same in told.values() for claim in same}
    numbered = {claim.outcome for claim in claims if _is_numbered(claim)}
    return [
        claim
        for claim in claims
        if id(claim) in kept and (_is_numbered(claim) or claim.outcome not in numbered)
    ]


def _figure_key(claim: ProposedClaim) -> tuple[object, ...]:
    """ "15" and "at least 15" are one figure."""
    figure = claim.maximum if claim.minimum is None else claim.minimum
    return (claim.outcome, claim.polarity, claim.scope, claim.minimum is None, figure)


def _repeats(claim: ProposedClaim, other: ProposedClaim) -> bool:
    if claim.statement == other.statement or not _may_be_one(claim, other):
        return False
    if _is_unsourced(other) and not _is_unsourced(claim):
        return False
    return not claim.speaker_text or claim.speaker_text.lower() == other.speaker_text.lower()


def _is_replaced(other: ProposedClaim, claim: ProposedClaim) -> bool:
    if claim.statement == other.statement or not _may_be_one(claim, other):
        return False
    return _is_unsourced(other) and not _is_unsourced(claim)


def _is_unsourced(claim: ProposedClaim) -> bool:
    """Nobody is named for the figure where it stands, though somebody may be elsewhere."""
    speaker = claim.evidence.get("speaker")
    return not claim.speaker_text or (speaker is not None and speaker.rule == TOLD_AGAIN)


def _may_be_one(first: ProposedClaim, second: ProposedClaim) -> bool:
    """Neither says that it counts other people; whom only one calls fighters may be others."""
    statuses = {first.subject_status, second.subject_status}
    return len(statuses) == 1 or ("UNKNOWN" in statuses and "COMBATANT" not in statuses)


def _is_numbered(claim: ProposedClaim) -> bool:
    return claim.outcome not in _OUTCOMES or claim.quantifier_raw.lower() not in UNNUMBERED
