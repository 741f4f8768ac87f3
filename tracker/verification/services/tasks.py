"""Decisions about a whole article, and the end of a task."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from tracker.accounts.permissions import Right, require_right
from tracker.audit.services.record import record_event
from tracker.core.errors import DomainError, InvalidInput, NotFound
from tracker.core.reasons import checked_reason
from tracker.incidents.choices import ClaimState, Scope
from tracker.incidents.models import Claim
from tracker.incidents.selectors.claims import list_claims_of
from tracker.sources.models import Article
from tracker.verification.choices import CLOSED_STATES, TaskState
from tracker.verification.models import ReviewTask
from tracker.verification.services.draw import draw_task
from tracker.verification.services.leases import require_lease
from tracker.verification.services.set_aside import forget_aside

if TYPE_CHECKING:
    from datetime import datetime

    from tracker.core.actor import Actor

_SAY_WHY = "Say why in a few words."


class UnableToClose(DomainError):
    """Something in the task still waits for a decision."""

    code = "unable_to_close"


@transaction.atomic
def mark_irrelevant(
    *, task_id: int, fence: int, actor: Actor, now: datetime, reason: str
) -> ReviewTask:
    """Close the task: the article reports no harm to people. Raises UnableToClose, LostLease."""
    task = require_lease(task_id=task_id, fence=fence, actor=actor, now=now)
    reason = checked_reason(reason, missing=_SAY_WHY)
    _require_nothing_accepted(task)
    return _close(task, TaskState.IRRELEVANT, actor=actor, now=now, reason=reason)


@transaction.atomic
def mark_duplicate(
    *,
    task_id: int,
    fence: int,
    original_article_id: int,
    actor: Actor,
    now: datetime,
    reason: str,
) -> ReviewTask:
    """Close the task: another article holds the same text and is the one to read."""
    task = require_lease(task_id=task_id, fence=fence, actor=actor, now=now)
    reason = checked_reason(reason, missing=_SAY_WHY)
    _require_nothing_accepted(task)
    if original_article_id == task.article_id:
        raise InvalidInput("An article can't be a duplicate of itself; name the other one.")
    if not Article.objects.filter(pk=original_article_id).exists():
        raise NotFound(f"There is no article {original_article_id}.")
    task.duplicate_of_id = original_article_id
    return _close(task, TaskState.DUPLICATE, actor=actor, now=now, reason=reason)


@transaction.atomic
def finish_task(*, task_id: int, fence: int, actor: Actor, now: datetime) -> ReviewTask:
    """Close the task: every claim is decided, every accepted one of this event has an incident."""
    task = require_lease(task_id=task_id, fence=fence, actor=actor, now=now)
    claims = list_claims_of([task.article_id])
    open_claims = claims.filter(state=ClaimState.PROPOSED).count()
    if open_claims:
        raise UnableToClose(f"Still open: {_claims(open_claims)}; decide first.")
    loose = claims.filter(
        state=ClaimState.ACCEPTED, scope=Scope.INCIDENT, incident__isnull=True
    ).count()
    if loose:
        raise UnableToClose(f"Accepted, but on no incident yet: {_claims(loose)}; link first.")
    return _close(task, TaskState.CODED, actor=actor, now=now, reason="")


@transaction.atomic
def reopen_task(*, task_id: int, actor: Actor, now: datetime, reason: str) -> ReviewTask:
    """Put a closed task back into the queue, with a reason."""
    require_right(actor, Right.REOPEN_TASKS)
    reason = checked_reason(reason, missing=_SAY_WHY)
    task = ReviewTask.objects.select_for_update(of=("self",)).filter(pk=task_id).first()
    if task is None:
        raise NotFound(f"There is no task {task_id}.")
    if task.state not in CLOSED_STATES:
        raise UnableToClose(f"This task is {task.get_state_display()}; only a closed one reopens.")
    before = task.state
    task.state = TaskState.QUEUED
    task.queued_at = now
    task.decided_by = None
    task.decided_at = None
    task.decision_reason = ""
    task.duplicate_of = None
    task.save()
    record_event(
        actor=actor,
        action="task.reopen",
        target=task,
        now=now,
        reason=reason,
        changes={"state": [before, task.state]},
    )
    return task


def _claims(number: int) -> str:
    return "one claim" if number == 1 else f"{number} claims"


def _close(
    task: ReviewTask, state: TaskState, *, actor: Actor, now: datetime, reason: str
) -> ReviewTask:
    task.state = state
    task.holder = None
    task.held_until = None
    task.decided_by_id = actor.id
    task.decided_at = now
    task.decision_reason = reason
    forget_aside(task)
    task.save()
    record_event(
        actor=actor,
        action=f"task.{state.value.lower()}",
        target=task,
        now=now,
        reason=reason,
        changes={"state": [TaskState.LEASED.value, state.value]},
    )
    if state != TaskState.DUPLICATE:  # there is nothing to code in another copy of a text
        draw_task(task, now=now)
    return task


def _require_nothing_accepted(task: ReviewTask) -> None:
    if Claim.objects.filter(article_id=task.article_id, state=ClaimState.ACCEPTED).exists():
        raise UnableToClose(
            "Claims of this article were accepted; reject them first, or finish the task instead."
        )
