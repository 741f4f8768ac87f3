"""People: invite, change a role, let in again, send a link."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tracker.accounts.permissions import Right
from tracker.accounts.services.people import (
    NewLink,
    change_role,
    invite_person,
    make_reset_link,
    set_active,
)
from tracker.core.actor import Role
from tracker.core.errors import DomainError
from tracker.web.access import actor_of, rights_required
from tracker.web.forms.people import ActiveForm, InviteForm, RoleForm
from tracker.web.selectors.people import get_person, list_people
from tracker.web.typed import forget_typed, kept_words

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from tracker.accounts.models import Person


@rights_required(Right.MANAGE_PEOPLE)
@require_http_methods(["GET", "HEAD", "POST"])
def people(request: HttpRequest) -> HttpResponse:
    """Everybody, and the form that invites one more; the link is shown this once."""
    now = timezone.now()
    typed = kept_words(request, "people")
    form = InviteForm(request.POST or None, initial=typed)
    context: dict[str, Any] = {"form": form}
    status = HTTPStatus.OK
    if request.method == "POST":
        status = HTTPStatus.BAD_REQUEST
        if form.is_valid():
            try:
                link = invite_person(
                    email=form.cleaned_data["email"],
                    alias=form.cleaned_data["alias"],
                    role=Role(form.cleaned_data["role"]),
                    actor=actor_of(request),
                    now=now,
                )
            except DomainError as failure:
                context["refusal"] = str(failure)
            else:
                status = HTTPStatus.OK
                forget_typed(request, "people")
                context |= {"form": InviteForm(), **_link_context(link)}
    context["people"] = list(list_people(now=now))
    return render(request, "staff/people.html", context, status=status)


@rights_required(Right.MANAGE_PEOPLE)
@require_http_methods(["GET", "HEAD", "POST"])
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """One person: role, whether they may come in, a link for a new password."""
    now = timezone.now()
    someone = get_person(pk, now=now)
    what = request.POST.get("what", "")
    role_name = f"person-{pk}-role"
    typed = kept_words(request, role_name)
    role_form = RoleForm(
        request.POST if what == "role" else None, initial={"role": someone.role} | typed
    )
    active_form = ActiveForm(request.POST if what == "active" else None)
    context: dict[str, Any] = {
        "role_form": role_form,
        "active_form": active_form,
        "role_name": role_name,
    }
    status = HTTPStatus.OK
    if request.method == "POST":
        try:
            done = _change(request, someone, what, role_form, active_form)
        except DomainError as failure:
            context["refusal"] = str(failure)
            done = None
        if done == "":
            forget_typed(request, role_name)
            return redirect("person", pk=pk)
        status = HTTPStatus.OK if done else HTTPStatus.BAD_REQUEST
        context |= _link_context(done) if isinstance(done, NewLink) else {}
    context["person"] = get_person(pk, now=now)
    return render(request, "staff/person.html", context, status=status)


def _change(
    request: HttpRequest, someone: Person, what: str, role_form: RoleForm, active_form: ActiveForm
) -> NewLink | str | None:
    """A link to show, "" where it is done, None where the form has faults."""
    actor, now = actor_of(request), timezone.now()
    if what == "link":
        return make_reset_link(person_id=someone.pk, actor=actor, now=now)
    if what == "role" and role_form.is_valid():
        change_role(
            person_id=someone.pk,
            role=Role(role_form.cleaned_data["role"]),
            actor=actor,
            now=now,
            reason=role_form.cleaned_data["reason"],
        )
        messages.success(request, _("The role is changed."))
        return ""
    if what == "active" and active_form.is_valid():
        is_active = request.POST.get("is_active") == "1"
        set_active(
            person_id=someone.pk,
            is_active=is_active,
            actor=actor,
            now=now,
            reason=active_form.cleaned_data["reason"],
        )
        messages.success(
            request,
            _("They may sign in again.") if is_active else _("They can't sign in any more."),
        )
        return ""
    return None


def _link_context(link: NewLink) -> dict[str, Any]:
    path = reverse("one_time_link", kwargs={"token": link.token})
    return {
        "new_link": f"{settings.PUBLIC_URL}{path}",
        "new_link_for": link.person,
        "new_link_until": link.expires_at,
    }
