"""How far coders agree, and what coordinators say of the claims in which they don't."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tracker.accounts.permissions import Right
from tracker.verification.selectors.compared import get_comparison
from tracker.verification.selectors.share import share_in_force
from tracker.verification.services.draw import set_share
from tracker.verification.services.resolve_coding import resolve_difference
from tracker.verification.services.second_coding import give_back_coding
from tracker.web.access import actor_of, rights_required
from tracker.web.forms.second_coding import ResolveForm, ShareForm
from tracker.web.refusals import status_of, told_in
from tracker.web.selectors.agreement import field_words, get_agreement_page, value_words
from tracker.web.sent import sent_number
from tracker.web.typed import forget_typed, kept_words

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from tracker.verification.selectors.compared import Case

_FIELDS = (
    *("is_claim", "figure", "outcome", "subject_status", "polarity", "scope"),
    *("speaker", "place", "days"),
)


@rights_required(Right.OVERSEE_CODING)
@require_http_methods(["GET", "POST"])
def agreement(request: HttpRequest) -> HttpResponse:
    """Agreement in each field, what differs, and the share that is drawn."""
    actor = actor_of(request)
    form = ShareForm(request.POST or None, initial={"per_cent": share_in_force()})
    context: dict[str, Any] = {"form": form}
    if form.is_valid():
        with told_in(context):
            set_share(per_cent=form.cleaned_data["per_cent"], actor=actor, now=timezone.now())
        if "refusal" not in context:
            messages.success(request, _("The share is set; it counts for what is finished next."))
            return redirect("agreement")
    context |= {"page": get_agreement_page(viewer=actor), "share": share_in_force()}
    return render(request, "staff/agreement.html", context, status=status_of(context))


@rights_required(Right.OVERSEE_CODING)
@require_POST
def agreement_give_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Free a second coding whose coder is away."""
    give_back_coding(coding_id=pk, actor=actor_of(request), now=timezone.now())
    messages.success(request, _("It waits for another second coder again."))
    return redirect("agreement")


@rights_required(Right.OVERSEE_CODING)
@require_http_methods(["GET", "POST"])
def second_compare(request: HttpRequest, pk: int) -> HttpResponse:
    """Both codings of one task side by side; ``row`` says whose difference is resolved."""
    actor, row_id = actor_of(request), sent_number(request, "row")
    form = ResolveForm(request.POST or None, auto_id=f"resolve_{row_id}_%s")
    context: dict[str, Any] = {"form": form}
    if form.is_valid():
        with told_in(context):
            resolve_difference(
                coding_id=pk,
                row_id=row_id,
                verdict=form.cleaned_data["verdict"],
                note=form.cleaned_data["note"],
                actor=actor,
                now=timezone.now(),
            )
        if "refusal" not in context:
            forget_typed(request, _name(pk, row_id))
            messages.success(request, _("Noted; both codings stay as they are."))
            return redirect("second_compare", pk=pk)
    compared = get_comparison(coding_id=pk, viewer=actor)
    coding = compared.coding
    text = coding.task.article.text
    may_resolve = actor.id not in {coding.first_coder_id, coding.coder_id}
    context |= {
        "coding": coding,
        "article": coding.task.article,
        "may_resolve": may_resolve,
        "cases": [
            _case(request, pk, case, form, row_id) | {"quote": case.passage_in(text)}
            for case in compared.cases
        ],
    }
    return render(request, "staff/second_compare.html", context, status=status_of(context))


def _case(
    request: HttpRequest, pk: int, case: Case, sent: ResolveForm, row_id: int
) -> dict[str, Any]:
    """One claim in both codings, with its form where nobody resolved it."""
    form = sent
    if case.row_id != row_id:
        kept = kept_words(request, _name(pk, case.row_id))
        form = ResolveForm(auto_id=f"resolve_{case.row_id}_%s", initial=kept)
    return {
        "case": case,
        "form": form,
        "form_name": _name(pk, case.row_id),
        "is_sent": case.row_id == row_id,
        "fields": [
            (
                field_words(name),
                value_words(case.first, name),
                value_words(case.second, name),
                name in case.differing,
            )
            for name in _FIELDS
        ],
    }


def _name(pk: int, row_id: int) -> str:
    """Under which typed words are kept."""
    return f"second-{pk}-resolve-{row_id}"
