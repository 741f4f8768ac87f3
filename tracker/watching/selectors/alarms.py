"""Which alarms are open, and how many of them nobody looks after."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.accounts.permissions import Right, has_right
from tracker.watching.models import Alarm

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from tracker.core.actor import Actor


def list_open_alarms(viewer: Actor) -> QuerySet[Alarm]:
    """The open alarms, the oldest first; none for those who may not see the workers."""
    alarms = Alarm.objects.filter(cleared_at__isnull=True)
    if not has_right(viewer, Right.SEE_WORKERS):
        alarms = alarms.none()
    return alarms.select_related("acknowledged_by").order_by("raised_at", "id")


def count_unattended_alarms(viewer: Actor) -> int:
    """How many open alarms nobody looks after yet; asks nothing for those who may not see them."""
    if not has_right(viewer, Right.SEE_WORKERS):
        return 0
    return Alarm.objects.filter(cleared_at__isnull=True, acknowledged_by__isnull=True).count()
