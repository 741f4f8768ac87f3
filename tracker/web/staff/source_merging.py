"""Merge a source into another and undo it: each is shown first and then confirmed."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tracker.accounts.permissions import Right
from tracker.incidents.selectors.source_merging import (
    conflicts_of_source_merge,
    get_source_merge,
)
from tracker.incidents.services.claim_fields import source_named
from tracker.incidents.services.merge_sources import merge_sources, undo_source_merge
from tracker.sources.selectors.sources import get_source
from tracker.sources.services.notes import refuse_merged
from tracker.web.access import actor_of, rights_required
from tracker.web.forms.merging import IntoSourceForm, MergeSourceForm, UndoSourceForm
from tracker.web.refusals import status_of, told_in
from tracker.web.selectors.source_merging import alike_sources, weigh_sources
from tracker.web.sent import sent_number
from tracker.web.typed import forget_typed, kept_words

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@rights_required(Right.MERGE_SOURCES)
@require_http_methods(["GET", "HEAD"])
def source_merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Which source is to stand for both: by its name, or one of those spelled alike."""
    source = get_source(pk)
    refuse_merged(source)
    form = IntoSourceForm(request.GET if "into" in request.GET else None)
    if form.is_valid():
        target = source_named(form.cleaned_data["into"])
        if target is not None:
            return redirect("source_merge_into", pk=source.pk, into=target.pk)
        form.add_error("into", _("There is no source of this name."))
    context = {"source": source, "form": form, "alike": alike_sources(source)}
    status = HTTPStatus.BAD_REQUEST if form.is_bound else HTTPStatus.OK
    return render(request, "staff/source_merge_choose.html", context, status=status)


@rights_required(Right.MERGE_SOURCES)
@require_http_methods(["GET", "HEAD", "POST"])
def source_merge_into(request: HttpRequest, pk: int, into: int) -> HttpResponse:
    """Both side by side, what is given on and which ranges change; then do it."""
    source, target = get_source(pk), get_source(into)
    refuse_merged(source)
    form_name = f"merge-sources-{pk}-{into}"
    form = MergeSourceForm(request.POST or None, initial=kept_words(request, form_name))
    context: dict[str, Any] = {"form": form, "form_name": form_name}
    if form.is_valid():
        with told_in(context):
            merge_sources(
                source_id=pk,
                source_revision=sent_number(request, "source_revision"),
                target_id=into,
                target_revision=sent_number(request, "target_revision"),
                actor=actor_of(request),
                now=timezone.now(),
                reason=form.cleaned_data["reason"],
            )
        if "refusal" not in context:
            forget_typed(request, form_name)
            said = _("%(source)s is merged into %(target)s. It can be undone from this page.")
            messages.success(request, said % {"source": source, "target": target})
            return redirect("source", pk=into)
    context["weighed"] = weigh_sources(source, target, viewer=actor_of(request))
    return render(request, "staff/source_merge_confirm.html", context, status=status_of(context))


@rights_required(Right.MERGE_SOURCES)
@require_http_methods(["GET", "HEAD", "POST"])
def source_merge_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """What goes back, or what stands in the way; then do it."""
    done = get_source_merge(pk)
    form_name = f"undo-sources-{pk}"
    form = UndoSourceForm(request.POST or None, initial=kept_words(request, form_name))
    context: dict[str, Any] = {"form": form, "form_name": form_name}
    if form.is_valid():
        with told_in(context):
            undo_source_merge(
                merge_id=pk,
                actor=actor_of(request),
                now=timezone.now(),
                reason=form.cleaned_data["reason"],
            )
        if "refusal" not in context:
            forget_typed(request, form_name)
            messages.success(request, _("The merge is undone; %s stands again.") % done.source)
            return redirect("source", pk=done.source_id)
    went = {kind: len(done.pre_image[kind]) for kind in ("claims", "articles", "feeds")}
    context |= {"done": done, "went": went, "conflicts": conflicts_of_source_merge(done)}
    return render(request, "staff/source_merge_undo.html", context, status=status_of(context))
