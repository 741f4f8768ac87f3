"""The task of the article pipeline; safe to run twice."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from tracker.core.jobs import Job
from tracker.verification.services import advance
from workers.transient import RETRIED


@shared_task(name=Job.ADVANCE_ARTICLES, **RETRIED)
def advance_articles(*, article_ids: list[int], **_: object) -> None:
    """Read, compare and search these articles, each as far as it goes."""
    advance.advance_articles(article_ids=article_ids, clock=timezone.now)
