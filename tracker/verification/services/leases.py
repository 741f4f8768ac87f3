"""Holds on review tasks: one person at a time, for a while, with a fencing number."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.db.models import F, Q

from tracker.accounts.permissions import Right, require_right
from tracker.audit.services.record import line_parameters, lines_within, record_event
from tracker.core.actor import machine
from tracker.core.errors import DomainError, NotFound
from tracker.verification.choices import TaskState
from tracker.verification.models import ReviewTask
from tracker.verification.models.task import LIKELIEST
from tracker.verification.selectors.closed import CODED_BLIND, blind_task_ids, refuse_blind

if TYPE_CHECKING:
    from datetime import datetime

    from tracker.core.actor import Actor

LEASE_LASTS = timedelta(minutes=20)
_EXPIRED_PER_SWEEP = 200
_MOST_AT_ONCE = 500
_COLUMNS = [column.attname for column in ReviewTask._meta.concrete_fields]  # noqa: SLF001  # _meta is Django's documented API
#: One statement, so that many people at once neither wait for each other nor hold a row longer
#: than one trip to the database takes.
TAKE_NEXT = f"""
    WITH taken AS (
        UPDATE verification_reviewtask
        SET state = 'LEASED', holder_id = %(person)s, held_until = %(until)s, fence = fence + 1
        WHERE id = (
            SELECT id FROM verification_reviewtask
            WHERE state = 'QUEUED' AND waits_for = ''
                AND id NOT IN ({CODED_BLIND})
                AND (%(among)s::bigint[] IS NULL OR id = ANY(%(among)s::bigint[]))
            ORDER BY coalesce(relevance, 101) DESC, queued_at, id
            LIMIT 1 FOR UPDATE SKIP LOCKED
        )
        RETURNING *
    ), told AS ({lines_within(rows="taken", changes="jsonb_build_object('fence', fence)")})
    SELECT {", ".join(_COLUMNS)} FROM taken
"""  # noqa: S608  # words of the code, no value of anybody


class UnableToLease(DomainError):
    """Somebody else has the task, or nothing is left to do in it."""

    code = "unable_to_lease"


class LostLease(DomainError):
    """The hold ran out or passed to somebody else; nothing was written."""

    code = "lost_lease"


@transaction.atomic
def lease_task(*, task_id: int, actor: Actor, now: datetime) -> ReviewTask:
    """Take the task, or renew it with the same fence where the actor has it already.

    Raises NotFound, NotAllowed, UnableToLease naming who has it until when.
    """
    require_right(actor, Right.DECIDE_CLAIMS)
    refuse_blind(task_id=task_id, viewer=actor)
    task = _lock(task_id)
    if task.state == TaskState.LEASED and task.held_until is not None and task.held_until > now:
        if task.holder_id == actor.id:
            return _renew(task, now)
        raise UnableToLease(
            f"{task.holder} has this task until {task.held_until:%H:%M} UTC; take another one."
        )
    if task.state not in {TaskState.QUEUED, TaskState.LEASED}:
        raise UnableToLease(f"This task is {task.get_state_display()}; nothing waits in it.")
    return _take(task, actor, now)


def lease_next(*, actor: Actor, now: datetime, wanted: Q | None = None) -> ReviewTask | None:
    """Take the likeliest task, of equals the one that waits longest; None if none waits.

    Tasks that others are just taking, and those set aside, are passed by. ``wanted`` narrows it
    to the tasks of a filter.

    Where none waits, one whose hold ran out and that no sweep has put back yet.
    """
    require_right(actor, Right.DECIDE_CLAIMS)
    taking = {
        "among": None if wanted is None else _first_of(wanted),
        "person": actor.id,
        "until": now + LEASE_LASTS,
        **line_parameters(actor=actor, action="task.lease", target=ReviewTask, now=now),
    }
    with connection.cursor() as cursor:
        cursor.execute(TAKE_NEXT, taking)
        row = cursor.fetchone()
    if row is None:
        return _take_run_out(actor, now, wanted=wanted)
    return ReviewTask.from_db(connection.alias, _COLUMNS, row)


@transaction.atomic
def release_task(*, task_id: int, fence: int, actor: Actor, now: datetime) -> ReviewTask:
    """Put the task back into the queue. Raises LostLease where it is no longer the actor's."""
    task = require_lease(task_id=task_id, fence=fence, actor=actor, now=now)
    return _put_back(task, actor, now, action="task.release")


