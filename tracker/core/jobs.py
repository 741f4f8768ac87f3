"""The one door from domain code to the queue: names and ids only, after commit."""

from __future__ import annotations

import time
from enum import StrEnum

import structlog
from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError

logger = structlog.get_logger(__name__)

#: Every queue that a worker must consume; routes and start-up commands read it here.
QUEUES: tuple[str, ...] = ("fetch", "articles", "again", "deliver", "maintenance")


class Job(StrEnum):
    """Every task that domain code may ask for; a test asserts that each one has a task."""

    FETCH_ADDRESS = "workers.fetch.fetch_address"
    ADVANCE_ARTICLES = "workers.articles.advance_articles"
    POLL_FEED = "workers.feeds.poll_feed"
    SWEEP_FEEDS = "workers.feeds.sweep_feeds"
    SWEEP_ARTICLES = "workers.sweeps.sweep_articles"
    SWEEP_FETCHES = "workers.sweeps.sweep_fetches"
    SWEEP_LEASES = "workers.sweeps.sweep_leases"
    SEAL_AUDIT = "workers.sweeps.seal_audit"
    LOOK_AT_STAGES = "workers.sweeps.look_at_stages"
    LOOK_AT_REQUESTS = "workers.sweeps.look_at_requests"
    COMPLETE_MARKS = "workers.sweeps.complete_marks"
    CHECK_CAPTURES = "workers.keeping.check_captures"
    STAMP_CAPTURES = "workers.keeping.stamp_captures"


#: Which queue each job waits in.
ROUTES: dict[Job, str] = {
    Job.FETCH_ADDRESS: "fetch",
    Job.ADVANCE_ARTICLES: "articles",
    Job.POLL_FEED: "fetch",
    Job.SWEEP_FEEDS: "maintenance",
    Job.SWEEP_ARTICLES: "maintenance",
    Job.SWEEP_FETCHES: "maintenance",
    Job.SWEEP_LEASES: "maintenance",
    Job.SEAL_AUDIT: "maintenance",
    Job.LOOK_AT_STAGES: "maintenance",
    Job.LOOK_AT_REQUESTS: "maintenance",
    Job.COMPLETE_MARKS: "maintenance",
    Job.CHECK_CAPTURES: "maintenance",
    Job.STAMP_CAPTURES: "fetch",
}
#: Where a repeated hint waits, if not with the others: behind a long queue of new articles it would
#: run out each time, and those that ended a worker once would come last of all.
AGAIN: dict[Job, str] = {Job.ADVANCE_ARTICLES: "again"}

#: Seconds after which a repeated hint is dropped unread: by then the sweep has sent it anew, and
#: workers that fall behind must not drown in hints at the same rows.
AGAIN_LASTS = 15.0
#: Seconds in which nothing is sent after a failure: many rows saved while the broker is away
#: must not wait for it one by one.
SILENCE = 5.0


class _Door:
    """Remembers, for this process, until when the broker is taken to be away."""

    closed_until = 0.0


def send_hint(job: Job, **ids: int | list[int]) -> bool:
    """Tell the workers that a row waits; return False when the broker can't be reached.

    The row is the queue and the sweep sends again, so a lost hint costs only time.
    """
    return _send(job, ids, queue=ROUTES[job], lasts=None)


def repeat_hint(job: Job, **ids: int | list[int]) -> bool:
    """The same from a sweep, which comes round again soon."""
    return _send(job, ids, queue=AGAIN.get(job, ROUTES[job]), lasts=AGAIN_LASTS)


def _send(job: Job, ids: dict[str, int | list[int]], *, queue: str, lasts: float | None) -> bool:
    if time.monotonic() < _Door.closed_until:
        return False
    try:
        current_app.send_task(job.value, kwargs=ids, queue=queue, retry=False, expires=lasts)
    except (OperationalError, OSError) as failure:
        _Door.closed_until = time.monotonic() + SILENCE
        logger.warning("hint_not_sent", job=job.value, reason=type(failure).__name__, **ids)
        return False
    return True


def enqueue_on_commit(job: Job, **ids: int | list[int]) -> None:
    """Send the hint once the surrounding transaction is committed, and never before."""

    def send() -> None:
        send_hint(job, **ids)

    transaction.on_commit(send, robust=True)
