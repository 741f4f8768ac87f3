"""Filters of the queue that people keep: made, dropped, chosen to open it with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tracker.accounts.permissions import Right, has_right
from tracker.core.errors import InvalidInput, NotFound
from tracker.verification.services.queue_filters import choose_default, drop_filter, keep_filter
from tracker.web.access import actor_of, rights_required
from tracker.web.forms.queue import KeepForm
from tracker.web.staff.queue_address import address_of, read_address

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@rights_required(Right.READ)
@require_POST
def queue_keep(request: HttpRequest) -> HttpResponse:
    """Keep the filter that the page shows."""
    actor, now = actor_of(request), timezone.now()
    form = KeepForm(request.POST, may_share=has_right(actor, Right.ASSIGN))
    sent = request.POST.copy()
    for name in ("csrfmiddlewaretoken", *form.fields):
        sent.pop(name, None)
    asked = read_address(sent)
    if asked.wrong:
        raise InvalidInput(" ".join(asked.wrong))
    if not form.is_valid():
        raise InvalidInput(_("Give the filter a name of at most 60 characters."))
    kept = keep_filter(
        name=form.cleaned_data["name"],
        criteria=asked.criteria,
        is_shared=form.cleaned_data.get("is_shared", False),
        actor=actor,
        now=now,
    )
    if form.cleaned_data["is_default"]:
        choose_default(filter_id=kept.pk, actor=actor, now=now)
    messages.success(request, _("The filter is kept."))
    return redirect(address_of(kept))


@rights_required(Right.READ)
@require_POST
def queue_filter(request: HttpRequest, pk: int) -> HttpResponse:
    """Drop a filter, or open the queue with it from now on, or no longer."""
    actor, now = actor_of(request), timezone.now()
    match request.POST.get("do", ""):
        case "drop":
            drop_filter(filter_id=pk, actor=actor, now=now)
            messages.success(request, _("The filter is dropped."))
        case "default":
            choose_default(filter_id=pk, actor=actor, now=now)
            messages.success(request, _("The queue opens with it from now on."))
        case "no_default":
            choose_default(filter_id=None, actor=actor, now=now)
            messages.success(request, _("The queue opens with all that waits from now on."))
        case _:
            raise NotFound(_("This page has no such form."))
    return redirect("queue")
