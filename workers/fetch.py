"""The task that fetches an address."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from tracker.core.jobs import Job
from workers.http.fetching import fetch_request
from workers.transient import RETRIED


@shared_task(name=Job.FETCH_ADDRESS, **RETRIED)
def fetch_address(*, request_id: int, **_: object) -> None:
    """Fetch once and store what came."""
    fetch_request(request_id=request_id, clock=timezone.now)
