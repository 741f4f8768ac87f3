"""The cells of one row by what they are read as, and the row in words."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tracker.imports.choices import Refusal, SheetField
from tracker.imports.reading.headings import words_of
from tracker.imports.rows.refused import RowRefused
from tracker.sources.parsing.text import clean_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tracker.imports.reading.table import Cell, TableRow
    from tracker.imports.rows.mapping import MappedTable

#: As the rows that keep them have it.
LENGTHS = {
    SheetField.RECORD_ID: 100,
    SheetField.INCIDENT_REF: 100,
    SheetField.TITLE: 200,
    SheetField.PLACE_NAME: 200,
    SheetField.SPEAKER: 200,
}


@dataclass(frozen=True, slots=True)
class RowCells:
    """One row under its headings."""

    row: TableRow
    headings: Mapping[str, int]
    table: MappedTable

    def heading(self, field: SheetField) -> str:
        """The heading of the column that is read as ``field``, "" = none."""
        return self.table.heading_of(field)

    def at(self, field: SheetField) -> Cell:
        """What stands there; None where no column is read as it."""
        heading = self.heading(field)
        return self.row.at(self.headings[heading]) if heading else None

    def words(self, field: SheetField) -> str:
        """The same in words, on one line. Raises RowRefused where they are too long."""
        words = " ".join(clean_text(words_of(self.at(field))).split())
        longest = LENGTHS.get(field)
        if longest is not None and len(words) > longest:
            raise RowRefused(
                Refusal.LENGTH, f"“{self.heading(field)}” has more than {longest} characters."
            )
        return words

    def number(self) -> str:
        """The team's own number of the row as far as it can be kept, "" = none."""
        longest = LENGTHS[SheetField.RECORD_ID]
        words = clean_text(words_of(self.at(SheetField.RECORD_ID)))
        return " ".join(words.split())[:longest]

    def lines(self) -> list[tuple[str, str]]:
        """Heading and words of every column that is read, in the order of the file."""
        read = sorted(self.table.columns, key=lambda heading: self.headings[heading])
        told = [
            (heading, clean_text(words_of(self.row.at(self.headings[heading]))).strip())
            for heading in read
        ]
        return [(heading, words) for heading, words in told if words]

    def digest(self) -> str:
        """The same for two rows that hold the same under all headings, read or not."""
        cells = [
            (heading, " ".join(words_of(self.row.at(place)).split()))
            for heading, place in sorted(self.headings.items())
        ]
        said = json.dumps([cell for cell in cells if cell[1]], ensure_ascii=False)
        return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()
