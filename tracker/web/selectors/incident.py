"""All that the page of one incident shows, in a bounded number of queries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import prefetch_related_objects
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from tracker.accounts.permissions import Right, has_right
from tracker.incidents.choices import EDITABLE_STATUSES, GONE_STATUSES, IncidentStatus, Outcome
from tracker.incidents.policies import may_review
from tracker.incidents.rules import RULES_VERSION
from tracker.incidents.rules.explanation import origin_labels
from tracker.incidents.rules.positions import positions_in_force
from tracker.incidents.selectors.aggregates import totals_with
from tracker.incidents.selectors.assessment import assess_incident
from tracker.incidents.selectors.likeness import Alike, incidents_alike
from tracker.incidents.selectors.places import places_of
from tracker.incidents.selectors.requests import requests_of
from tracker.publication.models import Version
from tracker.sources.models import Party
from tracker.verification.selectors.closed import closed_to
from tracker.web.selectors import incident_words as words
from tracker.web.selectors.claim_matrix import MatrixRow, matrix_of
from tracker.web.selectors.history import SHOWN, HistoryLine, history_of
from tracker.web.selectors.incident_parts import (
    EvidenceRow,
    PartyBlock,
    SourceRow,
    axis_words,
    cited_articles,
    evidence_rows,
    party_blocks,
    source_rows,
)
from tracker.web.selectors.incident_ranges import RangeBlock, range_block, reason_words
from tracker.web.selectors.merging import RestructuringRow, restructuring_rows

if TYPE_CHECKING:
    from tracker.core.actor import Actor
    from tracker.incidents.models import Claim, Incident, IncidentPlace, PartyRequest
    from tracker.incidents.selectors.assessment import Assessed

_NAMES = 300
_SUBMITTABLE = (IncidentStatus.DRAFT, IncidentStatus.RETURNED, IncidentStatus.UNDER_REVISION)


@dataclass(frozen=True, slots=True)
class Part:
    """An entry of the page's contents; ``count`` None = nothing to count."""

    anchor: str
    words: str
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Summary:
    """What a party says, in one line."""

    party: str
    words: str


@dataclass(slots=True)
class IncidentPage:
    """One incident as one person sees it."""

    incident: Incident
    viewer: Actor
    assessed: Assessed
    ranges: list[RangeBlock]
    matrix: list[MatrixRow]
    positions: list[PartyBlock]
    evidence: list[EvidenceRow]
    places: list[IncidentPlace]
    totals: list[Claim]
    requests: list[PartyRequest]
    sources: list[SourceRow]
    lines: list[HistoryLine]
    versions: list[Version]
    articles: list[tuple[str, str]]
    known_parties: list[str]
    review_refusal: str
    restructurings: list[RestructuringRow]
    alike: list[Alike]

    rules_version = RULES_VERSION

    @property
    def headline(self) -> str:
        """How many, in one line."""
        return words.headline(self.assessed.assessment)

    @property
    def grade(self) -> str:
        """The grade in force where it is public or in review, else what the rules propose now."""
        return words.grade_shown(self.incident, self.assessed.assessment)

    @property
    def grade_origin(self) -> str:
        """Where the grade comes from."""
        if self.incident.grade_reason and self.grade == self.incident.grade:
            return _("set by a reviewer, with a reason")
        return _("proposed by the rules %s") % RULES_VERSION

    @property
    def grade_reasons(self) -> list[words.GradeReason]:
        """Each rule tried."""
        return words.grade_reasons(self.assessed.assessment)

    @property
    def strike_words(self) -> str:
        """The strike status."""
        return words.strike_words(self.assessed.assessment)

    @property
    def summaries(self) -> list[Summary]:
        """What each party says, in one line."""
        return [Summary(block.party, block.summary) for block in self.positions]

    @property
    def tasks(self) -> list[str]:
        """What a person should look at."""
        return words.task_words(self.assessed.assessment)

    @property
    def origin_words(self) -> str:
        """How many independent origins."""
        return words.origin_words(self.assessed.assessment)

    @property
    def history(self) -> list[HistoryLine]:
        """The latest lines."""
        return self.lines[:SHOWN]

    @property
    def history_is_cut(self) -> bool:
        """Whether there are earlier lines."""
        return len(self.lines) > SHOWN

    @property
    def is_locked(self) -> bool:
        """In review nothing changes."""
        return self.incident.status == IncidentStatus.IN_REVIEW

    @property
    def may_edit(self) -> bool:
        """Whether the viewer may change it now."""
        return self.incident.status in EDITABLE_STATUSES and has_right(
            self.viewer, Right.EDIT_INCIDENTS
        )

    @property
    def may_sign(self) -> bool:
        """Whether the viewer may say that a place is where it is said to be."""
        gone = {IncidentStatus.MERGED, IncidentStatus.DISCARDED}
        return self.incident.status not in gone and has_right(self.viewer, Right.REVIEW)

    @property
    def may_ask(self) -> bool:
        """Whether the viewer may put an allegation to a party; in review too, it changes nothing.

        Only a party that the incident names can be asked.
        """
        is_named = any(block.accused_words for block in self.positions)
        is_gone = self.incident.status in GONE_STATUSES
        return is_named and not is_gone and has_right(self.viewer, Right.EDIT_INCIDENTS)

    @property
    def may_submit(self) -> bool:
        """Whether the viewer may send it to review now."""
        return self.may_edit and self.incident.status in _SUBMITTABLE

    @property
    def may_merge(self) -> bool:
        """Whether the viewer may merge it into another or split it now."""
        return self.may_edit and has_right(self.viewer, Right.MERGE_INCIDENTS)

    @property
    def merge(self) -> RestructuringRow | None:
        """The merge by which it went away, None = it stands."""
        is_away = self.incident.status == IncidentStatus.MERGED
        return self.restructurings[0] if is_away else None

    @property
    def may_teach(self) -> bool:
        """Whether the viewer may teach what its place is also called."""
        return has_right(self.viewer, Right.TEACH_PLACES)

    @property
    def may_rate(self) -> bool:
        """Whether the viewer may write notes on sources."""
        return has_right(self.viewer, Right.RATE_SOURCES)

    @property
    def next_version(self) -> int:
        """The number that publishing would give."""
        return self.incident.versions + 1

    @property
    def unpublished_words(self) -> str:
        """What of this page the public does not see; "" where all of it is public or none."""
        settled = {IncidentStatus.PUBLISHED, IncidentStatus.MERGED}
        if not self.incident.versions or self.incident.status in settled:
            return ""
        return _("Version %s is public; changes since are not.") % self.incident.versions

    @property
    def no_action_words(self) -> str:
        """Why there is nothing to do here."""
        if self.incident.status == IncidentStatus.MERGED:
            return _("It is merged away; nothing of it changes here.")
        if self.incident.status == IncidentStatus.DISCARDED:
            return _("It was discarded with the import that made it; nothing of it changes.")
        if self.incident.status == IncidentStatus.PUBLISHED:
            return _("Version %s is public and nothing changed since.") % self.incident.versions
        return _("Your role reads incidents and changes none.")

    @property
    def parts(self) -> list[Part]:
        """The contents of the page."""
        return [
            Part("actions", _("Actions")),
            *(Part(block.anchor, block.heading) for block in self.ranges),
            Part("grade", _("Grade")),
            Part("claims-m", _("Who says what"), len(self.assessed.claims)),
            Part("positions", _("Positions"), sum(len(b.rows) for b in self.positions)),
            Part("requests", _("Requests"), len(self.requests)),
            Part("sources", _("Sources"), len(self.sources)),
            Part("history", _("History")),
            Part("places", _("Where")),
        ]


