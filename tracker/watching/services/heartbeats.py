"""Workers tell that they live; what has not been heard of for long is forgotten."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from tracker.watching.models import WorkerHeartbeat

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

FORGOTTEN_AFTER = timedelta(days=2)


def beat(
    *, name: str, process_id: int, queues: Sequence[str], tasks_done: int, now: datetime
) -> None:
    """This worker lives and consumes these queues; a restart begins anew."""
    known = WorkerHeartbeat.objects.filter(name=name, process_id=process_id, ended_at=None)
    if known.update(seen_at=now, tasks_done=tasks_done, queues=list(queues)):
        return
    WorkerHeartbeat.objects.update_or_create(
        name=name,
        defaults={
            "process_id": process_id,
            "queues": list(queues),
            "started_at": now,
            "seen_at": now,
            "ended_at": None,
            "tasks_done": tasks_done,
        },
    )


def say_goodbye(*, name: str, now: datetime) -> None:
    """This worker was told to stop."""
    WorkerHeartbeat.objects.filter(name=name, ended_at=None).update(ended_at=now)


def forget_workers(*, now: datetime) -> int:
    """Drop the rows of those not heard of for two days; return how many."""
    old = WorkerHeartbeat.objects.filter(seen_at__lt=now - FORGOTTEN_AFTER)
    return old.delete()[0]
