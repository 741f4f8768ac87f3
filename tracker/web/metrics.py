"""The figures of the watch page for a monitoring system, in Prometheus' text format."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, generate_latest

from tracker.core.jobs import QUEUES
from tracker.sources.choices import FetchState
from tracker.sources.models import Feed, FetchRequest
from tracker.sources.selectors.pipeline import stage_counts
from tracker.verification.selectors.shelves import waiting_tasks
from tracker.watching.models import Alarm
from tracker.watching.selectors.pulse import list_workers, minutes_by_stage, unattended_queues
from tracker.web.selectors.throughput_plot import SPAN

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest


@require_safe
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """Only for who knows METRICS_TOKEN; without that setting there is no such page."""
    given = request.headers.get("Authorization", "").removeprefix("Bearer ").strip()
    wanted = settings.METRICS_TOKEN
    if not wanted or not secrets.compare_digest(given.encode(), wanted.encode()):
        raise Http404
    return HttpResponse(
        generate_latest(_registry(timezone.now())), content_type=CONTENT_TYPE_LATEST
    )


def _registry(now: datetime) -> CollectorRegistry:
    """Numbers and ids only: no name, no address, no text."""
    registry = CollectorRegistry()
    _stages(registry, now)
    _workers(registry, now)
    feeds = Gauge(
        "tracker_feed_seconds_since_new",
        "Since a feed brought something",
        ["feed"],
        registry=registry,
    )
    failing = Gauge("tracker_feed_failing", "1 while a feed fails", ["feed"], registry=registry)
    for pk, last_new, failing_since in Feed.objects.values_list(
        "pk", "last_new_at", "failing_since"
    ):
        if last_new is not None:
            feeds.labels(pk).set((now - last_new).total_seconds())
        failing.labels(pk).set(failing_since is not None)
    Gauge("tracker_alarms_open", "Open alarms", registry=registry).set(
        Alarm.objects.filter(cleared_at__isnull=True).count()
    )
    return registry


def _stages(registry: CollectorRegistry, now: datetime) -> None:
    count = Gauge("tracker_articles", "Articles by state", ["state"], registry=registry)
    oldest = Gauge(
        "tracker_oldest_seconds", "Age of the oldest in a state", ["state"], registry=registry
    )
    for stage in stage_counts():
        count.labels(stage.state.value).set(stage.count)
        oldest.labels(stage.state.value).set(
            (now - stage.oldest).total_seconds() if stage.oldest else 0
        )
    Gauge("tracker_fetches_waiting", "Addresses to be fetched", registry=registry).set(
        FetchRequest.objects.filter(state=FetchState.WAITING).count()
    )
    Gauge("tracker_tasks_waiting", "Review tasks in the queue", registry=registry).set(
        waiting_tasks().count()
    )
    done = Gauge(
        "tracker_stage_two_hours",
        "What a stage did in the last two hours",
        ["stage", "outcome"],
        registry=registry,
    )
    for step, minutes in minutes_by_stage(since=now - SPAN).items():
        for outcome in ("done", "failed", "retried"):
            done.labels(step.value, outcome).set(sum(getattr(m, outcome) for m in minutes))


def _workers(registry: CollectorRegistry, now: datetime) -> None:
    workers = list_workers(now=now)
    Gauge("tracker_workers_alive", "Workers that live", registry=registry).set(
        sum(1 for worker in workers if worker.lives)
    )
    unattended = unattended_queues(workers)
    queues = Gauge(
        "tracker_queue_attended",
        "1 where a living worker consumes the queue",
        ["queue"],
        registry=registry,
    )
    for queue in QUEUES:
        queues.labels(queue).set(queue not in unattended)
