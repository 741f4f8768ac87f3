"""One task as one person sees it on the workbench."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from tracker.accounts.permissions import Right, has_right
from tracker.incidents.choices import IncidentStatus
from tracker.sources.choices import LineageKind
from tracker.sources.rules.differences import Piece, changed_paragraphs
from tracker.verification.choices import CLOSED_STATES, TaskState
from tracker.web.highlight import Paragraph, Passage, find_figure, highlight
from tracker.web.languages import direction_of, language_words

if TYPE_CHECKING:
    from datetime import datetime

    from tracker.core.actor import Actor
    from tracker.incidents.models import Incident
    from tracker.incidents.selectors.candidates import Candidate
    from tracker.sources.models import Article
    from tracker.sources.selectors.sources import Standing
    from tracker.verification.models import ReviewTask
    from tracker.verification.selectors.talk import TalkCount
    from tracker.web.selectors.claim_rows import ClaimRow
    from tracker.web.selectors.positions_said import PositionSaid

_LINEAGE_WORDS = {
    LineageKind.VERBATIM_COPY: lambda: _("Copy of"),
    LineageKind.EDITED_COPY: lambda: _("Edited copy of"),
    LineageKind.UPDATED_COPY: lambda: _("Updated copy, with other figures or days, of"),
    LineageKind.EXCERPT: lambda: _("Excerpt of"),
    LineageKind.TRANSLATION: lambda: _("Translation of"),
    LineageKind.PARTIAL_OVERLAP: lambda: _("Shares passages with"),
}


@dataclass(frozen=True, slots=True)
class Section:
    """Claims that belong together."""

    letter: str
    title: str
    note: str
    rows: list[ClaimRow]


@dataclass(frozen=True, slots=True)
class Relative:
    """Another article of the same story."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class CopyDifference:
    """A claim whose figure differs from that of its origin."""

    label: str
    here: str
    there: str


