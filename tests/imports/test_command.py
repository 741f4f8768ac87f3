"""``import_sheet`` prints a line per row and ends with an honest status."""

from __future__ import annotations

import json
from io import StringIO
from typing import TYPE_CHECKING, Any

import pytest
from django.core.management import CommandError, call_command

from tests.imports.tables import COLUMNS, FIRST, SECOND, csv_of, mapping
from tracker.imports.choices import SheetField
from tracker.imports.models import SheetImport
from tracker.incidents.models import Incident
from tracker.sources.models import Capture

if TYPE_CHECKING:
    from pathlib import Path

    from tracker.accounts.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path: Path, coordinator: Person) -> Path:
    """Two rows, and how they are read."""
    mapping(coordinator)
    path = tmp_path / "cases.csv"
    path.write_bytes(csv_of(FIRST, SECOND))
    return path


def _run(path: Path, *more: str) -> tuple[list[dict[str, Any]], str]:
    out, err = StringIO(), StringIO()
    call_command("import_sheet", str(path), *more, stdout=out, stderr=err)
    return [json.loads(line) for line in out.getvalue().splitlines()], err.getvalue()


def test_a_dry_run_writes_nothing(file: Path) -> None:
    rows, told = _run(file, "--mapping", "Delta cases", "--dry-run")

    assert [(r["row"], r["outcome"], r["incident"]) for r in rows] == [
        (2, "CREATED", None),
        (3, "CREATED", None),
    ]
    assert "2 a new draft" in told
    assert not Incident.objects.exists()
    assert not Capture.objects.exists()


def test_it_imports_and_the_second_time_changes_nothing(file: Path, coordinator: Person) -> None:
    by = ("--mapping", "Delta cases", "--by", coordinator.email)
    rows, _ = _run(file, *by)
    again, told = _run(file, *by)

    made = [str(incident) for incident in Incident.objects.order_by("pk")]
    assert [(r["record_id"], r["incident"]) for r in rows] == [("C-1", made[0]), ("C-2", made[1])]
    assert {r["outcome"] for r in again} == {"SAME"}
    assert "nothing changes" in told
    assert SheetImport.objects.count() == 1


def test_rows_of_one_incident_say_so(file: Path, coordinator: Person) -> None:
    mapping(coordinator, columns=COLUMNS | {"Names": SheetField.INCIDENT_REF})
    file.write_bytes(csv_of(FIRST, ("C-2", *FIRST[1:5], "20", *FIRST[6:])))
    name = ("--mapping", "Delta cases")

    tried, told = _run(file, *name, "--dry-run")
    done, _ = _run(file, *name, "--by", coordinator.email)

    said = [(2, "CREATED", "Amal", None), (3, "JOINED", "Amal", 2)]
    for rows in (tried, done):
        assert [(r["row"], r["outcome"], r["incident_ref"], r["with_row"]) for r in rows] == said
    assert "1 same incident as another row" in told
    assert [r["incident"] for r in done] == [str(Incident.objects.get())] * 2


def test_a_refused_row_is_said_and_ends_with_a_failure(file: Path, coordinator: Person) -> None:
    file.write_bytes(csv_of(FIRST, ("C-3", "03/04/2019", *SECOND[2:])))
    out = StringIO()

    with pytest.raises(CommandError, match="refused"):
        call_command(
            *("import_sheet", str(file), "--mapping", "Delta cases"),
            *("--by", coordinator.email),
            stdout=out,
            stderr=StringIO(),
        )

    last = json.loads(out.getvalue().splitlines()[-1])
    assert (last["outcome"], last["code"]) == ("REFUSED", "DAY")
    assert Incident.objects.count() == 1


@pytest.mark.parametrize(
    ("more", "why"),
    [
        (("--mapping", "Other"), "Nobody kept a mapping"),
        (("--mapping", "Delta cases"), "--by"),
        (("--mapping", "Delta cases", "--by", "nobody@example.org"), "Nobody with the address"),
    ],
)
def test_what_is_missing_is_said(file: Path, more: tuple[str, ...], why: str) -> None:
    with pytest.raises(CommandError, match=why):
        _run(file, *more)


def test_a_file_that_is_not_there_or_no_table_is_said(file: Path, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="can't be read"):
        _run(tmp_path / "none.csv", "--mapping", "Delta cases", "--dry-run")
    file.write_bytes(b"Other\n1\n")
    with pytest.raises(CommandError, match="no column headed"):
        _run(file, "--mapping", "Delta cases", "--dry-run")
