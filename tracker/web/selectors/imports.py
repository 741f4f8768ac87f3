"""What would become, or became, of the rows of a table, as the pages show it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from tracker.imports.choices import TAKEN, RowOutcome
from tracker.imports.reading.table import SheetUnreadable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tracker.imports.models import SheetImport
    from tracker.imports.selectors.judging import Judged

RESULTS = frozenset(RowOutcome.values)
#: Rows shown of a trial; the numbers count all of them.
_MOST_SHOWN = 200
#: Rows that are tried while somebody waits for the page: some seconds.
MOST_TRIED = 20_000


@dataclass(frozen=True, slots=True)
class ResultTab:
    """One outcome with how many rows have it; ``show`` "" = all of them."""

    show: str
    words: str
    count: int
    is_current: bool


@dataclass(frozen=True, slots=True)
class TriedRow:
    """A row of a trial; ``others`` of the file land on the draft that it makes."""

    judged: Judged
    others: int


@dataclass(slots=True)
class Tried:
    """A trial: every row is counted, the first ones are shown."""

    show: str
    counts: Counter[str] = field(default_factory=Counter)
    rows: list[Judged] = field(default_factory=list)
    joined: Counter[int] = field(default_factory=Counter)

    @property
    def lines(self) -> list[TriedRow]:
        """The rows that are shown, with how many belong to each."""
        return [TriedRow(row, self.joined[row.number]) for row in self.rows]

    @property
    def tabs(self) -> list[ResultTab]:
        """Each outcome with its number."""
        return result_tabs(self.counts, self.show)

    @property
    def new(self) -> int:
        """How many rows would be taken."""
        return sum(self.counts[outcome.value] for outcome in TAKEN)

    @property
    def is_cut(self) -> bool:
        """Whether there are more rows of the kind than are shown."""
        asked = self.counts[self.show] if self.show else self.counts.total()
        return asked > len(self.rows)


def tried(rows: Iterable[Judged], *, show: str, most: int = MOST_TRIED) -> Tried:
    """Count every row and keep the first of the kind that is asked for.

    Raises SheetUnreadable where there are more than ``most``.
    """
    trial = Tried(show)
    for number, row in enumerate(rows, start=1):
        if number > most:
            raise SheetUnreadable(
                f"More than {most:,} rows are too many for a page. Split the file, or have it "
                "tried and imported with the command import_sheet."
            )
        trial.counts[row.outcome.value] += 1
        if row.joins is not None:
            trial.joined[row.joins] += 1
        if len(trial.rows) < _MOST_SHOWN and show in {"", row.outcome.value}:
            trial.rows.append(row)
    return trial


def counts_of(batch: SheetImport) -> Counter[str]:
    """The same numbers of an import, as its selector counted them."""
    return Counter(
        {outcome.value: getattr(batch, f"{outcome.value.lower()}_count") for outcome in RowOutcome}
    )


def result_tabs(counts: Counter[str], show: str) -> list[ResultTab]:
    """All, then each outcome."""
    return [
        ResultTab("", _("all"), counts.total(), not show),
        *(
            ResultTab(o.value, _(str(o.label)), counts[o.value], show == o.value)
            for o in RowOutcome
        ),
    ]
