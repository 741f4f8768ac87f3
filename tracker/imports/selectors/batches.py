"""Imports and their rows as the pages show them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count, Q

from tracker.core.errors import NotFound
from tracker.imports.choices import RowOutcome
from tracker.imports.models import ImportedRow, SheetImport
from tracker.verification.selectors.closed import closed_to

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from tracker.core.actor import Actor

_COUNTS = {
    "created_count": Count("rows", filter=Q(rows__outcome=RowOutcome.CREATED)),
    "joined_count": Count("rows", filter=Q(rows__outcome=RowOutcome.JOINED)),
    "same_count": Count("rows", filter=Q(rows__outcome=RowOutcome.SAME)),
    "refused_count": Count("rows", filter=Q(rows__outcome=RowOutcome.REFUSED)),
}


def list_imports() -> QuerySet[SheetImport]:
    """The newest first, with how many rows came to what."""
    imports = SheetImport.objects.select_related("by", "mapping", "undone_by", "capture")
    return imports.annotate(**_COUNTS).order_by("-pk")


def get_import(batch_id: int) -> SheetImport:
    """One import. Raises NotFound."""
    batch = list_imports().filter(pk=batch_id).first()
    if batch is None:
        raise NotFound(f"There is no import {batch_id}.")
    return batch


def list_rows(
    batch: SheetImport, *, viewer: Actor, outcome: str = "", after: int = 0
) -> QuerySet[ImportedRow]:
    """Its rows in the order of the file, of one outcome or all, after a row's number.

    Without those whose incident is closed to who codes an article blind.
    """
    closed = closed_to(viewer).incidents
    rows = ImportedRow.objects.filter(batch=batch, number__gt=after)
    rows = rows.exclude(incident__in=closed).exclude(before__incident__in=closed)
    if outcome:
        rows = rows.filter(outcome=outcome)
    return rows.select_related("incident", "article__task", "before__incident").order_by("number")


def row_of_article(article_id: int) -> ImportedRow | None:
    """The row that an article is; None for every other article, or where it was undone."""
    rows = ImportedRow.objects.select_related("incident__merged_into", "batch__mapping")
    return rows.filter(article_id=article_id, is_standing=True).first()
