"""Many rows of one table by one statement: what the machine proposes comes in batches."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import Model


def insert_rows(rows: Sequence[Model]) -> None:
    """Insert new rows of one model and give each its key, as ``bulk_create`` at a fraction of it.

    They go over as one JSON document that PostgreSQL takes apart: Django prepares each value of
    each row by itself, which costs more than reading a short article.
    """
    if not rows:
        return
    meta = rows[0]._meta  # noqa: SLF001  # _meta is Django's documented API
    key = meta.pk
    fields = [
        field
        for field in meta.concrete_fields
        if field is not key or getattr(rows[0], key.attname) is not None
    ]
    quote = connection.ops.quote_name
    table, columns = quote(meta.db_table), ", ".join(quote(str(field.column)) for field in fields)
    values = [{str(field.column): getattr(row, field.attname) for field in fields} for row in rows]
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({columns}) SELECT {columns} "  # noqa: S608  # the model's own names
            f"FROM json_populate_recordset(NULL::{table}, %s::json) "
            f"RETURNING {quote(str(key.column))}",
            [json.dumps(values, default=str, ensure_ascii=False)],
        )
        for row, (made,) in zip(rows, cursor.fetchall(), strict=True):
            setattr(row, key.attname, made)
            row._state.adding, row._state.db = False, connection.alias  # noqa: SLF001  # as bulk_create
