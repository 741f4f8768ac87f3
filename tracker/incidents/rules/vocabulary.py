"""The words of the published method that a scenario may use."""

from __future__ import annotations

OUTCOMES = frozenset(
    [
        "KILLED",
        "INJURED",
        "MISSING",
        "TRAPPED",
        "DETAINED",
        "ABDUCTED",
        "DISPLACED",
        "FOUND_ALIVE",
        "LATER_REPORTED_ALIVE",
        "DIED_OF_WOUNDS",
        "UNKNOWN",
    ]
)
STATUSES = frozenset(
    ("CIVILIAN", "UNKNOWN", "DISPUTED", "MIXED", "COMBATANT", "DIRECTLY_PARTICIPATING")
)
POLARITIES = frozenset(("ASSERTS_HARM", "ASSERTS_NO_HARM", "SILENT", "CANNOT_DETERMINE"))
SCOPES = frozenset(("INCIDENT", "BACKGROUND", "AGGREGATE"))
STATES = frozenset(("PROPOSED", "ACCEPTED", "REJECTED", "RETRACTED"))
COPY_DECISIONS = frozenset(("origin_stands", "update"))
ACTS = frozenset(
    [
        "ACKNOWLEDGES",
        "ACKNOWLEDGES_BY_PARTNER_FORCE",
        "DENIES",
        "NO_RECORD",
        "NO_COMMENT",
        "NOT_ASKED",
        "UNKNOWN",
    ]
)
HARMS = frozenset(
    [
        "ACCEPTS_HARM",
        "POSSIBLE_UNDER_REVIEW",
        "NO_INDICATION",
        "DENIES_HARM",
        "SAYS_COMBATANTS",
        "NO_STATEMENT",
    ]
)
RESPONSIBILITIES = frozenset(("ACCEPTS", "DENIES", "ALTERNATIVE_EXPLANATION", "NO_STATEMENT"))
ASSESSMENTS = frozenset(
    [
        "NOT_ASSESSED",
        "OPEN",
        "CREDIBLE",
        "NON_CREDIBLE",
        "DUPLICATE",
        "CLOSED_PENDING_INFORMATION",
        "REOPENED",
    ]
)
EVIDENCE_KINDS = frozenset(
    [
        "PARTY_ACKNOWLEDGES",
        "PARTY_DECLARES_STRIKES_NEARBY",
        "IMAGERY",
        "MUNITION_REMAINS",
        "WITNESSED_AIRCRAFT",
        "OTHER",
    ]
)
CREDIBILITIES = frozenset(range(1, 7))
