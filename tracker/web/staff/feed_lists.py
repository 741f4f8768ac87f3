"""Lists of feeds: in, looked at before anything is followed, and out."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tracker.accounts.permissions import Right
from tracker.core.errors import InvalidInput
from tracker.sources.feeds.opml import LARGEST_OPML
from tracker.sources.services.feeds_opml import (
    LineOutcome,
    LineResult,
    export_opml,
    import_opml,
    preview_opml,
)
from tracker.web.access import actor_of, rights_required
from tracker.web.forms.feeds import ListForm

if TYPE_CHECKING:
    from django.http import HttpRequest


@rights_required(Right.MANAGE_FEEDS)
@require_http_methods(["GET", "HEAD", "POST"])
def feeds_import(request: HttpRequest) -> HttpResponse:
    """First what each line would become, then what it became."""
    form = ListForm()
    results: list[LineResult] | None = None
    refusal, listed, is_done = "", "", False
    status = HTTPStatus.OK
    if request.method == "POST":
        form = ListForm(request.POST, request.FILES)
        is_done = "listed" in request.POST
        try:
            if is_done:
                listed = request.POST["listed"][:LARGEST_OPML]
                results = import_opml(
                    content=listed.encode(), actor=actor_of(request), now=timezone.now()
                )
                form = ListForm()
            elif form.is_valid():
                content = form.cleaned_data["file"].read()
                results = preview_opml(content=content, actor=actor_of(request))
                listed = _as_text(content)
        except InvalidInput as failure:
            refusal = str(failure)
        if results is None:
            status = HTTPStatus.BAD_REQUEST
    waiting = [r for r in results or [] if r.outcome is LineOutcome.WILL_BE_ADDED]
    context = {
        "form": form,
        "results": results,
        "refusal": refusal,
        "listed": listed,
        "waiting": len(waiting),
        "is_done": is_done,
    }
    return render(request, "staff/feeds_import.html", context, status=status)


@rights_required(Right.READ)
@require_safe
def feeds_export(request: HttpRequest) -> HttpResponse:  # noqa: ARG001  # a view takes it
    """Everything that is followed on the web, as other readers read it."""
    now = timezone.now()
    content = export_opml(title=_("Feeds of the harm tracker"), now=now)
    return HttpResponse(
        content,
        content_type="text/x-opml; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="feeds-{now:%Y-%m-%d}.opml"'},
    )


def _as_text(content: bytes) -> str:
    """The list to be sent back with the second form. Raises InvalidInput."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as failure:
        raise InvalidInput(_("The list is not written in UTF-8; save it so.")) from failure
