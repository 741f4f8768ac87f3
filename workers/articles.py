"""Tasks of the article pipeline; each is safe to run twice."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from tracker.core.jobs import Job
from tracker.sources.services import parse, relate
from tracker.verification.services import extract
from workers.transient import RETRIED


@shared_task(name=Job.PARSE_ARTICLE, **RETRIED)
def parse_article(*, article_id: int, **_: object) -> None:
    """Read the bytes."""
    parse.parse_article(article_id=article_id, now=timezone.now())


@shared_task(name=Job.RELATE_ARTICLE, **RETRIED)
def relate_article(*, article_id: int, **_: object) -> None:
    """Find the text it descends from."""
    relate.relate_article(article_id=article_id, now=timezone.now())


@shared_task(name=Job.EXTRACT_ARTICLE, **RETRIED)
def extract_article(*, article_id: int, **_: object) -> None:
    """Propose its claims and open its review task."""
    extract.extract_article(article_id=article_id, now=timezone.now())
