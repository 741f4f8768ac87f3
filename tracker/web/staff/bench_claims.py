"""What people decide about the claims of a task; each claim is its own form."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.db import transaction
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from tracker.accounts.permissions import Right
from tracker.core.errors import DomainError, NotFound, StaleRevision
from tracker.incidents.services.claim_fields import ClaimFields
from tracker.incidents.services.incidents import create_incident
from tracker.verification.services.decisions import (
    accept_claim,
    add_claim,
    link_claims,
    reject_claim,
    retract_claim,
)
from tracker.verification.services.leases import LostLease
from tracker.web.access import actor_of, rights_required
from tracker.web.forms.claim import ClaimForm, NewIncidentForm, RejectForm
from tracker.web.selectors.claim_rows import Difference
from tracker.web.sent import sent_number, whole_number
from tracker.web.staff.bench_page import (
    bench_of,
    claim_form,
    initial_of,
    new_claim_form,
    open_edit,
    show_bench,
    show_lost,
)
from tracker.web.typed import forget_typed

if TYPE_CHECKING:
    from typing import Any

    from django.http import HttpRequest, HttpResponse

    from tracker.web.selectors.bench import Bench
    from tracker.web.selectors.claim_rows import ClaimRow


@rights_required(Right.DECIDE_CLAIMS)
@require_POST
def task_claim(request: HttpRequest, pk: int, claim_id: int) -> HttpResponse:
    """Accept a claim as it stands, accept it corrected, or reject it."""
    bench = bench_of(request, pk)
    row = next((row for row in bench.rows if row.claim.pk == claim_id), None)
    if row is None:
        raise NotFound("This article has no such claim.")
    decide = {"correct": _correct, "reject": _reject}.get(request.POST.get("decision", ""), _accept)
    try:
        return decide(request, bench, row)
    except LostLease:
        return show_lost(request, pk)


@rights_required(Right.DECIDE_CLAIMS)
@require_POST
def task_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a claim that the machine did not see, and accept it."""
    bench = bench_of(request, pk)
    form = new_claim_form(request, bench)
    if not form.is_valid():
        return show_bench(request, bench, status=HTTPStatus.BAD_REQUEST, add_form=form)
    try:
        with transaction.atomic():
            incident_id = _incident_for(request, form)
            add_claim(
                task_id=pk,
                fence=sent_number(request, "fence"),
                quote=form.cleaned_data["quote"],
                fields=_fields(form, kept=""),
                incident_id=incident_id,
                actor=actor_of(request),
                now=timezone.now(),
                reason=form.cleaned_data["reason"],
            )
    except LostLease:
        return show_lost(request, pk)
    except DomainError as failure:
        return show_bench(
            request, bench, status=HTTPStatus.CONFLICT, add_form=form, add_refusal=str(failure)
        )
    forget_typed(request, bench.add_form_name)
    return _back(pk, incident_id, "claims")


@rights_required(Right.DECIDE_CLAIMS)
@require_POST
def task_link(request: HttpRequest, pk: int) -> HttpResponse:
    """Put accepted claims on an incident."""
    incident_id = sent_number(request, "incident")
    claim_ids = [whole_number(claim) for claim in request.POST.getlist("claim")]
    try:
        link_claims(
            task_id=pk,
            fence=sent_number(request, "fence"),
            claim_ids=claim_ids,
            incident_id=incident_id,
            actor=actor_of(request),
            now=timezone.now(),
        )
    except LostLease:
        return show_lost(request, pk)
    except DomainError as failure:
        bench = bench_of(request, pk)
        return show_bench(request, bench, status=HTTPStatus.CONFLICT, refusal=str(failure))
    return _back(pk, incident_id, "candidates")


@rights_required(Right.EDIT_INCIDENTS)
@require_POST
def task_incident(request: HttpRequest, pk: int) -> HttpResponse:
    """Make an incident and choose it for what is accepted next."""
    form = NewIncidentForm(request.POST, auto_id="incident_%s")
    if not form.is_valid():
        bench = bench_of(request, pk)
        return show_bench(request, bench, status=HTTPStatus.BAD_REQUEST, incident_form=form)
    incident = create_incident(
        title=form.cleaned_data["title"], actor=actor_of(request), now=timezone.now()
    )
    return _back(pk, incident.pk, "candidates")


def _accept(request: HttpRequest, bench: Bench, row: ClaimRow) -> HttpResponse:
    try:
        accept_claim(
            task_id=row.task_id,
            fence=sent_number(request, "fence"),
            claim_id=row.claim.pk,
            expected_revision=sent_number(request, "revision"),
            correction=None,
            incident_id=bench.chosen.pk if bench.chosen and row.needs_incident else None,
            actor=actor_of(request),
            now=timezone.now(),
        )
    except LostLease:
        raise
    except DomainError as failure:
        return _refused(request, bench, row, failure)
    return _next(bench, row, row.chosen)