def get_incident_page(incident: Incident, *, viewer: Actor) -> IncidentPage:
    """The page of ``incident`` for ``viewer``."""
    assessed = assess_incident(incident)
    claims = list(assessed.claims.values())
    prefetch_related_objects([claim.article for claim in claims], "task")
    is_locked = incident.status == IncidentStatus.IN_REVIEW
    _allowed, refusal = may_review(viewer, incident) if is_locked else (True, "")
    return IncidentPage(
        incident=incident,
        viewer=viewer,
        assessed=assessed,
        ranges=_ranges(assessed),
        matrix=_matrix(assessed),
        positions=_positions(incident, assessed),
        evidence=evidence_rows(assessed.members),
        places=list(places_of(assessed.members)),
        totals=_totals(incident, viewer),
        requests=list(requests_of(assessed.members)),
        sources=source_rows(claims),
        lines=history_of(incident, {c.pk: label for label, c in assessed.claims.items()}),
        versions=list(
            Version.objects.filter(incident=incident)
            .select_related("published_by")
            .defer("document")
            .order_by("-number")
        ),
        articles=cited_articles(claims, assessed.members),
        known_parties=list(
            Party.objects.order_by(Lower("name")).values_list("name", flat=True)[:_NAMES]
        ),
        review_refusal=refusal,
        restructurings=restructuring_rows(incident, viewer),
        alike=_alike(incident, viewer),
    )


def _alike(incident: Incident, viewer: Actor) -> list[Alike]:
    """For who edits or reviews it, but for those that are closed to who codes an article blind."""
    works_on_it = has_right(viewer, Right.EDIT_INCIDENTS) or has_right(viewer, Right.REVIEW)
    if incident.status in GONE_STATUSES or not works_on_it:
        return []
    return incidents_alike(incident, without=closed_to(viewer).incidents)


def _totals(incident: Incident, viewer: Actor) -> list[Claim]:
    """But for those of articles that the viewer codes blind."""
    found = totals_with(incident)
    closed = closed_to(viewer).articles if found else ()
    return [total for total in found if total.article_id not in closed]


def _ranges(assessed: Assessed) -> list[RangeBlock]:
    by_id = {str(claim.pk): (label, claim) for label, claim in assessed.claims.items()}
    blocks = []
    for outcome in (Outcome.KILLED, Outcome.INJURED):
        block = range_block(outcome, assessed.assessment, by_id)
        explanation = assessed.explanation[outcome.value]
        block.sentence = explanation.sentence or explanation.headline
        block.steps = list(explanation.steps)
        blocks.append(block)
    return blocks


def _matrix(assessed: Assessed) -> list[MatrixRow]:
    by_id = {str(claim.pk): (label, claim) for label, claim in assessed.claims.items()}
    reasons = {
        by_id[fact_id][0]: reason_words(reason, fact_id, assessed.assessment, by_id)
        for fact_id, reason in assessed.assessment.taking.excluded.items()
    }
    origins = origin_labels(assessed.assessment)
    counted = {by_id[fact_id][0]: origin for fact_id, origin in origins.items()}
    return matrix_of(assessed.claims, reasons, counted)


def _positions(incident: Incident, assessed: Assessed) -> list[PartyBlock]:
    in_force = positions_in_force(assessed.scenario)
    blocks = party_blocks(incident, assessed.members)
    for block in blocks:
        key = str(block.party_id)
        block.summary = words.summary_words(assessed.assessment.position_summary.get(key))
        now = in_force.get(key)
        if now is not None and block.rows:
            block.in_force = [
                axis_words("act", now.act),
                axis_words("harm", now.harm),
                axis_words("responsibility", now.responsibility),
                axis_words("assessment", now.assessment),
            ]
    return blocks
