"""Undo a whole import, as long as nothing since rests on what it made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F

from tracker.accounts.permissions import Right, require_right
from tracker.audit.services.record import record_event, record_events
from tracker.core.errors import DomainError
from tracker.core.reasons import checked_reason
from tracker.imports.choices import RowOutcome
from tracker.imports.models import ImportedRow, SheetImport
from tracker.imports.selectors.batches import get_import
from tracker.imports.selectors.undoing import conflicts_of_import
from tracker.incidents.choices import IncidentStatus
from tracker.incidents.models import Claim, Incident
from tracker.verification.choices import TaskState
from tracker.verification.models import ReviewTask

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from tracker.core.actor import Actor

_SAID = 3
_AT_A_TIME = 500
_CLOSED = "The import of its table was undone."


class UnableToUndo(DomainError):
    """Something rests on what the import made; the message says what."""

    code = "unable_to_undo"


@transaction.atomic
def undo_import(*, batch_id: int, actor: Actor, now: datetime, reason: str) -> SheetImport:
    """Discard the drafts, withdraw the proposals and close the tasks of an import, or nothing.

    Its rows and their passages stay in the tables, and a later import may bring them again.
    Raises NotAllowed, NotFound, InvalidInput without a reason, UnableToUndo.
    """
    require_right(actor, Right.IMPORT_SHEETS)
    reason = checked_reason(reason, missing="Say in a few words why the import is undone.")
    get_import(batch_id)
    batch = SheetImport.objects.select_for_update().get(pk=batch_id)
    if batch.undone_at is not None:
        raise UnableToUndo(f"{batch} was undone already.".capitalize())
    made = ImportedRow.objects.filter(batch=batch, is_standing=True)
    # Claims before incidents and tasks, as who decides a claim locks them.
    claims = _locked(Claim, made, "article")
    incidents = _locked(Incident, made.filter(outcome=RowOutcome.CREATED), "pk")
    tasks = _locked(ReviewTask, made, "article")
    conflicts = conflicts_of_import(batch)
    if conflicts:
        more = len(conflicts) - _SAID
        told = [*conflicts[:_SAID], *([f"And {more} more."] if more > 0 else [])]
        raise UnableToUndo(" ".join(told))
    for some in _pieces(claims):
        Claim.objects.filter(pk__in=some).update(withdrawn_at=now)
    for some in _pieces(incidents):
        Incident.objects.filter(pk__in=some).update(
            status=IncidentStatus.DISCARDED, revision=F("revision") + 1
        )
    for some in _pieces(tasks):
        _close(some, actor=actor, now=now)
    record_events(
        actor=actor,
        action="incident.discard",
        now=now,
        lines=[(Incident(pk=pk), {"import": batch.pk}) for pk in incidents],
    )
    for some in _pieces(list(made.values_list("pk", flat=True))):
        ImportedRow.objects.filter(pk__in=some).update(is_standing=False)
    batch.undone_by_id, batch.undone_at = actor.person_id, now
    batch.undo_reason = reason
    batch.save(update_fields=["undone_by", "undone_at", "undo_reason"])
    record_event(
        actor=actor,
        action="sheet.undo",
        target=batch,
        now=now,
        reason=reason,
        changes={"incidents": len(incidents), "claims": len(claims)},
    )
    return batch


def _locked(model: type[Claim | Incident | ReviewTask], made: object, by: str) -> list[int]:
    column = "incident" if by == "pk" else "article"
    rows = model._default_manager.filter(**{f"{by}__in": made.values(column)})  # type: ignore[attr-defined]  # noqa: SLF001
    return list(rows.select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True))


def _pieces(ids: list[int]) -> Iterator[list[int]]:
    """So many at a time that each statement ends long before its time is up."""
    for at in range(0, len(ids), _AT_A_TIME):
        yield ids[at : at + _AT_A_TIME]


def _close(tasks: list[int], *, actor: Actor, now: datetime) -> None:
    """Taken by whoever undoes it, and closed at once."""
    rows = ReviewTask.objects.filter(pk__in=tasks)
    rows.update(
        state=TaskState.LEASED, holder_id=actor.person_id, held_until=now, fence=F("fence") + 1
    )
    rows.update(
        state=TaskState.IRRELEVANT,
        holder=None,
        held_until=None,
        decided_by_id=actor.person_id,
        decided_at=now,
        decision_reason=_CLOSED,
    )
