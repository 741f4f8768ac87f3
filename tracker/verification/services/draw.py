"""Which finished tasks are coded a second time, and how large their share is."""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction

from tracker.accounts.permissions import Right, require_right
from tracker.audit.services.record import record_event
from tracker.core.actor import machine
from tracker.core.errors import InvalidInput
from tracker.incidents.choices import ClaimState
from tracker.incidents.selectors.claims import list_claims_of
from tracker.verification.choices import Coder
from tracker.verification.models import CodedClaim, CodingShare, SecondCoding
from tracker.verification.rules.draw import is_drawn
from tracker.verification.selectors.share import share_in_force

if TYPE_CHECKING:
    from datetime import datetime

    from tracker.core.actor import Actor
    from tracker.incidents.models import Claim
    from tracker.verification.models import ReviewTask

_MOST = 100
#: What its speaker took back was said, and somebody coded it so.
_SAID = frozenset({ClaimState.ACCEPTED, ClaimState.RETRACTED})


@transaction.atomic
def set_share(*, per_cent: int, actor: Actor, now: datetime) -> CodingShare:
    """From now on, draw so many per cent of finished tasks. Raises NotAllowed, InvalidInput."""
    require_right(actor, Right.OVERSEE_CODING)
    if not 0 <= per_cent <= _MOST:
        raise InvalidInput("The share is 0 to 100 per cent.")
    before = share_in_force()
    share = CodingShare.objects.create(per_cent=per_cent, set_by_id=actor.person_id, set_at=now)
    record_event(
        actor=actor,
        action="coding.share",
        target=share,
        now=now,
        changes={"per_cent": [str(before), str(per_cent)]},
    )
    return share


def draw_task(task: ReviewTask, *, now: datetime) -> SecondCoding | None:
    """Keep the first coding of a task that was just finished, where the draw takes it.

    A task is drawn once; finished again after a reopening, its first coding stays as it was.
    Must run inside the transaction that finishes the task.
    """
    per_cent = share_in_force()
    if not is_drawn(task_id=task.pk, per_cent=per_cent, key=_key()):
        return None
    if task.decided_by_id is None or SecondCoding.objects.filter(task=task).exists():
        return None
    coding = SecondCoding.objects.create(
        task=task, per_cent=per_cent, drawn_at=now, first_coder_id=task.decided_by_id
    )
    claims = list_claims_of([task.article_id]).select_related("speaker", "incident")
    CodedClaim.objects.bulk_create(_kept(coding, claim, now) for claim in claims)
    # Not in the name of who finished it: nobody but the coordinators learns what is drawn.
    record_event(
        actor=machine("draw"),
        action="coding.draw",
        target=coding,
        now=now,
        changes={"per_cent": per_cent},
    )
    return coding


def _kept(coding: SecondCoding, claim: Claim, now: datetime) -> CodedClaim:
    """A claim as the first coder left it; place and day are those of its incident."""
    row = CodedClaim(
        coding=coding,
        coder=Coder.FIRST,
        claim=claim,
        start=claim.start,
        end=claim.end,
        is_claim=claim.state in _SAID,
        by_id=coding.first_coder_id,
        at=now,
    )
    if row.is_claim:
        row.outcome, row.subject_status = claim.outcome, claim.subject_status
        row.polarity, row.scope = claim.polarity, claim.scope
        row.minimum, row.maximum = claim.minimum, claim.maximum
        row.speaker_text = claim.speaker.name if claim.speaker else claim.speaker_text
        if claim.incident is not None:
            row.place = claim.incident.place_name
            row.date_start = claim.incident.date_start
            row.date_end = claim.incident.date_end
    return row


def _key() -> bytes:
    """A key of its own, so that a draw tells nothing of what else the secret signs."""
    return hmac.digest(settings.SECRET_KEY.encode(), b"draw of second codings", "sha256")
