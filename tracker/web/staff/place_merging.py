"""Merge a place into another and undo it: each is shown first and then confirmed."""

from __future__ import annotations

from dataclasses import asdict
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tracker.accounts.permissions import Right, has_right
from tracker.places.rules.telling import handle_of
from tracker.places.selectors.merging import (
    conflicts_of_place_merge,
    get_place_merge,
    list_place_merges,
)
from tracker.places.selectors.naming import (
    NamedPlace,
    SeveralPlaces,
    UnableToName,
    get_named_place,
)
from tracker.places.selectors.weighing import weigh_places
from tracker.places.services.merging import merge_places, undo_place_merge
from tracker.web.access import actor_of, rights_required
from tracker.web.forms.merging import MergePlacesForm, UndoPlacesForm
from tracker.web.forms.places import NamedPlaceForm
from tracker.web.refusals import status_of, told_in
from tracker.web.typed import forget_typed, kept_words

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from tracker.extraction.places.gazetteer import Place

_SHOWN = 200


@rights_required(Right.READ)
@require_http_methods(["GET", "HEAD"])
def place_merges(request: HttpRequest) -> HttpResponse:
    """What was merged, by whom and why, and what was undone."""
    context = {
        "merges": list_place_merges()[:_SHOWN],
        "may_merge": has_right(actor_of(request), Right.TEACH_PLACES),
    }
    return render(request, "staff/place_merges.html", context)


@rights_required(Right.TEACH_PLACES)
@require_http_methods(["GET", "HEAD", "POST"])
def place_merge(request: HttpRequest) -> HttpResponse:
    """Name two places; then both side by side; then do it."""
    forms = {side: _side_form(request, side) for side in ("goes", "stays")}
    goes, stays = (_place_named(form) for form in forms.values())
    if goes is None or stays is None:
        is_wrong = any(form.errors for form in forms.values())
        status = HTTPStatus.BAD_REQUEST if is_wrong else HTTPStatus.OK
        return render(request, "staff/place_merge_choose.html", forms, status=status)
    if request.GET.dict() != _query(_as_named(goes), _as_named(stays)):
        return redirect(_address(_as_named(goes), _as_named(stays)))
    return _confirm(request, goes, stays)


def _confirm(request: HttpRequest, goes: Place, stays: Place) -> HttpResponse:
    source, target = _as_named(goes), _as_named(stays)
    form_name = f"merge-places-{source.which}-{target.which}"
    form = MergePlacesForm(request.POST or None, initial=kept_words(request, form_name))
    context: dict[str, Any] = {"form": form, "form_name": form_name}
    if form.is_valid():
        with told_in(context):
            merge_places(
                source=source,
                target=target,
                actor=actor_of(request),
                now=timezone.now(),
                reason=form.cleaned_data["reason"],
            )
            forget_typed(request, form_name)
            said = _("%(source)s is merged into %(target)s. The merge can be undone here.")
            messages.success(request, said % {"source": goes.name, "target": stays.name})
            return redirect("place_merges")
    context |= {"weighed": weigh_places(goes, stays), "other_way": _address(target, source)}
    return render(request, "staff/place_merge_confirm.html", context, status=status_of(context))


@rights_required(Right.TEACH_PLACES)
@require_http_methods(["GET", "HEAD", "POST"])
def place_merge_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Both as they were known, or what stands in the way; then do it."""
    done = get_place_merge(pk)
    form_name = f"undo-places-{pk}"
    form = UndoPlacesForm(request.POST or None, initial=kept_words(request, form_name))
    context: dict[str, Any] = {"form": form, "form_name": form_name, "done": done}
    if form.is_valid():
        with told_in(context):
            undo_place_merge(
                merge_id=pk,
                actor=actor_of(request),
                now=timezone.now(),
                reason=form.cleaned_data["reason"],
            )
            forget_typed(request, form_name)
            messages.success(
                request,
                _("The merge is undone; %s is a place of its own again.") % done.source.name,
            )
            return redirect("place_merges")
    context["conflicts"] = conflicts_of_place_merge(done)
    return render(request, "staff/place_merge_undo.html", context, status=status_of(context))


def _side_form(request: HttpRequest, side: str) -> NamedPlaceForm:
    is_sent = f"{side}-name" in request.GET
    return NamedPlaceForm(request.GET if is_sent else None, prefix=side)


def _place_named(form: NamedPlaceForm) -> Place | None:
    """The place that it names; None = it names none, and says why where it was sent."""
    if not form.is_valid():
        return None
    try:
        return get_named_place(form.named)
    except SeveralPlaces:
        form.add_error("which", _("Several places have this name; choose the one that is meant."))
    except UnableToName as failure:
        form.add_error("name", str(failure))
    return None


def _as_named(place: Place) -> NamedPlace:
    return NamedPlace(place.name, place.country, handle_of(place))


def _address(goes: NamedPlace, stays: NamedPlace) -> str:
    """The page that shows these two and no others of their names."""
    return f"{reverse('place_merge')}?{urlencode(_query(goes, stays))}"


def _query(goes: NamedPlace, stays: NamedPlace) -> dict[str, str]:
    return {
        f"{side}-{part}": value
        for side, named in (("goes", goes), ("stays", stays))
        for part, value in asdict(named).items()
    }
