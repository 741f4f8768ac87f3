"""Workbooks (.xlsx): values only, one visible sheet, with what a spreadsheet hides said aloud.

A formula counts as the value that was saved with it; where none was, the row says so. Cells that
are merged over several rows leave the lower ones empty, so those rows are refused, not guessed.
"""

from __future__ import annotations

import re
import zipfile
from importlib import import_module
from io import BytesIO
from itertools import islice
from typing import TYPE_CHECKING, Any

from tracker.imports.reading.table import (
    LONGEST_CELL,
    MOST_COLUMNS,
    MOST_ROWS,
    Cell,
    Layout,
    Sheet,
    SheetUnreadable,
    TableRow,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Unpacked; a workbook that unpacks to more is no table of a team.
LARGEST_UNPACKED = 400 * 1024 * 1024
_MOST_PARTS = 2_000
_PIECE = 1024 * 1024
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell [^>]*?ref="[A-Z]{1,3}(\d{1,7}):[A-Z]{1,3}(\d{1,7})"')
_FORMULA = re.compile(rb"<(?:\w+:)?f[ >/]")
_LONGEST_TAG = 200
_ERRORS = frozenset({"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"})
_NO_WORKBOOK = "The file is no workbook (.xlsx) that can be read: it is damaged or another kind."


def is_workbook(content: bytes) -> bool:
    """Whether the bytes are a zip file, as every .xlsx is."""
    return content.startswith(b"PK\x03\x04")


def list_sheets(content: bytes) -> list[Sheet]:
    """The sheets in their order, hidden ones marked. Raises SheetUnreadable."""
    book = _opened(content, data_only=True)
    try:
        return [Sheet(one.title, one.sheet_state != "visible") for one in book.worksheets]
    finally:
        book.close()


def read_workbook(content: bytes, layout: Layout) -> Iterator[TableRow]:
    """The rows of the sheet in order. Raises SheetUnreadable."""
    name = _chosen(list_sheets(content), layout.sheet)
    book = _opened(content, data_only=True)
    try:
        sheet = book[name]
        merged, has_formulas = _hidden_things(content, sheet)
        formulas = _formula_rows(content, name) if has_formulas else None
        for number, cells in enumerate(_cells(sheet), start=1):
            if number > MOST_ROWS:
                raise SheetUnreadable(
                    f"The sheet has more than {MOST_ROWS:,} rows; split the file."
                )
            written = next(formulas, ()) if formulas is not None else ()
            yield _row(number, cells, written, is_merged=number in merged)
    finally:
        book.close()


def _chosen(sheets: list[Sheet], wanted: str) -> str:
    visible = [sheet.name for sheet in sheets if not sheet.is_hidden]
    if wanted:
        if wanted not in {sheet.name for sheet in sheets}:
            raise SheetUnreadable(f"The workbook has no sheet “{wanted}”.")
        return wanted
    if not visible:
        raise SheetUnreadable("All sheets of the workbook are hidden; say which one to read.")
    return visible[0]


def _opened(content: bytes, *, data_only: bool) -> Any:
    _refuse_bomb(content)
    # Loaded at the first workbook: half a second that no other page should pay.
    openpyxl = import_module("openpyxl")
    try:
        return openpyxl.load_workbook(BytesIO(content), read_only=True, data_only=data_only)
    except Exception as failure:  # the library raises whatever a broken part makes it raise
        raise SheetUnreadable(_NO_WORKBOOK) from failure


def _refuse_bomb(content: bytes) -> None:
    try:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            parts = packed.infolist()
    except (zipfile.BadZipFile, ValueError, OSError) as failure:
        raise SheetUnreadable(_NO_WORKBOOK) from failure
    if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise SheetUnreadable("The workbook unpacks to more than 400 MB; save it as CSV.")


def _cells(sheet: Any) -> Iterator[tuple[Cell, ...]]:
    # The size that a file claims is often wrong; without it the rows are counted.
    sheet.reset_dimensions()
    try:
        yield from sheet.iter_rows(values_only=True)
    except (ValueError, KeyError, TypeError, IndexError, zipfile.BadZipFile, SyntaxError) as broken:
        raise SheetUnreadable(_NO_WORKBOOK) from broken


def _formula_rows(content: bytes, name: str) -> Iterator[tuple[Cell, ...]]:
    """The same rows with formulas as they are written, for those that hold no value."""
    book = _opened(content, data_only=False)
    try:
        yield from _cells(book[name])
    finally:
        book.close()


def _hidden_things(content: bytes, sheet: Any) -> tuple[set[int], bool]:
    """The rows that merged cells cover with others, and whether the sheet has formulas."""
    merged: set[int] = set()
    has_formulas = False
    before = b""
    # openpyxl keeps neither where it reads row by row
    path: str = sheet._worksheet_path  # noqa: SLF001
    with zipfile.ZipFile(BytesIO(content)) as packed, packed.open(path) as part:
        while piece := part.read(_PIECE):
            found = before + piece
            has_formulas = has_formulas or bool(_FORMULA.search(found))
            for first, last in _MERGED.findall(found):
                if int(first) < int(last) <= MOST_ROWS:
                    merged.update(range(int(first), int(last) + 1))
            before = found[-_LONGEST_TAG:]
    return merged, has_formulas


def _row(
    number: int, cells: tuple[Cell, ...], written: tuple[Cell, ...], *, is_merged: bool
) -> TableRow:
    if is_merged:
        return TableRow(number, cells, "It has cells that are merged with another row; part them.")
    cells = _trimmed(cells)
    if len(cells) > MOST_COLUMNS:
        raise SheetUnreadable(f"Row {number} has more than {MOST_COLUMNS} columns.")
    for at, value in enumerate(cells):
        if isinstance(value, str) and value in _ERRORS:
            return TableRow(number, cells, f"Column {at + 1} holds the error {value}.")
        if isinstance(value, str) and len(value) > LONGEST_CELL:
            return TableRow(number, (), f"A cell holds more than {LONGEST_CELL:,} characters.")
    for at, formula in enumerate(islice(written, MOST_COLUMNS)):
        value = cells[at] if at < len(cells) else None
        if value is None and isinstance(formula, str) and formula.startswith("="):
            return TableRow(
                number,
                cells,
                f"Column {at + 1} holds a formula whose value was never saved; open the file in a "
                "spreadsheet program and save it again.",
            )
    return TableRow(number, tuple(_clean(value) for value in cells))


def _trimmed(cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
    """Without the empty columns behind the last value."""
    last = max((at for at, value in enumerate(cells) if value is not None), default=-1)
    return cells[: last + 1]


def _clean(value: Cell) -> Cell:
    return value.replace("\x00", "").replace("_x000D_", "") if isinstance(value, str) else value
