"""Pages for what went wrong: one sentence on what happened and one on what next."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.core.exceptions import RequestDataTooBig
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.core.errors import InvalidInput, NotAllowed, NotFound
from tracker.verification.selectors.closed import CodesBlind
from tracker.web.typed import form_page, keep_typed, typed_fields

if TYPE_CHECKING:
    from django.http import HttpRequest

    from tracker.core.errors import DomainError


@dataclass(frozen=True, slots=True)
class Fault:
    """What an error page says; lazy strings."""

    title: object
    what: object
    next: object


FAULTS: dict[int, Fault] = {
    400: Fault(
        gettext_lazy("This request could not be read"),
        gettext_lazy("Something in it was not as this site sends it."),
        gettext_lazy("Go back, load the page anew and try again."),
    ),
    403: Fault(
        gettext_lazy("Not open to your role"),
        gettext_lazy("Your role does not reach this page."),
        gettext_lazy("If you need it for your work, ask an administrator."),
    ),
    404: Fault(
        gettext_lazy("Nothing here"),
        gettext_lazy("There is no page at this address, or none that you may know of."),
        gettext_lazy("Check the address, or start again from the desk."),
    ),
    409: Fault(
        gettext_lazy("Not done: things have changed"),
        gettext_lazy("Somebody else changed this while you were working."),
        gettext_lazy("Look at how it stands now, then decide again."),
    ),
    413: Fault(
        gettext_lazy("Too large"),
        gettext_lazy("This is larger than what the page takes."),
        gettext_lazy("Split it into smaller parts and add them one by one."),
    ),
    405: Fault(
        gettext_lazy("Nothing to see here"),
        gettext_lazy("This address only takes what a form on another page sends."),
        gettext_lazy("Start again from the desk; what was saved before is safe."),
    ),
    429: Fault(
        gettext_lazy("Too many attempts"),
        gettext_lazy("There were too many attempts in a short time."),
        gettext_lazy("Wait a few minutes, then try again."),
    ),
    500: Fault(
        gettext_lazy("A fault on our side"),
        gettext_lazy("The page could not be made; what was saved before is safe."),
        gettext_lazy("Try again in a minute. If it stays, tell an administrator the time."),
    ),
}


_OLD_FORM = Fault(
    gettext_lazy("This form was too old"),
    gettext_lazy(
        "This form was older than your sign-in, or did not come from this site, "
        "so nothing was saved."
    ),
    gettext_lazy("Open the page again and send it from there."),
)
_LOCKED = Fault(
    gettext_lazy("Locked for a while"),
    gettext_lazy(
        "There were too many wrong passwords for this address, so signing in is locked "
        "for 15 minutes, even with the right one."
    ),
    gettext_lazy("Wait, then sign in with the right one, or ask an administrator for a link."),
)
_BLIND = Fault(
    gettext_lazy("Closed to you for now"),
    gettext_lazy("It shows something of a coding that you must not know yet."),
    gettext_lazy("You may also give the second coding back; what you coded is deleted then."),
)

#: What forms carry for the machine; nobody typed it.
_NOT_WORDS = frozenset({"what", "next", "revision", "fence", "claim_id", "task_id"})


def error_page(
    request: HttpRequest,
    status: int,
    *,
    fault: Fault | None = None,
    what: str = "",
    typed: dict[str, str] | None = None,
) -> HttpResponse:
    """The page for ``status``, with a sentence of its own and the typed words where given."""
    fault = fault or FAULTS[status]
    shown = {
        name.replace("_", " "): words
        for name, words in (typed or {}).items()
        if words.strip() and name not in _NOT_WORDS
    }
    context = {"fault": fault, "what": what or fault.what, "typed": shown, "status": status}
    if typed or status == HTTPStatus.CONFLICT:
        # Not for a request that could not be read: looking at its form would fail again.
        context["back"] = form_page(request)
    return render(request, "error.html", context, status=status)


def refusal_page(request: HttpRequest, failure: DomainError) -> HttpResponse:
    """A failure that no form caught; what was typed stands on the page."""
    status = 409
    if isinstance(failure, NotFound):
        status = 404
    elif isinstance(failure, NotAllowed):
        status = 403
    elif isinstance(failure, InvalidInput):
        status = 400
    typed = typed_fields(request) if request.method == "POST" else {}
    if isinstance(failure, CodesBlind):
        return error_page(request, status, fault=_BLIND, what=_(str(failure)), typed=typed)
    return error_page(request, status, what=str(failure), typed=typed)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Status 400, or 413 with the limit where too much was sent."""
    if isinstance(exception, RequestDataTooBig):
        return error_page(
            request,
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
            what=_("This is larger than what the page takes: 20 MB for a file, 12 MB for text."),
        )
    return error_page(request, HTTPStatus.BAD_REQUEST)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001  # Django's signature
    """Status 403."""
    return error_page(request, HTTPStatus.FORBIDDEN)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001  # Django's signature
    """Status 404."""
    return error_page(request, HTTPStatus.NOT_FOUND)


def too_many(request: HttpRequest) -> HttpResponse:
    """Status 429."""
    return error_page(request, HTTPStatus.TOO_MANY_REQUESTS)


def server_error(_request: HttpRequest) -> HttpResponse:
    """Status 500: made without database and session, which may be what failed."""
    page = render_to_string("500.html", {"fault": FAULTS[500]})
    return HttpResponse(page, status=HTTPStatus.INTERNAL_SERVER_ERROR)


def locked_out(
    request: HttpRequest, _response: HttpResponse | None = None, _credentials: object = None
) -> HttpResponse:
    """Too many wrong passwords for one address from one place; Axes asks for this page."""
    return error_page(request, HTTPStatus.TOO_MANY_REQUESTS, fault=_LOCKED)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001  # Django's signature
    """A form without the token of this browser's session: its words must not be lost."""
    typed = {}
    if _came_from_here(request) and not request.path.startswith("/account/"):
        typed = typed_fields(request)
        keep_typed(request, now=timezone.now())
    return error_page(request, HTTPStatus.FORBIDDEN, fault=_OLD_FORM, typed=typed)


def _came_from_here(request: HttpRequest) -> bool:
    # Words that another site sent must neither be kept nor appear on a page of ours.
    site = request.headers.get("Sec-Fetch-Site", "")
    if site:
        return site == "same-origin"
    sender = request.headers.get("Origin") or request.headers.get("Referer") or ""
    return urlsplit(sender).netloc == request.get_host()
