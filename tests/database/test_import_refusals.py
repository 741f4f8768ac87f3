"""What imports, their rows and discarded drafts may never be, said by the database itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.db import DatabaseError, connection, transaction

from tests.conftest import NOW
from tests.factories import ArticleFactory, CaptureFactory, IncidentFactory, accepted_claim
from tests.imports.tables import (
    FIRST,
    K7,
    K7_AGAIN,
    REFERRED_COLUMNS,
    SECOND,
    csv_of,
    imported,
    mapping,
    referred,
)
from tracker.imports.models import ImportedRow, MappedColumn, SheetImport, SheetMapping
from tracker.imports.services.undo import undo_import
from tracker.incidents.models import Claim, Incident, Restructuring, StrikeEvidence

if TYPE_CHECKING:
    from tracker.accounts.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def batch(coordinator: Person) -> SheetImport:
    """Two rows, standing."""
    return imported(csv_of(FIRST, SECOND), coordinator)


class _refused:  # noqa: N801  # reads as a function
    """A block that the database refuses, rolled back to before it."""

    def __init__(self, why: str) -> None:
        self._raises = pytest.raises(DatabaseError, match=why)
        self._atomic = transaction.atomic()

    def __enter__(self) -> None:
        self._raises.__enter__()
        self._atomic.__enter__()

    def __exit__(self, *failure: Any) -> bool | None:
        self._atomic.__exit__(*failure)
        return self._raises.__exit__(*failure)


def _row(batch: SheetImport, **values: Any) -> ImportedRow:
    given = {"batch": batch, "number": 99, "outcome": "REFUSED", "refusal": "DAY", "reason": "No."}
    given |= {"table": "Delta cases", "digest": "0" * 64}
    return ImportedRow.objects.create(**given | values)


def _created(batch: SheetImport, by: Person, **values: Any) -> ImportedRow:
    given = {"outcome": "CREATED", "refusal": "", "reason": "", "is_standing": True}
    given |= {"article": ArticleFactory(), "incident": IncidentFactory(created_by=by)}
    return _row(batch, **given | values)


def test_a_row_is_whole(batch: SheetImport, coordinator: Person) -> None:
    with _refused("imported_taken_whole"):
        _created(batch, coordinator, article=None)
    with _refused("imported_taken_whole"):
        _row(batch, article=ArticleFactory())
    with _refused("imported_taken_whole"):
        _row(batch, is_standing=True)
    with _refused("imported_refused_with_reason"):
        _row(batch, reason="")
    with _refused("imported_refused_with_reason"):
        _created(batch, coordinator, reason="But why")
    with _refused("imported_same_as_one"):
        _row(batch, outcome="SAME", refusal="", reason="")
    with _refused("imported_outcome_valid"):
        _row(batch, outcome="MAYBE", refusal="", reason="")
    with _refused("imported_refusal_valid"):
        _row(batch, refusal="MOOD")
    with _refused("imported_row_once"):
        _row(batch, number=2)
    with _refused("imported_rating_of_scale"):
        _row(batch, scale="SFM", rating="likely")


def test_words_and_numbers_stand_once(batch: SheetImport, coordinator: Person) -> None:
    first = ImportedRow.objects.filter(batch=batch).earliest("number")
    with _refused("imported_once_by_words"):
        _created(batch, coordinator, digest=first.digest)
    with _refused("imported_once_by_number"):
        _created(batch, coordinator, record_id="C-1")


def test_an_import_makes_drafts_and_decides_nothing(
    batch: SheetImport, coordinator: Person, reviewer: Person
) -> None:
    undo_import(batch_id=batch.pk, actor=coordinator.as_actor(), now=NOW, reason="Wrong sheet.")
    gone = ImportedRow.objects.filter(batch=batch).earliest("number").incident
    with _refused("makes drafts and nothing else"):
        _created(batch, coordinator, incident=gone)
    accepted = accepted_claim(by=reviewer)
    with _refused("proposes claims and decides none"):
        _created(batch, coordinator, article=accepted.article)


def test_a_row_joins_only_what_a_row_like_it_brought(
    batch: SheetImport, coordinator: Person
) -> None:
    brought = _created(batch, coordinator, number=90, record_id="K-1", incident_ref="K")
    joined = {"number": 91, "outcome": "JOINED", "incident_ref": "K", "before": brought}
    joined |= {"incident": brought.incident, "digest": "1" * 64}
    with _refused("imported_once_by_reference"):
        _created(batch, coordinator, number=92, digest="2" * 64, incident_ref="K")
    with _refused("imported_made_once"):
        _created(batch, coordinator, number=92, digest="2" * 64, incident=brought.incident)
    for wrong in (
        {"incident_ref": "L"},
        {"table": "Other cases"},
        {"before": None},
        {"before": ImportedRow.objects.filter(batch=batch).earliest("number")},
        {"incident": IncidentFactory(created_by=coordinator)},
    ):
        with _refused("joins the incident that a row like it brought"):
            _created(batch, coordinator, **joined | wrong)
    with _refused("imported_joined_by_reference"):
        nameless = _created(batch, coordinator, number=93, digest="3" * 64)
        values = {"incident_ref": "", "before": nameless, "incident": nameless.incident}
        _created(batch, coordinator, **joined | values)
    _created(batch, coordinator, **joined)


def test_results_only_fall(batch: SheetImport, coordinator: Person) -> None:
    rows = ImportedRow.objects.filter(batch=batch)
    with _refused("Cannot update"):
        rows.update(reason="Better")
    with _refused("Cannot update"):
        rows.update(is_standing=False, record_id="C-7")
    with _refused("Cannot delete"), connection.cursor() as cursor:
        cursor.execute("DELETE FROM imports_importedrow")
    rows.update(is_standing=False)
    with _refused("Cannot update"):
        rows.update(is_standing=True)


def test_an_import_stays_as_it_was(batch: SheetImport, coordinator: Person) -> None:
    imports = SheetImport.objects.filter(pk=batch.pk)
    with _refused("Cannot update"):
        imports.update(capture=CaptureFactory())
    with _refused("sheet_import_undo_whole"):
        imports.update(undone_by=coordinator)
    with _refused("Cannot delete"), connection.cursor() as cursor:
        cursor.execute("DELETE FROM imports_sheetimport")


def test_an_import_is_undone_with_all_that_it_made(batch: SheetImport, coordinator: Person) -> None:
    imports = SheetImport.objects.filter(pk=batch.pk)
    undone = {"undone_by": coordinator, "undone_at": NOW, "undo_reason": "Wrong sheet."}
    made = Incident.objects.filter(imported_rows__batch=batch)
    with _refused("only together with all that it made"):
        imports.update(**undone)
    Incident.objects.filter(pk__in=made.values("pk")).update(status="DISCARDED")
    with _refused("only together with all that it made"):
        imports.update(**undone)
    Claim.objects.filter(article__imported_row__batch=batch).update(withdrawn_at=NOW)
    with _refused("only together with all that it made"):
        imports.update(**undone)
    first = ImportedRow.objects.filter(batch=batch).earliest("number")
    ImportedRow.objects.filter(batch=batch).exclude(pk=first.pk).update(is_standing=False)
    with _refused("only together with all that it made"):
        imports.update(**undone)
    ImportedRow.objects.filter(pk=first.pk).update(is_standing=False)
    imports.update(**undone)
    with _refused("Cannot update"):
        imports.update(undone_by=None, undone_at=None, undo_reason="")


def test_an_import_is_not_undone_below_a_later_one(coordinator: Person) -> None:
    first = imported(referred(K7), coordinator, columns=REFERRED_COLUMNS)
    later = imported(referred(K7_AGAIN), coordinator, columns=REFERRED_COLUMNS)
    Incident.objects.filter(imported_rows__batch=first).update(status="DISCARDED")
    Claim.objects.filter(article__imported_row__batch=first).update(withdrawn_at=NOW)
    ImportedRow.objects.filter(batch=first).update(is_standing=False)
    undone = {"undone_by": coordinator, "undone_at": NOW, "undo_reason": "Wrong sheet."}
    with _refused("only together with all that it made"):
        SheetImport.objects.filter(pk=first.pk).update(**undone)
    Claim.objects.filter(article__imported_row__batch=later).update(withdrawn_at=NOW)
    ImportedRow.objects.filter(batch=later).update(is_standing=False)
    SheetImport.objects.filter(pk=later.pk).update(**undone)
    SheetImport.objects.filter(pk=first.pk).update(**undone)


def test_a_mapping_is_whole_and_never_changes(coordinator: Person) -> None:
    kept = mapping(coordinator)
    values = {"team": "Desk", "made_by": coordinator, "made_at": NOW}
    with _refused("mapping_version_once"):
        SheetMapping.objects.create(name=kept.name, version=1, **values)
    with _refused("mapping_named"):
        SheetMapping.objects.create(name="", version=1, **values)
    with _refused("mapping_has_headings"):
        SheetMapping.objects.create(name="Other", version=1, heading_row=0, **values)
    for field in ("encoding", "delimiter", "day_order", "scale"):
        with _refused(f"mapping_{field}_valid"):
            SheetMapping.objects.create(name="Other", version=1, **{field: "X"}, **values)
    with _refused("mapped_field_valid"):
        MappedColumn.objects.create(mapping=kept, heading="Other", field="MOOD")
    with _refused("mapped_field_once"):
        MappedColumn.objects.create(mapping=kept, heading="Other", field="DATE")
    with _refused("mapped_heading_once"):
        MappedColumn.objects.create(mapping=kept, heading="Day", field="NOTE")
    with _refused("Cannot update"):
        SheetMapping.objects.update(team="Other")
    with _refused("Cannot update"):
        MappedColumn.objects.update(field="NOTE")


def test_only_an_unused_draft_is_discarded_and_for_good(
    coordinator: Person, reviewer: Person
) -> None:
    draft = IncidentFactory(created_by=coordinator)
    incidents = Incident.objects.filter(pk=draft.pk)
    claim = accepted_claim(by=reviewer, incident=draft)
    with _refused("something rests on the incident"):
        incidents.update(status="DISCARDED")
    other = IncidentFactory(created_by=coordinator)
    StrikeEvidence.objects.create(
        incident=other, kind="IMAGERY", entered_by=coordinator, entered_at=NOW
    )
    with _refused("something rests on the incident"):
        Incident.objects.filter(pk=other.pk).update(status="DISCARDED")
    gone = IncidentFactory(created_by=coordinator)
    Incident.objects.filter(pk=gone.pk).update(status="DISCARDED")
    with _refused("Cannot update"):
        Incident.objects.filter(pk=gone.pk).update(title="Other")
    with _refused("Cannot update|Invalid transition"):
        Incident.objects.filter(pk=gone.pk).update(status="DRAFT")
    with _refused("discarded and takes no claim"):
        Claim.objects.filter(pk=claim.pk).update(
            incident=gone, revision=claim.revision + 1, decided_by=reviewer
        )
    with _refused("discarded and takes nothing"):
        StrikeEvidence.objects.create(
            incident=gone, kind="IMAGERY", entered_by=coordinator, entered_at=NOW
        )
    with _refused("both incidents have to stand"):
        Restructuring.objects.create(
            kind="MERGE",
            source=draft,
            target=gone,
            pre_image={},
            by=reviewer,
            at=NOW,
            reason="One.",
        )
