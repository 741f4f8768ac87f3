"""A proposed claim in the words of the annotation guide, to be printed and compared."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tracker.extraction.model import ProposedClaim

_STATUS = {"CIVILIAN": "civilian", "COMBATANT": "combatant", "MIXED": "mixed"}
_HARM = {"KILLED": "killed", "INJURED": "injured"}


def is_of_guide(claim: ProposedClaim) -> bool:
    """Whether the guide annotates this kind of harm."""
    return claim.outcome in _HARM


def in_guide_words(text: str, claim: ProposedClaim) -> dict[str, Any]:
    """The claim as one of ``claims`` of an annotated article; only where ``is_of_guide``."""
    return {
        "harm": _HARM[claim.outcome],
        "min": claim.minimum,
        "max": claim.maximum,
        "status": _STATUS.get(claim.subject_status, "unspecified"),
        "children": claim.children_min,
        "women": claim.women_min,
        "scope": claim.scope.lower(),
        "speaker": claim.speaker_text or None,
        "actor": claim.actor,
        "method": claim.method,
        "place": claim.place,
        "date": claim.when.day.isoformat() if claim.when and claim.when.day else None,
        "quote": text[claim.start : claim.end],
    }
