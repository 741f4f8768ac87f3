"""Code a finished task a second time, without knowing the first coding."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tracker.accounts.permissions import Right, has_right
from tracker.core.errors import DomainError, NotAllowed, NotFound
from tracker.verification.selectors.blind import list_codings_of, list_open_codings
from tracker.verification.services.second_coding import (
    add_find,
    code_proposal,
    drop_find,
    finish_coding,
    give_back_coding,
    take_coding,
)
from tracker.web.access import actor_of, rights_required
from tracker.web.forms.second_coding import CodeForm, FindForm
from tracker.web.selectors.second_coding import get_sheet_page
from tracker.web.sent import sent_number, whole_number
from tracker.web.typed import forget_typed, kept_words

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from tracker.web.selectors.second_coding import SheetPage, SheetRow

_LISTED = 50


@rights_required(Right.DECIDE_CLAIMS)
@require_safe
def second_codings(request: HttpRequest) -> HttpResponse:
    """What the viewer has in hand, and what they may take."""
    viewer = actor_of(request)
    texts = ("task__article", "task__article__outlet")
    waiting = list_open_codings(viewer=viewer)
    context = {
        "mine": list_codings_of(viewer=viewer).select_related(*texts),
        "waiting": waiting.select_related(*texts).defer("task__article__text")[:_LISTED],
        "count": waiting.count(),
        "now": timezone.now(),
        "may_oversee": has_right(viewer, Right.OVERSEE_CODING),
    }
    return render(request, "staff/second_codings.html", context)


@rights_required(Right.DECIDE_CLAIMS)
@require_POST
def second_take(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a drawn task."""
    try:
        take_coding(coding_id=pk, actor=actor_of(request), now=timezone.now())
    except (NotAllowed, NotFound):
        raise
    except DomainError as failure:
        messages.error(request, str(failure))
        return redirect("second_codings")
    return redirect("second_coding", pk=pk)


@rights_required(Right.DECIDE_CLAIMS)
@require_safe
def second_coding(request: HttpRequest, pk: int) -> HttpResponse:
    """The article and what the machine proposes. ``claim`` and ``add`` open a form."""
    page = get_sheet_page(coding_id=pk, viewer=actor_of(request))
    row = page.row_of(whole_number(request.GET.get("claim", "")))
    if row is not None and row.shown is not None:
        kept = kept_words(request, row.form_name)
        row.form = CodeForm(initial=CodeForm.initial_of(row.shown) | kept)
    find_form = None
    if "add" in request.GET:
        find_form = FindForm(auto_id="find_%s", initial=kept_words(request, page.find_form_name))
    return _show(request, page, find_form=find_form)


@rights_required(Right.DECIDE_CLAIMS)
@require_POST
def second_code(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what a proposal says, add a find or drop it, finish, or give it back."""
    page = get_sheet_page(coding_id=pk, viewer=actor_of(request))
    hold: dict[str, Any] = {"coding_id": pk, "actor": actor_of(request), "now": timezone.now()}
    row = page.row_of(sent_number(request, "claim"))
    match request.POST.get("do", ""):
        case "code" if row is not None:
            return _code(request, page, row, hold)
        case "add":
            return _add(request, page, hold)
        case "as_read" | "no_claim" as do if row is not None:
            return _judge(request, page, row, hold, as_read=do == "as_read")
        case "drop":
            drop_find(**hold, row_id=sent_number(request, "row"))
            return redirect("second_coding", pk=pk)
        case "give_back":
            give_back_coding(**hold)
            messages.success(request, _("It waits for another second coder again."))
        case "finish":
            try:
                finish_coding(**hold)
            except DomainError as failure:
                return _show(request, page, refusal=str(failure), status=HTTPStatus.CONFLICT)
            messages.success(request, _("Finished. Thank you; both codings stay as they are."))
        case _:
            raise NotFound(_("This page has no such form."))
    return redirect("second_codings")


def _judge(
    request: HttpRequest, page: SheetPage, row: SheetRow, hold: dict[str, Any], *, as_read: bool
) -> HttpResponse:
    """As the machine proposed it, or no claim."""
    proposal = row.proposal
    if proposal is None:
        raise NotFound(_("This page has no such form."))
    try:
        fields = CodeForm.as_read(proposal) if as_read else None
        code_proposal(**hold, claim_id=proposal.claim_id, fields=fields)
    except DomainError as failure:
        row.form, row.refusal = CodeForm(initial=CodeForm.initial_of(proposal)), str(failure)
        return _show(request, page, status=HTTPStatus.CONFLICT)
    forget_typed(request, row.form_name)
    return _next(page, row)


def _code(
    request: HttpRequest, page: SheetPage, row: SheetRow, hold: dict[str, Any]
) -> HttpResponse:
    row.form = form = CodeForm(request.POST)
    if not form.is_valid() or row.proposal is None:
        return _show(request, page, status=HTTPStatus.BAD_REQUEST)
    try:
        code_proposal(**hold, claim_id=row.proposal.claim_id, fields=form.fields_coded)
    except DomainError as failure:
        row.refusal = str(failure)
        return _show(request, page, status=HTTPStatus.CONFLICT)
    forget_typed(request, row.form_name)
    return _next(page, row)


def _add(request: HttpRequest, page: SheetPage, hold: dict[str, Any]) -> HttpResponse:
    form = FindForm(request.POST, auto_id="find_%s")
    if not form.is_valid():
        return _show(request, page, find_form=form, status=HTTPStatus.BAD_REQUEST)
    try:
        add_find(**hold, quote=form.cleaned_data["quote"], fields=form.fields_coded)
    except DomainError as failure:
        said = {"find_form": form, "find_refusal": str(failure)}
        return _show(request, page, status=HTTPStatus.CONFLICT, **said)
    forget_typed(request, page.find_form_name)
    return redirect("second_coding", pk=hold["coding_id"])


def _next(page: SheetPage, row: SheetRow) -> HttpResponse:
    """Back to the page, at the next proposal that the coder has not judged."""
    after = page.rows.index(row) + 1
    later = [*page.rows[after:], *page.rows[:after]]
    target = next((other for other in later if other.is_open and other is not row), row)
    return redirect(_page_url(page.sheet.coding_id, f"#c-{target.anchor}"))


def _page_url(pk: int, rest: str) -> str:
    return reverse("second_coding", args=[pk]) + rest


def _show(
    request: HttpRequest, page: SheetPage, *, status: int = HTTPStatus.OK, **extra: Any
) -> HttpResponse:
    context = {"page": page, "article": page.article, **extra}
    return render(request, "staff/second_coding.html", context, status=status)
