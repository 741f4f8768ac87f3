"""Tasks that follow: ask a feed, and hint at those that are due."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from tracker.core.jobs import Job
from tracker.sources.services import feeds_sweep
from workers.polling import ask_feed
from workers.transient import RETRIED


@shared_task(name=Job.POLL_FEED, **RETRIED)
def poll_feed(*, feed_id: int, **_: object) -> None:
    """Ask once and take what is new."""
    ask_feed(feed_id=feed_id, clock=timezone.now)


@shared_task(name=Job.SWEEP_FEEDS, ignore_result=True)
def sweep_feeds(**_: object) -> None:
    """Hint at feeds that are due, and look again at articles that are."""
    feeds_sweep.sweep_feeds(now=timezone.now())
    feeds_sweep.sweep_rechecks(now=timezone.now())
