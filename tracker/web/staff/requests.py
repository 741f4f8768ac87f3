"""The list of requests to belligerents, and the form that drafts one."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING

from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tracker.accounts.permissions import Right
from tracker.core.errors import InvalidInput
from tracker.incidents.selectors.requests import Show, count_requests, list_requests
from tracker.incidents.services.requests import open_request
from tracker.verification.selectors.closed import open_incident
from tracker.web.access import actor_of, rights_required
from tracker.web.forms.requests import OpenForm
from tracker.web.sent import asked_skip
from tracker.web.typed import forget_typed, kept_words

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpRequest, HttpResponse

    from tracker.core.actor import Actor

PAGE = 25


@dataclass(frozen=True, slots=True)
class Tab:
    """One filter with how many requests it shows."""

    show: str
    words: str
    count: int
    is_current: bool


@rights_required(Right.READ)
@require_safe
def requests(request: HttpRequest) -> HttpResponse:
    """What waits, what is due or overdue, what was answered; the first due first."""
    viewer, today = actor_of(request), timezone.now().date()
    asked = request.GET.get("show", "")
    show = Show(asked) if asked in set(Show) else Show.OPEN
    skip = asked_skip(request)
    rows = list(list_requests(viewer=viewer, show=show, today=today, limit=PAGE + 1, skip=skip))
    context = {
        "rows": rows[:PAGE],
        "next_skip": skip + PAGE if len(rows) > PAGE else None,
        "skip": skip,
        "show": show.value,
        "tabs": _tabs(viewer, show, today),
        "today": today,
    }
    return render(request, "staff/requests.html", context)


@rights_required(Right.EDIT_INCIDENTS)
@require_http_methods(["GET", "POST"])
def request_new(request: HttpRequest, name: str) -> HttpResponse:
    """Draft a request about an incident to one of the parties it names."""
    incident = open_incident(name, viewer=actor_of(request))
    form_name = f"request-new-{incident.pk}"
    kept = kept_words(request, form_name)
    named = incident.parties.select_related("party").order_by("-accused", "party__name", "id")
    parties = [(str(row.party_id), row.party.name) for row in named]
    form = OpenForm(request.POST or None, parties=parties, initial=kept)
    refusal = ""
    if request.method == "POST" and form.is_valid():
        try:
            made = open_request(
                incident_id=incident.pk,
                party_id=int(form.cleaned_data["party"]),
                allegation=form.cleaned_data["allegation"],
                actor=actor_of(request),
                now=timezone.now(),
            )
        except InvalidInput as failure:
            refusal = str(failure)
        else:
            forget_typed(request, form_name)
            return redirect("request", pk=made.pk)
    status = HTTPStatus.BAD_REQUEST if request.method == "POST" else HTTPStatus.OK
    context = {
        "form": form,
        "form_name": form_name,
        "incident": incident,
        "parties": parties,
        "refusal": refusal,
    }
    return render(request, "staff/request_new.html", context, status=status)


def _tabs(viewer: Actor, current: Show, today: date) -> list[Tab]:
    words = {
        Show.OPEN: _("open"),
        Show.DUE: _("due within a week"),
        Show.OVERDUE: _("overdue"),
        Show.ANSWERED: _("answered"),
        Show.CLOSED: _("closed without an answer"),
        Show.ALL: _("all"),
    }
    counts = count_requests(viewer=viewer, today=today)
    return [Tab(show.value, words[show], counts[show], show is current) for show in Show]
