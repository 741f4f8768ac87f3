"""Many articles written by one statement."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection

from tracker.sources.models import Article

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence


def save_articles(articles: Sequence[Article], *, fields: Collection[str]) -> None:
    """Write these fields of rows that the caller holds; as ``save`` for each, at a tenth of it."""
    if not articles:
        return
    concrete = Article._meta.concrete_fields  # noqa: SLF001  # _meta is Django's documented API
    columns = [field for field in concrete if field.name in fields]
    names = [connection.ops.quote_name(str(field.column)) for field in columns]
    arrays = ", ".join(f"%s::{field.db_type(connection)}[]" for field in columns)
    values = [
        [field.get_db_prep_save(getattr(a, field.attname), connection) for a in articles]
        for field in columns
    ]
    settings = ", ".join(f"{name} = new.{name}" for name in names)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE sources_article AS article SET {settings} "  # noqa: S608  # the model's own names
            f"FROM unnest(%s::bigint[], {arrays}) AS new(id, {', '.join(names)}) "
            "WHERE article.id = new.id",
            [[article.pk for article in articles], *values],
        )
