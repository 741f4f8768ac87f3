"""Sources: how reliable, since when, says who?"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tracker.accounts.permissions import Right, has_right
from tracker.core.errors import InvalidInput, NotAllowed, StaleRevision
from tracker.incidents.selectors.source_merging import other_names_of, source_merges_of
from tracker.incidents.selectors.track_record import track_records
from tracker.sources.choices import SourceKind
from tracker.sources.selectors.sources import get_source, notes_of, standing_of
from tracker.sources.services.notes import add_credibility_note, add_source, edit_source
from tracker.web.access import actor_of, rights_required
from tracker.web.forms.sources import NewSourceForm, NoteForm, SourceForm
from tracker.web.selectors.sources import (
    latest_articles,
    latest_claims,
    list_source_rows,
    party_names,
)
from tracker.web.typed import forget_typed, restored_fields

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from tracker.sources.models import Source

_NEW = "source-new"


@rights_required(Right.READ)
@require_safe
def sources(request: HttpRequest) -> HttpResponse:
    """The list by name; kind and words narrow it."""
    kind = request.GET.get("kind", "")
    kind = kind if kind in SourceKind.values else ""
    words = _asked(request, "q").strip()[:100]
    page = list_source_rows(kind=kind, words=words, after=_asked(request, "after")[:200])
    context = {
        "page": page,
        "kinds": SourceKind.choices,
        "kind": kind,
        "words": words,
        "may_rate": has_right(actor_of(request), Right.RATE_SOURCES),
    }
    return render(request, "staff/sources.html", context)


@rights_required(Right.RATE_SOURCES)
@require_http_methods(["GET", "HEAD", "POST"])
def source_new(request: HttpRequest) -> HttpResponse:
    """Enter a speaker or an outlet that no article brought along."""
    if request.method != "POST":
        form = NewSourceForm(initial=restored_fields(request, _NEW))
        return render(request, "staff/source_new.html", {"form": form})
    form = NewSourceForm(request.POST)
    refusal = ""
    if form.is_valid():
        try:
            made = add_source(**form.cleaned_data, actor=actor_of(request), now=timezone.now())
        except InvalidInput as failure:
            refusal = str(failure)
        else:
            forget_typed(request, _NEW)
            return redirect("source", pk=made.pk)
    context = {"form": form, "refusal": refusal}
    return render(request, "staff/source_new.html", context, status=HTTPStatus.BAD_REQUEST)


@rights_required(Right.READ)
@require_http_methods(["GET", "HEAD", "POST"])
def source(request: HttpRequest, pk: int) -> HttpResponse:
    """One source: its notes, what it is, what it published and said last."""
    subject = get_source(pk)
    if subject.merged_into is not None and request.method != "POST":
        return _merged(request, subject)
    if request.method == "GET":
        return _page(request, subject, *_forms(request, subject))
    if not has_right(actor_of(request), Right.RATE_SOURCES):
        raise NotAllowed(_("Your role reads sources and does not judge them."))
    note, edit = _forms(request, subject)
    refusal = ""
    try:
        if _save(request, subject, note, edit):
            forget_typed(request, _form_name(pk, request.POST.get("what", "")))
            return redirect("source", pk=pk)
    except StaleRevision:
        return _both_versions(request, pk, edit)
    except InvalidInput as failure:
        refusal = str(failure)
    return _page(request, subject, note, edit, refusal=refusal)


def _merged(request: HttpRequest, subject: Source) -> HttpResponse:
    context = {
        "source": subject,
        "merges": source_merges_of(subject),
        "may_merge": has_right(actor_of(request), Right.MERGE_SOURCES),
    }
    return render(request, "staff/source_merged.html", context)


def _asked(request: HttpRequest, name: str) -> str:
    # PostgreSQL knows no NUL character, so nothing is found by one.
    return request.GET.get(name, "").replace("\x00", "")


def _form_name(pk: int, what: str) -> str:
    return f"source-{pk}-{what}"


def _forms(request: HttpRequest, subject: Source) -> tuple[NoteForm, SourceForm]:
    sent = request.POST.get("what", "")
    typed: dict[str, dict[str, str]] = {"note": {}, "edit": {}}
    if request.method == "GET":
        typed = {what: restored_fields(request, _form_name(subject.pk, what)) for what in typed}
    note = NoteForm(
        request.POST if sent == "note" else None, initial=typed["note"], auto_id="note_%s"
    )
    edit = SourceForm(
        request.POST if sent == "edit" else None,
        initial=_present(subject) | typed["edit"],
        auto_id="edit_%s",
    )
    return note, edit


def _page(
    request: HttpRequest, subject: Source, note: NoteForm, edit: SourceForm, *, refusal: str = ""
) -> HttpResponse:
    may_rate = has_right(actor_of(request), Right.RATE_SOURCES)
    notes = list(notes_of(subject.pk))
    context = {
        "source": subject,
        "standing": standing_of([subject.pk]).get(subject.pk),
        "notes": notes,
        "rated_by": next((note for note in notes if note.reliability), None),
        "articles": list(latest_articles(subject)),
        "claims": list(latest_claims(subject, viewer=actor_of(request))),
        "merges": source_merges_of(subject),
        "other_names": other_names_of(subject),
        "may_merge": has_right(actor_of(request), Right.MERGE_SOURCES),
        "record": track_records([subject.pk])[subject.pk],
        "parties": party_names() if may_rate else [],
        "may_rate": may_rate,
        "note_form": note,
        "edit_form": edit,
        "note_name": _form_name(subject.pk, "note"),
        "edit_name": _form_name(subject.pk, "edit"),
        "sent": request.POST.get("what", ""),
        "refusal": refusal,
    }
    status = HTTPStatus.BAD_REQUEST if request.method == "POST" else HTTPStatus.OK
    return render(request, "staff/source.html", context, status=status)


def _present(subject: Source) -> dict[str, str]:
    return {
        "kind": subject.kind,
        "party_name": subject.party.name if subject.party else "",
        "revision": str(subject.revision),
    }


def _save(request: HttpRequest, subject: Source, note: NoteForm, edit: SourceForm) -> bool:
    actor, now = actor_of(request), timezone.now()
    if note.is_bound and note.is_valid():
        add_credibility_note(
            source_id=subject.pk,
            reliability=note.cleaned_data["reliability"] or None,
            text=note.cleaned_data["text"],
            audience=note.cleaned_data["audience"],
            actor=actor,
            now=now,
        )
        messages.success(request, _("The note is in force from now on."))
        return True
    if edit.is_bound and edit.is_valid():
        edit_source(
            source_id=subject.pk,
            expected_revision=edit.cleaned_data["revision"],
            kind=edit.cleaned_data["kind"],
            party_name=edit.cleaned_data["party_name"],
            actor=actor,
            now=now,
            reason=edit.cleaned_data["reason"],
        )
        messages.success(request, _("Saved."))
        return True
    return False


def _both_versions(request: HttpRequest, pk: int, edit: SourceForm) -> HttpResponse:
    """Somebody saved meanwhile: show theirs and ours, and let the person choose."""
    subject = get_source(pk)
    context = {
        "source": subject,
        "saved": _present(subject),
        "saved_kind": _(subject.get_kind_display()),
        "mine": edit.cleaned_data,
        "mine_kind": _(str(SourceKind(edit.cleaned_data["kind"]).label)),
    }
    return render(request, "staff/source_conflict.html", context, status=HTTPStatus.CONFLICT)
