"""Text files: their encoding, what parts the cells, and the rows."""

from __future__ import annotations

import codecs
import csv
from io import StringIO
from typing import TYPE_CHECKING

from tracker.imports.choices import SIGNS
from tracker.imports.reading.table import (
    LONGEST_CELL,
    MOST_COLUMNS,
    MOST_ROWS,
    Layout,
    SheetUnreadable,
    TableRow,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: So many rows say what parts the cells.
_LOOKED_AT = 20
_NOT_UTF_8 = (
    "The file is not written in UTF-8. Say in which way it is written, or save it again as "
    "“CSV UTF-8”."
)


def read_delimited(content: bytes, layout: Layout) -> Iterator[TableRow]:
    """The rows of a text file in order. Raises SheetUnreadable."""
    text = decoded(content, layout.encoding)
    delimiter = SIGNS.get(layout.delimiter) or delimiter_of(text)
    number = 0
    try:
        for values in csv.reader(StringIO(text, newline=""), delimiter=delimiter):
            number += 1
            yield _row(number, values)
    except csv.Error as failure:
        raise SheetUnreadable(f"Row {number + 1} can't be read: {failure}.") from failure


def decoded(content: bytes, encoding: str) -> str:
    """The text; a mark at its beginning wins, then what is asked for, then UTF-8."""
    marked = next((name for mark, name in _MARKS if content.startswith(mark)), "")
    try:
        text = content.decode(marked or encoding or "utf-8")
    except UnicodeDecodeError as failure:
        if encoding or marked:
            raise SheetUnreadable(
                f"The file is not written as said: byte {failure.start + 1} can't be read."
            ) from failure
        raise SheetUnreadable(_NOT_UTF_8) from failure
    # PostgreSQL keeps no NUL character, and no table means one.
    return text.replace("\x00", "")


def delimiter_of(text: str) -> str:
    """What parts the cells: the sign that gives most rows the same, largest number of cells."""
    return max(SIGNS.values(), key=lambda sign: _agreement(text, sign))


def _agreement(text: str, delimiter: str) -> tuple[int, int]:
    widths = []
    try:
        for row in csv.reader(StringIO(text, newline=""), delimiter=delimiter):
            if any(row):
                widths.append(len(row))
            if len(widths) >= _LOOKED_AT:
                break
    except csv.Error:
        return (0, 0)
    if not widths or widths[0] == 1:
        return (0, 0)
    return (widths.count(widths[0]), widths[0])


def _row(number: int, values: list[str]) -> TableRow:
    if number > MOST_ROWS:
        raise SheetUnreadable(f"The table has more than {MOST_ROWS:,} rows; split the file.")
    if len(values) > MOST_COLUMNS:
        raise SheetUnreadable(f"Row {number} has more than {MOST_COLUMNS} columns.")
    if any(len(value) > LONGEST_CELL for value in values):
        return TableRow(number, (), f"A cell holds more than {LONGEST_CELL:,} characters.")
    return TableRow(number, tuple(values))
