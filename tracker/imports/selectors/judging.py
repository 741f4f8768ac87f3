"""What would become of each row of a file; nothing is written, so it can be tried first."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from django.db.models import Q

from tracker.imports.choices import Refusal, RowOutcome
from tracker.imports.models import ImportedRow
from tracker.imports.reading.headings import read_table
from tracker.imports.rows.cells import RowCells
from tracker.imports.rows.mapping import require_headings
from tracker.imports.rows.meaning import Meaning, meaning_of
from tracker.imports.rows.refused import RowRefused
from tracker.imports.selectors.grouping import (
    First,
    brought_before,
    remark_on_earlier,
    remark_on_first,
)
from tracker.imports.selectors.mappings import layout_of, table_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from tracker.imports.models import SheetMapping
    from tracker.imports.reading.table import TableRow
    from tracker.imports.rows.mapping import MappedTable

#: Rows compared with what is here by one query.
ROWS_AT_A_TIME = 500


@dataclass(frozen=True, slots=True)
class Judged:
    """One row. ``meaning`` is there where it would be taken.

    ``before`` is the row of an earlier import that was the same, had its number, or brought its
    incident; ``joins`` the number of the row of this file whose draft it lands on, None = none.
    """

    number: int
    outcome: RowOutcome
    digest: str
    record_id: str = ""
    refusal: str = ""
    reason: str = ""
    meaning: Meaning | None = None
    before: ImportedRow | None = None
    joins: int | None = None

    @property
    def incident_ref(self) -> str:
        """The team's own number of the incident, "" = none, or the row is not taken."""
        return self.meaning.incident_ref if self.meaning else ""


@dataclass(slots=True)
class _Seen:
    """Rows of this file by their words, the team's number, and its number of the incident."""

    digests: dict[bytes, int]
    numbers: dict[str, int]
    references: dict[str, First]


def judge_rows(content: bytes, mapping: SheetMapping, *, now: datetime) -> Iterator[Judged]:
    """What would become of each row, in the order of the file. Raises SheetUnreadable."""
    table = table_of(mapping)
    read = read_table(content, layout_of(mapping))
    require_headings(table, read.headings)
    seen = _Seen({}, {}, {})
    while rows := list(islice(read.rows, ROWS_AT_A_TIME)):
        yield from _judge(rows, read.headings, table, seen, now=now)


def _judge(
    rows: Sequence[TableRow],
    headings: Mapping[str, int],
    table: MappedTable,
    seen: _Seen,
    *,
    now: datetime,
) -> Iterator[Judged]:
    digests = [RowCells(row, headings, table).digest() for row in rows]
    understood = [_understood(row, headings, table, now=now) for row in rows]
    read = [one for one in understood if isinstance(one, Meaning)]
    numbers = [one.record_id for one in read if one.record_id]
    brought = brought_before(table.name, (one.incident_ref for one in read if one.incident_ref))
    standing = list(
        ImportedRow.objects.select_related("incident")
        .filter(Q(digest__in=digests) | Q(table=table.name, record_id__in=numbers))
        .filter(is_standing=True)
    )
    by_digest = {row.digest: row for row in standing}
    by_number = {row.record_id: row for row in standing if row.table == table.name}
    for row, digest, meaning in zip(rows, digests, understood, strict=True):
        known = by_digest.get(digest)
        twin = seen.digests.setdefault(bytes.fromhex(digest), row.number)
        if twin != row.number:
            reason = f"It says the same as row {twin} of this file."
            yield _refused(row, digest, Refusal.ROW_TWICE, reason)
        elif known is not None:
            yield Judged(row.number, RowOutcome.SAME, digest, known.record_id, before=known)
        elif isinstance(meaning, RowRefused):
            number = RowCells(row, headings, table).number()
            yield _refused(row, digest, meaning.code, str(meaning), record_id=number)
        else:
            yield _of_its_number(row, digest, meaning, by_number, seen) or _taken(
                row, digest, meaning, brought.get(meaning.incident_ref), seen
            )


def _understood(
    row: TableRow, headings: Mapping[str, int], table: MappedTable, *, now: datetime
) -> Meaning | RowRefused:
    try:
        return meaning_of(row, headings, table, now=now)
    except RowRefused as refusal:
        return refusal


def _of_its_number(
    row: TableRow,
    digest: str,
    meaning: Meaning,
    by_number: Mapping[str, ImportedRow],
    seen: _Seen,
) -> Judged | None:
    """A row that can be read, where its number is taken; else None."""
    number = meaning.record_id
    if number and (twin := seen.numbers.setdefault(number, row.number)) != row.number:
        reason = f"Row {twin} of this file has the number {number} too."
        return _refused(row, digest, Refusal.ROW_TWICE, reason, record_id=number)
    before = by_number.get(number) if number else None
    if before is not None:
        reason = (
            f"Number {number} was imported before and said something else; it became "
            f"{before.incident}. Change it there, or undo import {before.batch_id} first."
        )
        return _refused(row, digest, Refusal.CHANGED, reason, record_id=number, before=before)
    return None


def _taken(
    row: TableRow, digest: str, meaning: Meaning, earlier: ImportedRow | None, seen: _Seen
) -> Judged:
    """A new draft, unless the incident has one by an earlier row of this file or of another."""
    taken = Judged(row.number, RowOutcome.CREATED, digest, meaning.record_id, meaning=meaning)
    joined = replace(taken, outcome=RowOutcome.JOINED)
    # Of this file first: while it is imported, its own rows are among those that stand.
    if first := seen.references.get(meaning.incident_ref):
        reason = remark_on_first(meaning.settled, first)
        return replace(joined, reason=reason[:500], joins=first.number)
    if earlier is not None:
        reason = remark_on_earlier(meaning.settled, earlier)
        return replace(joined, reason=reason[:500], before=earlier)
    if meaning.incident_ref:
        seen.references[meaning.incident_ref] = First(row.number, meaning.settled)
    return taken


def _refused(
    row: TableRow,
    digest: str,
    code: Refusal,
    reason: str,
    *,
    record_id: str = "",
    before: ImportedRow | None = None,
) -> Judged:
    return Judged(
        row.number,
        RowOutcome.REFUSED,
        digest,
        record_id,
        refusal=code.value,
        reason=reason[:500],
        before=before,
    )
