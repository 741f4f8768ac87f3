"""Who was given the right to names, contacts and homes; given and ended one by one."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tracker.accounts.permissions import Right
from tracker.restricted.selectors.access import list_grantable, list_grants
from tracker.restricted.services.access import end_access, grant_access
from tracker.web.access import actor_of, person_of, rights_required
from tracker.web.forms.restricted import GrantForm

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@rights_required(Right.GRANT_RESTRICTED_ACCESS)
@require_http_methods(["GET", "HEAD", "POST"])
def restricted_access(request: HttpRequest) -> HttpResponse:
    """Everybody with the right, and the form that gives it to one more."""
    people = list_grantable(besides=person_of(request).pk)
    form = GrantForm(request.POST if request.method == "POST" else None, people=people)
    if form.is_valid():
        grant_access(
            person_id=form.cleaned_data["person"],
            level=form.cleaned_data["level"],
            actor=actor_of(request),
            now=timezone.now(),
            reason=form.cleaned_data["reason"],
        )
        messages.success(request, _("The right is given."))
        return redirect("restricted_access")
    context = {"form": form, "grants": list(list_grants())}
    status = HTTPStatus.BAD_REQUEST if form.is_bound else HTTPStatus.OK
    return render(request, "staff/restricted_access.html", context, status=status)


@rights_required(Right.GRANT_RESTRICTED_ACCESS)
@require_POST
def restricted_access_end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a right at once."""
    end_access(grant_id=pk, actor=actor_of(request), now=timezone.now(), reason="")
    messages.success(request, _("The right is ended."))
    return redirect("restricted_access")
