"""What waits at each stage and since when, and what failed and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Min
from django.utils.translation import gettext_lazy as _

from tracker.core.errors import InvalidInput
from tracker.sources.choices import ArticleState
from tracker.sources.models import FetchRequest, IngestFailure
from tracker.sources.selectors.pipeline import (
    list_failed_articles,
    list_failed_fetches,
    list_ingest_failures,
    list_waiting_fetches,
    stage_counts,
)
from tracker.verification.selectors.shelves import waiting_tasks

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

    from tracker.core.actor import Actor

_SHOWN = 50
_MINE = 10


@dataclass(frozen=True, slots=True)
class Stage:
    """One step of the way; ``oldest`` None = nothing waits."""

    label: object
    waiting: int
    oldest: datetime | None


@dataclass(frozen=True, slots=True)
class Failure:
    """Something that needs a person; ``may_retry`` False = there is nothing to try again with."""

    kind: str
    pk: int
    label: str
    step: str
    reason: str
    attempts: int
    at: datetime
    may_retry: bool = True


@dataclass(frozen=True, slots=True)
class Failures:
    """The latest of one kind, and how many there are."""

    rows: list[Failure]
    total: int


_STAGE_LABELS = {
    ArticleState.FETCHED: _("to be read"),
    ArticleState.PARSED: _("to be compared with others"),
    ArticleState.RELATED: _("to be searched for claims"),
}


def list_stages() -> list[Stage]:
    """From the address that waits to be fetched to the task that waits for a person."""
    fetch = list_waiting_fetches().aggregate(n=Count("id"), oldest=Min("requested_at"))
    people = waiting_tasks().aggregate(n=Count("id"), oldest=Min("queued_at"))
    return [
        Stage(_("addresses to be fetched"), fetch["n"], fetch["oldest"]),
        *(
            Stage(_STAGE_LABELS[stage.state], stage.count, stage.oldest)
            for stage in stage_counts()
            if stage.state in _STAGE_LABELS
        ),
        Stage(_("to be decided by people"), people["n"], people["oldest"]),
    ]


def failed_articles() -> Failures:
    """Articles that the machine gave up on."""
    failed = list_failed_articles()
    return Failures(
        [
            Failure(
                kind="article",
                pk=article.pk,
                label=article.title or article.url or article.capture.reference,
                step=article.failed_in,
                reason=article.failure_reason,
                attempts=article.attempts,
                at=article.state_since,
            )
            for article in failed[:_SHOWN]
        ],
        failed.count(),
    )


def failed_addresses() -> Failures:
    """Addresses that could not be fetched."""
    failed = list_failed_fetches()
    return Failures(
        [
            Failure(
                kind="address",
                pk=request.pk,
                label=request.url,
                step="",
                reason=request.failure_reason,
                attempts=request.attempts,
                at=request.requested_at,
            )
            for request in failed[:_SHOWN]
        ],
        failed.count(),
    )


def failed_items() -> Failures:
    """Files and lines that could not become an article."""
    failed = list_ingest_failures()
    return Failures(
        [
            Failure(
                kind="item",
                pk=item.pk,
                label=item.reference,
                step="",
                reason=item.reason,
                attempts=item.attempts,
                at=item.last_tried_at,
                may_retry=item.capture_id is not None,
            )
            for item in failed[:_SHOWN]
        ],
        failed.count(),
    )


def addresses_of(viewer: Actor) -> QuerySet[FetchRequest]:
    """The addresses that the viewer gave last, and what became of them."""
    return (
        FetchRequest.objects.filter(requested_by=viewer.alias)
        .select_related("article__task")
        .defer("article__text")
        .order_by("-requested_at", "-id")[:_MINE]
    )


def require_kept_bytes(failure_id: int) -> None:
    """Raise InvalidInput where only a name was kept.

    A name that came from a browser must never be opened as a file of this machine.
    """
    if not IngestFailure.objects.filter(pk=failure_id, capture__isnull=False).exists():
        raise InvalidInput("Nothing of it was kept, so give it anew on the Add page.")
