"""A worker's hold on articles: counted before the risky work, fenced at its end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.db.models import F, Q

from tracker.audit.services.record import record_event
from tracker.core.actor import machine
from tracker.sources.choices import ArticleState
from tracker.sources.models import Article
from tracker.watching.choices import Stage
from tracker.watching.services.throughput import count_stage

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

MAX_ATTEMPTS = 3
#: Longer than one article takes in any step; a batch renews its leases as it goes. A worker that
#: outlives it loses its right to write.
LEASE_LASTS = timedelta(seconds=15)
WORKER = machine("worker")

_GAVE_UP = {
    ArticleState.FETCHED: "Reading it ended its worker three times without an answer.",
    ArticleState.PARSED: "Comparing it ended its worker three times without an answer.",
    ArticleState.RELATED: "Extracting from it ended its worker three times without an answer.",
}
_STAGES = {
    ArticleState.FETCHED: Stage.PARSE,
    ArticleState.PARSED: Stage.RELATE,
    ArticleState.RELATED: Stage.EXTRACT,
}
_RENEW = """
    UPDATE sources_article AS article SET leased_until = %s
    FROM unnest(%s::bigint[], %s::integer[]) AS lease(id, fence)
    WHERE article.id = lease.id AND article.fence = lease.fence
"""
_RELEASE = """
    UPDATE sources_article AS article SET leased_until = NULL, attempts = attempts - 1
    FROM unnest(%s::bigint[], %s::integer[]) AS lease(id, fence)
    WHERE article.id = lease.id AND article.fence = lease.fence
"""


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
def lease_articles(
    *, article_ids: Sequence[int], state: ArticleState, now: datetime
) -> list[ArticleLease]:
    """Take those of the articles that wait for the step that starts in ``state``, in order of id,
    and count the attempt.

    One that ended a worker before is only taken alone, so that it never takes others along; one
    that is out of attempts ends in FAILED.
    """
    waiting = (
        Article.objects.select_for_update(skip_locked=True)
        .filter(free_at(now), pk__in=article_ids, state=state)
        .order_by("pk")
    )
    if len(article_ids) > 1:
        waiting = waiting.filter(attempts=0)
    rows = list(waiting.values_list("pk", "attempts", "fence"))
    for pk in [pk for pk, attempts, _ in rows if attempts >= MAX_ATTEMPTS]:
        _fail(Article.objects.light().get(pk=pk), reason=_GAVE_UP[state], now=now)
    taken = [(pk, fence + 1) for pk, attempts, fence in rows if attempts < MAX_ATTEMPTS]
    Article.objects.filter(pk__in=[pk for pk, _ in taken]).update(
        attempts=F("attempts") + 1, fence=F("fence") + 1, leased_until=now + LEASE_LASTS
    )
    again = sum(1 for _, attempts, _ in rows if 0 < attempts < MAX_ATTEMPTS)
    count_stage(_STAGES[state], retried=again, now=now)
    return [ArticleLease(article_id=pk, state=state, fence=fence) for pk, fence in taken]


def renew_articles(leases: Sequence[ArticleLease], *, now: datetime) -> None:
    """Hold on to what is still held while a batch is worked through."""
    with connection.cursor() as cursor:
        cursor.execute(_RENEW, [now + LEASE_LASTS, *_columns(leases)])


def release_articles(leases: Sequence[ArticleLease]) -> None:
    """Give back what was not begun; the attempt does not count."""
    with connection.cursor() as cursor:
        cursor.execute(_RELEASE, _columns(leases))


def hold_articles(leases: Sequence[ArticleLease]) -> dict[int, Article]:
    """The locked rows whose lease is still the latest, by id; must run inside a transaction."""
    fences = {lease.article_id: lease.fence for lease in leases}
    states = {lease.state for lease in leases}
    rows = Article.objects.light().select_for_update().order_by("pk")
    return {
        article.pk: article
        for article in rows.filter(pk__in=fences, state__in=states)
        if article.fence == fences[article.pk]
    }


def advance_articles(article_ids: Sequence[int], *, state: ArticleState, now: datetime) -> None:
    """Move held rows on; the next step starts with all its attempts."""
    Article.objects.filter(pk__in=article_ids).update(**_moved(state, now))


def advance_article(article: Article, *, state: ArticleState, now: datetime) -> list[str]:
    """The same for one row in memory, which the caller saves.

    Returns the fields to be saved with the caller's own.
    """
    moved = _moved(state, now)
    for name, value in moved.items():
        setattr(article, name, value)
    return list(moved)


def _moved(state: ArticleState, now: datetime) -> dict[str, object]:
    return {"state": state, "state_since": now, "attempts": 0, "leased_until": None}


@transaction.atomic
def fail_article(*, lease: ArticleLease, reason: str, now: datetime) -> bool:
    """End in FAILED with a sentence; False where the lease was lost meanwhile."""
    held = hold_articles([lease])
    for article in held.values():
        _fail(article, reason=reason, now=now)
    return bool(held)


def _fail(article: Article, *, reason: str, now: datetime) -> None:
    failed_in = article.state
    article.failed_in = failed_in
    article.failure_reason = reason[:500]
    moved = advance_article(article, state=ArticleState.FAILED, now=now)
    article.save(update_fields=["failed_in", "failure_reason", *moved])
    count_stage(_STAGES[ArticleState(failed_in)], failed=1, now=now)
    record_event(
        actor=WORKER, action="article.fail", target=article, now=now, changes={"in": failed_in}
    )


def _columns(leases: Sequence[ArticleLease]) -> tuple[list[int], list[int]]:
    return [lease.article_id for lease in leases], [lease.fence for lease in leases]
