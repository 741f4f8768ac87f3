"""Spellings of places: what people taught, and the forms by which they teach and withdraw."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tracker.accounts.permissions import Right, has_right, require_right
from tracker.places.models import PlaceList
from tracker.places.selectors.places import get_spelling, list_spellings_with_merges
from tracker.places.services.spellings import teach_spelling, withdraw_spelling
from tracker.web.access import actor_of, rights_required
from tracker.web.forms.places import TeachForm, WithdrawForm
from tracker.web.refusals import status_of, told_in
from tracker.web.typed import forget_typed, kept_words

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

_SHOWN = 200
_FORM = "teach-place"


@rights_required(Right.READ)
@require_http_methods(["GET", "HEAD", "POST"])
def places(request: HttpRequest) -> HttpResponse:
    """What is taught, and one form to teach: with a spelling that a page of an incident names."""
    actor = actor_of(request)
    if request.method == "POST":
        require_right(actor, Right.TEACH_PLACES)
    shown = {"spelling": request.GET.get("spelling", "")[:120], **kept_words(request, _FORM)}
    form = TeachForm(request.POST or None, initial=shown)
    context: dict[str, Any] = {"form": form, "form_name": _FORM}
    if form.is_valid():
        with told_in(context):
            taught = teach_spelling(
                spelling=form.cleaned_data["spelling"],
                meaning=form.named,
                actor=actor,
                now=timezone.now(),
                reason=form.cleaned_data["reason"],
            )
            forget_typed(request, _FORM)
            said = _("“%(spelling)s” now means %(name)s.")
            messages.success(request, said % {"spelling": taught.spelling, "name": taught.name})
            return redirect("places")
    context |= {
        "spellings": list_spellings_with_merges(_SHOWN),
        "lists": PlaceList.objects.order_by("name"),
        "may_teach": has_right(actor, Right.TEACH_PLACES),
    }
    return render(request, "staff/places.html", context, status=status_of(context))


@rights_required(Right.TEACH_PLACES)
@require_http_methods(["GET", "HEAD", "POST"])
def place_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Say why a spelling counts no more."""
    taught = get_spelling(pk)
    form_name = f"withdraw-place-{pk}"
    form = WithdrawForm(request.POST or None, initial=kept_words(request, form_name))
    context: dict[str, Any] = {"form": form, "form_name": form_name, "taught": taught}
    if form.is_valid():
        with told_in(context):
            withdraw_spelling(
                spelling_id=pk,
                actor=actor_of(request),
                now=timezone.now(),
                reason=form.cleaned_data["reason"],
            )
            forget_typed(request, form_name)
            messages.success(request, _("The spelling is withdrawn."))
            return redirect("places")
    return render(request, "staff/place_withdraw.html", context, status=status_of(context))
