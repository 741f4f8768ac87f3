"""Tables as teams send them, and how they are read."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from openpyxl import Workbook

from tests.conftest import NOW
from tracker.imports.choices import SheetField
from tracker.imports.reading.table import Layout
from tracker.imports.rows.mapping import MappedTable
from tracker.imports.services.mappings import keep_mapping
from tracker.imports.services.receive import receive_sheet
from tracker.imports.services.run import import_sheet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from openpyxl.worksheet.worksheet import Worksheet

    from tracker.accounts.models import Person
    from tracker.imports.models import SheetImport, SheetMapping
    from tracker.sources.models import Capture

HEADINGS = ("No", "Day", "Place", "Lat", "Lon", "Killed", "Injured", "Source", "Names")
COLUMNS = {
    "No": SheetField.RECORD_ID,
    "Day": SheetField.DATE,
    "Place": SheetField.PLACE_NAME,
    "Lat": SheetField.LAT,
    "Lon": SheetField.LON,
    "Killed": SheetField.KILLED,
    "Injured": SheetField.INJURED,
    "Source": SheetField.SPEAKER,
}
FIRST = ("C-1", "2026-11-03", "Ardesh", "35.5", "36.5", "12+", "5-7", "Nahr Rescue Service", "Amal")
SECOND = ("C-2", "2026-11-04", "Sella", "", "", "3", "0", "", "")

#: A table with several rows about one incident, known by the team's number of it.
REFERRED_HEADINGS = ("Row", "Incident ID", "Day", "Place", "Lat", "Lon", "Killed", "Source")
REFERRED_COLUMNS = {
    "Row": SheetField.RECORD_ID,
    "Incident ID": SheetField.INCIDENT_REF,
    "Day": SheetField.DATE,
    "Place": SheetField.PLACE_NAME,
    "Lat": SheetField.LAT,
    "Lon": SheetField.LON,
    "Killed": SheetField.KILLED,
    "Source": SheetField.SPEAKER,
}
K7 = ("1", "K-7", "2026-11-03", "Ardesh", "35.5", "36.5", "12", "Nahr Rescue Service")
K7_AGAIN = ("2", "K-7", "2026-11-03", "ardesh", "", "", "14", "Health office")
K7_OTHERWISE = ("3", "K-7", "2026-11-05", "Sella", "35.1", "36.5", "9", "A witness")
K8 = ("4", "K-8", "2026-11-04", "Sella", "", "", "3", "")


def csv_of(*rows: Sequence[object], headings: Sequence[str] = HEADINGS) -> bytes:
    """A table in UTF-8; no cell holds a comma."""
    lines = [",".join(map(str, row)) for row in (headings, *rows)]
    return "\n".join(lines).encode()


def xlsx_of(*rows: Sequence[object], headings: Sequence[str] = HEADINGS) -> bytes:
    """A workbook of one sheet."""
    book = Workbook()
    for row in (headings, *rows):
        sheet_of(book).append(list(row))
    return saved(book)


def sheet_of(book: Workbook) -> Worksheet:
    """The sheet that every new workbook has."""
    (sheet,) = book.worksheets
    return sheet


def saved(book: Workbook) -> bytes:
    """The bytes of a workbook."""
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def mapping(by: Person, layout: Layout | None = None, **values: Any) -> SheetMapping:
    """How the table above is read."""
    given: dict[str, Any] = {"name": "Delta cases", "team": "Delta Desk", "columns": COLUMNS}
    table = MappedTable(**given | values)
    return keep_mapping(table=table, layout=layout or Layout(), actor=by.as_actor(), now=NOW)


def received(content: bytes, by: Person, name: str = "cases.csv") -> Capture:
    """The file, kept."""
    return receive_sheet(content=content, file_name=name, actor=by.as_actor(), now=NOW)


def referred(*rows: Sequence[str]) -> bytes:
    """The table with numbers of incidents, in UTF-8."""
    return csv_of(*rows, headings=REFERRED_HEADINGS)


def imported(content: bytes, by: Person, **values: Any) -> SheetImport:
    """An import that made something."""
    done = import_sheet(
        capture_id=received(content, by).pk,
        mapping_id=mapping(by, **values).pk,
        actor=by.as_actor(),
        now=NOW,
    )
    assert done.batch is not None
    return done.batch
