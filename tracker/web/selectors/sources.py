"""Sources with the standing in force, for the list and the page of one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Value
from django.db.models.functions import Lower

from tracker.core.families import home_of
from tracker.incidents.models import Claim
from tracker.sources.models import Article, Party, Source
from tracker.sources.selectors.sources import standing_of
from tracker.verification.selectors.closed import closed_to

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from tracker.core.actor import Actor
    from tracker.sources.selectors.sources import Standing

_PAGE = 50
_LATEST = 10
_PARTIES = 200


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One source of the list."""

    source: Source
    standing: Standing | None
    articles: int


@dataclass(frozen=True, slots=True)
class SourcePage:
    """A page of the list; ``next_after`` "" = it is the last one."""

    rows: list[SourceRow]
    total: int
    next_after: str


def list_source_rows(*, kind: str, words: str, after: str) -> SourcePage:
    """Sources by name, from the one after ``after`` on, with their standing."""
    sources = Source.objects.filter(merged_into__isnull=True)
    if kind:
        sources = sources.filter(kind=kind)
    if words:
        sources = sources.filter(pk__in=_named(words))
    total = sources.count()
    by_name = sources.annotate(sort_name=Lower("name")).order_by("sort_name", "id")
    if after:
        by_name = by_name.filter(sort_name__gt=Lower(Value(after)))
    found = list(
        by_name.select_related("party").annotate(article_count=Count("articles"))[: _PAGE + 1]
    )
    page = found[:_PAGE]
    standings = standing_of([source.pk for source in page])
    rows = [SourceRow(s, standings.get(s.pk), s.article_count) for s in page]
    return SourcePage(rows, total, page[-1].name if len(found) > _PAGE else "")


def _named(words: str) -> set[int]:
    """Sources with these words in a name, also in one that was merged away."""
    found = Source.objects.filter(name__icontains=words).select_related("merged_into")
    return {home_of(source).pk for source in found}


def latest_articles(source: Source) -> QuerySet[Article]:
    """What it published last, without the texts."""
    return (
        source.articles.select_related("task")
        .only("id", "title", "language", "published_on", "received_at", "outlet_id", "task__id")
        .order_by("-received_at", "-id")[:_LATEST]
    )


def latest_claims(source: Source, *, viewer: Actor) -> QuerySet[Claim]:
    """What it said last, but in articles that the viewer codes blind."""
    return (
        Claim.objects.filter(speaker=source)
        .exclude(article__in=closed_to(viewer).articles)
        .select_related("article__task", "incident")
        .defer("article__text")
        .order_by("-id")[:_LATEST]
    )


def party_names() -> list[str]:
    """Names that a form offers; others may be typed."""
    return list(Party.objects.order_by("name").values_list("name", flat=True)[:_PARTIES])
