"""Which captures somebody means."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q

from tracker.sources.choices import DisposalState, TimestampState
from tracker.sources.models import Capture, CaptureTimestamp, Disposal

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.db.models import QuerySet


def select_captures(
    *,
    capture_ids: Collection[int] = (),
    article_ids: Collection[int] = (),
    outlet: str = "",
    since: date | None = None,
    until: date | None = None,
) -> QuerySet[Capture]:
    """Captures that fit all that is given, in the order they came; nothing given = all of them.

    ``since`` and ``until`` are days (UTC) on which they were received, both included.
    """
    wanted = Q()
    if capture_ids or article_ids:
        wanted &= Q(pk__in=capture_ids) | Q(article__pk__in=article_ids)
    if outlet:
        wanted &= Q(article__outlet__name__iexact=outlet)
    if since is not None:
        wanted &= Q(received_at__gte=datetime.combine(since, time.min, tzinfo=UTC))
    if until is not None:
        end = datetime.combine(until + timedelta(days=1), time.min, tzinfo=UTC)
        wanted &= Q(received_at__lt=end)
    return Capture.objects.filter(wanted).order_by("id")


def failed_stamps() -> QuerySet[CaptureTimestamp]:
    """Time-stamps that no authority gave, but for captures whose bytes are gone on purpose."""
    agreed = (DisposalState.APPROVED, DisposalState.DONE)
    disposed = Disposal.objects.filter(capture=OuterRef("capture"), state__in=agreed)
    return CaptureTimestamp.objects.filter(~Exists(disposed), state=TimestampState.FAILED)
