"""One's own settings, and words one gives up."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from tracker.accounts.permissions import Right
from tracker.accounts.services.own import change_own_password, set_theme
from tracker.core.errors import InvalidInput
from tracker.web.access import actor_of, person_of, rights_required
from tracker.web.forms.people import ChangePasswordForm, ThemeForm
from tracker.web.typed import forget_typed, form_name, form_page

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@sensitive_post_parameters()
@rights_required(Right.READ)
@require_http_methods(["GET", "HEAD", "POST"])
def me(request: HttpRequest) -> HttpResponse:
    """Appearance and password of the signed-in person."""
    person = person_of(request)
    sent = request.POST.get("what", "")
    theme = ThemeForm(request.POST if sent == "theme" else None, initial={"theme": person.theme})
    password = ChangePasswordForm(request.POST if sent == "password" else None)
    refusal = ""
    if sent == "theme" and theme.is_valid():
        set_theme(theme=theme.cleaned_data["theme"], actor=actor_of(request), now=timezone.now())
        messages.success(request, _("The appearance is changed."))
        return redirect("me")
    if sent == "password" and password.is_valid():
        refusal = _change(request, password)
        if not refusal:
            messages.success(request, _("Your password is changed."))
            return redirect("me")
    status = HTTPStatus.BAD_REQUEST if request.method == "POST" else HTTPStatus.OK
    context = {"theme_form": theme, "password_form": password, "refusal": refusal}
    return render(request, "account/me.html", context, status=status)


@rights_required(Right.READ)
@require_POST
def drop_typed(request: HttpRequest) -> HttpResponse:
    """The person gives up words that were kept for them."""
    forget_typed(request, form_name(request))
    messages.info(request, _("Dropped. The form is as it was saved last."))
    return redirect(form_page(request))


def _change(request: HttpRequest, form: ChangePasswordForm) -> str:
    try:
        person = change_own_password(
            old_password=form.cleaned_data["old_password"],
            password=form.cleaned_data["password"],
            actor=actor_of(request),
            now=timezone.now(),
        )
    except InvalidInput as failure:
        return str(failure)
    update_session_auth_hash(request, person)
    return ""
