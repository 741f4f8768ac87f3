"""An import is undone whole, as long as nothing rests on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.conftest import NOW
from tests.imports.tables import FIRST, SECOND, csv_of, imported
from tracker.audit.models import AuditEvent
from tracker.core.errors import InvalidInput, NotAllowed
from tracker.imports.models import ImportedRow
from tracker.imports.services.undo import UnableToUndo, undo_import
from tracker.incidents.choices import ClaimState, IncidentStatus
from tracker.incidents.models import Claim, Incident
from tracker.incidents.selectors.claims import list_claims_of
from tracker.incidents.services.contribution import Discarded
from tracker.incidents.services.incidents import IncidentFields, edit_incident, record_evidence
from tracker.sources.models import Article
from tracker.verification.models import ReviewTask
from tracker.verification.services.decisions import accept_claim
from tracker.verification.services.leases import lease_task

if TYPE_CHECKING:
    from tracker.accounts.models import Person
    from tracker.imports.models import SheetImport

pytestmark = pytest.mark.django_db


def _undo(batch: SheetImport, by: Person, reason: str = "The wrong sheet.") -> SheetImport:
    return undo_import(batch_id=batch.pk, actor=by.as_actor(), now=NOW, reason=reason)


@pytest.fixture
def batch(coordinator: Person) -> SheetImport:
    """Two rows."""
    return imported(csv_of(FIRST, SECOND), coordinator)


def test_what_it_made_is_gone_from_work_and_stays_on_record(
    batch: SheetImport, reviewer: Person
) -> None:
    _undo(batch, reviewer)

    assert {i.status for i in Incident.objects.all()} == {IncidentStatus.DISCARDED}
    assert not list_claims_of(list(Article.objects.values_list("pk", flat=True))).exists()
    assert {t.state for t in ReviewTask.objects.all()} == {"IRRELEVANT"}
    assert ImportedRow.objects.filter(batch=batch).count() == 2
    batch.refresh_from_db()
    assert (batch.undone_by, batch.undo_reason) == (reviewer, "The wrong sheet.")
    line = AuditEvent.objects.get(action="sheet.undo")
    assert line.changes == {"incidents": 2, "claims": 4}
    assert AuditEvent.objects.filter(action="incident.discard").count() == 2


def test_after_an_undo_the_file_comes_in_again(batch: SheetImport, coordinator: Person) -> None:
    _undo(batch, coordinator)

    again = imported(csv_of(FIRST, SECOND), coordinator)

    assert [row.outcome for row in ImportedRow.objects.filter(batch=again)] == ["CREATED"] * 2


def test_a_discarded_draft_takes_nothing(batch: SheetImport, coordinator: Person) -> None:
    _undo(batch, coordinator)
    gone = Incident.objects.earliest("pk")

    with pytest.raises(Discarded, match="was discarded"):
        edit_incident(
            incident_id=gone.pk,
            expected_revision=gone.revision,
            fields=IncidentFields(title="Other"),
            actor=coordinator.as_actor(),
            now=NOW,
            reason="It is another.",
        )


def test_an_accepted_claim_stands_in_the_way(batch: SheetImport, coordinator: Person) -> None:
    row = ImportedRow.objects.filter(batch=batch).earliest("number")
    claim = Claim.objects.filter(article=row.article).earliest("pk")
    task = lease_task(
        task_id=row.article.task.pk,  # type: ignore[union-attr]  # it was created
        actor=coordinator.as_actor(),
        now=NOW,
    )
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

    with pytest.raises(UnableToUndo) as refusal:
        _undo(batch, coordinator)

    told = str(refusal.value)
    assert f"{row.incident} was changed since." in told
    assert "A claim of row 2 is accepted." in told
    assert "Task" in told
    claim.refresh_from_db()
    assert (claim.state, claim.withdrawn_at) == (ClaimState.ACCEPTED, None)
    assert not Incident.objects.filter(status=IncidentStatus.DISCARDED).exists()


def test_evidence_on_a_draft_stands_in_the_way(
    batch: SheetImport, researcher: Person, coordinator: Person
) -> None:
    record_evidence(
        incident_id=Incident.objects.earliest("pk").pk,
        kind="IMAGERY",
        party_name="",
        article_id=None,
        note="A crater.",
        actor=researcher.as_actor(),
        now=NOW,
    )

    with pytest.raises(UnableToUndo, match="refer to what it made"):
        _undo(batch, coordinator)


def test_it_is_undone_once_with_a_reason_by_who_may(
    batch: SheetImport, coordinator: Person, researcher: Person
) -> None:
    with pytest.raises(NotAllowed):
        _undo(batch, researcher)
    with pytest.raises(InvalidInput, match="why"):
        _undo(batch, coordinator, reason=" ")
    _undo(batch, coordinator)
    with pytest.raises(UnableToUndo, match="already"):
        _undo(batch, coordinator)
