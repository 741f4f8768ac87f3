"""Add: paste a text, give an address, upload a file; one service takes all three."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tracker.accounts.permissions import Right
from tracker.core.errors import DomainError
from tracker.sources.choices import Material
from tracker.sources.services.ingest import (
    IngestResult,
    Outcome,
    ingest_bytes,
    ingest_pasted,
    request_fetch,
)
from tracker.web.access import actor_of, rights_required
from tracker.web.forms.add import AddressForm, FileForm, PasteForm
from tracker.web.selectors.watch import addresses_of
from tracker.web.typed import forget_typed, kept_words

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

PASTE, ADDRESS, FILE = "add-paste", "add-address", "add-file"


@rights_required(Right.INGEST)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Three forms; what was sent is answered by a list of what became of each item."""
    sent = request.POST.get("what", "")
    results: list[IngestResult] | None = None
    refusal = ""
    forms = _forms(request, sent)
    if request.method == "POST" and sent in forms and forms[sent].is_valid():
        try:
            results = _take(request, sent, forms[sent].cleaned_data)
        except DomainError as failure:
            refusal = str(failure)
    is_done = results is not None and any(r.outcome is not Outcome.FAILED for r in results)
    if is_done:
        forget_typed(request, sent)
        forms |= _forms(request, "")
        if sent == ADDRESS:
            messages.success(request, _("The address waits for a worker."))
            return redirect("add")
    status = HTTPStatus.OK
    if request.method == "POST" and not is_done:
        status = HTTPStatus.BAD_REQUEST
    context = {
        "paste": forms[PASTE],
        "address": forms[ADDRESS],
        "file": forms[FILE],
        "sent": sent,
        "refusal": refusal,
        "results": results,
        "addresses": addresses_of(actor_of(request)),
    }
    return render(request, "staff/add.html", context, status=status)


def _forms(request: HttpRequest, sent: str) -> dict[str, Any]:
    paste, address = kept_words(request, PASTE), kept_words(request, ADDRESS)
    data = request.POST
    return {
        PASTE: PasteForm(data if sent == PASTE else None, initial=paste, prefix=None),
        ADDRESS: AddressForm(data if sent == ADDRESS else None, initial=address),
        FILE: FileForm(data, request.FILES) if sent == FILE else FileForm(),
    }


def _take(request: HttpRequest, sent: str, values: dict[str, Any]) -> list[IngestResult]:
    actor, now = actor_of(request), timezone.now()
    if sent == PASTE:
        return [
            ingest_pasted(
                title=values["title"],
                text=values["text"],
                outlet=values["outlet"],
                published_on=values["published_on"],
                material=Material(values["material"]),
                given_by=values["given_by"],
                actor=actor,
                now=now,
            )
        ]
    if sent == ADDRESS:
        waiting = request_fetch(
            url=values["url"], robots_reason=values["robots_reason"], actor=actor, now=now
        )
        return [IngestResult(waiting.url, Outcome.NEW, "", None)]
    file = values["file"]
    return ingest_bytes(
        content=file.read(),
        reference=file.name,
        media_type=file.content_type,
        material=Material(values["material"]),
        actor=actor,
        now=now,
    )
