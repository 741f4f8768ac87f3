"""Tables of teams: upload, say what the columns hold, see what would happen, import."""

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
from tracker.imports.reading.table import Layout, SheetUnreadable
from tracker.imports.selectors.batches import list_imports
from tracker.imports.selectors.mappings import (
    find_mapping,
    get_mapping,
    layout_of,
    list_mappings,
    table_of,
)
from tracker.imports.services.mappings import keep_mapping
from tracker.imports.services.receive import file_name_of, get_file, look_into, receive_sheet
from tracker.imports.services.run import import_sheet, try_sheet
from tracker.web.access import actor_of, rights_required
from tracker.web.forms.imports import LayoutForm, MappingForm, SheetForm, guessed_for, initial_of
from tracker.web.refusals import status_of, told_in
from tracker.web.selectors.imports import RESULTS, tried
from tracker.web.typed import forget_typed, kept_words

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from tracker.imports.models import SheetMapping
    from tracker.imports.reading.headings import Column
    from tracker.imports.reading.table import Sheet

_SHOWN = 50
#: New rows that are made while somebody waits for the page.
MOST_NEW = 2_000


@rights_required(Right.IMPORT_SHEETS)
@require_http_methods(["GET", "HEAD", "POST"])
def imports(request: HttpRequest) -> HttpResponse:
    """What was imported, the newest first, and the way to bring in another table."""
    form = SheetForm(request.POST, request.FILES) if request.method == "POST" else SheetForm()
    context: dict[str, Any] = {"form": form}
    if form.is_valid():
        file = form.cleaned_data["file"]
        with told_in(context):
            capture = receive_sheet(
                content=file.read(),
                file_name=file.name,
                actor=actor_of(request),
                now=timezone.now(),
            )
            return redirect("import_map", pk=capture.pk)
    context["imports"] = list_imports()[:_SHOWN]
    return render(request, "staff/imports.html", context, status=status_of(context))


@rights_required(Right.IMPORT_SHEETS)
@require_http_methods(["GET", "HEAD", "POST"])
def import_map(request: HttpRequest, pk: int) -> HttpResponse:
    """The columns of a file with their first values: what is each one?"""
    capture = get_file(pk)
    known = _asked_for(request)
    layout, sheets, columns, refusal = _looked(request, pk, known)
    asked = LayoutForm(initial=_as_initial(layout), sheets=sheets)
    context: dict[str, Any] = {
        "capture": capture,
        "file_name": file_name_of(capture),
        "layout_form": asked,
        "layout": layout,
        "mappings": list_mappings(),
        "known": known,
        "columns": columns,
    }
    if refusal:
        context["unreadable"] = refusal
        return render(request, "staff/import_map.html", context, status=HTTPStatus.CONFLICT)
    form_name = f"map-table-{pk}"
    shown, guessed = (initial_of(table_of(known), columns), "") if known else guessed_for(columns)
    shown |= kept_words(request, form_name)
    form = MappingForm(request.POST or None, columns=columns, initial=shown)
    context |= {"form": form, "form_name": form_name, "guessed": guessed}
    if form.is_valid():
        with told_in(context):
            mapping = keep_mapping(
                table=form.table, layout=layout, actor=actor_of(request), now=timezone.now()
            )
            forget_typed(request, form_name)
            return redirect("import_try", pk=pk, mapping=mapping.pk)
    return render(request, "staff/import_map.html", context, status=status_of(context))


@rights_required(Right.IMPORT_SHEETS)
@require_http_methods(["GET", "HEAD", "POST"])
def import_try(request: HttpRequest, pk: int, mapping: int) -> HttpResponse:
    """What would become of each row, before anything is written; then import."""
    capture, how = get_file(pk), get_mapping(mapping)
    context: dict[str, Any] = {"capture": capture, "mapping": how}
    context["file_name"] = file_name_of(capture)
    actor, now = actor_of(request), timezone.now()
    try:
        if request.method == "POST":
            done = import_sheet(
                capture_id=pk, mapping_id=mapping, actor=actor, now=now, most=MOST_NEW
            )
            if done.batch is not None:
                messages.success(request, _("The table is imported."))
                return redirect("import", pk=done.batch.pk)
            messages.success(request, _("Nothing is new in the table, so nothing changed."))
        show = request.GET.get("show", "")
        show = show if show in RESULTS else ""
        rows = try_sheet(capture_id=pk, mapping_id=mapping, actor=actor, now=now)
        context["tried"] = tried(rows, show=show)
    except SheetUnreadable as failure:
        context["refusal"] = str(failure)
    except DomainError as failure:
        if request.method != "POST":
            raise
        context["refusal"] = str(failure)
    status = HTTPStatus.CONFLICT if "refusal" in context else HTTPStatus.OK
    return render(request, "staff/import_try.html", context, status=status)


def _asked_for(request: HttpRequest) -> SheetMapping | None:
    """The kept mapping to begin with."""
    return find_mapping(request.GET.get("mapping", "")) if request.GET.get("mapping") else None


def _looked(
    request: HttpRequest, pk: int, known: SheetMapping | None
) -> tuple[Layout, list[Sheet], list[Column], str]:
    """The layout that is asked for and what it shows; the last is why it shows nothing."""
    layout = layout_of(known) if known else Layout()
    sent = LayoutForm(request.GET) if "heading_row" in request.GET else None
    if sent is not None and sent.is_valid():
        layout = sent.layout
    if request.GET.get("sheet"):
        layout = Layout(sheet=request.GET["sheet"], heading_row=layout.heading_row)
    try:
        sheets, columns = look_into(
            capture_id=pk, layout=layout, actor=actor_of(request), now=timezone.now()
        )
    except SheetUnreadable as failure:
        return layout, [], [], str(failure)
    return layout, sheets, columns, ""


def _as_initial(layout: Layout) -> dict[str, Any]:
    return {name: getattr(layout, name) for name in Layout.__slots__}
