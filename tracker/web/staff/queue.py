"""The queue: what waits, why it is relevant, and who has it already."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db.models import Min
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tracker.accounts.permissions import Right, has_right
from tracker.verification.choices import TaskState
from tracker.verification.selectors.queue_filters import (
    condition_of,
    find_default,
    find_filter,
    list_filters,
)
from tracker.verification.selectors.shelves import count_shelves, waiting_tasks
from tracker.verification.services.leases import lease_next
from tracker.web.access import actor_of, rights_required
from tracker.web.forms.queue import KeepForm
from tracker.web.selectors.queue import Order, QueuePage, Seen, known_outlets, list_queue_page
from tracker.web.sent import NOT_A_NUMBER, whole_number
from tracker.web.staff.queue_address import address_of, read_address

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from tracker.core.actor import Actor
    from tracker.verification.models import QueueFilter
    from tracker.web.staff.queue_address import Asked


@dataclass(frozen=True, slots=True)
class Tab:
    """One state with how many tasks are in it."""

    state: str
    words: str
    count: int
    is_current: bool


@dataclass(frozen=True, slots=True)
class KeptFilter:
    """A filter that the viewer may use."""

    kept: QueueFilter
    url: str
    is_default: bool
    may_drop: bool


@rights_required(Right.READ)
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """The tasks of one shelf that pass the filter, the likeliest or the longest waiting first.

    Asked for nothing in particular, it opens with the viewer's default; ``filter`` names a kept
    one. What it does not understand is answered with a sentence, and then shows nothing.
    """
    viewer = actor_of(request)
    default = find_default(viewer=viewer)
    if not request.GET and default is not None:
        return redirect(address_of(default))
    asked = read_address(request.GET)
    if "filter" in request.GET:
        kept = find_filter(whole_number(request.GET["filter"]), viewer=viewer)
        if kept is not None:
            return redirect(address_of(kept))
        asked.wrong.append(_("This filter is not there any more, or it is somebody else's."))
    context = _list(request, viewer, asked) | {
        "asked": asked,
        "keep_form": KeepForm(may_share=has_right(viewer, Right.ASSIGN)),
        "filters": _filters(viewer, default),
        "outlets": known_outlets(),
    }
    status = HTTPStatus.BAD_REQUEST if asked.wrong else HTTPStatus.OK
    return render(request, "staff/queue.html", context, status=status)


@rights_required(Right.DECIDE_CLAIMS)
@require_POST
def queue_next(request: HttpRequest) -> HttpResponse:
    """Take the likeliest task that waits, of those that the page's filter shows, and open it."""
    viewer, now = actor_of(request), timezone.now()
    sent = request.POST.copy()
    sent.pop("csrfmiddlewaretoken", None)
    asked = read_address(sent)
    if asked.wrong:
        messages.error(request, " ".join(asked.wrong))
        return redirect("queue")
    narrows = asked.criteria.narrows
    wanted = condition_of(asked.criteria, viewer=viewer, now=now) if narrows else None
    task = lease_next(actor=viewer, now=now, wanted=wanted)
    if task is None:
        nothing = _("Nothing that passes this filter waits just now.")
        messages.info(request, nothing if narrows else _("Nothing waits just now."))
        return redirect("queue")
    return redirect("task", pk=task.pk)


def _list(request: HttpRequest, viewer: Actor, asked: Asked) -> dict[str, Any]:
    now = timezone.now()
    order = Order.LONGEST if request.GET.get("order") == Order.LONGEST else Order.LIKELIEST
    after = _after(request.GET.get("after", ""))
    passes = condition_of(asked.criteria, viewer=viewer, now=now)
    page = QueuePage([], "")
    if not asked.wrong:
        page = list_queue_page(
            viewer=viewer, shelf=asked.shelf, order=order, after=after, now=now, passes=passes
        )
    tabs = [
        Tab(row.shelf.value, _(str(row.shelf.label)), row.count, row.shelf is asked.shelf)
        for row in count_shelves(passes if asked.criteria.narrows else None)
    ]
    waiting = waiting_tasks().filter(passes)
    return {
        "rows": page.rows,
        "next_after": page.next_after,
        "after": after,
        "tabs": tabs,
        "state": asked.shelf.value,
        "order": order.value,
        "state_words": _(str(asked.shelf.label)),
        "waiting": next(tab.count for tab in tabs if tab.state == TaskState.QUEUED),
        "oldest": waiting.aggregate(oldest=Min("queued_at"))["oldest"],
        "may_decide": has_right(viewer, Right.DECIDE_CLAIMS),
        "now": now,
    }


def _filters(viewer: Actor, default: QueueFilter | None) -> list[KeptFilter]:
    oversees = has_right(viewer, Right.ASSIGN)
    return [
        KeptFilter(
            kept=kept,
            url=address_of(kept),
            is_default=kept == default,
            may_drop=oversees or kept.owner_id == viewer.id,
        )
        for kept in list_filters(viewer=viewer)
    ]


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
