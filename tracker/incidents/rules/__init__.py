"""The published rules of ranges, origins, grades and positions, as pure functions."""

from tracker.incidents.rules.assessment import RULES_VERSION, Assessment, assess
from tracker.incidents.rules.facts import (
    ClaimFact,
    EvidenceFact,
    NamedVictims,
    PartyFact,
    PositionFact,
    Scenario,
)

__all__ = [
    "RULES_VERSION",
    "Assessment",
    "ClaimFact",
    "EvidenceFact",
    "NamedVictims",
    "PartyFact",
    "PositionFact",
    "Scenario",
    "assess",
]
