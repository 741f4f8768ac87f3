"""Two people import one file at the same moment: its rows come in once."""

from __future__ import annotations

from threading import Thread
from typing import TYPE_CHECKING

import pytest
from django.db import connection

from tests.conftest import NOW
from tests.imports.tables import FIRST, SECOND, csv_of, mapping, received
from tracker.imports.models import SheetImport
from tracker.imports.services.run import UnableToImport, import_sheet
from tracker.incidents.models import Incident

if TYPE_CHECKING:
    from tracker.accounts.models import Person
    from tracker.imports.models import ImportedRow

pytestmark = pytest.mark.django_db(transaction=True)


def test_rows_come_in_once(coordinator: Person, reviewer: Person) -> None:
    capture, how = received(csv_of(FIRST, SECOND), coordinator), mapping(coordinator)
    told: list[str] = []

    def second() -> None:
        try:
            done = import_sheet(
                capture_id=capture.pk, mapping_id=how.pk, actor=reviewer.as_actor(), now=NOW
            )
            told.append("nothing new" if done.batch is None else "imported")
        except UnableToImport as refusal:
            told.append(refusal.code)
        finally:
            connection.close()

    other = Thread(target=second)

    def begin(_row: ImportedRow) -> None:
        """While the rows of the first are made and nobody sees them yet."""
        if not other.is_alive() and not told:
            other.start()

    first = import_sheet(
        capture_id=capture.pk,
        mapping_id=how.pk,
        actor=coordinator.as_actor(),
        now=NOW,
        tell=begin,
    )
    other.join(timeout=60)

    assert first.batch is not None
    assert told in (["unable_to_import"], ["nothing new"])
    assert SheetImport.objects.count() == 1
    assert Incident.objects.count() == 2
