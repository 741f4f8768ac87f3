"""How people get at the evidentiary copy: never without a line in the custody log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from tracker.accounts.permissions import Right, require_right
from tracker.audit.services.record import record_event
from tracker.core.errors import NotFound
from tracker.sources.choices import CustodyKind
from tracker.sources.models import Capture
from tracker.sources.services.capture_store import read_capture
from tracker.sources.services.custody import record_custody

if TYPE_CHECKING:
    from datetime import datetime

    from tracker.core.actor import Actor


@transaction.atomic
def view_capture(*, capture_id: int, actor: Actor, now: datetime) -> Capture:
    """Note that somebody looks at a capture's record. Raises NotAllowed, NotFound."""
    require_right(actor, Right.READ)
    capture = _capture(capture_id)
    record_custody(capture_id=capture.pk, kind=CustodyKind.VIEWED, actor=actor, now=now)
    record_event(actor=actor, action="capture.view", target=capture, now=now)
    return capture


@transaction.atomic
def copy_capture(
    *, capture_id: int, reason: str, actor: Actor, now: datetime
) -> tuple[Capture, bytes]:
    """The bytes for somebody who takes a copy away, and says why.

    Raises NotAllowed, NotFound, InvalidInput without a reason, CaptureUnreadable.
    """
    require_right(actor, Right.COPY_CAPTURES)
    capture = _capture(capture_id)
    content = read_capture(capture)
    record_custody(
        capture_id=capture.pk, kind=CustodyKind.COPIED, actor=actor, now=now, reason=reason
    )
    record_event(actor=actor, action="capture.copy", target=capture, now=now)
    return capture, content


def _capture(capture_id: int) -> Capture:
    capture = Capture.objects.filter(pk=capture_id).first()
    if capture is None:
        raise NotFound(f"There is no capture {capture_id}.")
    return capture
