"""Text to proposed claims and an open review task, in one transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from tracker.audit.services.record import record_events
from tracker.extraction.model import EXTRACTOR
from tracker.places.selectors.known import known_places
from tracker.sources.choices import ArticleState, LineageKind
from tracker.sources.models import Article
from tracker.sources.rules.differences import evidence_changed
from tracker.sources.rules.marks import Mark, unmarked
from tracker.sources.services.leases import (
    WORKER,
    ArticleLease,
    advance_articles,
    hold_articles,
    lease_articles,
)
from tracker.verification.choices import CLOSED_STATES
from tracker.verification.models import ReviewTask
from tracker.verification.services.copies import link_to_origins
from tracker.verification.services.propose import propose, read_article
from tracker.watching.choices import Stage
from tracker.watching.services.throughput import count_stage

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from tracker.verification.services.propose import Found


def extract_articles(*, article_ids: Sequence[int], now: datetime) -> int:
    """Propose the articles' claims and open their tasks; return how many were searched.

    A verbatim copy is queued with its origin and gets no task and no claims of its own.
    """
    leases = lease_articles(article_ids=article_ids, state=ArticleState.RELATED, now=now)
    if not leases:
        return 0
    rows = Article.objects.filter(pk__in=[lease.article_id for lease in leases])
    known = known_places()
    found = {article.pk: read_article(article, known) for article in rows.select_related("outlet")}
    return _store_extracted(leases=leases, found=found, now=now)


@transaction.atomic
def _store_extracted(
    *, leases: Sequence[ArticleLease], found: Mapping[int, Found], now: datetime
) -> int:
    held = hold_articles(leases)
    holders = _queued_with(list(held.values())) | _unchanged_versions(held, found)
    alone = [article for article in held.values() if article.pk not in holders]
    counts = propose(alone, found, now=now)
    ReviewTask.objects.bulk_create(
        [
            ReviewTask(
                article=article,
                queued_at=now,
                relevance=found[article.pk].relevance,
                relevance_reasons=found[article.pk].reasons,
                extractor=EXTRACTOR,
            )
            for article in alone
        ],
        ignore_conflicts=True,
    )
    link_to_origins(alone)
    reopened = _reopened(alone)
    advance_articles(list(held), state=ArticleState.EXTRACTED, now=now)
    record_events(
        actor=WORKER,
        action="article.extract",
        now=now,
        lines=[
            (
                article,
                {"claims": counts[article.pk], "queued_with": holders.get(article.pk)}
                | ({"reopens_task": reopened[article.pk]} if article.pk in reopened else {}),
            )
            for article in held.values()
        ],
    )
    count_stage(Stage.EXTRACT, done=len(held), now=now)
    return len(held)


def _queued_with(articles: Sequence[Article]) -> dict[int, int]:
    """For an article that people read in another one's place, which that is.

    A verbatim copy is read with its origin, and an origin that came late with the copy that has
    the task already.
    """
    copies = [a for a in articles if a.lineage_kind == LineageKind.VERBATIM_COPY]
    holders = {copy.pk: copy.origin_id for copy in copies if copy.origin_id is not None}
    with_task = Article.objects.filter(
        origin__in=[article.pk for article in articles if article.pk not in holders],
        lineage_kind=LineageKind.VERBATIM_COPY,
        task__isnull=False,
    )
    for origin, copy in with_task.order_by("-pk").values_list("origin_id", "pk"):
        if origin is not None:
            holders[origin] = copy
    return holders


def _unchanged_versions(held: Mapping[int, Article], found: Mapping[int, Found]) -> dict[int, int]:
    """Later versions that say what the one before says: no figure and no day changed.

    They are read with it; a version that changed one gets a task of its own, which reopens the
    review of what the page says.
    """
    versions = {a.pk: a.previous_id for a in held.values() if a.previous_id is not None}
    before = Article.objects.filter(pk__in=set(versions.values()))
    own = {
        pk: unmarked(text, [Mark(*mark) for mark in marks])
        for pk, text, marks in before.values_list("pk", "text", "marks")
    }
    return {
        version: previous
        for version, previous in versions.items()
        if not evidence_changed(own[previous], found[version].own)
    }


def _reopened(versions: Sequence[Article]) -> dict[int, int]:
    """By a version with evidence of its own the finished task of the version before it."""
    before = {a.previous_id: a.pk for a in versions if a.previous_id is not None}
    done = ReviewTask.objects.filter(article__in=before, state__in=CLOSED_STATES)
    return {before[article_id]: pk for pk, article_id in done.values_list("pk", "article_id")}
