"""Put a failed article back where it failed, with all its attempts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from tracker.audit.services.record import record_event
from tracker.core.errors import InvalidInput, NotFound
from tracker.core.jobs import Job, enqueue_on_commit
from tracker.sources.choices import ArticleState
from tracker.sources.models import Article
from tracker.sources.policies import require_may_ingest

if TYPE_CHECKING:
    from datetime import datetime

    from tracker.core.actor import Actor


@transaction.atomic
def retry_article(*, article_id: int, actor: Actor, now: datetime) -> Article:
    """Let the workers try a failed article again.

    Raises NotAllowed, NotFound, InvalidInput where it has not failed.
    """
    require_may_ingest(actor)
    article = Article.objects.select_for_update().filter(pk=article_id).first()
    if article is None:
        raise NotFound(f"There is no article {article_id}.")
    if article.state != ArticleState.FAILED:
        raise InvalidInput(f"Article {article_id} has not failed; there is nothing to try again.")
    state = ArticleState(article.failed_in)
    article.state = state
    article.state_since = now
    article.attempts = 0
    article.fence += 1
    article.leased_until = None
    article.failed_in = ""
    article.failure_reason = ""
    article.save()
    record_event(
        actor=actor, action="article.retry", target=article, now=now, changes={"from": state.value}
    )
    enqueue_on_commit(Job.ADVANCE_ARTICLES, article_ids=[article.pk])
    return article
