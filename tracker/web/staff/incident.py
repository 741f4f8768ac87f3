"""The incident page: how many, how sure, says who, and what of it is not public yet."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tracker.accounts.permissions import Right, has_right, require_right
from tracker.core.errors import DomainError, InvalidInput, NotAllowed, NotFound, StaleRevision
from tracker.incidents.services.incidents import create_incident
from tracker.publication.selectors.document import outgoing_passages
from tracker.restricted.policies import may_read
from tracker.verification.selectors.closed import open_incident
from tracker.verification.selectors.talk import About, count_talk
from tracker.web.access import actor_of, rights_required
from tracker.web.forms.claim import NewIncidentForm
from tracker.web.forms.incident import IncidentForm
from tracker.web.selectors.claim_rows import Difference
from tracker.web.selectors.incident import get_incident_page
from tracker.web.sent import sent_number
from tracker.web.staff.incident_actions import ACTIONS, RIGHTS, act_on
from tracker.web.staff.incident_forms import form_name_of, forms_of, is_restored
from tracker.web.typed import forget_typed, kept_words

if TYPE_CHECKING:
    from django import forms
    from django.http import HttpRequest, HttpResponse

    from tracker.web.selectors.incident import IncidentPage


@rights_required(Right.READ)
@require_http_methods(["GET", "POST"])
def incident(request: HttpRequest, name: str) -> HttpResponse:
    """One incident under its public code or its handle; ``what`` says which form was sent."""
    viewer = actor_of(request)
    page = get_incident_page(open_incident(name, viewer=viewer), viewer=viewer)
    if request.method == "GET":
        return _show(request, page, forms_of(request, page))
    what = request.POST.get("what", "")
    page_forms = forms_of(request, page)
    form = _sent_form(request, page_forms, what)
    if not form.is_valid():
        return _show(request, page, page_forms, status=HTTPStatus.BAD_REQUEST, opened=what)
    try:
        done = act_on(
            what,
            incident_id=page.incident.pk,
            expected_revision=sent_number(request, "revision"),
            form=form,
            actor=actor_of(request),
        )
    except (NotAllowed, NotFound):
        raise
    except DomainError as failure:
        problem = _problem(form, page, what, failure)
        return _show(request, page, page_forms, status=HTTPStatus.CONFLICT, opened=what, **problem)
    forget_typed(request, form_name_of(page, what))
    messages.success(request, done)
    return redirect("incident", name=str(open_incident(page.incident.handle, viewer=viewer)))


@rights_required(Right.EDIT_INCIDENTS)
@require_http_methods(["GET", "POST"])
def incident_new(request: HttpRequest) -> HttpResponse:
    """Open a draft with its title; the rest follows on its page."""
    name = "incident-new"
    form = NewIncidentForm(request.POST or None, initial=kept_words(request, name))
    refusal = ""
    if request.method == "POST" and form.is_valid():
        try:
            made = create_incident(
                title=form.cleaned_data["title"], actor=actor_of(request), now=timezone.now()
            )
        except InvalidInput as failure:
            refusal = str(failure)
        else:
            forget_typed(request, name)
            return redirect("incident", name=str(made))
    status = HTTPStatus.BAD_REQUEST if request.method == "POST" else HTTPStatus.OK
    context = {"form": form, "refusal": refusal}
    return render(request, "staff/incident_new.html", context, status=status)


def _show(
    request: HttpRequest,
    page: IncidentPage,
    page_forms: dict[str, forms.Form],
    *,
    status: int = HTTPStatus.OK,
    opened: str = "",
    **extra: Any,
) -> HttpResponse:
    viewer = actor_of(request)
    context = {
        "page": page,
        "may_read_names": may_read(viewer),
        "may_grant_names": has_right(viewer, Right.GRANT_RESTRICTED_ACCESS),
        "forms": page_forms,
        "names": {what: form_name_of(page, what) for what in page_forms},
        "opened": {what: what == opened or is_restored(form) for what, form in page_forms.items()},
        "refusals": {},
        "outgoing": outgoing_passages(page.assessed) if page.is_locked else [],
        "today": timezone.now().date(),
        "talk": count_talk(About(incident_id=page.incident.pk)),
    }
    template = "staff/incident.html" if page.merge is None else "staff/incident_merged.html"
    return render(request, template, context | extra, status=status)


def _sent_form(request: HttpRequest, page_forms: dict[str, forms.Form], what: str) -> forms.Form:
    """The form that was sent. Raises NotAllowed, InvalidInput, or DomainError where the incident
    has moved on since the page was opened; the words then stand on the page that says so."""
    if what not in ACTIONS:
        raise InvalidInput(_("This page has no such form."))
    require_right(actor_of(request), RIGHTS.get(what, Right.EDIT_INCIDENTS))
    if what not in page_forms:
        raise DomainError(_("The incident has moved on since you opened it, so nothing was saved."))
    return page_forms[what]


def _problem(
    form: forms.Form, page: IncidentPage, what: str, failure: DomainError
) -> dict[str, Any]:
    """What the page says of a form that could not be saved."""
    if isinstance(failure, StaleRevision) and isinstance(form, IncidentForm):
        return {"stale": _differences(form, page), "stale_words": str(failure)}
    return {"refusals": {what: str(failure)}}


def _differences(form: IncidentForm, page: IncidentPage) -> list[Difference]:
    """Field by field, what was saved meanwhile and what was typed."""
    saved = IncidentForm.initial_of(page.incident)
    return [
        Difference(
            str(form.fields[name].label), _words(form, name, theirs), _words(form, name, ours)
        )
        for name, theirs in saved.items()
        if (ours := form.cleaned_data.get(name)) != theirs
    ]


def _words(form: IncidentForm, name: str, value: Any) -> str:
    choices: dict[str, Any] = dict(getattr(form.fields[name], "choices", ()))
    return str(choices.get(str(value), "" if value is None else value))
