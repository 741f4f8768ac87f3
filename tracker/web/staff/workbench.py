"""The workbench: one article beside its claims, and what happens to it as a whole."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tracker.accounts.permissions import Right
from tracker.core.errors import DomainError
from tracker.verification.services.leases import LostLease, lease_task, release_task
from tracker.verification.services.set_aside import set_aside
from tracker.verification.services.tasks import (
    finish_task,
    mark_duplicate,
    mark_irrelevant,
    reopen_task,
)
from tracker.web.access import actor_of, rights_required
from tracker.web.selectors.workbench import get_bench
from tracker.web.sent import sent_number
from tracker.web.staff.bench_page import (
    Panel,
    bench_of,
    open_forms,
    panel_of,
    show_bench,
    show_lost,
)
from tracker.web.typed import forget_typed

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from tracker.core.actor import Actor


@rights_required(Right.READ)
@require_safe
def task(request: HttpRequest, pk: int) -> HttpResponse:
    """The task for its holder, or to read along. ``edit``, ``reject``, ``add`` and ``panel`` open
    a form, ``incident`` chooses where accepted claims go."""
    bench = bench_of(request, pk)
    return show_bench(request, bench, **open_forms(request, bench))


@rights_required(Right.DECIDE_CLAIMS)
@require_POST
def task_take(request: HttpRequest, pk: int) -> HttpResponse:
    """Hold the task, or hold it longer; somebody else's stays theirs."""
    try:
        lease_task(task_id=pk, actor=actor_of(request), now=timezone.now())
    except DomainError as failure:
        bench = bench_of(request, pk)
        return show_bench(request, bench, status=HTTPStatus.CONFLICT, refusal=str(failure))
    return redirect("task", pk=pk)


@rights_required(Right.DECIDE_CLAIMS)
@require_POST
def task_close(request: HttpRequest, pk: int) -> HttpResponse:
    """Irrelevant, duplicate, set aside, done, given back, held longer, or opened again."""
    do = request.POST.get("do", "")
    panel = panel_of(do, request, pk)
    if panel is not None and not panel.form.is_valid():
        return _show_panel(request, pk, panel)
    try:
        done = _close(do, panel, pk, sent_number(request, "fence"), actor_of(request))
    except LostLease:
        return show_lost(request, pk)
    except DomainError as failure:
        if panel is not None:
            return _show_panel(request, pk, panel, refusal=str(failure))
        bench = bench_of(request, pk)
        return show_bench(request, bench, status=HTTPStatus.CONFLICT, refusal=str(failure))
    if panel is not None:
        forget_typed(request, panel.form_name)
    if done:
        messages.success(request, done)
    return redirect("task", pk=pk) if do in {"keep", "reopen"} else redirect("queue")


def _close(do: str, panel: Panel | None, pk: int, fence: int, actor: Actor) -> str:
    """Do it, and say what was done."""
    hold: dict[str, Any] = {"task_id": pk, "fence": fence, "actor": actor, "now": timezone.now()}
    if panel is not None:
        return _by_panel(do, panel.form.cleaned_data, hold) % pk
    match do:
        case "release":
            release_task(**hold)
            return _("Task %s is back in the queue; what was decided stays.") % pk
        case "done":
            finish_task(**hold)
            return _("Task %s is done.") % pk
        case _:
            lease_task(task_id=pk, actor=actor, now=hold["now"])
            return ""


def _by_panel(do: str, values: dict[str, Any], hold: dict[str, Any]) -> str:
    """What needs a reason, with what was typed for it."""
    reason = values["reason"]
    match do:
        case "irrelevant":
            mark_irrelevant(**hold, reason=reason)
            return _("Task %s is marked irrelevant.")
        case "duplicate":
            mark_duplicate(**hold, reason=reason, original_article_id=values["original"])
            return _("Task %s is marked as a duplicate.")
        case "aside":
            what = {name: values[name] for name in ("waits_for", "waits_until")}
            set_aside(**hold, **what, reason=reason)
            return _("Task %s is set aside; what was decided stays.")
        case _:
            del hold["fence"]
            reopen_task(**hold, reason=reason)
            return _("Task %s waits in the queue again.")


def _show_panel(request: HttpRequest, pk: int, panel: Panel, refusal: str = "") -> HttpResponse:
    bench = get_bench(task_id=pk, viewer=actor_of(request), now=timezone.now())
    status = HTTPStatus.CONFLICT if refusal else HTTPStatus.BAD_REQUEST
    return show_bench(request, bench, status=status, **panel.context(refusal))
