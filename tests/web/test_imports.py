"""A table comes in by its pages: upload, columns, trial, import, results, undo."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.conftest import NOW
from tests.imports.tables import (
    COLUMNS,
    FIRST,
    HEADINGS,
    K7,
    K7_OTHERWISE,
    K8,
    REFERRED_COLUMNS,
    SECOND,
    csv_of,
    imported,
    mapping,
    referred,
)
from tests.imports.tables import received as kept
from tracker.imports.choices import SheetField
from tracker.imports.models import ImportedRow, SheetImport, SheetMapping
from tracker.imports.reading.table import SheetUnreadable
from tracker.imports.selectors.judging import judge_rows
from tracker.imports.services.undo import undo_import
from tracker.incidents.choices import IncidentStatus
from tracker.incidents.models import Incident
from tracker.verification.services.leases import lease_task
from tracker.web.selectors.imports import tried

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from tracker.accounts.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(signed_in: Callable[[Person], Client], coordinator: Person) -> Client:
    """A coordinator's browser."""
    return signed_in(coordinator)


def _chosen(**more: str) -> dict[str, str]:
    columns = {
        f"column-{number}": COLUMNS[heading].value
        for number, heading in enumerate(HEADINGS)
        if heading in COLUMNS
    }
    return {"name": "Delta cases", "team": "Delta Desk", **columns, **more}


def test_a_table_goes_all_the_way(client: Client) -> None:
    file = SimpleUploadedFile("cases.csv", csv_of(FIRST, ("C-3", "soon", *SECOND[2:])))
    response = client.post(reverse("imports"), {"file": file}, follow=True)
    page = response.content.decode()
    assert "What the columns hold" in page
    assert "2026-11-03" in page
    at = response.redirect_chain[-1][0]

    response = client.post(at, _chosen(), follow=True)
    page = response.content.decode()
    assert "Import 1 row" in page
    assert "Ardesh, 2026-11-03" in page
    assert "“soon” is no day" in page
    assert not Incident.objects.exists()

    response = client.post(response.redirect_chain[-1][0], follow=True)
    page = response.content.decode()
    assert "The table is imported." in page
    assert str(Incident.objects.get()) in page

    batch = SheetImport.objects.get()
    assert batch.file_name in client.get(reverse("imports")).content.decode()


def test_a_second_time_says_that_nothing_is_new(client: Client, coordinator: Person) -> None:
    batch = imported(csv_of(FIRST), coordinator)
    address = reverse("import_try", args=[batch.capture_id, batch.mapping_id])

    assert "No row is new" in client.get(address).content.decode()
    assert "so nothing changed" in client.post(address).content.decode()
    assert SheetImport.objects.count() == 1


def test_a_kept_mapping_fills_the_form(client: Client, coordinator: Person) -> None:
    mapping(coordinator)
    capture = kept(csv_of(FIRST), coordinator)

    page = client.get(reverse("import_map", args=[capture.pk]), {"mapping": "Delta cases"})

    assert page.context["form"]["column-5"].value() == "KILLED"
    assert page.context["form"]["column-8"].value() is None
    assert 'value="Delta Desk"' in page.content.decode()


def test_what_contradicts_itself_is_told_and_stays_typed(
    client: Client, coordinator: Person
) -> None:
    capture = kept(csv_of(FIRST), coordinator)
    sent = _chosen(**{"column-8": "KILLED", "name": "Other"})

    response = client.post(reverse("import_map", args=[capture.pk]), sent)

    assert response.status_code == HTTPStatus.CONFLICT
    page = response.content.decode()
    assert "Two columns are read as" in page
    assert 'value="Other"' in page
    assert not SheetMapping.objects.exists()


def test_where_the_table_stands_can_be_said(client: Client, coordinator: Person) -> None:
    capture = kept("Place\nالرقة\n".encode("cp1256"), coordinator)
    address = reverse("import_map", args=[capture.pk])

    first = client.get(address)
    assert first.status_code == HTTPStatus.CONFLICT
    assert "not written in UTF-8" in first.content.decode()
    again = client.get(address, {"heading_row": "1", "encoding": "cp1256"})
    assert "الرقة" in again.content.decode()


def test_a_trial_of_the_wrong_file_says_what_is_missing(
    client: Client, coordinator: Person
) -> None:
    capture = kept(b"Other\n1\n", coordinator)

    response = client.get(reverse("import_try", args=[capture.pk, mapping(coordinator).pk]))

    assert response.status_code == HTTPStatus.CONFLICT
    assert "no column headed" in response.content.decode()


def test_a_page_tries_no_more_than_somebody_waits_for(coordinator: Person) -> None:
    rows = judge_rows(csv_of(FIRST, SECOND), mapping(coordinator), now=NOW)

    with pytest.raises(SheetUnreadable, match="More than 1 rows are too many"):
        tried(rows, show="", most=1)


def test_results_go_out_without_formulas(client: Client, coordinator: Person) -> None:
    wild = ("=1+1", *FIRST[1:])
    batch = imported(csv_of(wild, ("C-3", "soon", *SECOND[2:])), coordinator)

    response = client.get(reverse("import_results", args=[batch.pk]))

    lines = response.content.decode("utf-8-sig").splitlines()
    assert lines[1] == f"2,CREATED,,,'=1+1,,{Incident.objects.get()}"
    assert lines[2].startswith("3,REFUSED,DAY,“soon” is no day")


