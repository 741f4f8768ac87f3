"""Section 5: the grade the rules propose, with each rule tried, and the strike status."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tracker.incidents.rules.origins import asserting_claims, independent
from tracker.incidents.rules.positions import ACKNOWLEDGED, positions_in_force
from tracker.incidents.rules.wording import counted_words, listed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.incidents.rules.facts import Scenario
    from tracker.incidents.rules.origins import Origin

TEXT = """\
The engine proposes, explains each rule it tried, and a reviewer who contributed nothing may
override with a reason, but never to *Confirmed*.
"""
TEXT_AFTER_TABLE = """\
A denial never lowers a grade. Reliability (A–F, of a source over time) and credibility (1–6, of a
claim) are judged apart and never derived from one another; "not rated" differs from F and 6, which
are judgements.
"""
#: The rules in the order they are tried; the last two grades are what no rule proposes.
PUBLISHED = (
    (1, "CONFIRMED", "a named belligerent's position in force accepts harm and responsibility"),
    (
        *(4, "CONTESTED"),
        "two or more belligerents accused or claiming, no such position, and an origin that "
        "asserts harm",
    ),
    (
        *(2, "FAIR"),
        "two or more origins, each with a claim rated 1–3, and recorded evidence of a strike",
    ),
    (3, "WEAK", "one origin, or two without rated claims or strike evidence"),
    (5, "DISCOUNTED", "never proposed: a reviewer's written reason and cited evidence"),
    (None, "UNASSESSED", "no origin asserts harm"),
)

_ENOUGH = 2
_DOUBTFUL_FROM = 4


@dataclass(frozen=True, slots=True)
class RuleTried:
    """One rule of the grades, whether it held, and why in a sentence."""

    number: int
    grade: str
    held: bool
    why: str


@dataclass(frozen=True, slots=True)
class Grading:
    """The proposal; ``tried`` ends with the rule that held."""

    grade: str
    notes: tuple[str, ...]
    strike_status: str | None
    tried: tuple[RuleTried, ...]


def grade(scenario: Scenario, origins: Sequence[Origin]) -> Grading:
    """Try the rules in the published order: 1, 4, 2, 3, else not graded."""
    sources = independent(origins)
    rules = (
        _rule_1(scenario),
        _rule_4(scenario, sources),
        _rule_2(scenario, sources),
        _rule_3(sources),
    )
    tried: list[RuleTried] = []
    for rule in rules:
        tried.append(rule)
        if rule.held:
            break
    proposal = tried[-1].grade if tried[-1].held else "UNASSESSED"
    notes: list[str] = []
    if proposal == "WEAK" and len(sources) >= _ENOUGH:
        if not scenario.strike_evidence:
            notes.append("NO_STRIKE_EVIDENCE")
        if all(c.credibility is None for o in sources for c in asserting_claims(o)):
            notes.append("NO_RATED_CLAIMS")
    return Grading(
        grade=proposal,
        notes=tuple(notes),
        strike_status=_strike_status(scenario, sources),
        tried=tuple(tried),
    )


def _rule_1(scenario: Scenario) -> RuleTried:
    names = {party.id: party.name or party.id for party in scenario.parties}
    accepting = [
        names.get(party, party)
        for party, said in positions_in_force(scenario).items()
        if said.accepts
    ]
    why = (
        f"harm and responsibility are accepted by {listed(accepting)}"
        if accepting
        else "no belligerent's position in force accepts both harm and responsibility"
    )
    return RuleTried(1, "CONFIRMED", bool(accepting), why)


def _rule_4(scenario: Scenario, sources: Sequence[Origin]) -> RuleTried:
    involved = len(_accused_or_claiming(scenario))
    held = involved >= _ENOUGH and bool(sources)
    why = f"{counted_words(involved, 'belligerent')} accused or claiming"
    return RuleTried(4, "CONTESTED", held, why if sources else f"{why}, and nobody asserts harm")


def _rule_2(scenario: Scenario, sources: Sequence[Origin]) -> RuleTried:
    credible = sum(_is_credible(origin) for origin in sources if not origin.is_doubt)
    held = credible >= _ENOUGH and bool(scenario.strike_evidence)
    evidence = "is recorded" if scenario.strike_evidence else "is missing"
    why = (
        f"{counted_words(credible, 'independent origin')} with a claim rated 1 to 3; "
        f"evidence of a strike {evidence}"
    )
    return RuleTried(2, "FAIR", held, why)


def _rule_3(sources: Sequence[Origin]) -> RuleTried:
    asserts = "asserts" if len(sources) == 1 else "assert"
    why = f"{counted_words(len(sources), 'independent origin')} {asserts} harm"
    return RuleTried(3, "WEAK", bool(sources), why if sources else "nobody asserts harm")


def _is_credible(origin: Origin) -> bool:
    return any(
        c.credibility is not None and c.credibility < _DOUBTFUL_FROM
        for c in asserting_claims(origin)
    )


def _accused_or_claiming(scenario: Scenario) -> set[str]:
    accused = {p.id for p in scenario.parties if p.accused}
    return accused | {p for p, said in positions_in_force(scenario).items() if said.claims_act}


def _strike_status(scenario: Scenario, sources: Sequence[Origin]) -> str | None:
    acts = {said.act for said in positions_in_force(scenario).values()}
    if acts & ACKNOWLEDGED or any(e.kind == "PARTY_ACKNOWLEDGES" for e in scenario.strike_evidence):
        return "DECLARED"
    if len(_accused_or_claiming(scenario)) >= _ENOUGH:
        return "CONTESTED"
    if not sources:
        return None
    return "LIKELY" if len(sources) >= _ENOUGH else "SINGLE_SOURCE"
