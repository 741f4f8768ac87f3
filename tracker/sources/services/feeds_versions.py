"""Stand-in until services/versions.py is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.core.actor import machine
from tracker.core.jobs import Job, enqueue_on_commit
from tracker.sources.models import Article, FetchRequest
from tracker.sources.services.items import IngestResult, Item, ingest_item

if TYPE_CHECKING:
    from datetime import datetime

    from tracker.core.actor import Actor


def request_recheck(*, article_id: int, actor: Actor, now: datetime) -> FetchRequest:
    article = Article.objects.get(pk=article_id)
    request, _ = FetchRequest.objects.get_or_create(
        url=article.url,
        state="WAITING",
        defaults={"requested_by": actor.alias, "requested_at": now, "recheck_of": article},
    )
    enqueue_on_commit(Job.FETCH_ADDRESS, request_id=request.pk)
    return request


def store_recheck(*, article: Article, item: Item, now: datetime) -> IngestResult:
    result = ingest_item(item=item, actor=machine("versions"), now=now)
    Article.objects.filter(pk=result.article_id, previous=None).exclude(pk=article.pk).update(
        previous=article
    )
    return result
