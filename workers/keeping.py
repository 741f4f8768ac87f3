"""Tasks that look after what is kept: hashed again, stamped, destroyed where two people agreed."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from tracker.core.jobs import Job
from tracker.sources.services import disposal, timestamps, verify
from workers.http.stamping import ask_authority


@shared_task(name=Job.CHECK_CAPTURES, ignore_result=True)
def check_captures(**_: object) -> None:
    """Delete what is approved for it; hash again what was checked longest ago."""
    disposal.finish_disposals(now=timezone.now())
    verify.verify_some(clock=timezone.now)


@shared_task(name=Job.STAMP_CAPTURES, ignore_result=True)
def stamp_captures(**_: object) -> None:
    """Ask the authority for the time-stamps that wait."""
    timestamps.stamp_waiting(ask=ask_authority, clock=timezone.now)
