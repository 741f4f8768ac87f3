"""The queue: what waits, why it is relevant, and who has it already."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from django.contrib import messages
from django.db.models import Min
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tracker.accounts.permissions import Right, has_right
from tracker.verification.choices import TaskState
from tracker.verification.selectors.shelves import SHELVES, count_shelves, waiting_tasks
from tracker.verification.services.leases import lease_next
from tracker.web.access import actor_of, rights_required
from tracker.web.selectors.queue import Order, Seen, list_queue_page
from tracker.web.sent import NOT_A_NUMBER, whole_number

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@dataclass(frozen=True, slots=True)
class Tab:
    """One shelf with how many tasks are on it."""

    state: str
    words: str
    count: int
    is_current: bool


@rights_required(Right.READ)
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """The tasks of one shelf, the likeliest or the longest waiting first."""
    now = timezone.now()
    viewer = actor_of(request)
    asked = request.GET.get("state", "")
    shelf = next((shelf for shelf in SHELVES if shelf.value == asked), TaskState.QUEUED)
    asked = request.GET.get("order", "")
    order = Order.LONGEST if asked == Order.LONGEST else Order.LIKELIEST
    after = _after(request.GET.get("after", ""))
    page = list_queue_page(viewer=viewer, shelf=shelf, order=order, after=after, now=now)
    tabs = [
        Tab(row.shelf.value, _(str(row.shelf.label)), row.count, row.shelf is shelf)
        for row in count_shelves()
    ]
    context = {
        "rows": page.rows,
        "next_after": page.next_after,
        "after": after,
        "tabs": tabs,
        "state": shelf.value,
        "order": order.value,
        "state_words": _(str(shelf.label)),
        "waiting": next(tab.count for tab in tabs if tab.state == TaskState.QUEUED),
        "oldest": waiting_tasks().aggregate(oldest=Min("queued_at"))["oldest"],
        "may_decide": has_right(viewer, Right.DECIDE_CLAIMS),
        "now": now,
    }
    return render(request, "staff/queue.html", context)


@rights_required(Right.DECIDE_CLAIMS)
@require_POST
def queue_next(request: HttpRequest) -> HttpResponse:
    """Take the likeliest task that waits and open it."""
    task = lease_next(actor=actor_of(request), now=timezone.now())
    if task is None:
        messages.info(request, _("Nothing waits just now."))
        return redirect("queue")
    return redirect("task", pk=task.pk)


def _after(words: str) -> Seen | None:
    """Where the last page ended; None for anything that is no such place."""
    at, _dash, rest = words.partition("-")
    last, _dash, likelihood = rest.partition("-")
    numbers = whole_number(last), whole_number(likelihood)
    try:
        moment = datetime.strptime(at, "%Y%m%dT%H%M%S%f").replace(tzinfo=UTC)
    except ValueError:
        return None
    if NOT_A_NUMBER in numbers:
        return None
    return Seen(likelihood=numbers[1], queued_at=moment, task_id=numbers[0])
