"""Keep how a table is read, by its name, for the next file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from tracker.accounts.permissions import Right, require_right
from tracker.audit.services.record import record_event
from tracker.core.errors import StaleRevision
from tracker.core.rows import check_row
from tracker.imports.models import MappedColumn, SheetMapping
from tracker.imports.rows.mapping import check_mapping
from tracker.imports.selectors.mappings import find_mapping, layout_of, table_of

if TYPE_CHECKING:
    from datetime import datetime

    from tracker.core.actor import Actor
    from tracker.imports.reading.table import Layout
    from tracker.imports.rows.mapping import MappedTable


def keep_mapping(
    *, table: MappedTable, layout: Layout, actor: Actor, now: datetime
) -> SheetMapping:
    """The mapping as a new version of its name; the one in force where nothing differs.

    Raises NotAllowed, InvalidInput, StaleRevision where two keep it at the same moment.
    """
    require_right(actor, Right.IMPORT_SHEETS)
    check_mapping(table)
    try:
        return _keep(table, layout, actor=actor, now=now)
    except IntegrityError as failure:
        raise StaleRevision(
            f"Somebody kept “{table.name}” at the same moment. Open it again and compare."
        ) from failure


@transaction.atomic
def _keep(table: MappedTable, layout: Layout, *, actor: Actor, now: datetime) -> SheetMapping:
    before = find_mapping(table.name)
    if before is not None and (table_of(before), layout_of(before)) == (table, layout):
        return before
    mapping = SheetMapping(
        name=table.name,
        version=before.version + 1 if before else 1,
        team=table.team,
        sheet=layout.sheet,
        encoding=layout.encoding,
        delimiter=layout.delimiter,
        heading_row=layout.heading_row,
        day_order=table.day_order,
        scale=table.scale,
        made_by_id=actor.person_id,
        made_at=now,
    )
    check_row(mapping)
    mapping.save(force_insert=True)
    MappedColumn.objects.bulk_create(
        MappedColumn(mapping=mapping, heading=heading, field=field.value)
        for heading, field in table.columns.items()
    )
    record_event(
        actor=actor,
        action="sheet.map",
        target=mapping,
        now=now,
        changes={
            "version": [str(before.version) if before else None, str(mapping.version)],
            "fields": [field.value for field in table.columns.values()],
        },
    )
    return mapping
