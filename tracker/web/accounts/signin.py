"""The pages around signing in that allauth has not, or that we keep shut."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, NoReturn

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from tracker.accounts.selectors.links import find_open_link
from tracker.accounts.services.people import UnableToUseLink, use_link
from tracker.core.errors import InvalidInput
from tracker.web.forms.people import NewPasswordForm

if TYPE_CHECKING:
    from django.http import HttpRequest


def typed_login(request: HttpRequest | None, credentials: dict[str, str] | None) -> str:
    """The address that somebody tries, in small letters; allauth and Django name it otherwise.

    Axes counts wrong passwords by it.
    """
    tried = credentials or (request.POST if request is not None else {})
    for field in ("login", "email", "username"):
        if tried.get(field):
            return str(tried[field]).strip().lower()
    return ""


def client_address(request: HttpRequest) -> str:
    """Where a request comes from: behind a trusted proxy, what that proxy itself saw."""
    forwarded = request.headers.get("X-Forwarded-For", "")
    if settings.TRUSTED_PROXY and forwarded:
        # Only the last entry is the proxy's own; the ones before may be invented.
        return forwarded.rsplit(",", 1)[-1].strip()
    return str(request.META.get("REMOTE_ADDR", ""))


def no_sign_up(_request: HttpRequest) -> NoReturn:
    """Nobody signs up; people are invited."""
    raise Http404


@require_safe
def ask_for_reset(request: HttpRequest) -> HttpResponse:
    """No mail goes out from here: an administrator makes a one-time link."""
    return render(request, "account/ask_for_reset.html")


@require_safe
def inactive(request: HttpRequest) -> HttpResponse:
    """The person was deactivated."""
    return render(request, "account/inactive.html", status=HTTPStatus.FORBIDDEN)


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def one_time_link(request: HttpRequest, token: str) -> HttpResponse:
    """Show the form behind an open link; only sending it uses the link up."""
    response = _use(request, token)
    response["X-Robots-Tag"] = "noindex, nofollow"
    # "no-referrer" would make browsers send "Origin: null" with the form, which is refused.
    response["Referrer-Policy"] = "same-origin"
    return response


def _use(request: HttpRequest, token: str) -> HttpResponse:
    now = timezone.now()
    link = find_open_link(token=token, now=now)
    if link is None:
        return render(request, "account/link_closed.html", status=HTTPStatus.GONE)
    form = NewPasswordForm(request.POST or None)
    refusal = ""
    if request.method == "POST" and form.is_valid():
        try:
            use_link(token=token, password=form.cleaned_data["password"], now=now)
        except UnableToUseLink:
            return render(request, "account/link_closed.html", status=HTTPStatus.GONE)
        except InvalidInput as failure:
            refusal = str(failure)
        else:
            messages.success(request, _("Your password is set. Sign in with it now."))
            return redirect(settings.LOGIN_URL)
    status = HTTPStatus.BAD_REQUEST if request.method == "POST" else HTTPStatus.OK
    context = {"form": form, "refusal": refusal, "person": link.person}
    return render(request, "account/one_time_link.html", context, status=status)
