"""What the audit log tells of holds: read back line by line, task after task."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from tracker.audit.models import AuditEvent

_LINES = ("id", "target_id", "action", "actor_id", "changes")


@dataclass(slots=True)
class Told:
    """``double_leases``: a hold that began while another lasted, or whose number does not follow.

    ``stale_writes``: a task finished by somebody whose hold was not the one that lasted.
    """

    finished: int = 0
    expired: int = 0
    double_leases: int = 0
    stale_writes: int = 0


def look_through() -> Told:
    """Every line of every task, in the order in which the task's row was locked."""
    told = Told()
    lines = AuditEvent.objects.filter(action__startswith="task.").order_by("target_id", "id")
    rows = lines.values_list(*_LINES).iterator(chunk_size=5000)
    for _, history in groupby(rows, key=lambda row: row[1]):
        holder, fence = None, 0
        for _, _, action, actor, changes in history:
            if action == "task.lease":
                told.double_leases += holder is not None or changes["fence"] != fence + 1
                holder, fence = actor, changes["fence"]
            elif action == "task.expire":
                told.expired += 1
                holder = None
            elif action == "task.coded":
                told.finished += 1
                told.stale_writes += actor != holder
                holder = None
    return told
