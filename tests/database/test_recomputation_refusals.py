"""What a run over all incidents may never be, said by the database itself."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from tests.conftest import NOW
from tracker.incidents.models import Recomputation

pytestmark = pytest.mark.django_db


@pytest.fixture
def run() -> Recomputation:
    """Half done."""
    return Recomputation.objects.create(
        rules_version="AGG-1", started_at=NOW, through=10, computed=10, written=4, refigured=2
    )


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"through": 9}, "never back"),
        ({"rules_version": "AGG-2"}, "by its own rules"),
        ({"written": 11}, "recomputation_counts_fit"),
        ({"refigured": 5}, "recomputation_counts_fit"),
        ({"finished_at": NOW - timedelta(seconds=1)}, "recomputation_ends_after_start"),
    ],
)
def test_a_run_is_refused(run: Recomputation, change: dict[str, Any], refusal: str) -> None:
    with pytest.raises(DatabaseError, match=refusal), transaction.atomic():
        Recomputation.objects.filter(pk=run.pk).update(**change)


def test_one_run_of_the_same_rules_is_at_work(run: Recomputation) -> None:
    with pytest.raises(DatabaseError, match="recomputation_one_at_work"), transaction.atomic():
        Recomputation.objects.create(rules_version="AGG-1", started_at=NOW)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE incidents_recomputation SET through = 11",
        "DELETE FROM incidents_recomputation",
        "TRUNCATE incidents_recomputation",
    ],
)
def test_a_run_that_ended_stays(run: Recomputation, statement: str) -> None:
    run.finished_at = NOW + timedelta(minutes=1)
    run.save()

    with (
        pytest.raises(DatabaseError, match="pgtrigger"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
