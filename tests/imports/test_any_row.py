"""Whatever stands in the cells, every row is taken whole or refused; nothing breaks on the way."""

from __future__ import annotations

import csv
import random
from io import StringIO
from typing import TYPE_CHECKING

import pytest

from tests.conftest import NOW
from tests.imports.tables import mapping, received
from tracker.imports.choices import RowOutcome, SheetField
from tracker.imports.models import ImportedRow
from tracker.imports.services.run import import_sheet
from tracker.incidents.models import Claim

if TYPE_CHECKING:
    from tracker.accounts.models import Person

pytestmark = pytest.mark.django_db

#: One figure in one column or in two: both ways in turn.
_WHOLE = [f for f in SheetField if f not in {SheetField.KILLED_MIN, SheetField.KILLED_MAX}]
_ENDS = [f for f in SheetField if f not in {SheetField.KILLED, SheetField.INJURED_MAX}]
_CELLS = (
    *("", " ", "0", "12", "12+", "5-7", "7-5", "at least five", "-3", "1,200", "99999999999"),
    *("2019-03-04", "03/04/2019", "25/04/2019", "2019", "2031-01-01", "30/02/2019", "March 2019"),
    *("35.5", "-190", "36,5", "0", "civilians", "EXACT", "likely reliable", "soldier", "Ardesh"),
    *("الرقة", "=1+1", "a\nb", "x" * 201, "\u202e", "\ufffe", "–", "?", "unknown", "𝟛", "²", "NaN"),
)


@pytest.mark.parametrize(("fields", "seed"), [(_WHOLE, 7), (_ENDS, 8)])
def test_any_cells_are_taken_or_refused(
    coordinator: Person, fields: list[SheetField], seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311  # no secret
    kept = [f for f in fields if f not in {SheetField.INJURED_MIN, SheetField.INJURED_MAX}]
    columns = {field.value: field for field in kept}
    file = StringIO()
    lines = csv.writer(file)
    lines.writerow(columns)
    for number in range(300):
        # most cells are empty, or no row would ever be whole
        cells = [chance.choice(_CELLS) if chance.random() < 0.2 else "" for _ in columns]
        lines.writerow([f"N-{number}", *cells[1:]])

    capture = received(file.getvalue().encode("utf-8", "surrogatepass"), coordinator)
    done = import_sheet(
        capture_id=capture.pk,
        mapping_id=mapping(coordinator, columns=columns, scale="MT_42").pk,
        actor=coordinator.as_actor(),
        now=NOW,
    )

    assert done.counts[RowOutcome.CREATED] > 10
    assert done.counts[RowOutcome.REFUSED] > 10
    assert ImportedRow.objects.filter(batch=done.batch).count() == 300
    for claim in Claim.objects.select_related("article"):
        assert claim.article.text[claim.start : claim.end] == claim.quote
