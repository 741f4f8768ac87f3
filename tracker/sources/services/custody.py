"""The custody log of captures: each access, copy, export and check leaves a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.core.reasons import checked_reason
from tracker.sources.choices import REASONED_CUSTODY, CustodyKind
from tracker.sources.models import CustodyEvent

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from tracker.core.actor import Actor


def record_custody(
    *, capture_id: int, kind: CustodyKind, actor: Actor, now: datetime, reason: str = ""
) -> CustodyEvent:
    """Add one line within the caller's transaction.

    Raises InvalidInput where the kind needs a reason and there is none.
    """
    event = _line(capture_id=capture_id, kind=kind, actor=actor, now=now, reason=reason)
    event.save(force_insert=True)
    return event


def record_custody_lines(
    *,
    lines: Iterable[tuple[int, CustodyKind, str]],
    actor: Actor,
    now: datetime,
) -> None:
    """Add a line for each capture's id, kind and reason, within the caller's transaction."""
    CustodyEvent.objects.bulk_create(
        [
            _line(capture_id=capture_id, kind=kind, actor=actor, now=now, reason=reason)
            for capture_id, kind, reason in lines
        ]
    )


def _line(
    *, capture_id: int, kind: CustodyKind, actor: Actor, now: datetime, reason: str
) -> CustodyEvent:
    is_asked = kind in REASONED_CUSTODY
    words = checked_reason(
        reason, missing="Say why: the custody log keeps the reason." if is_asked else ""
    )
    return CustodyEvent(
        capture_id=capture_id,
        kind=kind,
        actor_kind=actor.kind.value,
        actor_id=actor.id,
        actor_alias=actor.alias,
        at=now,
        reason=words,
    )
