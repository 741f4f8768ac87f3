"""Of whom a figure is that says nothing of them itself, told by the total that it is a part of."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tracker.extraction.figures.mentions import NO_GROUP
from tracker.extraction.figures.repeats import (
    LEAD,
    VAGUE_NUMBER,
    days_differ,
    is_short_for,
    size_of,
)
from tracker.extraction.model import Evidence

if TYPE_CHECKING:
    from tracker.extraction.model import ProposedClaim


_PART = "part of a number of civilians"


def with_kind_of_whole(claims: list[ProposedClaim]) -> list[ProposedClaim]:
    """The claims; a part of the civilians that the article leads with is of civilians too.

    Only where the article tells of no fighters harmed.
    """
    news = [one for one in claims if one.scope == "INCIDENT" and one.polarity == "ASSERTS_HARM"]
    if any(one.subject_status in {"COMBATANT", "MIXED"} for one in news):
        return claims
    wholes = [
        one
        for one in news
        if one.subject_status == "CIVILIAN"
        and one.statement <= LEAD
        and not VAGUE_NUMBER.search(one.quantifier_raw)
    ]
    told = [_like_its_whole(claim, wholes) for claim in claims]
    parts = {one.statement: one for one in told if one.evidence["status"].rule == _PART}
    return [_like_beside(claim, parts.get(claim.statement)) for claim in told]


def _like_beside(claim: ProposedClaim, part: ProposedClaim | None) -> ProposedClaim:
    """ "Four people died and 38 others were injured": the others too."""
    if (claim.subject_status, claim.scope) != ("UNKNOWN", "INCIDENT") or not size_of(claim):
        return claim
    if part is None or part.figure_start > claim.figure_start:
        return claim
    if claim.evidence["status"].rule != NO_GROUP:
        return claim  # "four other people" may be anybody
    evidence = {**claim.evidence, "status": part.evidence["status"]}
    return replace(claim, subject_status="CIVILIAN", evidence=evidence)


def _like_its_whole(claim: ProposedClaim, wholes: list[ProposedClaim]) -> ProposedClaim:
    if (claim.subject_status, claim.scope) != ("UNKNOWN", "INCIDENT") or not size_of(claim):
        return claim
    whole = next((one for one in wholes if _may_hold(one, claim)), None)
    if whole is None:
        return claim
    spans = ((whole.figure_start, whole.figure_end),)
    status = Evidence(_PART, spans)
    return replace(claim, subject_status="CIVILIAN", evidence={**claim.evidence, "status": status})


def _may_hold(whole: ProposedClaim, part: ProposedClaim) -> bool:
    """The total stands before, of the same harm, by nobody else and of no other day."""
    return (
        whole.outcome == part.outcome
        and whole.statement < part.statement
        and size_of(whole) > size_of(part)
        and _may_be_of_one_speaker(whole.speaker_text, part.speaker_text)
        and not days_differ(whole, part)
    )


def _may_be_of_one_speaker(one: str, other: str) -> bool:
    return not one or not other or is_short_for(one, other) or is_short_for(other, one)
