"""Whether an article reports harm to civilians, how surely, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.extraction.model import Relevance

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.extraction.document import Document
    from tracker.extraction.model import ProposedClaim


def read_relevance(document: Document, claims: Sequence[ProposedClaim]) -> Relevance:
    """A chance between 0 and 1, its reasons, and the verdict at the default threshold."""
    del document
    harmed = any(_tells_harm(claim) for claim in claims)
    return Relevance(is_harm=harmed, probability=0.9 if harmed else 0.1)


def _tells_harm(claim: ProposedClaim) -> bool:
    return (
        claim.scope == "INCIDENT"
        and claim.outcome in {"KILLED", "INJURED"}
        and claim.subject_status != "COMBATANT"
    )
