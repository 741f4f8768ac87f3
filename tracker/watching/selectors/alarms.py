"""Which alarms are open."""

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
