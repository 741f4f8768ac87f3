"""A worker's hold on an article: counted before the risky work, fenced at its end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q

from tracker.audit.services.record import record_event
from tracker.core.actor import machine
from tracker.sources.choices import ArticleState
from tracker.sources.models import Article

if TYPE_CHECKING:
    from datetime import datetime

MAX_ATTEMPTS = 3
#: Longer than any step takes; a step that outlives it loses its right to write.
LEASE_LASTS = timedelta(seconds=30)
WORKER = machine("worker")

_GAVE_UP = {
    ArticleState.FETCHED: "Reading it ended its worker three times without an answer.",
    ArticleState.PARSED: "Comparing it ended its worker three times without an answer.",
    ArticleState.RELATED: "Extracting from it ended its worker three times without an answer.",
}


@dataclass(frozen=True, slots=True)
class ArticleLease:
    """The right to do one step on one article; ``fence`` tells it from every other."""

    article_id: int
    state: ArticleState
    fence: int


def free_at(now: datetime) -> Q:
    """Rows that no worker holds."""
    return Q(leased_until__isnull=True) | Q(leased_until__lte=now)


@transaction.atomic
def lease_article(*, article_id: int, state: ArticleState, now: datetime) -> ArticleLease | None:
    """Take the article for the step that starts in ``state`` and count the attempt.

    None where it is elsewhere, held by another worker, or out of attempts; the last ends in FAILED.
    """
    article = (
        Article.objects.select_for_update(skip_locked=True)
        .filter(free_at(now), pk=article_id, state=state)
        .defer("text", "shingle_sample")
        .first()
    )
    if article is None:
        return None
    if article.attempts >= MAX_ATTEMPTS:
        _fail(article, reason=_GAVE_UP[state], now=now)
        return None
    article.attempts += 1
    article.fence += 1
    article.leased_until = now + LEASE_LASTS
    article.save(update_fields=["attempts", "fence", "leased_until"])
    return ArticleLease(article_id=article.pk, state=state, fence=article.fence)


def hold(lease: ArticleLease) -> Article | None:
    """The locked row, if the lease is still the latest; must run inside a transaction."""
    return (
        Article.objects.select_for_update()
        .filter(pk=lease.article_id, state=lease.state, fence=lease.fence)
        .first()
    )


def advance(article: Article, *, state: ArticleState, now: datetime, fields: list[str]) -> None:
    """Save ``fields`` and move on; the next step starts with all its attempts."""
    article.state = state
    article.state_since = now
    article.attempts = 0
    article.leased_until = None
    article.save(update_fields=[*fields, "state", "state_since", "attempts", "leased_until"])


@transaction.atomic
def fail_article(*, lease: ArticleLease, reason: str, now: datetime) -> bool:
    """End in FAILED with a sentence; False where the lease was lost meanwhile."""
    article = hold(lease)
    if article is None:
        return False
    _fail(article, reason=reason, now=now)
    return True


def _fail(article: Article, *, reason: str, now: datetime) -> None:
    failed_in = article.state
    article.failed_in = failed_in
    article.failure_reason = reason[:500]
    advance(
        article,
        state=ArticleState.FAILED,
        now=now,
        fields=["failed_in", "failure_reason"],
    )
    record_event(
        actor=WORKER, action="article.fail", target=article, now=now, changes={"in": failed_in}
    )
