"""The first door of every staff page: who is signed in, and may they come here?"""

from __future__ import annotations

from functools import wraps
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.contrib.auth.views import redirect_to_login
from django.utils import timezone
from django.utils.cache import patch_cache_control

from tracker.accounts.models import Person
from tracker.accounts.permissions import has_right
from tracker.audit.services.record import record_event
from tracker.core.errors import DomainError, NotAllowed
from tracker.web.errors import error_page, refusal_page
from tracker.web.typed import form_page, keep_typed, mark_browser

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponseBase

    from tracker.accounts.permissions import Right
    from tracker.core.actor import Actor

    View = Callable[..., HttpResponseBase]


def person_of(request: HttpRequest) -> Person:
    """The signed-in person. Raises NotAllowed where nobody is."""
    if not isinstance(request.user, Person):
        raise NotAllowed("Sign in first.")
    return request.user


def actor_of(request: HttpRequest) -> Actor:
    """The actor that services take."""
    return person_of(request).as_actor()


def rights_required(right: Right) -> Callable[[View], View]:
    """Let a view answer only people whose role reaches ``right``.

    Nobody signed in: to the sign-in page, keeping what was typed. Signed in without the right:
    the 403 page and an audit line. A DomainError the view lets through becomes a page with its
    sentence and the typed text. Nothing of it is ever cached.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            response = _answer(view, right, request, *args, **kwargs)
            patch_cache_control(response, no_store=True, private=True)
            return response

        return guarded

    return decorate


def _answer(
    view: View, right: Right, request: HttpRequest, *args: Any, **kwargs: Any
) -> HttpResponseBase:
    if not request.user.is_authenticated:
        if request.method == "POST":
            keep_typed(request, now=timezone.now())
        return redirect_to_login(form_page(request))
    person = person_of(request)
    try:
        _check(person, right, request)
        response = view(request, *args, **kwargs)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            allowed = response.headers["Allow"]
            response = error_page(request, HTTPStatus.METHOD_NOT_ALLOWED)
            response["Allow"] = allowed
    except DomainError as failure:
        response = refusal_page(request, failure)
    mark_browser(request, response, person)
    return response


def _check(person: Person, right: Right, request: HttpRequest) -> None:
    actor = person.as_actor()
    if has_right(actor, right):
        return
    page = request.resolver_match.view_name if request.resolver_match else ""
    record_event(
        actor=actor,
        action="access.refuse",
        now=timezone.now(),
        changes={"right": right.value, "page": page},
    )
    raise NotAllowed("Your role does not reach this page.")
