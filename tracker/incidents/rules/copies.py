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
    """The first of its chain for every claim that copies one on file.

    Of copies in a circle the least by id is the first.
    """
    firsts: dict[str, ClaimFact] = {}
    for claim in by_id.values():
        chain: list[ClaimFact] = []
        at, walked = claim, set[str]()
        while at.id not in firsts and at.id not in walked:
            chain.append(at)
            walked.add(at.id)
            at = by_id.get(at.copy_of or "", at)
        circle = chain[chain.index(at) :] if at.id in walked else [at]
        first = firsts.get(at.id) or min(circle, key=lambda one: one.id)
        firsts |= dict.fromkeys(walked, first)
    return {pk: first for pk, first in firsts.items() if first.id != pk}


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
