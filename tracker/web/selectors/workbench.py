"""All that the workbench shows of one task, in a bounded number of queries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.db.models.functions import Lower

from tracker.core.errors import NotFound
from tracker.core.families import home_of
from tracker.imports.choices import RowOutcome
from tracker.imports.selectors.batches import row_of_article
from tracker.incidents.choices import EDITABLE_STATUSES, Scope
from tracker.incidents.models import Incident
from tracker.incidents.selectors.candidates import Candidate, candidates_for_article
from tracker.incidents.selectors.claims import list_claims_of
from tracker.incidents.selectors.track_record import figure_records
from tracker.sources.choices import Material
from tracker.sources.models import Article, Party, Source
from tracker.sources.selectors.sources import Standing, standing_of
from tracker.verification.models import ReviewTask
from tracker.verification.selectors.closed import closed_to, refuse_blind
from tracker.verification.selectors.talk import About, count_talk
from tracker.web.selectors.bench import Bench, Relative, name_of, task_url
from tracker.web.selectors.claim_rows import ClaimRow
from tracker.web.selectors.positions_said import positions_said
from tracker.web.selectors.readings import circumstances_of, read_fields, reading_of
from tracker.web.sent import whole_number

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from tracker.core.actor import Actor
    from tracker.verification.selectors.closed import Closed

_NAMES = 300
_INCIDENTS = 100
_COPIES = 20


def get_bench(*, task_id: int, viewer: Actor, now: datetime, chosen: str = "") -> Bench:
    """The task with its article, claims and what surrounds them.

    Raises NotFound, and NotAllowed for who codes it blind. Incidents and claims that are closed to
    who codes another article blind are neither offered nor named.
    """
    refuse_blind(task_id=task_id, viewer=viewer)
    task = _find_task(task_id)
    closed = closed_to(viewer)
    likely = _with_own_draft(task.article, candidates_for_article(task.article))
    candidates = [
        candidate for candidate in likely if candidate.incident.pk not in closed.incidents
    ]
    incidents = _choosable([candidate.incident for candidate in candidates], closed.incidents)
    chosen_incident = next((i for i in incidents if str(i.pk) == chosen), None)
    if chosen_incident is None:
        chosen_incident = _find(chosen, closed.incidents)
    rows = _claim_rows(task, chosen_incident, closed)
    article = task.article
    sources = {row.rated_source.pk for row in rows if row.rated_source is not None}
    standings = standing_of(sources | {article.outlet_id or 0})
    records = figure_records(sources)
    for row in rows:
        if row.rated_source is not None:
            row.standing = standings[row.rated_source.pk]
            row.record = records[row.rated_source.pk]
    if chosen_incident is not None and chosen_incident not in incidents:
        incidents.insert(0, chosen_incident)
    return Bench(
        task=task,
        viewer=viewer,
        now=now,
        rows=rows,
        outlet_standing=standings.get(article.outlet_id or 0, Standing()),
        copies=_copies(article),
        candidates=candidates,
        withheld=len(likely) - len(candidates),
        incidents=incidents,
        chosen=chosen_incident,
        known_speakers=list(
            Source.objects.filter(merged_into__isnull=True)
            .order_by(Lower("name"))
            .values_list("name", flat=True)[:_NAMES]
        ),
        known_parties=list(
            Party.objects.order_by(Lower("name")).values_list("name", flat=True)[:_NAMES]
        ),
        positions=positions_said(article, chosen_incident),
        talk=count_talk(About(task_id=task.pk)),
    )


def _with_own_draft(article: Article, candidates: list[Candidate]) -> list[Candidate]:
    """Of a row of a table the incident that the team means by it comes first."""
    row = row_of_article(article.pk) if article.material == Material.TABLE_ROW else None
    if row is None or row.incident is None:
        return candidates
    why = (
        f"Its table has it under {row.incident_ref}, as the row that this incident was made of."
        if row.outcome == RowOutcome.JOINED
        else "The draft that was made of this very row."
    )
    own = Candidate(home_of(row.incident), 1.0, [why])
    return [own, *(other for other in candidates if other.incident.pk != own.incident.pk)]


def _find_task(task_id: int) -> ReviewTask:
    task = (
        ReviewTask.objects.select_related(
            "holder",
            "decided_by",
            "duplicate_of",
            "article__outlet",
            "article__capture",
            "article__origin__outlet",
            "article__origin__task",
        )
        .defer("article__origin__text")
        .filter(pk=task_id)
        .first()
    )
    if task is None:
        raise NotFound(f"There is no task {task_id}.")
    return task


def _claim_rows(
    task: ReviewTask,
    chosen: Incident | None,
    closed: Closed,
) -> list[ClaimRow]:
    claims = list_claims_of([task.article_id]).select_related(
        "speaker", "party", "incident", "decided_by", "copy_of", "reading"
    )
    rows: list[ClaimRow] = []
    numbers = {"A": 0, "T": 0}
    for claim in claims:
        letter = "A" if claim.scope == Scope.INCIDENT else "T"
        numbers[letter] += 1
        own_voice = claim.speaker is None and not claim.speaker_text
        reading = reading_of(claim)
        rows.append(
            ClaimRow(
                claim=claim,
                task_id=task.pk,
                label=f"{letter}{numbers[letter]}",
                standing=Standing(),
                rated_source=claim.speaker or (task.article.outlet if own_voice else None),
                chosen=chosen.pk if chosen else None,
                hides_incident=claim.incident_id in closed.incidents,
                hides_origin=claim.copy_of is not None
                and claim.copy_of.article_id in closed.articles,
                circumstances=circumstances_of(reading) if reading else [],
                read=read_fields(reading, task.article.text) if reading else [],
            )
        )
    return rows


def _choosable(likely: list[Incident], closed: Collection[int]) -> list[Incident]:
    """Those the article may be about, then the newest; none that is locked in review."""
    standing = Incident.objects.filter(status__in=EDITABLE_STATUSES).exclude(pk__in=closed)
    recent = standing.order_by("-id")[:_INCIDENTS]
    by_id = {incident.pk: incident for incident in [*likely, *recent]}
    return [incident for incident in by_id.values() if incident.status in EDITABLE_STATUSES]


def _find(name: str, closed: Collection[int]) -> Incident | None:
    """An incident by id, code or handle, however old, unless it is locked or closed."""
    if not name:
        return None
    named = Q(pk=whole_number(name)) | Q(code=name) | Q(handle=name)
    open_ones = Incident.objects.filter(status__in=EDITABLE_STATUSES).exclude(pk__in=closed)
    return open_ones.filter(named).first()


def _copies(article: Article) -> list[Relative]:
    if article.story_id is None:
        return []
    others = (
        Article.objects.filter(story_id=article.story_id)
        .exclude(pk=article.pk)
        .exclude(pk=article.origin_id or 0)
        .select_related("outlet", "task")
        .only("id", "title", "outlet__name", "task__id")
        .order_by("id")[:_COPIES]
    )
    return [Relative(name=name_of(other), url=task_url(other)) for other in others]
