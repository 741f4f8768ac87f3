"""Where a task stands: in one state, or in the queue and set aside."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count

from tracker.verification.choices import SHELVES, TaskState, WaitsFor
from tracker.verification.models import ReviewTask

if TYPE_CHECKING:
    from django.db.models import Q, QuerySet


@dataclass(frozen=True, slots=True)
class ShelfCount:
    """How many tasks are on one shelf."""

    shelf: TaskState | WaitsFor
    count: int


def waiting_tasks() -> QuerySet[ReviewTask]:
    """Those that anybody may be given next: in the queue, and not set aside."""
    return ReviewTask.objects.filter(state=TaskState.QUEUED, waits_for="")


def tasks_on(shelf: TaskState | WaitsFor) -> QuerySet[ReviewTask]:
    """The tasks of one shelf; each task in nobody's hands is on exactly one."""
    if isinstance(shelf, WaitsFor):
        return ReviewTask.objects.filter(state=TaskState.QUEUED, waits_for=shelf)
    return waiting_tasks() if shelf is TaskState.QUEUED else ReviewTask.objects.filter(state=shelf)


def count_shelves(passes: Q | None = None) -> list[ShelfCount]:
    """How many tasks are on each shelf; with ``passes`` only of those."""
    counts: dict[str, int] = {}
    tasks = ReviewTask.objects.all() if passes is None else ReviewTask.objects.filter(passes)
    rows = tasks.order_by("state", "waits_for").values_list("state", "waits_for")
    for state, waits_for, number in rows.annotate(n=Count("id")):
        key = waits_for if state == TaskState.QUEUED and waits_for else state
        counts[key] = counts.get(key, 0) + number
    return [ShelfCount(shelf, counts.get(shelf.value, 0)) for shelf in SHELVES]
