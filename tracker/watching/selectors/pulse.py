"""Which workers live, which queues nobody consumes, and what each minute brought."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tracker.core.jobs import QUEUES
from tracker.watching.choices import Stage
from tracker.watching.models import StageMinute, WorkerHeartbeat
from tracker.watching.rules.limits import lives, unattended

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class Worker:
    """A worker and whether it lives; ``said_goodbye``: it was told to stop."""

    name: str
    queues: list[str]
    started_at: datetime
    seen_at: datetime
    tasks_done: int
    lives: bool
    said_goodbye: bool


def list_workers(*, now: datetime) -> list[Worker]:
    """Those that live first, then those last heard of."""
    rows = WorkerHeartbeat.objects.order_by("-seen_at", "name")
    workers = [
        Worker(
            name=row.name,
            queues=row.queues,
            started_at=row.started_at,
            seen_at=row.seen_at,
            tasks_done=row.tasks_done,
            lives=lives(seen_at=row.seen_at, ended_at=row.ended_at, now=now),
            said_goodbye=row.ended_at is not None,
        )
        for row in rows
    ]
    return sorted(workers, key=lambda worker: not worker.lives)


def unattended_queues(workers: Sequence[Worker]) -> list[str]:
    """Queues that none of the workers, as far as it lives, consumes; in the pipeline's order."""
    return unattended(QUEUES, consumed=[worker.queues for worker in workers if worker.lives])


def minutes_by_stage(*, since: datetime) -> dict[Stage, list[StageMinute]]:
    """For every stage the minutes in which it did something, the earliest first; one query."""
    found: dict[Stage, list[StageMinute]] = {stage: [] for stage in Stage}
    for row in StageMinute.objects.filter(minute__gte=since).order_by("minute"):
        found[Stage(row.stage)].append(row)
    return found
