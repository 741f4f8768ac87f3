"""The desk: what do I do now, what came back to me, what needs my eye?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from tracker.accounts.permissions import Right, has_right
from tracker.incidents.selectors.requests import requests_to_remind_of
from tracker.verification.choices import TaskState
from tracker.verification.selectors.closed import closed_to
from tracker.verification.selectors.shelves import count_shelves
from tracker.watching.selectors.alarms import list_open_alarms
from tracker.web.access import actor_of, rights_required
from tracker.web.selectors.concerns import concerns_of
from tracker.web.selectors.desk import (
    held_tasks,
    returned_incidents,
    reviewable_incidents,
)

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@rights_required(Right.READ)
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """One button, and what belongs to the person who looks."""
    viewer = actor_of(request)
    now = timezone.now()
    counts = count_shelves()
    closed = closed_to(viewer)
    held = list(held_tasks(viewer, now=now))
    context = {
        "now": now,
        "alarms": list_open_alarms(viewer),
        "held": held,
        "first": held[0] if held else None,
        "more_held": held[1:],
        "returned": list(returned_incidents(viewer, closed=closed)),
        "reviewable": list(reviewable_incidents(viewer, closed=closed)),
        "reminders": requests_to_remind_of(viewer=viewer, today=now.date()),
        "today": now.date(),
        "concerns": concerns_of(viewer, closed=closed),
        "counts": counts,
        "waiting": next(c.count for c in counts if c.shelf is TaskState.QUEUED),
        "may_decide": has_right(viewer, Right.DECIDE_CLAIMS),
        "may_review": has_right(viewer, Right.REVIEW),
        "may_ingest": has_right(viewer, Right.INGEST),
        "may_watch": has_right(viewer, Right.SEE_WORKERS),
        "may_manage": has_right(viewer, Right.MANAGE_PEOPLE),
    }
    return render(request, "staff/desk.html", context)
