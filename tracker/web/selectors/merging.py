"""What the pages of merging and splitting show: both sides, what would become of them, the past."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import prefetch_related_objects

from tracker.accounts.permissions import Right, has_right
from tracker.incidents.choices import RestructuringKind
from tracker.incidents.selectors.assessment import (
    assess_incident,
    assess_incidents,
    assess_together,
)
from tracker.incidents.selectors.restructuring import list_restructurings, obstacles_to_merging
from tracker.sources.selectors.sources import Standing
from tracker.web.selectors.claim_matrix import MatrixRow
from tracker.web.selectors.incident_words import headline
from tracker.web.selectors.incidents import shown_range

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

    from tracker.core.actor import Actor
    from tracker.incidents.models import Incident, Restructuring
    from tracker.incidents.selectors.assessment import Assessed


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two incidents, or what they would be together."""

    headline: str
    killed: SafeString
    injured: SafeString
    grade: str
    claims: int
    parties: list[str]
    statements: int
    evidence: int
    named: int


@dataclass(frozen=True, slots=True)
class Weighed:
    """A merge before it is made; with ``obstacles`` it can't be."""

    source: Incident
    target: Incident
    goes: Side
    stays: Side
    together: Side
    obstacles: list[str]


@dataclass(frozen=True, slots=True)
class RestructuringRow:
    """A merge or split as a page of ``incident`` tells it."""

    done: Restructuring
    other: Incident
    is_away: bool
    is_merge: bool
    is_undone: bool
    may_undo: bool
    may_rejoin: bool


def weigh(source: Incident, target: Incident) -> Weighed:
    """Both as they stand and as the rules would read them together."""
    found = assess_incidents([source, target])
    return Weighed(
        source=source,
        target=target,
        goes=_side(found[source.pk]),
        stays=_side(found[target.pk]),
        together=_side(assess_together(target, source)),
        obstacles=obstacles_to_merging(source, target),
    )


def restructuring_rows(incident: Incident, viewer: Actor) -> list[RestructuringRow]:
    """What the incident gave or took in, the latest first."""
    may_merge = has_right(viewer, Right.MERGE_INCIDENTS)
    rows = []
    for done in list_restructurings(incident):
        is_away = done.source_id == incident.pk
        is_merge = done.kind == RestructuringKind.MERGE
        is_undone = hasattr(done, "undo")
        rows.append(
            RestructuringRow(
                done=done,
                other=done.target if is_away else done.source,
                is_away=is_away,
                is_merge=is_merge,
                is_undone=is_undone,
                may_undo=may_merge and is_merge and not is_undone,
                may_rejoin=may_merge and not is_merge and _both_stand(done),
            )
        )
    return rows


def _both_stand(done: Restructuring) -> bool:
    return done.source.merged_into is None and done.target.merged_into is None


def claims_to_choose(incident: Incident) -> list[MatrixRow]:
    """The claims of the incident, a row each, under the labels its page gives them."""
    claims = assess_incident(incident).claims
    prefetch_related_objects([claim.article for claim in claims.values()], "task")
    return [MatrixRow([label], [claim], Standing()) for label, claim in claims.items()]


def _side(assessed: Assessed) -> Side:
    scenario, assessment = assessed.scenario, assessed.assessment
    return Side(
        headline=headline(assessment),
        killed=shown_range(assessment, "KILLED"),
        injured=shown_range(assessment, "INJURED"),
        grade=assessment.grade,
        claims=len(scenario.claims),
        parties=[party.name for party in scenario.parties],
        statements=len(scenario.positions),
        evidence=len(scenario.strike_evidence),
        named=scenario.named_victims.killed + scenario.named_victims.injured,
    )
