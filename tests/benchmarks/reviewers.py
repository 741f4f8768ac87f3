"""Processes that reach for tasks as people do, all at once, by the services of the product."""

from __future__ import annotations

import multiprocessing
import time
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from django.db import connection, transaction

import tests.benchmarks.configured  # noqa: F401  # before the models
from tests.benchmarks.waiting_tasks import NOW
from tracker.accounts.permissions import Right, require_right
from tracker.audit.services.record import record_event
from tracker.verification.choices import TaskState
from tracker.verification.models import ReviewTask
from tracker.verification.models.task import LIKELIEST
from tracker.verification.services import leases
from tracker.verification.services.tasks import finish_task

if TYPE_CHECKING:
    from datetime import datetime
    from multiprocessing.context import ForkServerProcess
    from multiprocessing.queues import Queue
    from multiprocessing.synchronize import Barrier

    from tracker.audit.services.record import Value
    from tracker.core.actor import Actor

PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload([__name__])
#: The product's statement but for two words: whoever comes second waits for the first.
_WAITING = leases.TAKE_NEXT.replace(" SKIP LOCKED", "")
_PATIENCE = 180.0


@dataclass(frozen=True, slots=True)
class Clock:
    """The time that services are told: a hold of 20 minutes runs out after two seconds."""

    began: float
    speed: float = leases.LEASE_LASTS.total_seconds() / 2

    def now(self) -> datetime:
        """The same in every process of this machine."""
        return NOW + (time.monotonic() - self.began) * self.speed * timedelta(seconds=1)


class Way(StrEnum):
    """How a task is taken: as the product does it, and two ways that wait instead."""

    SKIP_LOCKED = "by SKIP LOCKED, one statement"
    WAITING_STATEMENT = "by the same statement with a plain FOR UPDATE"
    WAITING_TRANSACTION = "by a transaction with a plain FOR UPDATE, as usually written"


@dataclass(frozen=True, slots=True)
class _Round:
    """What all who take part in a round are told; ``taken`` is what they answer."""

    database: str
    way: Way
    seconds: float
    together: Barrier
    taken: Queue[int]


def start_reviewer(actor: Actor, clock: Clock) -> ForkServerProcess:
    """One who takes tasks and finishes them until none is open."""
    process = PROCESSES.Process(
        target=_review, args=(connection.settings_dict["NAME"], actor, clock), daemon=True
    )
    process.start()
    return process


def leases_a_second(actors: list[Actor], *, way: Way, seconds: float) -> float:
    """Tasks taken by all of these people at once, each by a process of its own."""
    round_ = _Round(
        database=connection.settings_dict["NAME"],
        way=way,
        seconds=seconds,
        together=PROCESSES.Barrier(len(actors) + 1),
        taken=PROCESSES.Queue(),
    )
    people = [
        PROCESSES.Process(target=_take_on, args=(round_, actor), daemon=True) for actor in actors
    ]
    for person in people:
        person.start()
    round_.together.wait(timeout=_PATIENCE)
    total = sum(round_.taken.get(timeout=seconds + _PATIENCE) for _ in people)
    for person in people:
        person.join()
    return total / seconds


def _take_on(round_: _Round, actor: Actor) -> None:
    take = _by_transaction if round_.way == Way.WAITING_TRANSACTION else leases.lease_next
    if round_.way == Way.WAITING_STATEMENT:
        leases.TAKE_NEXT = _WAITING
    connection.settings_dict["NAME"] = round_.database
    connection.ensure_connection()
    round_.together.wait(timeout=_PATIENCE)
    ends = time.monotonic() + round_.seconds
    count = 0
    while time.monotonic() < ends and take(actor=actor, now=NOW) is not None:
        count += 1
    round_.taken.put(count)


@transaction.atomic
def _by_transaction(*, actor: Actor, now: datetime) -> ReviewTask | None:
    """Lock the first that waits, change it, write the audit line: a trip to the database each."""
    require_right(actor, Right.DECIDE_CLAIMS)
    waiting = ReviewTask.objects.filter(state=TaskState.QUEUED, waits_for="")
    ordered = waiting.order_by(LIKELIEST.desc(), "queued_at", "id")
    task = ordered.select_for_update().first()
    if task is None:
        return None
    task.state, task.holder_id = TaskState.LEASED, actor.id
    task.held_until, task.fence = now + leases.LEASE_LASTS, task.fence + 1
    task.save(update_fields=["state", "holder", "held_until", "fence"])
    changes: dict[str, Value] = {"fence": task.fence}
    record_event(actor=actor, action="task.lease", target=task, now=now, changes=changes)
    return task


def _review(database: str, actor: Actor, clock: Clock) -> None:
    connection.settings_dict["NAME"] = database
    beginner = multiprocessing.parent_process()
    while beginner is not None and beginner.is_alive():
        task = leases.lease_next(actor=actor, now=clock.now())
        if task is not None:
            _finish(task, actor, clock)
        elif not ReviewTask.objects.exclude(state=TaskState.CODED).exists():
            return
        else:
            time.sleep(0.05)


def _finish(task: ReviewTask, actor: Actor, clock: Clock) -> None:
    try:
        finish_task(task_id=task.pk, fence=task.fence, actor=actor, now=clock.now())
    except leases.LostLease:
        return  # frozen past its hold: somebody else has it
