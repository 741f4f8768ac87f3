"""Rule 2: copies speak as their origin, and add nothing unless their number differs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tracker.incidents.rules.facts import ClaimFact

RULE_TEXTS = {
    2: """\
**Collapse** each origin (independence group) to one interval. A copy adds nothing: its origin's
figure stands. While a changed number is undecided, the interval spans both."""
}


def origins_by_copy(by_id: dict[str, ClaimFact]) -> dict[str, ClaimFact]:
    """The first of its chain for every claim that copies one on file."""
    found = {}
    for claim in by_id.values():
        seen = {claim.id}
        at = claim
        while at.copy_of is not None and at.copy_of in by_id and at.copy_of not in seen:
            at = by_id[at.copy_of]
            seen.add(at.id)
        if at.id != claim.id:
            found[claim.id] = at
    return found


def in_the_voice_of(origin: ClaimFact | None, claim: ClaimFact) -> ClaimFact:
    """The copy with its origin's speaker, party, group and story; other claims as they are."""
    if origin is None:
        return claim
    return replace(
        claim,
        speaker=origin.speaker,
        speaker_named=origin.speaker_named,
        party=origin.party,
        group=origin.group,
        story=origin.story,
        outlet=origin.outlet,
    )


def settle_copies(
    taken: Iterable[ClaimFact], origins: dict[str, ClaimFact], excluded: dict[str, str]
) -> tuple[list[ClaimFact], set[str]]:
    """Copies with their origin's figure add nothing; another figure stays in and is asked about."""
    kept: list[ClaimFact] = []
    undecided: set[str] = set()
    for claim in taken:
        origin = origins.get(claim.id)
        if origin is None:
            kept.append(claim)
            continue
        same = (claim.minimum, claim.maximum) == (origin.minimum, origin.maximum)
        if same or claim.copy_decided == "origin_stands":
            excluded[claim.id] = "COPY_OF_ORIGIN"
            continue
        if claim.copy_decided != "update":
            undecided.add(claim.id)
        kept.append(claim)
    return kept, undecided
