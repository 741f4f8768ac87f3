"""The one way bytes are destroyed: a person asks with a reason, another one agrees.

What stays is the row with the hash, the disposal as its tombstone, and the custody log. The
article read from the bytes stays too, with its text: claims rest on its passages.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import structlog
from django.db import transaction

from tracker.accounts.permissions import Right, require_right
from tracker.audit.services.record import record_event
from tracker.core.errors import InvalidInput, NotAllowed, NotFound
from tracker.core.reasons import checked_reason
from tracker.sources.choices import CustodyKind, DisposalState
from tracker.sources.models import Capture, Disposal
from tracker.sources.services.capture_files import UnableToStore, remove_bytes
from tracker.sources.services.custody import record_custody

if TYPE_CHECKING:
    from datetime import datetime

    from tracker.core.actor import Actor

logger = structlog.get_logger(__name__)


@transaction.atomic
def request_disposal(*, capture_id: int, reason: str, actor: Actor, now: datetime) -> Disposal:
    """Ask that the bytes of a capture be destroyed; nothing happens until another person agrees.

    Raises NotAllowed, NotFound, InvalidInput without a reason or where it is asked for already.
    """
    require_right(actor, Right.DISPOSE_OF_CAPTURES)
    words = checked_reason(reason, missing="Say why the bytes must be destroyed.")
    capture = Capture.objects.filter(pk=capture_id).first()
    if capture is None:
        raise NotFound(f"There is no capture {capture_id}.")
    asked = Disposal.objects.filter(capture=capture).exclude(state=DisposalState.REFUSED)
    if asked.exists():
        raise InvalidInput(f"The disposal of capture {capture_id} was asked for already.")
    disposal = Disposal.objects.create(
        capture=capture, reason=words, requested_by_id=actor.person_id, requested_at=now
    )
    record_event(actor=actor, action="disposal.request", target=disposal, now=now, reason=words)
    return disposal


def decide_disposal(*, disposal_id: int, agree: bool, actor: Actor, now: datetime) -> Disposal:
    """Agree, and the bytes are deleted; or refuse, and they stay.

    Where the disk does not let go of them now, the sweep tries again. Raises NotAllowed (also to
    the person who asked), NotFound, InvalidInput where it was decided already.
    """
    disposal = _decide(disposal_id=disposal_id, agree=agree, actor=actor, now=now)
    if agree:
        try:
            finish_disposal(disposal_id=disposal.pk, now=now)
        except UnableToStore as failure:
            logger.warning("disposal_waits", disposal_id=disposal.pk, reason=str(failure))
        disposal.refresh_from_db()
    return disposal


@transaction.atomic
def finish_disposal(*, disposal_id: int, now: datetime) -> bool:
    """Delete the bytes of an approved disposal and set the tombstone; False where none is due.

    The bytes go first: a tombstone never stands over bytes that are still there. Raises
    UnableToStore.
    """
    disposal = (
        Disposal.objects.select_for_update(skip_locked=True, of=("self",))
        .select_related("capture", "decided_by")
        .filter(pk=disposal_id, state=DisposalState.APPROVED)
        .first()
    )
    if disposal is None or disposal.decided_by is None:
        return False
    remove_bytes(disposal.capture.sha256)
    disposal.state = DisposalState.DONE
    disposal.deleted_at = now
    disposal.save(update_fields=["state", "deleted_at"])
    decider = disposal.decided_by.as_actor()
    record_custody(
        capture_id=disposal.capture_id,
        kind=CustodyKind.DISPOSED,
        actor=decider,
        now=now,
        reason=disposal.reason,
    )
    record_event(actor=decider, action="disposal.finish", target=disposal, now=now)
    return True


def finish_disposals(*, now: datetime) -> int:
    """Finish what was approved and could not be deleted then; return how many are done now."""
    approved = Disposal.objects.filter(state=DisposalState.APPROVED).order_by("id")
    done = 0
    for disposal_id in list(approved.values_list("pk", flat=True)[:100]):
        try:
            done += finish_disposal(disposal_id=disposal_id, now=now)
        except UnableToStore as failure:
            logger.warning("disposal_waits", disposal_id=disposal_id, reason=str(failure))
    return done


@transaction.atomic
def _decide(*, disposal_id: int, agree: bool, actor: Actor, now: datetime) -> Disposal:
    require_right(actor, Right.DISPOSE_OF_CAPTURES)
    disposal = Disposal.objects.select_for_update().filter(pk=disposal_id).first()
    if disposal is None:
        raise NotFound(f"There is no disposal {disposal_id}.")
    if disposal.state != DisposalState.REQUESTED:
        raise InvalidInput("This disposal was decided already.")
    if disposal.requested_by_id == actor.person_id:
        raise NotAllowed("You asked for this disposal; another person must decide.")
    disposal.state = DisposalState.APPROVED if agree else DisposalState.REFUSED
    disposal.decided_by_id = actor.person_id
    disposal.decided_at = now
    disposal.save(update_fields=["state", "decided_by", "decided_at"])
    action = "disposal.approve" if agree else "disposal.refuse"
    record_event(actor=actor, action=action, target=disposal, now=now)
    return disposal