def test_rows_are_filtered_and_paged(client: Client, coordinator: Person) -> None:
    batch = imported(csv_of(FIRST, SECOND, ("C-3", "soon", *SECOND[2:])), coordinator)
    address = reverse("import", args=[batch.pk])

    refused = client.get(address, {"show": "REFUSED"})
    after = client.get(address, {"after": "2"})

    assert [row.number for row in refused.context["rows"]] == [4]
    assert [row.number for row in after.context["rows"]] == [3, 4]


def test_undo_by_the_page(client: Client, coordinator: Person) -> None:
    batch = imported(csv_of(FIRST), coordinator)
    address = reverse("import_undo", args=[batch.pk])
    assert "The 1 draft is discarded" in client.get(address).content.decode()

    response = client.post(address, {"reason": "The wrong sheet."}, follow=True)

    page = response.content.decode()
    assert "The import is undone" in page
    assert "The wrong sheet." in page
    gone = Incident.objects.get()
    assert gone.status == IncidentStatus.DISCARDED
    page = client.get(reverse("incident", args=[gone])).content.decode()
    assert "It was discarded with the import that made it" in page
    assert gone.title not in client.get(reverse("incidents")).content.decode()


def test_undo_says_what_stands_in_the_way(client: Client, coordinator: Person) -> None:
    batch = imported(csv_of(FIRST), coordinator)
    row = ImportedRow.objects.get(batch=batch)
    assert row.article is not None
    lease_task(task_id=row.article.task.pk, actor=coordinator.as_actor(), now=NOW)
    address = reverse("import_undo", args=[batch.pk])

    assert "It can't be undone" in client.get(address).content.decode()
    response = client.post(address, {"reason": "The wrong sheet."})

    assert response.status_code == HTTPStatus.CONFLICT
    assert "is being reviewed" in response.content.decode()


def test_the_workbench_offers_the_draft_of_the_row_first(
    client: Client, coordinator: Person
) -> None:
    batch = imported(csv_of(FIRST), coordinator)
    row = ImportedRow.objects.get(batch=batch)
    assert row.article is not None
    address = reverse("task", args=[row.article.task.pk])

    first = client.get(address).context["bench"].candidates[0]
    assert (first.incident, first.reasons) == (
        row.incident,
        ["The draft that was made of this very row."],
    )
    undo_import(batch_id=batch.pk, actor=coordinator.as_actor(), now=NOW, reason="Wrong.")
    assert client.get(address).context["bench"].candidates == []


def test_the_number_of_the_incident_is_guessed_and_said(
    client: Client, coordinator: Person
) -> None:
    capture = kept(referred(K7, K7_OTHERWISE, K8), coordinator)
    address = reverse("import_map", args=[capture.pk])

    page = client.get(address)
    assert page.context["form"]["column-1"].value() == "INCIDENT_REF"
    assert page.context["form"]["column-0"].value() is None
    assert "<bdi>Incident ID</bdi> looks like" in page.content.decode()

    mapping(coordinator, columns={"Day": SheetField.DATE})
    page = client.get(address, {"mapping": "Delta cases"})
    assert page.context["form"]["column-1"].value() is None
    assert "looks like" not in page.content.decode()


def test_pages_show_which_rows_are_one_incident(client: Client, coordinator: Person) -> None:
    how = mapping(coordinator, columns=REFERRED_COLUMNS)
    capture = kept(referred(K7, K7_OTHERWISE, K8), coordinator)
    address = reverse("import_try", args=[capture.pk, how.pk])

    trial = client.get(address)
    page = trial.content.decode()
    assert "Import 3 rows" in page
    assert [(line.judged.number, line.others) for line in trial.context["tried"].lines] == [
        *((2, 1), (3, 0), (4, 0))
    ]
    for words in ("with 1 more row", "With row 2", "It gives 2026-11-05 where row 2 has"):
        assert words in page

    done = client.post(address, follow=True)
    page = done.content.decode()
    for words in ("with row 2", "K-7", "same incident as another row", "It gives 2026-11-05"):
        assert words in page
    drafts = [row.incident for row in done.context["rows"]]
    assert (drafts[0] == drafts[1], drafts[0] == drafts[2]) == (True, False)
    lines = client.get(reverse("import_results", args=[SheetImport.objects.get().pk]))
    assert f",3,K-7,{drafts[0]}" in lines.content.decode()


def test_an_import_that_made_no_draft_says_what_its_undoing_does(
    client: Client, coordinator: Person
) -> None:
    imported(referred(K7), coordinator, columns=REFERRED_COLUMNS)
    batch = imported(referred(K7, K7_OTHERWISE), coordinator, columns=REFERRED_COLUMNS)

    page = client.get(reverse("import_undo", args=[batch.pk])).content.decode()

    assert "discarded for good" not in page
    assert "All proposals of its rows are withdrawn" in page
    incident = Incident.objects.get()
    row = ImportedRow.objects.get(batch=batch, outcome="JOINED")
    assert row.article is not None
    bench = client.get(reverse("task", args=[row.article.task.pk])).context["bench"]
    assert bench.candidates[0].incident == incident
    assert "Its table has it under K-7" in bench.candidates[0].reasons[0]
