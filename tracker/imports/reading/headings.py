"""Any file to its headings and rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from itertools import islice
from typing import TYPE_CHECKING

from tracker.imports.reading.delimited import read_delimited
from tracker.imports.reading.table import (
    MOST_HEADING_ROWS,
    Layout,
    Sheet,
    SheetUnreadable,
    TableRow,
)
from tracker.imports.reading.workbook import is_workbook, list_sheets, read_workbook

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.imports.reading.table import Cell

#: Values of a column that are shown to whoever maps it.
_SAMPLES = 3
_SAMPLED_ROWS = 20
_OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True, slots=True)
class Column:
    """A heading and its first values."""

    heading: str
    samples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Headings with their place, and the rows below them."""

    headings: dict[str, int]
    rows: Iterator[TableRow]


def read_table(content: bytes, layout: Layout) -> Table:
    """The table of a file; empty rows are left out. Raises SheetUnreadable."""
    if not 1 <= layout.heading_row <= MOST_HEADING_ROWS:
        raise SheetUnreadable(f"The headings stand in one of the first {MOST_HEADING_ROWS} rows.")
    if content.startswith(_OLD_WORKBOOK):
        raise SheetUnreadable(
            "This is an old workbook (.xls) or one with a password; save it as .xlsx or CSV."
        )
    if not content.strip():
        raise SheetUnreadable("The file is empty.")
    rows = _rows(content, layout)
    head = next(islice(rows, layout.heading_row - 1, None), None)
    if head is None:
        raise SheetUnreadable(f"The table has no row {layout.heading_row} for headings.")
    return Table(_headings(head), (row for row in rows if not row.is_empty))


def describe(content: bytes, layout: Layout) -> tuple[list[Sheet], list[Column]]:
    """The sheets of a workbook, and the columns with samples. Raises SheetUnreadable."""
    sheets = list_sheets(content) if is_workbook(content) else []
    table = read_table(content, layout)
    first = list(islice(table.rows, _SAMPLED_ROWS))
    return sheets, [
        Column(heading, tuple(_samples(row.at(place) for row in first)))
        for heading, place in table.headings.items()
    ]


def words_of(value: Cell) -> str:
    """A value as people read it; 12.0 is 12, and a day has no hour."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    return str(value).strip()


def _rows(content: bytes, layout: Layout) -> Iterator[TableRow]:
    if is_workbook(content):
        return read_workbook(content, layout)
    return read_delimited(content, layout)


def _headings(row: TableRow) -> dict[str, int]:
    headings: dict[str, int] = {}
    for place, value in enumerate(row.values):
        heading = " ".join(words_of(value).split())
        if not heading:
            continue
        if heading in headings:
            raise SheetUnreadable(
                f"Two columns are headed “{heading}”; give each a name of its own."
            )
        headings[heading[:200]] = place
    if not headings:
        raise SheetUnreadable(f"Row {row.number} holds no headings.")
    return headings


def _samples(values: Iterator[Cell]) -> list[str]:
    shown = (words_of(value)[:60] for value in values)
    return list(islice(dict.fromkeys(words for words in shown if words), _SAMPLES))
