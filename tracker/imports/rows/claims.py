"""The claims of a row: one for each whole figure it gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tracker.core.errors import InvalidInput
from tracker.imports.choices import Refusal, SheetField
from tracker.imports.rows.figures import count_of, whole_count
from tracker.imports.rows.refused import RowRefused
from tracker.incidents.choices import Outcome, Polarity, SubjectStatus
from tracker.incidents.services.claim_fields import ClaimFields, check_fields

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from tracker.imports.rows.cells import RowCells
    from tracker.imports.rows.figures import Count

_LONGEST_QUANTIFIER = 100
#: Outcome, whether the people are who the row says, and the columns: whole, lower, upper.
_WHOLES = (
    (
        Outcome.KILLED,
        None,
        (SheetField.KILLED, SheetField.KILLED_MIN, SheetField.KILLED_MAX),
    ),
    (Outcome.KILLED, SubjectStatus.CIVILIAN, (SheetField.KILLED_CIVILIANS,)),
    (Outcome.KILLED, SubjectStatus.COMBATANT, (SheetField.KILLED_FIGHTERS,)),
    (
        Outcome.INJURED,
        None,
        (SheetField.INJURED, SheetField.INJURED_MIN, SheetField.INJURED_MAX),
    ),
    (Outcome.INJURED, SubjectStatus.CIVILIAN, (SheetField.INJURED_CIVILIANS,)),
    (Outcome.INJURED, SubjectStatus.COMBATANT, (SheetField.INJURED_FIGHTERS,)),
)
_AMONG = {
    "women": SheetField.KILLED_WOMEN,
    "men": SheetField.KILLED_MEN,
    "children": SheetField.KILLED_CHILDREN,
}


@dataclass(frozen=True, slots=True)
class RowClaim:
    """What is proposed, and the headings of the cells it rests on."""

    fields: ClaimFields
    headings: tuple[str, ...]


def claims_of(
    cells: RowCells, *, status: str, said: dict[str, Any], now: datetime
) -> Iterator[RowClaim]:
    """Every claim of the row; ``said`` is who says so and when. Raises RowRefused."""
    for outcome, whose, columns in _WHOLES:
        counts = [count_of(cells.at(column), cells.heading(column)) for column in columns]
        found, *ends = counts
        if ends:
            found = whole_count(found, ends[0], ends[1], cells.heading(columns[0]))
        rests_on = [cells.heading(c) for c, count in zip(columns, counts, strict=True) if count]
        among: dict[str, int | None] = {}
        if outcome is Outcome.KILLED and whose is None:
            among, headings = _among(cells)
            rests_on += headings
        if found is None and not among:
            continue
        fields = _fields(outcome, whose.value if whose else status, found, among, said)
        try:
            check_fields(fields, now=now)
        except InvalidInput as refusal:
            raise RowRefused(Refusal.FIGURE, str(refusal)) from refusal
        yield RowClaim(fields, tuple(rests_on))


def _among(cells: RowCells) -> tuple[dict[str, int | None], list[str]]:
    """Women, men and children among the killed, as far as the row says."""
    counts: dict[str, int | None] = {}
    headings = []
    for who, column in _AMONG.items():
        count = count_of(cells.at(column), cells.heading(column))
        if count is not None:
            counts |= {f"{who}_min": count.figure.minimum, f"{who}_max": count.figure.maximum}
            headings.append(cells.heading(column))
    return counts, headings


def _fields(
    outcome: Outcome,
    status: str,
    found: Count | None,
    among: dict[str, Any],
    said: dict[str, Any],
) -> ClaimFields:
    ends = (found.figure.minimum, found.figure.maximum) if found else (None, None)
    # A stated none is a claim of its own; an empty cell is silence.
    polarity = Polarity.ASSERTS_NO_HARM if ends == (0, 0) else Polarity.ASSERTS_HARM
    return ClaimFields(
        outcome=outcome.value,
        subject_status=status or SubjectStatus.UNKNOWN.value,
        polarity=polarity.value,
        minimum=ends[0],
        maximum=ends[1],
        quantifier_raw=found.words[:_LONGEST_QUANTIFIER] if found else "",
        **among,
        **said,
    )
