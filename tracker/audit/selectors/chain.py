"""Walk the chain and say where it breaks."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.audit.models import AuditEvent, AuditSeal
from tracker.audit.rules import FIRST_HASH, link_hash
from tracker.audit.services.seal import line_of


@dataclass(frozen=True, slots=True)
class ChainReport:
    """What verification found; ``faults`` is empty where the chain holds."""

    sealed: int
    unsealed: int
    last_hash: str
    faults: tuple[str, ...]


def verify_chain(*, anchor: str = "") -> ChainReport:
    """Recompute every link. A cut tail shows only where ``anchor``, an earlier last hash kept
    outside the database, is no longer in the chain.
    """
    faults: list[str] = []
    previous, number = FIRST_HASH, 0
    seals = AuditSeal.objects.select_related("event").order_by("number")
    for seal in seals.iterator(chunk_size=2000):
        number += 1
        if seal.number != number:
            faults.append(f"Link {number} is missing; the chain goes on with {seal.number}.")
            number = seal.number
        if seal.previous_hash != previous:
            faults.append(f"Link {seal.number} does not continue the one before it.")
        if (
            link_hash(
                number=seal.number, previous_hash=seal.previous_hash, line=line_of(seal.event)
            )
            != seal.hash
        ):
            faults.append(f"Link {seal.number}: line {seal.event_id} is not what was sealed.")
        previous = seal.hash
    if anchor and not AuditSeal.objects.filter(hash=anchor).exists():
        faults.append("The anchor is not in the chain: its tail was cut or rewritten.")
    return ChainReport(
        sealed=AuditSeal.objects.count(),
        unsealed=AuditEvent.objects.filter(seal__isnull=True).count(),
        last_hash=previous,
        faults=tuple(faults),
    )


def list_events_of(*, target_type: str, target_id: int) -> list[AuditEvent]:
    """The history of one record, latest first, with the reasons that still exist."""
    return list(
        AuditEvent.objects.filter(target_type=target_type, target_id=target_id)
        .select_related("reason")
        .order_by("-id")
    )
