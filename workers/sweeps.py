"""Tasks that beat sends: what was lost is hinted at again, what ran out ends, lines are sealed."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from tracker.audit.services import seal
from tracker.core.jobs import Job
from tracker.incidents.services import request_alarms
from tracker.sources.services import marking, stage_alarms, sweep, turns
from tracker.verification.services import drafts, leases, set_aside


@shared_task(name=Job.SWEEP_ARTICLES, ignore_result=True)
def sweep_articles(**_: object) -> None:
    """Hint at articles that wait too long."""
    sweep.sweep_articles(now=timezone.now())


@shared_task(name=Job.SWEEP_FETCHES, ignore_result=True)
def sweep_fetches(**_: object) -> None:
    """Hint at addresses that are due; forget turns of long ago."""
    sweep.sweep_fetches(now=timezone.now())
    turns.forget_politeness(now=timezone.now())


@shared_task(name=Job.SWEEP_LEASES, ignore_result=True)
def sweep_leases(**_: object) -> None:
    """Return tasks whose lease has run out or whose day has come; forget unclaimed drafts."""
    leases.expire_leases(now=timezone.now())
    set_aside.return_deferred(now=timezone.now())
    drafts.forget_orphans(now=timezone.now())


@shared_task(name=Job.SEAL_AUDIT, ignore_result=True)
def seal_audit(**_: object) -> None:
    """Number and hash the audit lines that wait."""
    seal.seal_events(now=timezone.now())


@shared_task(name=Job.LOOK_AT_STAGES, ignore_result=True)
def look_at_stages(**_: object) -> None:
    """Raise or clear the alarms of stages and queues."""
    stage_alarms.look_at_stages(now=timezone.now())


@shared_task(name=Job.LOOK_AT_REQUESTS, ignore_result=True)
def look_at_requests(**_: object) -> None:
    """Raise the alarms of replies that are overdue."""
    request_alarms.look_at_requests(now=timezone.now())


@shared_task(name=Job.COMPLETE_MARKS, ignore_result=True)
def complete_marks(**_: object) -> None:
    """Mark on earlier articles what turned out to stand under all pages of a host."""
    marking.complete_marks(now=timezone.now())
