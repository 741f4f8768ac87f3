"""Merge an incident into another and undo it: each is shown first and then confirmed."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tracker.accounts.permissions import Right
from tracker.core.errors import NotFound
from tracker.incidents.selectors.candidates import candidates_for_incident
from tracker.incidents.selectors.restructuring import conflicts_of
from tracker.incidents.services.contribution import refuse_gone
from tracker.incidents.services.merge import merge_incidents, undo_merge
from tracker.verification.selectors.closed import (
    closed_to,
    open_incident,
    open_restructuring,
)
from tracker.web.access import actor_of, rights_required
from tracker.web.forms.merging import IntoForm, MergeForm, UndoForm
from tracker.web.refusals import status_of, told_in
from tracker.web.selectors.merging import weigh
from tracker.web.sent import sent_number
from tracker.web.typed import forget_typed, kept_words

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from tracker.incidents.models import Restructuring


@rights_required(Right.MERGE_INCIDENTS)
@require_http_methods(["GET", "HEAD"])
def incident_merge(request: HttpRequest, name: str) -> HttpResponse:
    """Which incident is to stand for both: by its code, or one of those that are alike."""
    viewer = actor_of(request)
    source = open_incident(name, viewer=viewer)
    refuse_gone(source)
    form = IntoForm(request.GET if "into" in request.GET else None)
    if form.is_valid():
        into = form.cleaned_data["into"]
        try:
            target = open_incident(into, viewer=viewer)
        except NotFound as failure:
            form.add_error("into", str(failure))
        else:
            return redirect("incident_merge_into", name=str(source), into=str(target))
    closed = closed_to(viewer).incidents
    likely = [one for one in candidates_for_incident(source) if one.incident.pk not in closed]
    context = {"incident": source, "form": form, "candidates": likely}
    status = HTTPStatus.BAD_REQUEST if form.is_bound else HTTPStatus.OK
    return render(request, "staff/merge_choose.html", context, status=status)


@rights_required(Right.MERGE_INCIDENTS)
@require_http_methods(["GET", "HEAD", "POST"])
def incident_merge_into(request: HttpRequest, name: str, into: str) -> HttpResponse:
    """Both side by side, what moves and what the ranges would become; then do it."""
    viewer = actor_of(request)
    source, target = open_incident(name, viewer=viewer), open_incident(into, viewer=viewer)
    refuse_gone(source)
    form_name = f"merge-{source.pk}-{target.pk}"
    form = MergeForm(request.POST or None, initial=kept_words(request, form_name))
    context: dict[str, Any] = {"form": form, "form_name": form_name}
    if form.is_valid():
        with told_in(context):
            merge_incidents(
                source_id=source.pk,
                source_revision=sent_number(request, "source_revision"),
                target_id=target.pk,
                target_revision=sent_number(request, "target_revision"),
                actor=actor_of(request),
                now=timezone.now(),
                reason=form.cleaned_data["reason"],
            )
        if "refusal" not in context:
            forget_typed(request, form_name)
            said = _("%(source)s is merged into %(target)s. It can be undone from the history.")
            messages.success(request, said % {"source": source, "target": target})
            return redirect("incident", name=str(target))
    context["weighed"] = weigh(source, target)
    return render(request, "staff/merge_confirm.html", context, status=status_of(context))


@rights_required(Right.MERGE_INCIDENTS)
@require_http_methods(["GET", "HEAD", "POST"])
def merge_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """What goes back, or what stands in the way; then do it."""
    done = open_restructuring(pk, viewer=actor_of(request))
    form_name = f"undo-{pk}"
    form = UndoForm(request.POST or None, initial=kept_words(request, form_name))
    context: dict[str, Any] = {"form": form, "form_name": form_name}
    if form.is_valid():
        with told_in(context):
            undo_merge(
                restructuring_id=pk,
                actor=actor_of(request),
                now=timezone.now(),
                reason=form.cleaned_data["reason"],
            )
        if "refusal" not in context:
            forget_typed(request, form_name)
            messages.success(request, _("The merge is undone; %s stands again.") % done.source)
            return redirect("incident", name=str(done.source))
    context |= {"done": done, "went": _went(done), "conflicts": conflicts_of(done)}
    return render(request, "staff/merge_undo.html", context, status=status_of(context))


def _went(done: Restructuring) -> dict[str, int]:
    """How much of each kind the merge took along."""
    kinds = ("claims", "parties", "positions", "evidence")
    return {kind: len(done.pre_image[kind]) for kind in kinds}