def _correct(request: HttpRequest, bench: Bench, row: ClaimRow) -> HttpResponse:
    form = claim_form(request, bench, row)
    row.edit_form, row.is_on = form, True
    if not form.is_valid():
        return show_bench(request, bench, status=HTTPStatus.BAD_REQUEST)
    try:
        with transaction.atomic():
            incident_id = _incident_for(request, form)
            accept_claim(
                task_id=row.task_id,
                fence=sent_number(request, "fence"),
                claim_id=row.claim.pk,
                expected_revision=sent_number(request, "revision"),
                correction=_fields(form, kept=initial_of(bench, row)["beside"]),
                incident_id=incident_id,
                actor=actor_of(request),
                now=timezone.now(),
                reason=form.cleaned_data["reason"],
            )
    except LostLease:
        raise
    except StaleRevision:
        row.stale = _differences(form, initial_of(bench, row))
        return show_bench(request, bench, status=HTTPStatus.CONFLICT)
    except DomainError as failure:
        return _refused(request, bench, row, failure)
    forget_typed(request, row.form_name)
    return _next(bench, row, incident_id or row.chosen)


def _reject(request: HttpRequest, bench: Bench, row: ClaimRow) -> HttpResponse:
    form = RejectForm(request.POST, is_accepted=row.is_accepted, auto_id="reject_%s")
    row.reject_form, row.is_on = form, True
    if not form.is_valid():
        return show_bench(request, bench, status=HTTPStatus.BAD_REQUEST)
    decide = retract_claim if form.is_taken_back else reject_claim
    try:
        decide(
            task_id=row.task_id,
            fence=sent_number(request, "fence"),
            claim_id=row.claim.pk,
            expected_revision=sent_number(request, "revision"),
            actor=actor_of(request),
            now=timezone.now(),
            reason=form.reason,
        )
    except LostLease:
        raise
    except DomainError as failure:
        return _refused(request, bench, row, failure)
    forget_typed(request, row.form_name)
    return _next(bench, row, row.chosen)


def _refused(
    request: HttpRequest, bench: Bench, row: ClaimRow, failure: DomainError
) -> HttpResponse:
    """The claim stays open with the sentence above its fields."""
    if not row.has_form:
        open_edit(request, bench, row)
    row.refusal = str(failure)
    return show_bench(request, bench, status=HTTPStatus.CONFLICT)


def _incident_for(request: HttpRequest, form: ClaimForm) -> int | None:
    """The chosen incident, made first where it is new."""
    if not form.wants_new_incident:
        return form.incident_id
    incident = create_incident(
        title=form.cleaned_data["new_incident"], actor=actor_of(request), now=timezone.now()
    )
    return incident.pk


def _fields(form: ClaimForm, *, kept: str) -> ClaimFields:
    values = form.cleaned_data
    return ClaimFields(
        outcome=values["outcome"],
        subject_status=values["subject_status"],
        polarity=values["polarity"],
        scope=values["scope"],
        minimum=values["figure"].minimum,
        maximum=values["figure"].maximum,
        quantifier_raw=values["quantifier_raw"],
        women_min=values["women"].minimum,
        women_max=values["women"].maximum,
        men_min=values["men"].minimum,
        men_max=values["men"].maximum,
        children_min=values["children"].minimum,
        children_max=values["children"].maximum,
        speaker_text=values["speaker_text"],
        party_name=values["party_name"],
        said_on=values["said_on"],
        group=values["group"],
        credibility=int(values["credibility"]) if values["credibility"] else None,
        is_cumulative_update=values["is_cumulative_update"],
        covers_whole_incident=values["covers_whole_incident"],
        copy_decision=values.get("copy_decision", ""),
        beside=form.beside_unless(kept),
    )


def _differences(form: ClaimForm, saved: dict[str, Any]) -> list[Difference]:
    """Field by field, what was saved meanwhile and what was typed."""
    differences = []
    for name, value in saved.items():
        if name not in form.fields:
            continue
        theirs, ours = _shown(form, name, value), _shown(form, name, form.cleaned_data.get(name))
        if theirs != ours:
            differences.append(Difference(str(form.fields[name].label), theirs, ours))
    return differences


def _shown(form: ClaimForm, name: str, value: Any) -> str:
    field = form.fields[name]
    words = field.prepare_value(value)
    choices: dict[str, Any] = dict(getattr(field, "choices", ()))
    return str(choices.get(str(words), "" if words is None else words))


def _next(bench: Bench, row: ClaimRow, incident_id: int | None) -> HttpResponse:
    """Back to the page, at the next claim that nobody has decided."""
    after = bench.rows.index(row) + 1
    later = [*bench.rows[after:], *bench.rows[:after]]
    target = next((other for other in later if other.is_open and other is not row), row)
    return _back(row.task_id, incident_id, f"c-{target.anchor}")


def _back(pk: int, incident_id: int | None, fragment: str) -> HttpResponse:
    query = f"?incident={incident_id}" if incident_id else ""
    return redirect(f"{reverse('task', args=[pk])}{query}#{fragment}")
