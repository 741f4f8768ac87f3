"""Which copies descend from one text: candidates by shared shingles, verified by containment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db import connection, transaction

from tracker.audit.services.record import record_events
from tracker.sources.choices import ArticleState, LineageKind
from tracker.sources.models import Article, Story
from tracker.sources.rules.lineage import compare, sampled, shingles
from tracker.sources.services.leases import (
    WORKER,
    ArticleLease,
    advance_article,
    hold_articles,
    lease_articles,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

#: Candidates looked at in full, those with the most shared shingles first.
MOST_CANDIDATES = 60
#: Of the smaller sample; texts that share less are not worth comparing in full.
LEAST_SHARED = 0.25
_LINEAGE_LOCK = (7106, 3)
_COPIES = (LineageKind.VERBATIM_COPY, LineageKind.EDITED_COPY)
_COMPARED = (ArticleState.RELATED, ArticleState.EXTRACTED)
_LINEAGE_FIELDS = ["story", "origin", "lineage_kind", "overlap"]


@dataclass(frozen=True, slots=True)
class _Match:
    """How another article's text relates to the one at hand."""

    article: Article
    kind: LineageKind
    overlap: float


def relate_articles(*, article_ids: Sequence[int], now: datetime) -> int:
    """Link each article to the text it descends from; return how many were compared."""
    leases = lease_articles(article_ids=article_ids, state=ArticleState.PARSED, now=now)
    if not leases:
        return 0
    rows = Article.objects.filter(pk__in=[lease.article_id for lease in leases])
    texts = dict(rows.values_list("pk", "text"))
    samples = {pk: sorted(sampled(shingles(text))) for pk, text in texts.items()}
    return _store_related(leases=leases, texts=texts, samples=samples, now=now)


@transaction.atomic
def _store_related(
    *,
    leases: Sequence[ArticleLease],
    texts: Mapping[int, str],
    samples: Mapping[int, list[int]],
    now: datetime,
) -> int:
    # One at a time, or two copies compared at the same moment would not see each other.
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", _LINEAGE_LOCK)
    held = hold_articles(leases)
    for article in held.values():
        article.text = texts[article.pk]
        article.shingle_sample = samples[article.pk]
        _place(article, _matches(article), now=now)
        moved = advance_article(article, state=ArticleState.RELATED, now=now)
        article.save(update_fields=["shingle_sample", *_LINEAGE_FIELDS, *moved])
    record_events(
        actor=WORKER,
        action="article.relate",
        now=now,
        lines=[
            (article, {"lineage": article.lineage_kind, "origin": article.origin_id})
            for article in held.values()
        ],
    )
    return len(held)


def _matches(article: Article) -> list[_Match]:
    if not article.shingle_sample:
        return []
    candidates = Article.objects.filter(
        shingle_sample__overlap=article.shingle_sample, state__in=_COMPARED
    ).exclude(pk=article.pk)
    mine = set(article.shingle_sample)
    likely = sorted(
        (-share, pk)
        for pk, sample in candidates.values_list("pk", "shingle_sample")
        if (share := len(mine & set(sample)) / min(len(mine), len(sample))) >= LEAST_SHARED
    )[:MOST_CANDIDATES]
    chosen = Article.objects.select_related("origin").in_bulk([pk for _, pk in likely])
    found = (_compared(article, other) for other in chosen.values())
    return [match for match in found if match is not None]


def _compared(article: Article, other: Article) -> _Match | None:
    verdict = compare(other.text, article.text)
    if verdict.kind not in LineageKind.values:
        return None
    return _Match(other, LineageKind(verdict.kind), verdict.overlap)


def _place(article: Article, matches: list[_Match], *, now: datetime) -> None:
    """Give the article its story and its origin; the earliest text of a story leads it."""
    copies = [match for match in matches if match.kind in _COPIES]
    if not copies:
        article.story = Story.objects.create(made_at=now)
        earlier = [m for m in matches if _precedence(m.article) < _precedence(article)]
        _descend(article, max(earlier, key=lambda m: m.overlap, default=None))
        return
    nearest = max(copies, key=lambda m: (m.kind is LineageKind.VERBATIM_COPY, m.overlap))
    article.story = nearest.article.story
    leader = Article.objects.exclude(lineage_kind__in=_COPIES).get(story=article.story)
    if _precedence(article) < _precedence(leader):
        _descend(article, None)
        _follow(article, leader)
    elif nearest.kind is LineageKind.VERBATIM_COPY:
        _descend(article, _Match(_first_of(nearest.article), nearest.kind, nearest.overlap))
    else:
        _descend(article, _to_leader(article, leader))


def _first_of(article: Article) -> Article:
    """Where the wording of a verbatim copy was met first."""
    if article.lineage_kind == LineageKind.VERBATIM_COPY and article.origin is not None:
        return article.origin
    return article


def _follow(article: Article, leader: Article) -> None:
    """An earlier text has come: what descended from ``leader``, and itself, descends from it."""
    for member in [leader, *Article.objects.filter(story=article.story, origin=leader)]:
        _descend(member, _to_leader(member, article))
        member.save(update_fields=_LINEAGE_FIELDS)


def _to_leader(article: Article, leader: Article) -> _Match:
    """A copy of a copy may share less with the leader; it descends from it all the same."""
    verdict = compare(leader.text, article.text)
    is_copy = verdict.kind in _COPIES
    kind = LineageKind(verdict.kind) if is_copy else LineageKind.EDITED_COPY
    return _Match(leader, kind, verdict.overlap)


def _descend(article: Article, match: _Match | None) -> None:
    article.origin = match.article if match else None
    article.lineage_kind = match.kind if match else LineageKind.ORIGINAL
    article.overlap = match.overlap if match else None


def _precedence(article: Article) -> tuple[date, datetime, int]:
    """Earliest first: by day of publication where it is known, then as received."""
    return (article.published_on or date.max, article.received_at, article.pk)
