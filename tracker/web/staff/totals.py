"""Running totals: what each covers, which incidents lie inside, and what is left."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tracker.accounts.permissions import Right, has_right, require_right
from tracker.core.errors import DomainError, NotAllowed, NotFound
from tracker.incidents.selectors.aggregates import incidents_within, list_totals
from tracker.incidents.services.aggregates import (
    contain_incident,
    describe_aggregate,
    part_incident,
)
from tracker.verification.selectors.closed import (
    closed_to,
    open_incident,
    open_total,
)
from tracker.web.access import actor_of, rights_required
from tracker.web.forms.totals import ContainForm, ScopeForm
from tracker.web.sent import asked_skip, sent_number

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from tracker.incidents.selectors.aggregates import Total

PAGE = 25


@rights_required(Right.READ)
@require_safe
def totals(request: HttpRequest) -> HttpResponse:
    """Accepted running totals, the newest first."""
    skip = asked_skip(request)
    closed = closed_to(actor_of(request)).articles
    rows = list(list_totals(but_of=closed, limit=PAGE + 1, skip=skip))
    context = {
        "rows": rows[:PAGE],
        "skip": skip,
        "next_skip": skip + PAGE if len(rows) > PAGE else None,
    }
    return render(request, "staff/totals.html", context)


@rights_required(Right.READ)
@require_http_methods(["GET", "HEAD", "POST"])
def total(request: HttpRequest, pk: int) -> HttpResponse:
    """One of them; ``what`` says whether its scope or an incident inside it was sent."""
    found = open_total(pk, viewer=actor_of(request))
    what = request.POST.get("what", "")
    scope = ScopeForm(
        request.POST if what == "scope" else None, initial=_initial(found), auto_id="scope_%s"
    )
    inside = ContainForm(request.POST if what == "contain" else None, auto_id="contain_%s")
    context: dict[str, Any] = {"scope": scope, "inside": inside}
    if request.method == "POST":
        require_right(actor_of(request), Right.DECIDE_CLAIMS)
        sent = scope if what == "scope" else inside
        if sent.is_valid():
            try:
                done = _save(request, pk, what, sent.cleaned_data)
            except NotAllowed:
                raise
            except DomainError as failure:
                context |= {"refusal": str(failure), "refused": what}
            else:
                messages.success(request, done)
                return redirect("total", pk=pk)
        status = HTTPStatus.CONFLICT if "refusal" in context else HTTPStatus.BAD_REQUEST
        return _show(request, found, context, status)
    return _show(request, found, context, HTTPStatus.OK)


@rights_required(Right.DECIDE_CLAIMS)
@require_POST
def total_part(request: HttpRequest, pk: int) -> HttpResponse:
    """An incident does not lie inside after all."""
    found = open_total(pk, viewer=actor_of(request))
    link_id = sent_number(request, "link")
    if link_id not in {one.link.pk for one in found.contained}:
        raise NotFound(_("This total does not contain such an incident."))
    part_incident(link_id=link_id, actor=actor_of(request), now=timezone.now())
    messages.success(request, _("The incident is no longer inside this total."))
    return redirect("total", pk=pk)


def _show(request: HttpRequest, found: Total, context: dict[str, Any], status: int) -> HttpResponse:
    viewer = actor_of(request)
    may_decide = has_right(viewer, Right.DECIDE_CLAIMS)
    closed = closed_to(viewer).incidents
    offered = incidents_within(found.claim) if may_decide else []
    context |= {
        "total": found,
        "may_decide": may_decide,
        "offered": [incident for incident in offered if incident.pk not in closed],
    }
    return render(request, "staff/total.html", context, status=status)


def _save(request: HttpRequest, pk: int, what: str, values: dict[str, Any]) -> str:
    actor, now = actor_of(request), timezone.now()
    if what == "scope":
        describe_aggregate(claim_id=pk, **values, actor=actor, now=now)
        return _("Saved.")
    incident = open_incident(values["incident"], viewer=actor)
    contain_incident(claim_id=pk, incident_id=incident.pk, actor=actor, now=now)
    return _("The incident lies inside this total.")


def _initial(found: Total) -> dict[str, Any]:
    aggregate = getattr(found.claim, "aggregate", None)
    if aggregate is None:
        return {}
    return {name: getattr(aggregate, name) for name in ScopeForm.base_fields}
