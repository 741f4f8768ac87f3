"""One import: what became of each row, as a page and as a file, and how it is undone."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tracker.accounts.permissions import Right
from tracker.imports.rows.formulas import harmless
from tracker.imports.selectors.batches import get_import, list_rows
from tracker.imports.selectors.undoing import conflicts_of_import
from tracker.imports.services.undo import undo_import
from tracker.web.access import actor_of, rights_required
from tracker.web.forms.imports import UndoImportForm
from tracker.web.refusals import status_of, told_in
from tracker.web.selectors.imports import RESULTS, counts_of, result_tabs
from tracker.web.sent import NOT_A_NUMBER, whole_number
from tracker.web.typed import forget_typed, kept_words

if TYPE_CHECKING:
    from django.http import HttpRequest

PAGE = 100


@rights_required(Right.IMPORT_SHEETS)
@require_safe
def import_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The rows in the order of the file, a page at a time."""
    batch = get_import(pk)
    show = request.GET.get("show", "")
    show = show if show in RESULTS else ""
    number = whole_number(request.GET.get("after", ""))
    after = 0 if number == NOT_A_NUMBER else number
    rows = list(list_rows(batch, viewer=actor_of(request), outcome=show, after=after)[: PAGE + 1])
    context = {
        "batch": batch,
        "rows": rows[:PAGE],
        "next_after": rows[PAGE - 1].number if len(rows) > PAGE else None,
        "after": after,
        "show": show,
        "tabs": result_tabs(counts_of(batch), show),
    }
    return render(request, "staff/import.html", context)


@rights_required(Right.IMPORT_SHEETS)
@require_safe
def import_results(request: HttpRequest, pk: int) -> HttpResponse:
    """The same as a table for the team; no cell of it is taken for a formula."""
    batch = get_import(pk)
    response = HttpResponse(
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="import-{pk}.csv"'},
    )
    response.write("\ufeff")  # by this a spreadsheet program knows the encoding
    lines = csv.writer(response)
    lines.writerow(["row", "outcome", "code", "reason", "record_id", "incident_ref", "incident"])
    for row in list_rows(batch, viewer=actor_of(request)).iterator(chunk_size=500):
        incident = row.incident or (row.before.incident if row.before else None)
        said = [row.outcome, row.refusal, row.reason, row.record_id, row.incident_ref]
        said.append(str(incident or ""))
        lines.writerow([row.number, *map(harmless, said)])
    return response


@rights_required(Right.IMPORT_SHEETS)
@require_http_methods(["GET", "HEAD", "POST"])
def import_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """What goes, or what stands in the way; then do it."""
    batch = get_import(pk)
    form_name = f"undo-import-{pk}"
    form = UndoImportForm(request.POST or None, initial=kept_words(request, form_name))
    context: dict[str, Any] = {"form": form, "form_name": form_name, "batch": batch}
    if form.is_valid():
        with told_in(context):
            undo_import(
                batch_id=pk,
                actor=actor_of(request),
                now=timezone.now(),
                reason=form.cleaned_data["reason"],
            )
            forget_typed(request, form_name)
            messages.success(request, _("The import is undone; its drafts are discarded."))
            return redirect("import", pk=pk)
    context["conflicts"] = conflicts_of_import(batch) if batch.undone_at is None else []
    return render(request, "staff/import_undo.html", context, status=status_of(context))
