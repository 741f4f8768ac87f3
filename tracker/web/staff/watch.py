"""Feeds and workers: does everything move, and if not, where, since when, can I try again?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tracker.accounts.permissions import Right, has_right
from tracker.core.errors import InvalidInput
from tracker.sources.services.ingest import retry_article, retry_failure, retry_fetch
from tracker.web.access import actor_of, rights_required
from tracker.web.selectors.watch import (
    failed_addresses,
    failed_articles,
    failed_items,
    list_stages,
    require_kept_bytes,
)

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@rights_required(Right.SEE_WORKERS)
@require_safe
def watch(request: HttpRequest) -> HttpResponse:
    """Per stage what waits and the oldest of it; below, what failed."""
    context = {
        "now": timezone.now(),
        "may_retry": has_right(actor_of(request), Right.INGEST),
        "stages": list_stages(),
        "failures": [
            (_("Articles"), failed_articles()),
            (_("Addresses"), failed_addresses()),
            (_("Files and lines"), failed_items()),
        ],
    }
    return render(request, "staff/watch.html", context)


@rights_required(Right.SEE_WORKERS)
@require_POST
def retry(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Put one failure back into its queue."""
    actor, now = actor_of(request), timezone.now()
    if kind == "article":
        retry_article(article_id=pk, actor=actor, now=now)
    elif kind == "address":
        retry_fetch(request_id=pk, actor=actor, now=now)
    elif kind == "item":
        require_kept_bytes(pk)
        retry_failure(failure_id=pk, actor=actor, now=now)
    else:
        raise InvalidInput(_("Only articles, addresses and items can be tried again."))
    messages.success(request, _("It is tried again."))
    return redirect("watch")
