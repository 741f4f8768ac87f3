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
from tracker.watching.selectors.alarms import list_open_alarms
from tracker.watching.selectors.pulse import list_workers, unattended_queues
from tracker.watching.services.alarms import acknowledge_alarm
from tracker.web.access import actor_of, rights_required
from tracker.web.selectors.feeds import feed_page
from tracker.web.selectors.throughput_plot import stage_plots
from tracker.web.selectors.watch import (
    failed_addresses,
    failed_articles,
    failed_items,
    list_stages,
    require_kept_bytes,
)

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


#: Seconds between two looks of a page that keeps itself up to date.
LIVE_EVERY = 5


@rights_required(Right.SEE_WORKERS)
@require_safe
def watch(request: HttpRequest) -> HttpResponse:
    """What is wrong, who works, what waits and what came through; below, feeds and failures."""
    now = timezone.now()
    actor = actor_of(request)
    is_live = request.GET.get("live") == "1"
    workers = list_workers(now=now)
    context = {
        "now": now,
        "is_live": is_live,
        "live_every": LIVE_EVERY,
        "may_retry": has_right(actor, Right.INGEST),
        "alarms": list_open_alarms(actor),
        "workers": workers,
        "unattended": unattended_queues(workers),
        "stages": list_stages(),
        "plots": stage_plots(now=now),
        "feeds": feed_page(state="", words="", number=1, now=now),
        "failures": [
            (_("Articles"), failed_articles()),
            (_("Addresses"), failed_addresses()),
            (_("Files and lines"), failed_items()),
        ],
    }
    response = render(request, "staff/watch.html", context)
    if is_live:
        response["Refresh"] = str(LIVE_EVERY)
    return response


@rights_required(Right.SEE_WORKERS)
@require_POST
def acknowledge(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that one looks after an alarm, and how."""
    acknowledge_alarm(
        alarm_id=pk,
        actor=actor_of(request),
        now=timezone.now(),
        reason=request.POST.get("reason", ""),
    )
    messages.success(request, _("Others see now that you look after it."))
    return redirect("watch")


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
