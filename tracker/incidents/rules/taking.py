"""Rules 1, 2, 5 and 8: which claims count, and the reason of each that does not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tracker.incidents.rules.copies import in_the_voice_of, origins_by_copy, settle_copies
from tracker.incidents.rules.facts import FIGHTERS, KILLED_OUTCOMES
from tracker.incidents.rules.parts import declared_parts, drop_lone_parts
from tracker.incidents.rules.supersession import corrected, is_denial, superseded

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tracker.incidents.rules.facts import ClaimFact, Scenario

TEXT = "Running totals (`AGGREGATE`) never belong to an incident.\n"
RULE_TEXTS = {
    1: """\
**Take** accepted claims linked to the incident. Per speaker and outcome the latest whole figure
stays; earlier ones are left out as `SUPERSEDED`.""",
    5: """\
**Zeros.** "No civilian harmed" by a belligerent never pulls a range to 0: it is shown beside it as
`PARTY_DENIAL`. The same from a source that is no party is a figure like any other.""",
    8: """\
**Excluded claims stay visible**, each with its reason:""",
}
#: Why a claim is left out, in the words of the published table.
EXCLUSIONS = {
    "SUPERSEDED": "its speaker gave a later whole figure, or the person was later reported alive",
    "COPY_OF_ORIGIN": "it copies a claim on file, whose figure stands",
    "AGGREGATE": "a running total: shown beside the range and never added",
    "BACKGROUND": "recalled, and not linked to this incident",
    "PARTY_DENIAL": "a zero by a belligerent",
    "REJECTED": "a person rejected it",
    "RETRACTED": "a person retracted it",
    "PARTIAL_FIGURE": "about a part, with no other declared part to add it to",
    "EXCLUDED_BY_REVIEWER": "a reviewer left it out",
}

_TAKEN_OUTCOMES = KILLED_OUTCOMES | {"INJURED", "LATER_REPORTED_ALIVE"}


@dataclass(frozen=True, slots=True)
class Taking:
    """The claims that count, those left out with their reason, and what a person must decide.

    ``spoken`` holds every claim by id, copies with the voice of their origin; ``superseded_by``
    names for each superseded claim the one that replaced or corrected it; ``copied_from`` for each
    copy the first of its chain; ``parts`` are the sets of counted claims that a person declared
    disjoint.
    """

    counted: tuple[ClaimFact, ...]
    excluded: dict[str, str]
    superseded_by: dict[str, str]
    copied_from: dict[str, ClaimFact]
    undecided_copies: frozenset[str]
    parts: tuple[frozenset[str], ...]
    spoken: dict[str, ClaimFact]


def take(scenario: Scenario) -> Taking:
    """Sort out the claims, in the order of the published readings; the first that fits holds."""
    claims = sorted(scenario.claims, key=lambda c: c.id)
    origins = origins_by_copy({claim.id: claim for claim in claims})
    spoken = {claim.id: in_the_voice_of(origins.get(claim.id), claim) for claim in claims}
    excluded: dict[str, str] = {}
    taken: list[ClaimFact] = []
    for claim in spoken.values():
        reason = _first_reason(claim, scenario)
        if reason:
            excluded[claim.id] = reason
        elif claim.state == "ACCEPTED" and not _is_passed_over(claim):
            taken.append(claim)
    taken, undecided = settle_copies(taken, origins, excluded)
    declared = declared_parts(spoken.values())
    taken = drop_lone_parts(taken, declared, excluded)
    superseded_by = superseded(taken, undecided) | corrected(taken)
    excluded |= dict.fromkeys(superseded_by, "SUPERSEDED")
    counted = _drop_denials(taken, excluded)
    # what replaced, corrected or denied a part may have left another one alone
    counted = drop_lone_parts(counted, declared, excluded)
    left = {claim.id for claim in counted}
    return Taking(
        counted=tuple(counted),
        excluded=dict(sorted(excluded.items())),
        superseded_by=dict(sorted(superseded_by.items())),
        copied_from=origins,
        undecided_copies=frozenset(undecided),
        parts=tuple(part & left for part in declared if part & left),
        spoken=spoken,
    )


def _first_reason(claim: ClaimFact, scenario: Scenario) -> str | None:
    if claim.state in {"REJECTED", "RETRACTED"}:
        return claim.state
    if claim.state != "ACCEPTED":
        return None
    if claim.id in scenario.excluded_by_reviewer:
        return "EXCLUDED_BY_REVIEWER"
    if claim.scope == "AGGREGATE":
        return "AGGREGATE"
    if claim.scope == "BACKGROUND" and not claim.linked:
        return "BACKGROUND"
    return None


def _is_passed_over(claim: ClaimFact) -> bool:
    """What feeds nothing here and for which no reason code exists."""
    return (
        claim.outcome not in _TAKEN_OUTCOMES
        or claim.polarity in {"SILENT", "CANNOT_DETERMINE"}
        or (claim.is_zero and claim.subject_status in FIGHTERS)
    )


def _drop_denials(taken: Iterable[ClaimFact], excluded: dict[str, str]) -> list[ClaimFact]:
    kept = []
    for claim in taken:
        if claim.id in excluded or claim.outcome == "LATER_REPORTED_ALIVE":
            continue
        if is_denial(claim):
            excluded[claim.id] = "PARTY_DENIAL"
        else:
            kept.append(claim)
    return kept
