"""Rows of plain values, whatever file they came from, and what is refused of a file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from tracker.core.errors import DomainError

#: What a cell may hold once it is read; None = empty.
Cell = str | int | float | bool | date | datetime | time | None

MOST_ROWS = 100_000
MOST_COLUMNS = 200
#: As a spreadsheet program has it.
LONGEST_CELL = 32_767
#: Headings stand within the first rows or nowhere.
MOST_HEADING_ROWS = 50


class SheetUnreadable(DomainError):
    """The file is no table that can be read; the message says why and what to do."""

    code = "sheet_unreadable"


@dataclass(frozen=True, slots=True)
class Layout:
    """How to read a file; "" = find out. ``heading_row`` counts from one."""

    sheet: str = ""
    encoding: str = ""
    delimiter: str = ""
    heading_row: int = 1


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row. ``fault`` is why its cells can't be trusted, "" = they can."""

    number: int
    values: tuple[Cell, ...]
    fault: str = ""

    @property
    def is_empty(self) -> bool:
        """Nothing stands in it."""
        return all(_is_blank(value) for value in self.values) and not self.fault

    def at(self, column: int) -> Cell:
        """The value of a column; a short row has nothing there."""
        return self.values[column] if column < len(self.values) else None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of a workbook."""

    name: str
    is_hidden: bool


def _is_blank(value: Cell) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())
