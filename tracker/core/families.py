"""Rows that were merged: what is merged away leads on by ``merged_into`` to the one that stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, Self, TypeVar

from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import Model

#: Each with itself and all that were merged into it, however often.
_FAMILIES = """
    WITH RECURSIVE family(id, home) AS (
        SELECT id, id FROM {table} WHERE id = ANY(%s)
        UNION ALL
        SELECT away.id, family.home FROM {table} AS away
        JOIN family ON away.merged_into_id = family.id
    )
    SELECT family.id, family.home FROM family
    JOIN {table} AS head ON head.id = family.home
    WHERE head.merged_into_id IS NULL OR %s
"""


class _Mergeable(Protocol):
    @property
    def merged_into(self) -> Self | None: ...


_Row = TypeVar("_Row", bound=_Mergeable)


def members_of(
    model: type[Model], ids: Iterable[int], *, with_merged: bool
) -> list[tuple[int, int]]:
    """Every member of their families as (member, the one asked for), in one query.

    Without ``with_merged`` nothing is left of those that were merged away themselves.
    """
    table = connection.ops.quote_name(model._meta.db_table)  # noqa: SLF001  # Django's documented API
    with connection.cursor() as cursor:
        cursor.execute(_FAMILIES.format(table=table), [list(ids), with_merged])
        return [(member, home) for member, home in cursor.fetchall()]


def home_of(row: _Row) -> _Row:
    """Where it is found now: itself, or where its merges lead."""
    while row.merged_into is not None:
        row = row.merged_into
    return row
