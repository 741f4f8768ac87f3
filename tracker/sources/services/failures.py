"""What could not become an article is kept, listed, and tried again."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F, Q

from tracker.audit.services.record import record_event
from tracker.sources.models import IngestFailure
from tracker.sources.services.capture_store import shortened, store_capture

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from tracker.core.actor import Actor
    from tracker.sources.services.retrieved import Retrieved

#: How references of things begin that somebody handed in: they name nothing on this machine.
UPLOADED = "upload: "
PASTED = "pasted"
_NO_PLACE = (UPLOADED, PASTED)
_LONGEST_REASON = 500


class Outcome(StrEnum):
    """What became of one item."""

    NEW = "new"
    COPY = "copy"
    SAME = "same"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class IngestResult:
    """One line of the report. ``article_id`` is None where it failed."""

    reference: str
    outcome: Outcome
    reason: str
    article_id: int | None


def keep_failure(
    *,
    reference: str,
    reason: str,
    content: bytes | None,
    media_type: str,
    retrieved: Retrieved | None = None,
    asked_by: str = "",
    actor: Actor,
    now: datetime,
) -> IngestResult:
    """Note that an item failed, with its bytes where there were any.

    The same item failing again counts up and makes no second row.
    """
    capture = None
    if content:
        capture, _ = store_capture(
            content=content,
            media_type=media_type,
            reference=reference,
            retrieved=retrieved,
            asked_by=asked_by,
            actor=actor,
            now=now,
        )
    with transaction.atomic():
        failure, is_new = IngestFailure.objects.get_or_create(
            reference=shortened(reference),
            item_sha256=hashlib.sha256(content).hexdigest() if content else "",
            defaults={
                "reason": reason[:_LONGEST_REASON],
                "capture": capture,
                "first_seen_at": now,
                "last_tried_at": now,
            },
        )
        if not is_new:
            IngestFailure.objects.filter(pk=failure.pk).update(
                reason=reason[:_LONGEST_REASON],
                capture=capture,
                last_tried_at=now,
                attempts=F("attempts") + 1,
                resolved_at=None,
            )
        record_event(actor=actor, action="ingest.fail", target=failure, now=now)
    return IngestResult(reference=reference, outcome=Outcome.FAILED, reason=reason, article_id=None)


def resolve_failures(*, arrived: Sequence[tuple[str, str]], now: datetime) -> None:
    """Bytes have arrived, by reference and digest, so their failures are over, and so are those
    of their place.

    A place is a path or an address; names of uploads are not, for two people may use one.
    """
    places = [shortened(place) for place, _ in arrived if not place.startswith(_NO_PLACE)]
    over = Q(item_sha256__in=[digest for _, digest in arrived]) | Q(reference__in=places)
    IngestFailure.objects.filter(over, resolved_at__isnull=True).update(resolved_at=now)