@dataclass(slots=True)
class Bench:
    """One task as one person sees it; ``withheld`` incidents it may report are closed to them."""

    task: ReviewTask
    viewer: Actor
    now: datetime
    rows: list[ClaimRow]
    outlet_standing: Standing
    copies: list[Relative]
    candidates: list[Candidate]
    withheld: int
    incidents: list[Incident]
    chosen: Incident | None
    known_speakers: list[str]
    known_parties: list[str]
    positions: list[PositionSaid]
    talk: TalkCount

    @property
    def article(self) -> Article:
        """What is read."""
        return self.task.article

    @property
    def is_held(self) -> bool:
        """Whether somebody's hold is running."""
        until = self.task.held_until
        return self.task.state == TaskState.LEASED and until is not None and until > self.now

    @property
    def is_mine(self) -> bool:
        """Whether the viewer may decide now."""
        return self.is_held and self.task.holder_id == self.viewer.id

    @property
    def is_held_by_other(self) -> bool:
        """Whether somebody else has it."""
        return self.is_held and self.task.holder_id != self.viewer.id

    @property
    def may_take(self) -> bool:
        """Whether the viewer can have it now."""
        is_open = self.task.state in {TaskState.QUEUED, TaskState.LEASED} and not self.is_held
        return is_open and has_right(self.viewer, Right.DECIDE_CLAIMS)

    @property
    def may_reopen(self) -> bool:
        """Whether the viewer can put a closed task back into the queue."""
        return self.task.state in CLOSED_STATES and has_right(self.viewer, Right.REOPEN_TASKS)

    @property
    def open_count(self) -> int:
        """Claims that nobody has decided."""
        return sum(row.is_open for row in self.rows)

    @property
    def decided_count(self) -> int:
        """Claims that somebody has decided."""
        return len(self.rows) - self.open_count

    @property
    def unlinked(self) -> list[ClaimRow]:
        """Accepted claims about this event that are on no incident yet."""
        return [
            row
            for row in self.rows
            if row.is_accepted and row.needs_incident and row.claim.incident_id is None
        ]

    @property
    def sections(self) -> list[Section]:
        """Claims about events of this article, then what is only recalled or added up."""
        here = [row for row in self.rows if row.needs_incident]
        others = [row for row in self.rows if not row.needs_incident]
        sections = [
            Section("A", _("What this article reports"), _("Each is accepted or rejected"), here),
            Section(
                "T",
                _("Totals and earlier events"),
                _("Kept for context; never added to an incident"),
                others,
            ),
        ]
        return [section for section in sections if section.rows]

    @property
    def paragraphs(self) -> list[Paragraph]:
        """The text with the passages of all claims."""
        passages = [
            Passage(
                label=row.label,
                start=row.claim.start,
                end=row.claim.end,
                figure=find_figure(row.claim.quote, row.claim.quantifier_raw, row.claim.start),
                is_on=row.is_on,
            )
            for row in self.rows
        ]
        return highlight(
            self.article.text,
            passages,
            link_label=_("To claim {}"),
            furniture=[(start, end) for start, end, _why in self.article.marks],
            furniture_label=_("Furniture of the page:"),
        )

    @property
    def changes(self) -> list[list[Piece]]:
        """What changed since the version before; nothing for a first version."""
        before = self.article.previous
        return changed_paragraphs(before.text, self.article.text) if before is not None else []

    @property
    def differences(self) -> list[CopyDifference]:
        """Figures of this copy that its origin does not have."""
        return [
            CopyDifference(row.label, row.figure_words, row.origin_words)
            for row in self.rows
            if row.differs_from_origin
        ]

    @property
    def language_name(self) -> str:
        """The article's language in the reader's words."""
        return language_words(self.article.language)

    @property
    def direction(self) -> str:
        """Which way the article runs, whatever the page does."""
        return direction_of(self.article.language)

    @property
    def lineage_words(self) -> str:
        """How the text relates to its origin."""
        words = _LINEAGE_WORDS.get(LineageKind(self.article.lineage_kind or "EDITED_COPY"))
        return words() if words else _("Related to")

    @property
    def overlap_percent(self) -> int:
        """The share of words it has in common with its origin."""
        return round(100 * (self.article.overlap or 0))

    @property
    def origin_name(self) -> str:
        """Who carried the text first."""
        origin = self.article.origin
        return name_of(origin) if origin else ""

    @property
    def origin_url(self) -> str:
        """Where the origin can be read."""
        origin = self.article.origin
        return task_url(origin) if origin else ""

    @property
    def chosen_is_public(self) -> bool:
        """Whether a change would put a published incident under revision."""
        return self.chosen is not None and self.chosen.status == IncidentStatus.PUBLISHED

    @property
    def offered(self) -> list[Candidate]:
        """What the article may be about, without the one that is chosen."""
        return [c for c in self.candidates if self.chosen is None or c.incident != self.chosen]

    @property
    def choosable_ids(self) -> set[int]:
        """Incidents that can take claims now."""
        return {incident.pk for incident in self.incidents}

    @property
    def others(self) -> list[tuple[str, str]]:
        """Incidents as a form offers them."""
        return incident_choices(self.incidents)

    @property
    def add_url(self) -> str:
        """Where a new claim goes."""
        return reverse("task_add", args=[self.task.pk])

    @property
    def add_form_name(self) -> str:
        """Under which a new claim's typed words are kept."""
        return f"task-{self.task.pk}-new"


def incident_choices(incidents: list[Incident]) -> list[tuple[str, str]]:
    """Incidents for a select: name, title and first day."""
    return [
        (
            str(incident.pk),
            f"{incident} · {incident.title}"
            + (f" · {incident.date_start:%Y-%m-%d}" if incident.date_start else ""),
        )
        for incident in incidents
    ]


def name_of(article: Article) -> str:
    """The outlet of an article, or its number."""
    outlet = article.outlet.name if article.outlet else ""
    return outlet or _("article %s") % article.pk


def task_url(article: Article) -> str:
    """A verbatim copy has no task of its own; its origin's text is the same."""
    task = getattr(article, "task", None)
    return reverse("task", args=[task.pk]) if task else ""
