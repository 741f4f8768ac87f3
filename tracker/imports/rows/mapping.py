"""How the columns of a team's table are read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tracker.core.errors import InvalidInput
from tracker.imports.choices import DayOrder, RatingScale, SheetField
from tracker.imports.reading.table import SheetUnreadable

if TYPE_CHECKING:
    from collections.abc import Mapping

#: A whole figure is one cell or two, never both.
_FIGURES = (
    (SheetField.KILLED, SheetField.KILLED_MIN, SheetField.KILLED_MAX),
    (SheetField.INJURED, SheetField.INJURED_MIN, SheetField.INJURED_MAX),
)


@dataclass(frozen=True, slots=True)
class MappedTable:
    """By heading what each column is; a heading that is not here is left out of everything.

    ``name`` is that of the table, within which its own numbers of rows are unique; ``team`` who
    made it. ``day_order``, ``scale`` "" = not said.
    """

    name: str
    team: str
    columns: Mapping[str, SheetField]
    day_order: str = ""
    scale: str = ""

    def heading_of(self, field: SheetField) -> str:
        """The heading of the column that is read as ``field``, "" = none is."""
        return next((name for name, known in self.columns.items() if known is field), "")


def check_mapping(table: MappedTable) -> None:
    """Raise InvalidInput with one sentence for the first thing that can't be."""
    if not table.name or not table.team:
        raise InvalidInput("Give the table a name, and say which team made it.")
    taken = [field for field in table.columns.values() if field is not SheetField.NOTE]
    twice = next((field for field in taken if taken.count(field) > 1), None)
    if twice is not None:
        raise InvalidInput(f"Two columns are read as “{twice.label}”; choose one of them.")
    for whole, *ends in _FIGURES:
        if whole in taken and any(end in taken for end in ends):
            raise InvalidInput(f"Choose either “{whole.label}” or a lower and an upper figure.")
    if (SheetField.LAT in taken) != (SheetField.LON in taken):
        raise InvalidInput("Choose a column for the latitude and one for the longitude, or none.")
    if SheetField.OLD_RATING in taken and not table.scale:
        raise InvalidInput("Say by which scale the team rated its rows.")
    if not {*taken} - {SheetField.RECORD_ID, SheetField.INCIDENT_REF}:
        raise InvalidInput("Choose what at least one column holds.")
    if table.day_order not in {"", *DayOrder.values} or table.scale not in {
        "",
        *RatingScale.values,
    }:
        raise InvalidInput("The order of days or the scale can't be that; choose one.")


def require_headings(table: MappedTable, headings: Mapping[str, int]) -> None:
    """Raise SheetUnreadable where a column that is read is not in the file."""
    missing = [name for name in table.columns if name not in headings]
    if missing:
        raise SheetUnreadable(
            f"The table has no column headed “{missing[0]}”, which “{table.name}” reads. Map its "
            "columns anew."
        )
