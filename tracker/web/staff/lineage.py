"""Where a text comes from: its links with reasons, and what a person says of them."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tracker.accounts.permissions import Right, has_right
from tracker.core.errors import DomainError, NotFound
from tracker.sources.choices import LinkState
from tracker.sources.services.links import decide_link, make_link
from tracker.web.access import actor_of, rights_required
from tracker.web.forms.lineage import DecisionForm, LinkForm
from tracker.web.selectors.lineage import lineage_page

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

_DECISIONS = {"confirm": LinkState.CONFIRMED, "refuse": LinkState.REFUSED}


@rights_required(Right.READ)
@require_safe
def lineage(request: HttpRequest, pk: int) -> HttpResponse:
    """The links of one article."""
    return _page(request, pk)


@rights_required(Right.DECIDE_CLAIMS)
@require_POST
def lineage_decide(request: HttpRequest, pk: int, link_id: int) -> HttpResponse:
    """Confirm a link or refuse it for good."""
    decision = _DECISIONS.get(request.POST.get("decision", ""), LinkState.PROPOSED)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _page(request, pk, refusal=_("The reason is too long."))
    try:
        decide_link(
            link_id=link_id,
            decision=decision,
            actor=actor_of(request),
            now=timezone.now(),
            reason=form.cleaned_data["reason"],
        )
    except NotFound:
        raise
    except DomainError as failure:
        return _page(request, pk, refusal=str(failure))
    said = {
        LinkState.CONFIRMED: _("The link is confirmed."),
        LinkState.REFUSED: _("The link is refused and won't return; the stories follow."),
    }
    messages.success(request, said[decision])
    return redirect("lineage", pk=pk)


@rights_required(Right.DECIDE_CLAIMS)
@require_POST
def lineage_link(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that this article descends from another."""
    form = LinkForm(request.POST, auto_id="link_%s")
    if not form.is_valid():
        return _page(request, pk, link_form=form)
    try:
        make_link(
            article_id=pk,
            other_id=form.cleaned_data["other"],
            kind=form.cleaned_data["kind"],
            actor=actor_of(request),
            now=timezone.now(),
            reason=form.cleaned_data["reason"],
        )
    except DomainError as failure:
        return _page(request, pk, link_form=form, link_refusal=str(failure))
    messages.success(request, _("The two articles are one story now."))
    return redirect("lineage", pk=pk)


def _page(
    request: HttpRequest,
    pk: int,
    *,
    refusal: str = "",
    link_form: LinkForm | None = None,
    link_refusal: str = "",
) -> HttpResponse:
    is_wrong = bool(refusal or link_form)
    context = {
        "page": lineage_page(pk),
        "refusal": refusal,
        "link_form": link_form or LinkForm(auto_id="link_%s"),
        "link_refusal": link_refusal,
        "may_decide": has_right(actor_of(request), Right.DECIDE_CLAIMS),
    }
    status = HTTPStatus.BAD_REQUEST if is_wrong else HTTPStatus.OK
    return render(request, "staff/lineage.html", context, status=status)
