"""What stands in the way of undoing an import, each in one sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q

from tracker.imports.choices import RowOutcome
from tracker.imports.models import ImportedRow
from tracker.incidents.choices import ClaimState, IncidentStatus
from tracker.incidents.models import Claim, Contribution, Incident
from tracker.sources.models import Article
from tracker.verification.choices import TaskState
from tracker.verification.models import ReviewTask

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import Model, QuerySet

    from tracker.imports.models import SheetImport

#: What an import makes itself, by the name of the relation.
_OWN_OF_INCIDENT = frozenset({"contributions", "imported_rows"})
_OWN_OF_ARTICLE = frozenset({"claims", "task", "imported_row"})
_MOST = 50


def conflicts_of_import(batch: SheetImport) -> list[str]:
    """What rests on what it made, at most fifty of each kind; [] = it can be undone."""
    return [
        *_of_incidents(batch),
        *_of_later_imports(batch),
        *_of_claims(batch),
        *_of_tasks(batch),
        *_of_others(batch),
    ]


def drafts_of(batch: SheetImport) -> QuerySet[ImportedRow]:
    """Its rows that made a draft; others are about an incident that another row brought."""
    return ImportedRow.objects.filter(batch=batch, outcome=RowOutcome.CREATED)


def _of_incidents(batch: SheetImport) -> Iterator[str]:
    made = Incident.objects.filter(pk__in=drafts_of(batch).values("incident"))
    changed = made.exclude(status=IncidentStatus.DRAFT, revision=1)
    for incident in changed.order_by("pk")[:_MOST]:
        if incident.status == IncidentStatus.DRAFT:
            yield f"{incident} was changed since."
        else:
            yield f"{incident} is {incident.get_status_display()}."


def _of_later_imports(batch: SheetImport) -> Iterator[str]:
    joined = ImportedRow.objects.filter(before__batch=batch, outcome=RowOutcome.JOINED)
    later = joined.filter(is_standing=True).exclude(batch=batch).select_related("incident")
    for row in later.order_by("batch_id", "number")[:_MOST]:
        yield (
            f"Row {row.number} of import {row.batch_id} is about {row.incident} too; undo that "
            "import first."
        )


def _of_claims(batch: SheetImport) -> Iterator[str]:
    claims = Claim.objects.filter(article__imported_row__batch=batch)
    # A claim that a person added from the row names no extractor.
    touched = claims.filter(~Q(state=ClaimState.PROPOSED) | Q(revision__gt=1) | Q(extractor=""))
    for claim in touched.select_related("article__imported_row").order_by("pk")[:_MOST]:
        row = claim.article.imported_row.number
        yield f"A claim of row {row} is {claim.get_state_display()}."


def _of_tasks(batch: SheetImport) -> Iterator[str]:
    tasks = ReviewTask.objects.filter(article__imported_row__batch=batch)
    for task in tasks.exclude(state=TaskState.QUEUED).order_by("pk")[:_MOST]:
        yield f"Task {task.pk} is {task.get_state_display()}."


def _of_others(batch: SheetImport) -> Iterator[str]:
    """Whatever else refers to an incident or an article, of apps that this one doesn't know."""
    passages = ImportedRow.objects.filter(batch=batch, article__isnull=False)
    for model, own, made in (
        (Incident, _OWN_OF_INCIDENT, drafts_of(batch).values("incident")),
        (Article, _OWN_OF_ARTICLE, passages.values("article")),
    ):
        for refers, field in _referring(model, own):
            count = refers._default_manager.filter(  # noqa: SLF001  # Django's documented API
                **{f"{field}__in": made}
            ).count()
            if count:
                what = refers._meta.verbose_name_plural  # noqa: SLF001  # as above
                yield f"{count} {what} refer to what it made."
    drafts = drafts_of(batch).values("incident")
    others = Contribution.objects.filter(incident__in=drafts).exclude(person=batch.by_id)
    for one in others.select_related("incident", "person").order_by("pk")[:_MOST]:
        yield f"{one.person} had a hand in {one.incident}."


def _referring(model: type[Model], own: frozenset[str]) -> Iterator[tuple[type[Any], str]]:
    for relation in model._meta.related_objects:  # noqa: SLF001  # Django's documented API
        is_history = hasattr(relation.related_model, "pgh_tracked_model")
        if relation.get_accessor_name() in own or is_history:
            continue
        yield relation.related_model, relation.field.name
