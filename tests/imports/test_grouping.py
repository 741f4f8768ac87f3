"""Rows about one incident land on one draft, and no incident is written over by a table."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.conftest import NOW
from tests.imports.tables import (
    K7,
    K7_AGAIN,
    K7_OTHERWISE,
    K8,
    REFERRED_COLUMNS,
    imported,
    mapping,
    received,
    referred,
)
from tracker.audit.models import AuditEvent
from tracker.imports.choices import RowOutcome
from tracker.imports.models import ImportedRow
from tracker.imports.rows.settled import Settled, differing
from tracker.imports.rows.usual import usual_incident_ref
from tracker.imports.selectors.judging import ROWS_AT_A_TIME
from tracker.imports.services import run
from tracker.imports.services.run import UnableToImport, import_sheet, try_sheet
from tracker.imports.services.undo import UnableToUndo, undo_import
from tracker.incidents.choices import ClaimState, IncidentStatus
from tracker.incidents.models import Claim, Contribution, Incident
from tracker.incidents.services.incidents import IncidentFields, edit_incident
from tracker.verification.models import ReviewTask
from tracker.verification.services.decisions import accept_claim
from tracker.verification.services.leases import lease_task

if TYPE_CHECKING:
    from tracker.accounts.models import Person
    from tracker.imports.models import SheetImport
    from tracker.imports.selectors.judging import Judged

pytestmark = pytest.mark.django_db


def _imported(by: Person, *rows: tuple[str, ...]) -> SheetImport:
    return imported(referred(*rows), by, columns=REFERRED_COLUMNS)


def _tried(by: Person, *rows: tuple[str, ...]) -> list[Judged]:
    capture, how = received(referred(*rows), by), mapping(by, columns=REFERRED_COLUMNS)
    return list(try_sheet(capture_id=capture.pk, mapping_id=how.pk, actor=by.as_actor(), now=NOW))


def _rows(batch: SheetImport) -> list[ImportedRow]:
    return list(ImportedRow.objects.filter(batch=batch).order_by("number"))


def _undo(batch: SheetImport, by: Person) -> SheetImport:
    return undo_import(batch_id=batch.pk, actor=by.as_actor(), now=NOW, reason="Wrong sheet.")


def _edited(incident: Incident, by: Person) -> Incident:
    fields = IncidentFields(
        title="Two strikes on Ardesh",
        place_name="Ardesh Old Town",
        date_start=date(2026, 11, 3),
        date_end=date(2026, 11, 3),
        date_precision="DAY",
    )
    return edit_incident(
        incident_id=incident.pk,
        expected_revision=incident.revision,
        fields=fields,
        actor=by.as_actor(),
        now=NOW,
        reason="As the map has it.",
    )


def test_rows_with_one_reference_land_on_one_draft(coordinator: Person) -> None:
    batch = _imported(coordinator, K7, K7_AGAIN, K8)

    first, same, other = _rows(batch)
    assert [row.outcome for row in (first, same, other)] == ["CREATED", "JOINED", "CREATED"]
    assert (same.incident, same.before, same.joins, same.reason) == (first.incident, first, 2, "")
    assert Incident.objects.count() == 2
    draft = first.incident
    assert draft is not None
    assert (draft.title, draft.place_name, draft.lat) == ("Ardesh, 2026-11-03", "Ardesh", 35.5)
    figures = Claim.objects.filter(article__imported_row__incident=draft).order_by("minimum")
    assert [(c.minimum, c.speaker_text, c.incident) for c in figures] == [
        (12, "Nahr Rescue Service", None),
        (14, "Health office", None),
    ]
    assert len({c.statement for c in figures}) == 2
    assert ReviewTask.objects.count() == 3
    assert Contribution.objects.filter(incident=draft).count() == 1
    line = AuditEvent.objects.get(action="sheet.import")
    assert (line.changes["created"], line.changes["joined"]) == (2, 1)


def test_what_a_row_says_otherwise_is_told_and_writes_nothing_over(coordinator: Person) -> None:
    batch = _imported(coordinator, K7, K7_OTHERWISE)

    first, otherwise = _rows(batch)
    assert otherwise.reason == (
        "It gives 2026-11-05 where row 2 has 2026-11-03, “Sella” where row 2 has “Ardesh”, "
        "35.1, 36.5 where row 2 has 35.5, 36.5; the draft stays as row 2 made it."
    )
    assert otherwise.refusal == ""
    draft = first.incident
    assert draft is not None
    assert (draft.date_start, draft.place_name, draft.lat) == (date(2026, 11, 3), "Ardesh", 35.5)
    assert otherwise.article is not None
    assert Claim.objects.get(article=otherwise.article).minimum == 9


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (Settled(None, "", None), ""),
        (Settled((date(2026, 11, 3), date(2026, 11, 3)), " ARDESH ", (35.5, 36.5)), ""),
        (
            Settled((date(2026, 11, 1), date(2026, 11, 30)), "", None),
            "2026-11-01 to 2026-11-30 where row 2 has 2026-11-03",
        ),
    ],
)
def test_only_what_is_said_otherwise_differs(said: Settled, told: str) -> None:
    kept = Settled((date(2026, 11, 3), date(2026, 11, 3)), "Ardesh", (35.5, 36.5))

    assert differing(said, kept, "row 2") == told


def test_what_only_the_later_row_gives_is_told() -> None:
    said = Settled((date(2026, 11, 3), date(2026, 11, 3)), "Ardesh", (35.5, 36.5))

    assert differing(said, Settled(None, "", None), "row 2") == (
        "2026-11-03 where row 2 has no day, “Ardesh” where row 2 has no place, "
        "35.5, 36.5 where row 2 has no coordinates"
    )


def test_a_trial_shows_what_the_import_does(coordinator: Person) -> None:
    refused = ("5", "K-9", "soon", *K8[3:])
    after = ("6", "K-9", "2026-11-09", *K8[3:])
    rows = (K7, refused, K7_OTHERWISE, after)
    tried = _tried(coordinator, *rows)
    assert not Incident.objects.exists()

    done = _rows(_imported(coordinator, *rows))

    assert [(t.outcome, t.incident_ref, t.joins, t.reason) for t in tried] == [
        (d.outcome, d.incident_ref, d.joins, d.reason) for d in done
    ]
    # The first row that is taken makes the draft, not the first one of the file.
    assert [row.outcome for row in done] == ["CREATED", "REFUSED", "JOINED", "CREATED"]


def test_rows_far_apart_in_the_file_are_one_incident(coordinator: Person) -> None:
    between = [
        (str(n), f"M-{n}", "2026-11-04", "Sella", "", "", "1", "")
        for n in range(100, 100 + ROWS_AT_A_TIME)
    ]
    rows = [K7, *between, K7_OTHERWISE]
    tried = _tried(coordinator, *rows)[-1]

    last = _rows(_imported(coordinator, *rows))[-1]

    assert (last.outcome, last.joins, last.reason) == (RowOutcome.JOINED, 2, tried.reason)
    assert Incident.objects.count() == 1 + ROWS_AT_A_TIME


def test_a_later_table_proposes_for_the_incident_and_leaves_it_as_it_is(
    coordinator: Person,
) -> None:
    (first,) = _rows(_imported(coordinator, K7))
    draft = first.incident
    assert draft is not None
    before = Incident.objects.filter(pk=draft.pk).values().get()

    again, same, otherwise, new = _rows(_imported(coordinator, K7, K7_AGAIN, K7_OTHERWISE, K8))

    assert [r.outcome for r in (again, same, otherwise, new)] == [
        *("SAME", "JOINED", "JOINED", "CREATED")
    ]
    assert (same.incident, same.before, same.joins) == (draft, first, None)
    assert same.reason == (
        f"Import {first.batch_id} brought incident K-7 before: the claims of this row are proposed "
        f"for {draft} (draft), which stays as it is."
    )
    assert otherwise.reason.endswith(
        f"(draft), which stays as it is; the row gives 2026-11-05 where {draft} has 2026-11-03, "
        f"“Sella” where {draft} has “Ardesh”, 35.1, 36.5 where {draft} has 35.5, 36.5."
    )
    assert Incident.objects.filter(pk=draft.pk).values().get() == before
    assert Claim.objects.get(article=same.article).state == ClaimState.PROPOSED


def test_a_later_table_says_how_people_have_the_incident_now(
    coordinator: Person, researcher: Person
) -> None:
    (first,) = _rows(_imported(coordinator, K7))
    assert first.incident is not None
    _edited(first.incident, researcher)

    (row,) = _rows(_imported(coordinator, K7_AGAIN))

    assert f"“ardesh” where {first.incident} has “Ardesh Old Town”" in row.reason
    first.incident.refresh_from_db()
    assert first.incident.place_name == "Ardesh Old Town"
    assert first.incident.revision == 2


def test_a_changed_row_with_a_number_of_its_own_stays_refused(coordinator: Person) -> None:
    _imported(coordinator, K7)
    changed = (*K7[:6], "20", *K7[7:])

    row, _new = _rows(_imported(coordinator, changed, K8))

    assert (row.outcome, row.refusal) == (RowOutcome.REFUSED, "CHANGED")


def test_references_are_of_onereferred(coordinator: Person) -> None:
    _imported(coordinator, K7)

    batch = imported(
        referred(K7_AGAIN), coordinator, columns=REFERRED_COLUMNS, name="Other team's table"
    )

    (row,) = _rows(batch)
    assert row.outcome == RowOutcome.CREATED
    assert Incident.objects.count() == 2


def test_undoing_takes_all_rows_of_an_incident_along(coordinator: Person) -> None:
    batch = _imported(coordinator, K7, K7_AGAIN, K7_OTHERWISE)

    _undo(batch, coordinator)

    assert [i.status for i in Incident.objects.all()] == [IncidentStatus.DISCARDED]
    assert not Claim.objects.filter(withdrawn_at__isnull=True).exists()
    assert {task.state for task in ReviewTask.objects.all()} == {"IRRELEVANT"}
    again = _rows(_imported(coordinator, K7, K7_AGAIN))
    assert [row.outcome for row in again] == ["CREATED", "JOINED"]


def test_a_claim_of_a_joined_row_that_is_decided_stands_in_the_way(coordinator: Person) -> None:
    batch = _imported(coordinator, K7, K7_AGAIN)
    row = _rows(batch)[1]
    assert row.article is not None
    claim = Claim.objects.get(article=row.article)
    task = lease_task(task_id=row.article.task.pk, actor=coordinator.as_actor(), now=NOW)
    accept_claim(
        task_id=task.pk,
        fence=task.fence,
        claim_id=claim.pk,
        expected_revision=claim.revision,
        correction=None,
        incident_id=row.incident_id,
        actor=coordinator.as_actor(),
        now=NOW,
    )

    with pytest.raises(UnableToUndo, match="A claim of row 3 is accepted"):
        _undo(batch, coordinator)


def test_what_a_later_import_joined_is_undone_after_it(coordinator: Person) -> None:
    first = _imported(coordinator, K7)
    second = _imported(coordinator, K7_AGAIN, K8)
    draft = _rows(first)[0].incident
    assert draft is not None

    with pytest.raises(UnableToUndo) as refusal:
        _undo(first, coordinator)
    assert str(refusal.value) == (
        f"Row 2 of import {second.pk} is about {draft} too; undo that import first."
    )
    _undo(second, coordinator)

    draft.refresh_from_db()
    assert draft.status == IncidentStatus.DRAFT
    assert Claim.objects.filter(withdrawn_at__isnull=True).count() == 1
    _undo(first, coordinator)
    assert {i.status for i in Incident.objects.all()} == {IncidentStatus.DISCARDED}


def test_an_import_undone_in_the_meantime_is_joined_by_nothing(
    coordinator: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = _imported(coordinator, K7)
    capture, how = (
        received(referred(K7_AGAIN), coordinator),
        mapping(coordinator, columns=REFERRED_COLUMNS),
    )
    rows = _tried(coordinator, K7_AGAIN)  # judged while the first import stood
    _undo(first, coordinator)
    monkeypatch.setattr(run, "judge_rows", lambda *_args, **_more: iter(rows))

    with pytest.raises(UnableToImport, match="was undone at the same moment"):
        import_sheet(
            capture_id=capture.pk, mapping_id=how.pk, actor=coordinator.as_actor(), now=NOW
        )
    assert Incident.objects.count() == 1


@pytest.mark.parametrize(
    ("headings", "found"),
    [
        (("Row", "Incident ID", "Case no."), "Incident ID"),
        (("Case no.", "event_id"), "event_id"),
        (("IncidentRef",), "IncidentRef"),
        (("Incident #",), "Incident #"),
        (("Reference of incident",), ""),
        (("رقم الحادثة",), "رقم الحادثة"),
        (("معرّف الحادث",), "معرّف الحادث"),
        (("ID", "No", "Incident", "Incident date", "Event type", "Number"), ""),
        ((), ""),
    ],
)
def test_the_column_is_guessed_by_usual_headings(headings: tuple[str, ...], found: str) -> None:
    assert usual_incident_ref(headings) == found
