"""Tasks that can't be done now: they stay in the queue, and are not given out as the next one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from tracker.audit.services.record import record_event
from tracker.core.actor import machine
from tracker.core.errors import InvalidInput
from tracker.core.reasons import checked_reason
from tracker.verification.choices import TaskState, WaitsFor
from tracker.verification.models import ReviewTask
from tracker.verification.services.leases import require_lease

if TYPE_CHECKING:
    from datetime import date, datetime

    from tracker.core.actor import Actor

_RETURNED_PER_SWEEP = 200


@transaction.atomic
def set_aside(
    *,
    task_id: int,
    fence: int,
    waits_for: str,
    waits_until: date | None,
    actor: Actor,
    now: datetime,
    reason: str,
) -> ReviewTask:
    """Give the task back for somebody who reads its language, for a split, or until a day.

    What was decided in it stays. "" as ``waits_for`` = it can be done now, by anybody. Raises
    InvalidInput, LostLease.
    """
    task = require_lease(task_id=task_id, fence=fence, actor=actor, now=now)
    if waits_for not in {"", *WaitsFor.values}:
        raise InvalidInput(f"{waits_for} is nothing that a task waits for.")
    reason = checked_reason(reason, missing="Say why in a few words.")
    if (waits_for == WaitsFor.LATER) != (waits_until is not None):
        raise InvalidInput("A deferred task, and only that, has a day on which it comes back.")
    if waits_until is not None and waits_until <= now.date():
        raise InvalidInput("The day on which it comes back lies in the future.")
    before = task.waits_for
    task.waits_for = waits_for
    task.waits_until = waits_until
    task.aside_by_id = actor.id if waits_for else None
    task.aside_reason = reason if waits_for else ""
    task.state, task.holder, task.held_until = TaskState.QUEUED, None, None
    task.save()
    record_event(
        actor=actor,
        action="task.set_aside",
        target=task,
        now=now,
        reason=reason,
        changes={"waits_for": [before, waits_for]},
    )
    return task


@transaction.atomic
def return_deferred(*, now: datetime, limit: int = _RETURNED_PER_SWEEP) -> int:
    """Let tasks whose day has come be given out again; return how many."""
    due = list(
        ReviewTask.objects.select_for_update(skip_locked=True)
        .filter(waits_for=WaitsFor.LATER, waits_until__lte=now.date())
        .order_by("waits_until", "id")[:limit]
    )
    for task in due:
        forget_aside(task)
        task.save(update_fields=["waits_for", "waits_until", "aside_by", "aside_reason"])
        record_event(
            actor=machine("sweep"),
            action="task.due",
            target=task,
            now=now,
            changes={"waits_for": [WaitsFor.LATER.value, ""]},
        )
    return len(due)


def forget_aside(task: ReviewTask) -> None:
    """The unsaved task waits for nothing any more."""
    task.waits_for = task.aside_reason = ""
    task.waits_until = task.aside_by = None
