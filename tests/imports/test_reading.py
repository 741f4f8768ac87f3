"""Files as teams save them: what is read, what is said to be hidden, what is refused."""

from __future__ import annotations

import zipfile
from datetime import datetime
from io import BytesIO

import pytest
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from tests.imports.tables import FIRST, HEADINGS, csv_of, saved, sheet_of, xlsx_of
from tracker.imports.reading.headings import describe, read_table, words_of
from tracker.imports.reading.table import MOST_COLUMNS, Cell, Layout, SheetUnreadable


def _values(content: bytes, layout: Layout | None = None) -> list[tuple[Cell, ...]]:
    return [row.values for row in read_table(content, layout or Layout()).rows]


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_what_parts_the_cells_is_found(sign: str) -> None:
    content = f'Day{sign}Place{sign}Killed\n2026-11-03{sign}"Ardesh, Nahr"{sign}"1;2"\n'.encode()

    assert _values(content) == [("2026-11-03", "Ardesh, Nahr", "1;2")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_marked_encodings_are_found(encoding: str) -> None:
    assert _values("Place\nالرقة\n".encode(encoding)) == [("الرقة",)]


def test_another_encoding_is_asked_for() -> None:
    content = "Place\nالرقة\n".encode("cp1256")

    with pytest.raises(SheetUnreadable, match="not written in UTF-8"):
        _values(content)
    assert _values(content, Layout(encoding="cp1256")) == [("الرقة",)]
    with pytest.raises(SheetUnreadable, match="not written as said"):
        _values(b"Place\n\x81\n", Layout(encoding="cp1252"))


def test_headings_may_stand_lower_and_empty_rows_count_for_nothing() -> None:
    content = b"Cases of the desk,,\n,,\nDay,Killed,\n,,\n2026-11-03,4,\n"

    table = read_table(content, Layout(heading_row=3))

    assert table.headings == {"Day": 0, "Killed": 1}
    assert [(row.number, row.at(1), row.at(7)) for row in table.rows] == [(5, "4", None)]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"  ", "empty"),
        (b"Day,Day\n1,2\n", "Two columns"),
        (b",,\n1,2,3\n", "no headings"),
        (b"\xd0\xcf\x11\xe0old", "old workbook"),
        (b"PK\x03\x04nothing", "no workbook"),
        (b"Day\n" + b"a" * 200_000, "can't be read"),
        (b"Day\n" + b"," * (MOST_COLUMNS + 1), "columns"),
    ],
)
def test_what_is_no_table_is_refused(content: bytes, why: str) -> None:
    with pytest.raises(SheetUnreadable, match=why):
        _values(content)


def test_a_table_beyond_the_limit_is_refused() -> None:
    rows = read_table(b"Day\n" + b"x\n" * 100_000, Layout()).rows

    with pytest.raises(SheetUnreadable, match="100,000 rows"):
        list(rows)


def test_a_workbook_gives_days_numbers_and_words() -> None:
    content = xlsx_of((1, datetime(2026, 11, 3), "Ardesh", 35.5, 36.5, 12.0, "5-7"))  # noqa: DTZ001  # a cell has no zone

    (row,) = read_table(content, Layout()).rows

    assert [words_of(value) for value in row.values] == [
        *("1", "2026-11-03", "Ardesh", "35.5", "36.5", "12", "5-7")
    ]


def test_days_counted_from_1904_are_the_same_days() -> None:
    book = Workbook()
    book.epoch = CALENDAR_MAC_1904
    sheet_of(book).append(["Day"])
    sheet_of(book).append([datetime(2026, 11, 3)])  # noqa: DTZ001  # as above

    ((value,),) = _values(saved(book))

    assert words_of(value) == "2026-11-03"


def test_a_formula_without_its_value_is_refused() -> None:
    content = xlsx_of((1, "2026-11-03", "Ardesh", "", "", "=6+6"))

    (row,) = read_table(content, Layout()).rows

    assert "Column 6 holds a formula whose value was never saved" in row.fault


def test_a_formula_counts_as_its_saved_value() -> None:
    content = xlsx_of((1, "2026-11-03", "Ardesh", "", "", "=6+6"))
    solved = _edited(content, b"<v></v>", b"<v>12</v>", b"<v />", b"<v>12</v>")

    (row,) = read_table(solved, Layout()).rows

    assert (row.fault, words_of(row.at(5))) == ("", "12")


def test_merged_rows_are_refused_and_a_merged_title_is_not() -> None:
    book = Workbook()
    sheet = sheet_of(book)
    sheet.append(["Cases of the desk"])
    sheet.merge_cells("A1:B1")
    for row in (["Day", "Killed"], ["2026-11-03", 4], [None, 5], ["2026-11-05", 6]):
        sheet.append(row)
    sheet.merge_cells("A3:A4")

    rows = list(read_table(saved(book), Layout(heading_row=2)).rows)

    assert [(row.number, bool(row.fault)) for row in rows] == [(3, True), (4, True), (5, False)]


def test_hidden_sheets_are_named_and_not_read_unasked() -> None:
    book = Workbook()
    old = sheet_of(book)
    old.title, old.sheet_state = "Old", "hidden"
    old.append(["Day"])
    shown = book.create_sheet("Cases")
    shown.append(["Place"])
    shown.append(["Ardesh"])
    content = saved(book)

    sheets, columns = describe(content, Layout())

    assert [(sheet.name, sheet.is_hidden) for sheet in sheets] == [("Old", True), ("Cases", False)]
    assert [(c.heading, c.samples) for c in columns] == [("Place", ("Ardesh",))]
    assert list(read_table(content, Layout(sheet="Old")).headings) == ["Day"]
    with pytest.raises(SheetUnreadable, match="no sheet"):
        read_table(content, Layout(sheet="None"))


def test_an_error_in_a_cell_is_said() -> None:
    content = xlsx_of((1, "#REF!"))

    (row,) = read_table(content, Layout()).rows

    assert row.fault == "Column 2 holds the error #REF!."


def test_a_workbook_that_unpacks_to_too_much_is_not_opened() -> None:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for number in range(2_001):
            packed.writestr(f"{number}", b"")

    with pytest.raises(SheetUnreadable, match="400 MB"):
        _values(file.getvalue())


def test_a_workbook_and_its_csv_say_the_same() -> None:
    assert describe(xlsx_of(FIRST), Layout())[1] == describe(csv_of(FIRST), Layout())[1]
    assert [c.heading for c in describe(csv_of(FIRST), Layout())[1]] == list(HEADINGS)


def _edited(content: bytes, *changes: bytes) -> bytes:
    """The workbook with words of its first sheet replaced."""
    file = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                for before, after in zip(changes[::2], changes[1::2], strict=True):
                    part = part.replace(before, after)
            new.writestr(name, part)
    return file.getvalue()
