"""Rows about one incident, by the team's own number of it: one draft, and nothing written over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tracker.core.families import home_of
from tracker.imports.choices import RowOutcome
from tracker.imports.models import ImportedRow
from tracker.imports.rows.settled import Settled, differing

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tracker.incidents.models import Incident


@dataclass(frozen=True, slots=True)
class First:
    """The first row of a file that is taken with a reference, and what its draft says."""

    number: int
    settled: Settled


def brought_before(table: str, references: Iterable[str]) -> dict[str, ImportedRow]:
    """Of incidents that earlier imports of the table brought and that stand, the row of each."""
    rows = ImportedRow.objects.filter(
        table=table,
        incident_ref__in=set(references),
        outcome=RowOutcome.CREATED,
        is_standing=True,
    )
    return {row.incident_ref: row for row in rows.select_related("incident__merged_into")}


def remark_on_first(said: Settled, first: First) -> str:
    """One sentence on what a row says otherwise than the one that made the draft; "" = nothing."""
    whose = f"row {first.number}"
    differs = differing(said, first.settled, whose)
    return f"It gives {differs}; the draft stays as {whose} made it." if differs else ""


def remark_on_earlier(said: Settled, earlier: ImportedRow) -> str:
    """One sentence on an incident that an earlier import brought and that is left as it is."""
    assert earlier.incident is not None  # noqa: S101  # a row that made a draft has it
    incident = home_of(earlier.incident)
    differs = differing(said, _settled(incident), str(incident))
    return (
        f"Import {earlier.batch_id} brought incident {earlier.incident_ref} before: the claims of "
        f"this row are proposed for {incident} ({incident.get_status_display()}), which stays as "
        f"it is{f'; the row gives {differs}' if differs else ''}."
    )


def _settled(incident: Incident) -> Settled:
    """As people or the first import have it now."""
    return Settled(incident.days, incident.place_name, incident.point)
