"""The page of one request: where it stands, every step, and the step that may come next."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tracker.accounts.permissions import Right, require_right
from tracker.core.errors import DomainError, InvalidInput, NotAllowed, NotFound
from tracker.incidents.policies import may_end
from tracker.web.access import actor_of, rights_required
from tracker.web.forms.requests import AcknowledgeForm, CloseForm, ReopenForm, ReplyForm, SendForm
from tracker.web.selectors.requests import ENDING, LEADS_TO, get_request_page
from tracker.web.sent import sent_number
from tracker.web.staff.request_actions import act_on
from tracker.web.typed import forget_typed, kept_words

if TYPE_CHECKING:
    from django import forms
    from django.http import HttpRequest, HttpResponse

    from tracker.web.selectors.requests import RequestPage

_FORMS: dict[str, type[forms.Form]] = {
    "send": SendForm,
    "acknowledge": AcknowledgeForm,
    "reply": ReplyForm,
    "close": CloseForm,
    "reopen": ReopenForm,
}


@rights_required(Right.READ)
@require_http_methods(["GET", "POST"])
def party_request(request: HttpRequest, pk: int) -> HttpResponse:
    """One request; ``what`` says which step was sent."""
    page = get_request_page(pk, viewer=actor_of(request))
    page_forms = {what: _make(request, page, what) for what in page.offered}
    if request.method == "GET":
        return _show(request, page, page_forms)
    what = request.POST.get("what", "")
    form = _sent_form(request, page, page_forms, what)
    if not form.is_valid():
        return _show(request, page, page_forms, status=HTTPStatus.BAD_REQUEST, opened=what)
    try:
        done = act_on(
            what,
            request_id=pk,
            expected_revision=sent_number(request, "revision"),
            values=form.cleaned_data,
            actor=actor_of(request),
        )
    except (NotAllowed, NotFound):
        raise
    except DomainError as failure:
        said = {what: str(failure)}
        status = HTTPStatus.CONFLICT
        return _show(request, page, page_forms, status=status, opened=what, refusals=said)
    forget_typed(request, _name_of(page, what))
    messages.success(request, done)
    return redirect("request", pk=pk)


def _show(
    request: HttpRequest,
    page: RequestPage,
    page_forms: dict[str, forms.Form],
    *,
    status: int = HTTPStatus.OK,
    opened: str = "",
    refusals: dict[str, str] | None = None,
) -> HttpResponse:
    context = {
        "page": page,
        "asked": page.asked,
        "forms": page_forms,
        "names": {what: _name_of(page, what) for what in page_forms},
        "opened": {
            what: what == opened or bool(getattr(form, "holds_kept_words", False))
            for what, form in page_forms.items()
        },
        "refusals": refusals or {},
        "today": timezone.now().date(),
    }
    return render(request, "staff/request.html", context, status=status)


def _name_of(page: RequestPage, what: str) -> str:
    """Under which typed words are kept."""
    return f"request-{page.asked.pk}-{what}"


def _make(request: HttpRequest, page: RequestPage, what: str) -> forms.Form:
    options: dict[str, Any] = {"auto_id": f"{what}_%s"}
    if what == "reply":
        options["articles"] = page.articles
    if request.method == "POST" and request.POST.get("what") == what:
        return _FORMS[what](request.POST, **options)
    kept = kept_words(request, _name_of(page, what))
    form = _FORMS[what](**options, initial=_initial(page, what) | kept)
    form.holds_kept_words = bool(kept)  # type: ignore[attr-defined]  # by _show
    return form


def _initial(page: RequestPage, what: str) -> dict[str, Any]:
    if what == "send":
        return {"allegation": page.asked.allegation}
    if what == "acknowledge":
        return {"their_reference": page.asked.their_reference, "due_on": page.asked.due_on}
    return {}


def _sent_form(
    request: HttpRequest, page: RequestPage, page_forms: dict[str, forms.Form], what: str
) -> forms.Form:
    """The form that was sent. Raises NotAllowed, InvalidInput, or DomainError where the request
    has moved on since the page was opened; the words then stand on the page that says so."""
    actor = actor_of(request)
    require_right(actor, Right.EDIT_INCIDENTS)
    if what not in LEADS_TO:
        raise InvalidInput(_("This page has no such form."))
    allowed, sentence = may_end(actor, page.asked)
    if what in ENDING and not allowed:
        raise NotAllowed(sentence)
    if what not in page_forms:
        raise DomainError(_("The request has moved on since you opened it; nothing was saved."))
    return page_forms[what]