@transaction.atomic
def expire_leases(*, now: datetime, limit: int = _EXPIRED_PER_SWEEP) -> int:
    """Put tasks whose hold ran out back into the queue; return how many."""
    expired = list(
        ReviewTask.objects.select_for_update(skip_locked=True)
        .filter(state=TaskState.LEASED, held_until__lte=now)
        .order_by("held_until", "id")[:limit]
    )
    for task in expired:
        _put_back(task, machine("sweep"), now, action="task.expire")
    return len(expired)


def require_lease(*, task_id: int, fence: int, actor: Actor, now: datetime) -> ReviewTask:
    """Lock the task and renew the actor's hold; every write of the workbench begins here.

    Raises NotFound, NotAllowed, LostLease. Must run inside the caller's transaction.
    """
    require_right(actor, Right.DECIDE_CLAIMS)
    task = _lock(task_id)
    if task.state != TaskState.LEASED or task.holder_id != actor.id or task.fence != fence:
        raise LostLease(
            "This task is no longer yours: your hold ran out. What you typed is kept; "
            "take the task again to go on."
        )
    if task.held_until is None or task.held_until <= now:
        raise LostLease(
            "Your hold on this task ran out. What you typed is kept; take the task again to go on."
        )
    return _renew(task, now)


def _lock(task_id: int) -> ReviewTask:
    task = ReviewTask.objects.select_for_update(of=("self",)).filter(pk=task_id).first()
    if task is None:
        raise NotFound(f"There is no task {task_id}.")
    return task


def _first_of(wanted: Q) -> list[int]:
    """More of a filter's tasks than there are people who take one at the same moment."""
    found = ReviewTask.objects.filter(wanted, state=TaskState.QUEUED, waits_for="")
    ordered = found.order_by(LIKELIEST.desc(), "queued_at", "id")
    return list(ordered.values_list("pk", flat=True)[:_MOST_AT_ONCE])


@transaction.atomic
def _take_run_out(actor: Actor, now: datetime, *, wanted: Q | None) -> ReviewTask | None:
    """One whose hold ran out and that no sweep has put back yet."""
    run_out = ReviewTask.objects.select_for_update(of=("self",), skip_locked=True).filter(
        wanted or Q(), state=TaskState.LEASED, held_until__lte=now, waits_for=""
    )
    task = run_out.exclude(pk__in=blind_task_ids(actor)).order_by("held_until", "id").first()
    return None if task is None else _take(task, actor, now)


def _take(task: ReviewTask, actor: Actor, now: datetime) -> ReviewTask:
    if task.state == TaskState.LEASED:  # run out, and not swept yet
        task = _put_back(task, machine("sweep"), now, action="task.expire")
    task.state = TaskState.LEASED
    task.holder_id = actor.id
    task.held_until = now + LEASE_LASTS
    task.fence = F("fence") + 1
    task.save(update_fields=["state", "holder", "held_until", "fence"])
    task.refresh_from_db()
    record_event(
        actor=actor, action="task.lease", target=task, now=now, changes={"fence": task.fence}
    )
    return task


def _renew(task: ReviewTask, now: datetime) -> ReviewTask:
    task.held_until = now + LEASE_LASTS
    task.save(update_fields=["held_until"])
    return task


def _put_back(task: ReviewTask, actor: Actor, now: datetime, *, action: str) -> ReviewTask:
    task.state = TaskState.QUEUED
    task.holder = None
    task.held_until = None
    task.save(update_fields=["state", "holder", "held_until"])
    record_event(actor=actor, action=action, target=task, now=now)
    return task
