"""A capture with all that is known of it, and the captures that need a person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tracker.sources.choices import DAMAGED, DisposalState
from tracker.sources.models import (
    Article,
    Capture,
    CaptureCheck,
    CaptureTimestamp,
    CustodyEvent,
    Disposal,
    Retrieval,
)
from tracker.sources.selectors.captures import failed_stamps

if TYPE_CHECKING:
    from collections.abc import Sequence

_MOST = 200


@dataclass(frozen=True, slots=True)
class CaptureRecord:
    """What the page of one capture shows; the longest lists are cut, newest first."""

    capture: Capture
    article: Article | None
    retrievals: Sequence[Retrieval]
    custody: Sequence[CustodyEvent]
    check: CaptureCheck
    stamp: CaptureTimestamp | None
    disposals: Sequence[Disposal]

    @property
    def is_disposed(self) -> bool:
        """Whether the bytes are gone, or about to be, on the word of two people."""
        agreed = {DisposalState.APPROVED, DisposalState.DONE}
        return any(disposal.state in agreed for disposal in self.disposals)

    @property
    def open_disposal(self) -> Disposal | None:
        """The disposal that waits for a second person."""
        waiting = (d for d in self.disposals if d.state == DisposalState.REQUESTED)
        return next(waiting, None)


def capture_record(capture: Capture) -> CaptureRecord:
    """All of it, in a fixed number of queries."""
    disposals = Disposal.objects.filter(capture=capture).select_related(
        "requested_by", "decided_by"
    )
    return CaptureRecord(
        capture=capture,
        article=Article.objects.light().filter(capture=capture).first(),
        retrievals=list(Retrieval.objects.filter(capture=capture).order_by("-id")[:_MOST]),
        custody=list(CustodyEvent.objects.filter(capture=capture).order_by("-id")[:_MOST]),
        check=CaptureCheck.objects.get(capture=capture),
        stamp=CaptureTimestamp.objects.filter(capture=capture).defer("token").first(),
        disposals=list(disposals.order_by("-id")),
    )


def damaged_captures() -> list[CaptureCheck]:
    """What the last re-hashing found changed or missing, the longest known first."""
    found = CaptureCheck.objects.filter(outcome__in=DAMAGED).select_related("capture")
    return list(found.order_by("checked_at")[:_MOST])


def waiting_disposals() -> list[Disposal]:
    """Disposals that wait for a second person."""
    waiting = Disposal.objects.filter(state=DisposalState.REQUESTED)
    return list(waiting.select_related("capture", "requested_by").order_by("id")[:_MOST])


def latest_failed_stamps() -> list[CaptureTimestamp]:
    """Time-stamps that no authority gave, the newest first."""
    failed = failed_stamps().select_related("capture").defer("token")
    return list(failed.order_by("-id")[:_MOST])
