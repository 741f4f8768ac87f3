"""Split claims of an incident off into a new one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tracker.accounts.permissions import Right
from tracker.incidents.services.contribution import refuse_gone
from tracker.incidents.services.split import split_incident
from tracker.verification.selectors.closed import open_incident
from tracker.web.access import actor_of, rights_required
from tracker.web.forms.merging import SplitForm
from tracker.web.refusals import status_of, told_in
from tracker.web.selectors.merging import claims_to_choose
from tracker.web.sent import sent_number
from tracker.web.typed import forget_typed, kept_words

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@rights_required(Right.MERGE_INCIDENTS)
@require_http_methods(["GET", "HEAD", "POST"])
def incident_split(request: HttpRequest, name: str) -> HttpResponse:
    """Tick the claims that are of another event, and name it."""
    incident = open_incident(name, viewer=actor_of(request))
    refuse_gone(incident)
    rows = claims_to_choose(incident)
    form_name = f"split-{incident.pk}"
    form = SplitForm(
        request.POST or None,
        claims=[(str(row.first.pk), row.refs[0]) for row in rows],
        initial=kept_words(request, form_name),
    )
    context: dict[str, Any] = {
        "incident": incident,
        "rows": rows,
        "form": form,
        "form_name": form_name,
        "ticked": request.POST.getlist("claims"),
    }
    if form.is_valid():
        with told_in(context):
            made = split_incident(
                incident_id=incident.pk,
                expected_revision=sent_number(request, "revision"),
                claim_ids=form.cleaned_data["claims"],
                title=form.cleaned_data["title"],
                actor=actor_of(request),
                now=timezone.now(),
                reason=form.cleaned_data["reason"],
            )
        if "refusal" not in context:
            forget_typed(request, form_name)
            messages.success(request, _("The claims are on a draft of their own."))
            return redirect("incident", name=str(made))
    return render(request, "staff/split.html", context, status=status_of(context))
