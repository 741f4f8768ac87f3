"""What can't be undone: a consent taken back, a record shredded. Each takes two steps."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tracker.core.errors import DomainError, NotAllowed, NotFound
from tracker.restricted.choices import AccessLevel, ConsentScope
from tracker.restricted.selectors.people import get_consent
from tracker.restricted.services.consent import withdraw_consent
from tracker.restricted.services.reading import view_record
from tracker.restricted.services.shred import shred_person
from tracker.web.access import actor_of
from tracker.web.forms.restricted import ShredForm, WithdrawForm
from tracker.web.staff.restricted_door import opened_to

if TYPE_CHECKING:
    from django import forms
    from django.http import HttpRequest, HttpResponse

    from tracker.restricted.models import PrivatePerson


@opened_to(AccessLevel.WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def restricted_shred(request: HttpRequest, pk: int) -> HttpResponse:
    """First the reason, then once more whether it is meant."""
    form = ShredForm(request.POST if request.method == "POST" else None)
    if not (form.is_valid() and "sure" in request.POST):
        return _step(request, pk, form)
    try:
        person = shred_person(
            person_id=pk,
            actor=actor_of(request),
            now=timezone.now(),
            reason=form.cleaned_data["reason"],
        )
    except (NotAllowed, NotFound):
        raise
    except DomainError as failure:
        return _step(request, pk, form, refusal=str(failure))
    return _shredded(request, person)


@opened_to(AccessLevel.WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def restricted_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """First the day, then once more; the consent to be recorded takes the record with it."""
    consent = get_consent(pk)
    person = consent.person
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if not (form.is_valid() and "sure" in request.POST):
        return _step(request, person.pk, form, withdraws=consent)
    try:
        withdraw_consent(
            consent_id=pk,
            withdrawn_on=form.cleaned_data["withdrawn_on"],
            actor=actor_of(request),
            now=timezone.now(),
        )
    except (NotAllowed, NotFound):
        raise
    except DomainError as failure:
        return _step(request, person.pk, form, refusal=str(failure), withdraws=consent)
    if consent.scope == ConsentScope.RECORD:
        return _shredded(request, person)
    messages.success(request, _("The consent is taken back."))
    return redirect("restricted_record", pk=person.pk)


def _step(request: HttpRequest, pk: int, form: forms.Form, **more: object) -> HttpResponse:
    is_wrong = form.is_bound and (not form.is_valid() or "refusal" in more)
    context = {
        "person": view_record(person_id=pk, actor=actor_of(request), now=timezone.now()),
        "form": form,
        "is_asked_again": form.is_bound and not is_wrong,
    }
    status = HTTPStatus.BAD_REQUEST if is_wrong else HTTPStatus.OK
    return render(request, "staff/restricted_end.html", context | more, status=status)


def _shredded(request: HttpRequest, person: PrivatePerson) -> HttpResponse:
    messages.success(
        request,
        _(
            "Record %(number)s is shredded. Its key is destroyed here; run mirror_keys so that "
            "copies of the keys forget it too."
        )
        % {"number": person.pk},
    )
    return redirect("restricted", name=str(person.incident))
