"""What a whole row says: an incident, its claims, and the passage they rest on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tracker.imports.choices import Refusal, SheetField
from tracker.imports.rows.cells import RowCells
from tracker.imports.rows.claims import RowClaim, claims_of
from tracker.imports.rows.days import Days, days_of, read_days
from tracker.imports.rows.points import point_of
from tracker.imports.rows.refused import RowRefused
from tracker.imports.rows.settled import Settled
from tracker.imports.rows.words import geo_precision_of, rating_of, status_of
from tracker.incidents.choices import GeoPrecision
from tracker.incidents.services.days import latest_day

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from tracker.imports.reading.table import TableRow
    from tracker.imports.rows.mapping import MappedTable

_LONGEST_TITLE = 200


@dataclass(frozen=True, slots=True)
class Meaning:
    """One row as it is understood.

    ``incident_ref`` is the team's own number of the incident, shared by the rows about it, "" =
    none. ``point`` None = not said; ``rating`` "" = none.
    """

    record_id: str
    incident_ref: str
    title: str
    summary: str
    days: Days
    date_raw: str
    place_name: str
    point: tuple[float, float] | None
    geo_precision: str
    said_on: date | None
    rating: str
    claims: tuple[RowClaim, ...]
    lines: tuple[tuple[str, str], ...]

    @property
    def settled(self) -> Settled:
        """What a draft of it says of when and where."""
        first, last = self.days.first, self.days.last
        days = (first, last) if first is not None and last is not None else None
        return Settled(days, self.place_name, self.point)

    @property
    def text(self) -> str:
        """The row in words: a line for each column that is read."""
        return "\n".join(f"{heading}: {words}" for heading, words in self.lines)

    def passage_of(self, claim: RowClaim) -> tuple[int, int]:
        """Where in ``text`` the cells stand that a claim rests on, the first to the last."""
        start = end = at = 0
        begun = False
        for heading, words in self.lines:
            length = len(heading) + 2 + len(words)
            if heading in claim.headings:
                start = start if begun else at
                begun, end = True, at + length
            at += length + 1
        return start, end


def meaning_of(
    row: TableRow, headings: Mapping[str, int], table: MappedTable, *, now: datetime
) -> Meaning:
    """Read a row whole. Raises RowRefused with the first thing that is wrong."""
    if row.fault:
        raise RowRefused(Refusal.CELLS, row.fault)
    cells = RowCells(row, headings, table)
    days = days_of(
        cells.at(SheetField.DATE),
        cells.at(SheetField.DATE_END),
        order=table.day_order,
        today=latest_day(now=now),
    )
    place_name = cells.words(SheetField.PLACE_NAME)
    precision = geo_precision_of(
        cells.words(SheetField.GEO_PRECISION), cells.heading(SheetField.GEO_PRECISION)
    )
    said_on = _said_on(cells, now=now)
    status = status_of(
        cells.words(SheetField.SUBJECT_STATUS), cells.heading(SheetField.SUBJECT_STATUS)
    )
    said: dict[str, Any] = {"speaker_text": cells.words(SheetField.SPEAKER), "said_on": said_on}
    meaning = Meaning(
        record_id=cells.words(SheetField.RECORD_ID),
        incident_ref=cells.words(SheetField.INCIDENT_REF),
        title=cells.words(SheetField.TITLE) or _title(place_name, days, row),
        summary=cells.words(SheetField.SUMMARY),
        days=days,
        date_raw=" – ".join(
            part for f in (SheetField.DATE, SheetField.DATE_END) if (part := cells.words(f))
        )[:200],
        place_name=place_name,
        point=point_of(cells.at(SheetField.LAT), cells.at(SheetField.LON)),
        geo_precision=precision or GeoPrecision.UNKNOWN.value,
        said_on=said_on,
        rating=rating_of(
            cells.words(SheetField.OLD_RATING),
            table.scale,
            cells.heading(SheetField.OLD_RATING),
        ),
        claims=tuple(claims_of(cells, status=status, said=said, now=now)),
        lines=tuple(cells.lines()),
    )
    _refuse_empty(meaning, cells)
    return meaning


def _said_on(cells: RowCells, *, now: datetime) -> date | None:
    found = read_days(cells.at(SheetField.SAID_ON), order=cells.table.day_order)
    if found is None:
        return None
    if found[0] != found[1]:
        raise RowRefused(Refusal.DAY, f"“{cells.heading(SheetField.SAID_ON)}” names no single day.")
    if found[0] > latest_day(now=now):
        raise RowRefused(Refusal.DAY, f"{found[0]} lies in the future; check the day.")
    return found[0]


def _title(place_name: str, days: Days, row: TableRow) -> str:
    when = "" if days.first is None else days.first.isoformat()
    if days.first != days.last and days.last is not None:
        when = f"{when} – {days.last.isoformat()}"
    named = ", ".join(part for part in (place_name, when) if part)
    return (named or f"Row {row.number}")[:_LONGEST_TITLE]


def _refuse_empty(meaning: Meaning, cells: RowCells) -> None:
    told = [meaning.days.first, meaning.place_name, meaning.point, *meaning.claims]
    if not any(told) and not (meaning.summary or cells.words(SheetField.TITLE)):
        raise RowRefused(
            Refusal.EMPTY, "It gives no day, no place, no figure and no title; nothing is in it."
        )
