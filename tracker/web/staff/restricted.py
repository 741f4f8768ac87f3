"""Private persons of an incident: the list, one record, and what is written to it."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tracker.core.errors import DomainError, NotAllowed, NotFound
from tracker.core.families import home_of
from tracker.restricted.choices import AccessLevel, Gender
from tracker.restricted.policies import may_write
from tracker.restricted.services.consent import record_consent
from tracker.restricted.services.reading import (
    Opened,
    show_names,
    show_record,
    view_record,
    view_records,
)
from tracker.restricted.services.records import correct_person, record_person
from tracker.verification.selectors.closed import open_incident
from tracker.web.access import actor_of
from tracker.web.forms.restricted import ConsentForm, CorrectForm, RecordForm
from tracker.web.refusals import told_in
from tracker.web.sent import sent_number
from tracker.web.staff.restricted_door import opened_to

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from tracker.restricted.models import PrivatePerson


@opened_to(AccessLevel.READ)
@require_http_methods(["GET", "HEAD", "POST"])
def restricted(request: HttpRequest, name: str) -> HttpResponse:
    """The records of an incident; their names only where somebody asks for them by a button."""
    actor, now = actor_of(request), timezone.now()
    incident = open_incident(name, viewer=actor)
    if incident.merged_into is not None:
        return redirect("restricted", name=str(home_of(incident)))
    are_shown = request.method == "POST"
    if are_shown:
        rows = show_names(incident=incident, actor=actor, now=now)
    else:
        found = view_records(incident=incident, actor=actor, now=now)
        rows = [Opened(person, None) for person in found]
    context = {
        "incident": incident,
        "rows": rows,
        "are_shown": are_shown,
        "are_of_several": any(row.person.incident_id != incident.pk for row in rows),
        "may_write": may_write(actor),
    }
    return render(request, "staff/restricted.html", context)


@opened_to(AccessLevel.WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def restricted_new(request: HttpRequest, name: str) -> HttpResponse:
    """Record one more person."""
    incident = open_incident(name, viewer=actor_of(request))
    form = RecordForm(request.POST if request.method == "POST" else None)
    context: dict[str, Any] = {"incident": incident, "form": form}
    if request.method != "POST":
        return render(request, "staff/restricted_new.html", context)
    if form.is_valid():
        with told_in(context):
            made = record_person(
                incident_id=incident.pk,
                codes=form.codes,
                values=form.values,
                is_namesake=form.cleaned_data["is_namesake"],
                actor=actor_of(request),
                now=timezone.now(),
            )
        if "refusal" not in context:
            messages.success(request, _("Record %(number)s is sealed.") % {"number": made.pk})
            return redirect("restricted", name=str(incident))
    return render(request, "staff/restricted_new.html", context, status=HTTPStatus.BAD_REQUEST)


@opened_to(AccessLevel.READ)
@require_safe
def restricted_record(request: HttpRequest, pk: int) -> HttpResponse:
    """One record as far as it stands in the open."""
    person = view_record(person_id=pk, actor=actor_of(request), now=timezone.now())
    return _page(request, person)


@opened_to(AccessLevel.READ)
@require_POST
def restricted_show(request: HttpRequest, pk: int) -> HttpResponse:
    """The same with its values; that they were shown is noted."""
    opened = show_record(person_id=pk, actor=actor_of(request), now=timezone.now())
    return _page(request, opened.person, opened=opened)


@opened_to(AccessLevel.WRITE)
@require_POST
def restricted_correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Seal other values."""
    form = CorrectForm(request.POST, auto_id="correct_%s")
    if not form.is_valid():
        return _again(request, pk, correct_form=form)
    try:
        correct_person(
            person_id=pk,
            expected_revision=sent_number(request, "revision"),
            codes=form.codes,
            values=form.values,
            is_namesake=form.cleaned_data["is_namesake"],
            actor=actor_of(request),
            now=timezone.now(),
            reason=form.cleaned_data["reason"],
        )
    except (NotAllowed, NotFound):
        raise
    except DomainError as failure:
        return _again(request, pk, correct_form=form, correct_refusal=str(failure))
    messages.success(request, _("The record is corrected."))
    return redirect("restricted_record", pk=pk)


@opened_to(AccessLevel.WRITE)
@require_POST
def restricted_consent(request: HttpRequest, pk: int) -> HttpResponse:
    """Note a consent."""
    form = ConsentForm(request.POST, auto_id="consent_%s")
    if not form.is_valid():
        return _again(request, pk, consent_form=form)
    try:
        record_consent(
            person_id=pk, actor=actor_of(request), now=timezone.now(), **form.cleaned_data
        )
    except (NotAllowed, NotFound):
        raise
    except DomainError as failure:
        return _again(request, pk, consent_form=form, consent_refusal=str(failure))
    messages.success(request, _("The consent is noted."))
    return redirect("restricted_record", pk=pk)


def _again(request: HttpRequest, pk: int, **context: Any) -> HttpResponse:
    """The record with a form that was not right: what was typed, and nothing that was sealed."""
    person = view_record(person_id=pk, actor=actor_of(request), now=timezone.now())
    return _page(request, person, status=HTTPStatus.BAD_REQUEST, **context)


def _gender(opened: Opened | None) -> str:
    """The word for it, "" = not said."""
    if opened is None or opened.values is None or not opened.values.gender:
        return ""
    return str(Gender(opened.values.gender).label)


def _page(
    request: HttpRequest,
    person: PrivatePerson,
    *,
    opened: Opened | None = None,
    status: int = HTTPStatus.OK,
    **more: Any,
) -> HttpResponse:
    is_writer = may_write(actor_of(request)) and person.shredded_at is None
    context: dict[str, Any] = {
        "person": person,
        "opened": opened,
        "gender": _gender(opened),
        "may_write": is_writer,
        "consent_form": ConsentForm(auto_id="consent_%s"),
    }
    if is_writer and opened is not None and opened.values is not None:
        context["correct_form"] = CorrectForm(
            initial=CorrectForm.initial_of(person, opened.values), auto_id="correct_%s"
        )
    return render(request, "staff/restricted_record.html", context | more, status=status)
