"""Mappings as they are kept, and as the readers of files and rows take them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Max

from tracker.core.errors import NotFound
from tracker.imports.choices import SheetField
from tracker.imports.models import SheetMapping
from tracker.imports.reading.table import Layout
from tracker.imports.rows.mapping import MappedTable

if TYPE_CHECKING:
    from django.db.models import QuerySet


def list_mappings() -> QuerySet[SheetMapping]:
    """The version in force of each, by name."""
    latest = SheetMapping.objects.values("name").annotate(latest=Max("pk")).values("latest")
    return SheetMapping.objects.filter(pk__in=latest).order_by("name", "pk")


def find_mapping(name: str) -> SheetMapping | None:
    """The version in force of this name; None = nobody kept one."""
    return SheetMapping.objects.filter(name=name).order_by("-version").first()


def get_mapping(mapping_id: int) -> SheetMapping:
    """One version. Raises NotFound."""
    mapping = SheetMapping.objects.prefetch_related("columns").filter(pk=mapping_id).first()
    if mapping is None:
        raise NotFound(f"There is no mapping {mapping_id}.")
    return mapping


def table_of(mapping: SheetMapping) -> MappedTable:
    """What its columns are read as."""
    columns = sorted(mapping.columns.all(), key=lambda column: column.pk)
    return MappedTable(
        name=mapping.name,
        team=mapping.team,
        columns={column.heading: SheetField(column.field) for column in columns},
        day_order=mapping.day_order,
        scale=mapping.scale,
    )


def layout_of(mapping: SheetMapping) -> Layout:
    """How its file is read."""
    return Layout(
        sheet=mapping.sheet,
        encoding=mapping.encoding,
        delimiter=mapping.delimiter,
        heading_row=mapping.heading_row,
    )
