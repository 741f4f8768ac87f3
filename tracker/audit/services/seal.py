"""The one sealer: numbers and hashes lines in batches, in the order they were written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection, transaction

from tracker.audit.models import AuditEvent, AuditSeal
from tracker.audit.rules import FIRST_HASH, canonical_bytes, link_hash

if TYPE_CHECKING:
    from datetime import datetime

BATCH = 2000
_SEALER_LOCK = (7106, 2)


@transaction.atomic
def seal_events(*, now: datetime, limit: int = BATCH) -> int:
    """Seal up to ``limit`` waiting lines; return how many. A second sealer at work means 0."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", _SEALER_LOCK)
        if not cursor.fetchone()[0]:
            return 0
    last = AuditSeal.objects.order_by("-number").first()
    number, previous = (last.number, last.hash) if last else (0, FIRST_HASH)
    seals: list[AuditSeal] = []
    for event in AuditEvent.objects.filter(seal__isnull=True).order_by("id")[:limit]:
        number += 1
        digest = link_hash(number=number, previous_hash=previous, line=line_of(event))
        seals.append(
            AuditSeal(
                number=number, event=event, previous_hash=previous, hash=digest, sealed_at=now
            )
        )
        previous = digest
    AuditSeal.objects.bulk_create(seals)
    return len(seals)


def line_of(event: AuditEvent) -> bytes:
    """The canonical bytes of a stored line."""
    return canonical_bytes(
        event_id=event.pk,
        at=event.at,
        recorded_at=event.recorded_at,
        actor_id=event.actor_id,
        actor_kind=event.actor_kind,
        actor_alias=event.actor_alias,
        action=event.action,
        target_type=event.target_type,
        target_id=event.target_id,
        reason_digest=event.reason_digest,
        changes=event.changes,
    )
