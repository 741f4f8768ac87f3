"""What the workers have before them, and what failed on its way in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Min, QuerySet

from tracker.sources.choices import ArticleState, FetchState
from tracker.sources.models import Article, FetchRequest, IngestFailure

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class StageCount:
    """How many articles are in a state; ``oldest`` None where there is none."""

    state: ArticleState
    count: int
    oldest: datetime | None


def stage_counts() -> list[StageCount]:
    """Every state in the order of the pipeline, also the empty ones; one query."""
    found = {
        row["state"]: row
        for row in Article.objects.order_by()
        .values("state")
        .annotate(count=Count("pk"), oldest=Min("state_since"))
    }
    return [
        StageCount(
            state=state,
            count=found[state]["count"] if state in found else 0,
            oldest=found[state]["oldest"] if state in found else None,
        )
        for state in ArticleState
    ]


def list_failed_articles() -> QuerySet[Article]:
    """Articles that a step gave up on, the latest first."""
    return (
        Article.objects.filter(state=ArticleState.FAILED)
        .select_related("outlet", "capture")
        .defer("text")
        .order_by("-state_since", "-id")
    )


def list_waiting_fetches() -> QuerySet[FetchRequest]:
    """Addresses not fetched yet, the oldest first."""
    return FetchRequest.objects.filter(state=FetchState.WAITING).order_by("requested_at", "id")


def list_failed_fetches() -> QuerySet[FetchRequest]:
    """Addresses that could not be fetched, the latest first."""
    return FetchRequest.objects.filter(state=FetchState.FAILED).order_by("-requested_at", "-id")


def list_ingest_failures() -> QuerySet[IngestFailure]:
    """Items that still fail, the latest first."""
    return (
        IngestFailure.objects.filter(resolved_at__isnull=True)
        .select_related("capture")
        .order_by("-last_tried_at", "-id")
    )
