"""Captures: what is kept, how it came, who had it, and the two people who may destroy it."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tracker.accounts.permissions import Right, has_right
from tracker.core.errors import InvalidInput
from tracker.sources.choices import DisposalState
from tracker.sources.services.access import copy_capture, view_capture
from tracker.sources.services.disposal import decide_disposal, request_disposal
from tracker.sources.services.timestamps import retry_stamps
from tracker.web.access import actor_of, rights_required
from tracker.web.forms.captures import CopyForm, DisposalForm
from tracker.web.selectors.captures import (
    capture_record,
    damaged_captures,
    latest_failed_stamps,
    waiting_disposals,
)

if TYPE_CHECKING:
    from django.http import HttpRequest


@rights_required(Right.SEE_WORKERS)
@require_safe
def captures(request: HttpRequest) -> HttpResponse:
    """The captures that need a person: damaged, to be disposed of, without their time-stamp."""
    context = {
        "damaged": damaged_captures(),
        "disposals": waiting_disposals(),
        "stamps": latest_failed_stamps(),
        "may_retry": has_right(actor_of(request), Right.INGEST),
    }
    return render(request, "staff/captures.html", context)


@rights_required(Right.SEE_WORKERS)
@require_POST
def stamps(request: HttpRequest) -> HttpResponse:
    """Ask again for the time-stamps that failed."""
    retry_stamps(actor=actor_of(request), now=timezone.now())
    messages.success(request, _("They are asked for again."))
    return redirect("captures")


@rights_required(Right.READ)
@require_safe
def capture(request: HttpRequest, pk: int) -> HttpResponse:
    """The record of one capture; that somebody looked at it is noted."""
    return _page(request, pk)


@rights_required(Right.COPY_CAPTURES)
@require_POST
def copy(request: HttpRequest, pk: int) -> HttpResponse:
    """The bytes as a file to keep, under a type that no browser shows or runs."""
    form = CopyForm(request.POST, auto_id="copy_%s")
    if not form.is_valid():
        return _page(request, pk, copy_form=form)
    found, content = copy_capture(
        capture_id=pk,
        reason=form.cleaned_data["reason"],
        actor=actor_of(request),
        now=timezone.now(),
    )
    response = HttpResponse(content, content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="capture-{found.sha256[:16]}.bin"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


@rights_required(Right.DISPOSE_OF_CAPTURES)
@require_POST
def dispose(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the bytes to be destroyed."""
    form = DisposalForm(request.POST, auto_id="dispose_%s")
    if not form.is_valid():
        return _page(request, pk, disposal_form=form)
    request_disposal(
        capture_id=pk,
        reason=form.cleaned_data["reason"],
        actor=actor_of(request),
        now=timezone.now(),
    )
    messages.success(request, _("It is asked for. Another person must agree."))
    return redirect("capture", pk=pk)


@rights_required(Right.DISPOSE_OF_CAPTURES)
@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Agree to a disposal, or refuse it."""
    answer = request.POST.get("answer")
    if answer not in {"agree", "refuse"}:
        raise InvalidInput(_("Agree or refuse."))
    disposal = decide_disposal(
        disposal_id=pk, agree=answer == "agree", actor=actor_of(request), now=timezone.now()
    )
    said = {
        DisposalState.DONE: _("The bytes are deleted. The hash and the custody log stay."),
        DisposalState.REFUSED: _("The bytes are kept."),
    }
    waits = _("It is agreed. The bytes could not be deleted yet; that is tried again.")
    messages.success(request, said.get(DisposalState(disposal.state), waits))
    return redirect("capture", pk=disposal.capture_id)


def _page(
    request: HttpRequest,
    pk: int,
    *,
    copy_form: CopyForm | None = None,
    disposal_form: DisposalForm | None = None,
) -> HttpResponse:
    actor = actor_of(request)
    found = view_capture(capture_id=pk, actor=actor, now=timezone.now())
    record = capture_record(found)
    waiting = record.open_disposal
    is_wrong = copy_form is not None or disposal_form is not None
    context = {
        "record": record,
        "copy_form": copy_form or CopyForm(auto_id="copy_%s"),
        "disposal_form": disposal_form or DisposalForm(auto_id="dispose_%s"),
        "may_copy": has_right(actor, Right.COPY_CAPTURES) and not record.is_disposed,
        "may_dispose": has_right(actor, Right.DISPOSE_OF_CAPTURES) and not record.is_disposed,
        "may_decide": waiting is not None and waiting.requested_by_id != actor.id,
    }
    status = HTTPStatus.BAD_REQUEST if is_wrong else HTTPStatus.OK
    return render(request, "staff/capture.html", context, status=status)
