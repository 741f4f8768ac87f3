"""An import makes drafts and proposals, once, and keeps what became of each row."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from tests.conftest import NOW
from tests.imports.tables import (
    FIRST,
    HEADINGS,
    SECOND,
    csv_of,
    imported,
    mapping,
    received,
    xlsx_of,
)
from tracker.audit.models import AuditEvent
from tracker.core.errors import InvalidInput, NotAllowed, NotFound
from tracker.imports.choices import RowOutcome, SheetField
from tracker.imports.models import ImportedRow, SheetImport
from tracker.imports.selectors.batches import get_import
from tracker.imports.selectors.mappings import get_mapping
from tracker.imports.services.receive import get_file
from tracker.imports.services.run import UnableToImport, import_sheet, try_sheet
from tracker.incidents.choices import ClaimState, IncidentStatus
from tracker.incidents.models import Claim, Contribution, Incident
from tracker.sources.models import Article, Capture
from tracker.sources.services.capture_store import read_capture
from tracker.verification.models import ReviewTask

if TYPE_CHECKING:
    from tracker.accounts.models import Person

pytestmark = pytest.mark.django_db


def _again(content: bytes, by: Person) -> dict[str, int]:
    done = import_sheet(
        capture_id=received(content, by).pk,
        mapping_id=mapping(by).pk,
        actor=by.as_actor(),
        now=NOW,
    )
    assert done.batch is None
    return {outcome.value: n for outcome, n in done.counts.items()}


def test_rows_become_drafts_and_proposals(coordinator: Person) -> None:
    batch = imported(csv_of(FIRST, SECOND), coordinator)

    first, second = ImportedRow.objects.filter(batch=batch).order_by("number")
    assert (first.number, first.record_id, first.outcome) == (2, "C-1", RowOutcome.CREATED)
    draft = first.incident
    assert draft is not None
    assert (draft.status, draft.title) == (IncidentStatus.DRAFT, "Ardesh, 2026-11-03")
    assert (draft.date_start, draft.date_end) == (date(2026, 11, 3), date(2026, 11, 3))
    assert (draft.lat, draft.lon, draft.place_name) == (35.5, 36.5, "Ardesh")
    claims = Claim.objects.filter(article=first.article).order_by("outcome")
    assert [(c.outcome, c.minimum, c.maximum, c.quote) for c in claims] == [
        ("INJURED", 5, 7, "Injured: 5-7"),
        ("KILLED", 12, None, "Killed: 12+"),
    ]
    assert {(c.state, c.incident_id, c.speaker_text) for c in claims} == {
        (ClaimState.PROPOSED, None, "Nahr Rescue Service")
    }
    assert len({c.statement for c in claims}) == 1
    none = Claim.objects.get(article=second.article, outcome="INJURED")
    assert (none.polarity, none.minimum, none.maximum) == ("ASSERTS_NO_HARM", 0, 0)


def test_the_row_is_the_passage_and_the_file_is_kept(coordinator: Person) -> None:
    content = csv_of(FIRST)
    batch = imported(content, coordinator)
    article = Article.objects.get(imported_row__batch=batch)

    assert read_capture(batch.capture) == content
    assert article.text.splitlines()[:2] == ["No: C-1", "Day: 2026-11-03"]
    assert article.outlet is not None
    assert (article.state, article.outlet.name) == ("EXTRACTED", "Delta Desk")
    for claim in article.claims.all():
        assert article.text[claim.start : claim.end] == claim.quote
    task = ReviewTask.objects.get(article=article)
    assert (task.state, task.relevance) == ("QUEUED", 50)
    assert batch.capture.sha256.encode() in read_capture(article.capture)


def test_a_column_nobody_mapped_is_nowhere(coordinator: Person) -> None:
    batch = imported(csv_of(FIRST), coordinator)
    article = Article.objects.get(imported_row__batch=batch)

    assert "Amal" not in article.text
    assert b"Amal" not in read_capture(article.capture)


def test_whoever_imports_is_a_contributor_and_audited(coordinator: Person) -> None:
    batch = imported(csv_of(FIRST), coordinator)

    draft = Incident.objects.get()
    assert Contribution.objects.get(incident=draft).person == coordinator
    line = AuditEvent.objects.get(action="sheet.import")
    assert line.target_id == batch.pk
    assert (line.changes["created"], line.changes["same"], line.changes["refused"]) == (1, 0, 0)
    assert AuditEvent.objects.filter(action="incident.create", target_id=draft.pk).exists()


def test_a_second_import_changes_nothing(coordinator: Person) -> None:
    imported(csv_of(FIRST, SECOND), coordinator)
    before = (Incident.objects.count(), Claim.objects.count(), Article.objects.count())

    assert _again(csv_of(FIRST, SECOND), coordinator) == {"SAME": 2}
    assert _again(xlsx_of(FIRST, SECOND), coordinator) == {"SAME": 2}
    assert (Incident.objects.count(), Claim.objects.count(), Article.objects.count()) == before
    assert SheetImport.objects.count() == 1


def test_the_next_file_brings_only_what_is_new(coordinator: Person) -> None:
    imported(csv_of(FIRST), coordinator)
    batch = imported(csv_of(FIRST, SECOND), coordinator)

    rows = ImportedRow.objects.filter(batch=batch).order_by("number")
    assert [row.outcome for row in rows] == [RowOutcome.SAME, RowOutcome.CREATED]
    before = rows[0].before
    assert before is not None
    assert before.record_id == "C-1"


def test_a_row_that_says_something_else_now_is_refused(coordinator: Person) -> None:
    imported(csv_of(FIRST), coordinator)
    changed = ("C-1", *FIRST[1:5], "20", *FIRST[6:])
    batch = imported(csv_of(changed, SECOND), coordinator)

    row = ImportedRow.objects.get(batch=batch, record_id="C-1")
    assert (row.outcome, row.refusal) == (RowOutcome.REFUSED, "CHANGED")
    assert str(Incident.objects.earliest("pk")) in row.reason


def test_rows_and_numbers_that_stand_twice_are_refused(coordinator: Person) -> None:
    other = ("C-1", "2026-11-09", *SECOND[2:])
    batch = imported(csv_of(FIRST, FIRST, other), coordinator)

    rows = ImportedRow.objects.filter(batch=batch).order_by("number")
    assert [row.outcome for row in rows] == ["CREATED", "REFUSED", "REFUSED"]
    assert rows[1].reason == "It says the same as row 2 of this file."
    assert rows[2].reason == "Row 2 of this file has the number C-1 too."


def test_refused_rows_don_t_hold_up_the_others(coordinator: Person) -> None:
    future = ("C-9", "2031-01-01", *SECOND[2:])
    batch = imported(csv_of(future, SECOND), coordinator)

    rows = ImportedRow.objects.filter(batch=batch).order_by("number")
    assert [row.outcome for row in rows] == ["REFUSED", "CREATED"]
    assert rows[0].reason == "2031-01-01 lies in the future; check the day."


def test_trying_writes_nothing(coordinator: Person) -> None:
    capture, how = received(csv_of(FIRST, SECOND), coordinator), mapping(coordinator)
    counts = (Capture.objects.count(), AuditEvent.objects.count())

    rows = list(
        try_sheet(capture_id=capture.pk, mapping_id=how.pk, actor=coordinator.as_actor(), now=NOW)
    )

    assert [row.outcome for row in rows] == [RowOutcome.CREATED, RowOutcome.CREATED]
    assert (Capture.objects.count(), AuditEvent.objects.count()) == counts
    assert not Incident.objects.exists()


def test_a_researcher_imports_nothing(researcher: Person, coordinator: Person) -> None:
    capture, how = received(csv_of(FIRST), coordinator), mapping(coordinator)

    with pytest.raises(NotAllowed):
        import_sheet(capture_id=capture.pk, mapping_id=how.pk, actor=researcher.as_actor(), now=NOW)


def test_a_changed_mapping_is_a_new_version(coordinator: Person) -> None:
    first = mapping(coordinator)
    same = mapping(coordinator)
    changed = mapping(coordinator, columns={"Day": SheetField.DATE, "Place": SheetField.PLACE_NAME})

    assert same == first
    assert (changed.name, changed.version) == (first.name, 2)
    imported(csv_of(FIRST), coordinator)
    # read by other columns, it is still the same row
    assert _again(csv_of(FIRST), coordinator) == {"SAME": 1}


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"name": ""}, "name"),
        ({"team": ""}, "which team"),
        ({"columns": {}}, "at least one column"),
        ({"columns": {"Lat": SheetField.LAT}}, "longitude"),
        ({"columns": {"A": SheetField.DATE, "B": SheetField.DATE}}, "Two columns"),
        ({"columns": {"A": SheetField.KILLED, "B": SheetField.KILLED_MIN}}, "either"),
        ({"columns": {"A": SheetField.OLD_RATING}}, "scale"),
    ],
)
def test_a_mapping_that_contradicts_itself_is_refused(
    coordinator: Person, values: dict[str, Any], why: str
) -> None:
    with pytest.raises(InvalidInput, match=why):
        mapping(coordinator, **values)


def test_the_team_s_own_rating_is_kept_and_rates_nothing(coordinator: Person) -> None:
    columns = {"Day": SheetField.DATE, "Killed": SheetField.KILLED, "Trust": SheetField.OLD_RATING}
    rows = csv_of(
        ("2026-11-03", "4", "Likely reliable"),
        ("2026-11-04", "4", "sure"),
        headings=("Day", "Killed", "Trust"),
    )
    batch = imported(rows, coordinator, columns=columns, scale="MT_42")

    kept, refused = ImportedRow.objects.filter(batch=batch).order_by("number")
    assert (kept.scale, kept.rating) == ("MT_42", "likely reliable")
    assert Claim.objects.get().credibility is None
    assert (refused.refusal, "highly reliable" in refused.reason) == ("WORD", True)


def test_a_page_may_limit_how_much_is_new(coordinator: Person) -> None:
    capture, how = received(csv_of(FIRST, SECOND), coordinator), mapping(coordinator)

    with pytest.raises(UnableToImport, match="More than 1 rows are new"):
        import_sheet(
            capture_id=capture.pk,
            mapping_id=how.pk,
            actor=coordinator.as_actor(),
            now=NOW,
            most=1,
        )
    assert not Incident.objects.exists()


def test_rows_whose_cells_can_t_be_trusted_are_refused(coordinator: Person) -> None:
    batch = imported(xlsx_of(FIRST, ("C-2", "2026-11-04", "=A1", *SECOND[3:])), coordinator)

    row = ImportedRow.objects.get(batch=batch, number=3)
    assert (row.refusal, row.record_id) == ("CELLS", "C-2")


def test_parts_that_are_more_than_the_whole_are_refused(coordinator: Person) -> None:
    columns = {
        "Day": SheetField.DATE,
        "Killed": SheetField.KILLED,
        "Women": SheetField.KILLED_WOMEN,
        "Said": SheetField.SAID_ON,
    }
    rows = csv_of(
        ("2026-11-03", "4", "3", "2026-11-04"),
        ("2026-11-03", "4", "5", ""),
        ("2026-11-03", "4", "1", "2026-10"),
        ("2026-11-03", "4", "2", "2031-01-01"),
        ("", "", "", "2026-11-04"),
        headings=tuple(columns),
    )
    batch = imported(rows, coordinator, columns=columns)

    said = ImportedRow.objects.filter(batch=batch).order_by("number")
    assert [row.refusal for row in said] == ["", "FIGURE", "DAY", "DAY", "EMPTY"]
    claim = Claim.objects.get()
    assert (claim.women_min, claim.women_max, str(claim.said_on)) == (3, 3, "2026-11-04")


def test_a_file_that_is_empty_too_large_or_not_there_is_refused(coordinator: Person) -> None:
    with pytest.raises(InvalidInput, match="empty"):
        received(b" \n", coordinator)
    with pytest.raises(InvalidInput, match="larger than 20 MB"):
        received(b"x" * (20 * 1024 * 1024 + 1), coordinator)
    with pytest.raises(NotFound, match="no file"):
        get_file(0)
    with pytest.raises(NotFound, match="no mapping"):
        get_mapping(0)
    with pytest.raises(NotFound, match="no import"):
        get_import(0)


def test_headings_are_asked_for_by_name(coordinator: Person) -> None:
    turned = csv_of(FIRST[::-1], headings=HEADINGS[::-1])
    batch = imported(turned, coordinator)

    assert ImportedRow.objects.get(batch=batch).outcome == RowOutcome.CREATED
