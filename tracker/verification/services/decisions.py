"""What the holder of a task decides about the claims of its article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from tracker.core.errors import InvalidInput
from tracker.incidents.choices import ClaimState
from tracker.incidents.services import claims
from tracker.verification.services.leases import require_lease

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from tracker.core.actor import Actor
    from tracker.incidents.models import Claim
    from tracker.incidents.services.claim_fields import ClaimFields

_LINKABLE = frozenset({ClaimState.PROPOSED, ClaimState.ACCEPTED})


@transaction.atomic
def accept_claim(
    *,
    task_id: int,
    fence: int,
    claim_id: int,
    expected_revision: int,
    correction: ClaimFields | None,
    incident_id: int | None,
    actor: Actor,
    now: datetime,
    reason: str = "",
) -> Claim:
    """Accept a claim, or correct one decided before; None as ``incident_id`` leaves it unlinked.

    Raises LostLease, NotFound, StaleRevision, InvalidInput, UnableToDecide, UnableToEdit.
    """
    task = require_lease(task_id=task_id, fence=fence, actor=actor, now=now)
    claim = claims.get_claim_for_decision(
        claim_id=claim_id, article_id=task.article_id, expected_revision=expected_revision
    )
    claims.accept(
        claim, correction=correction, incident_id=incident_id, actor=actor, now=now, reason=reason
    )
    claims.refuse_unconfirmed([claim])
    return claim


@transaction.atomic
def reject_claim(
    *,
    task_id: int,
    fence: int,
    claim_id: int,
    expected_revision: int,
    actor: Actor,
    now: datetime,
    reason: str,
) -> Claim:
    """Reject a claim; the reason is required. Raises as ``accept_claim`` does."""
    task = require_lease(task_id=task_id, fence=fence, actor=actor, now=now)
    claim = claims.get_claim_for_decision(
        claim_id=claim_id, article_id=task.article_id, expected_revision=expected_revision
    )
    return claims.reject(claim, actor=actor, now=now, reason=reason)


@transaction.atomic
def retract_claim(
    *,
    task_id: int,
    fence: int,
    claim_id: int,
    expected_revision: int,
    actor: Actor,
    now: datetime,
    reason: str,
) -> Claim:
    """Record that an accepted claim was taken back by its speaker, and how that is known.

    Raises as ``accept_claim`` does.
    """
    task = require_lease(task_id=task_id, fence=fence, actor=actor, now=now)
    claim = claims.get_claim_for_decision(
        claim_id=claim_id, article_id=task.article_id, expected_revision=expected_revision
    )
    return claims.retract(claim, actor=actor, now=now, reason=reason)


@transaction.atomic
def add_claim(
    *,
    task_id: int,
    fence: int,
    quote: str,
    fields: ClaimFields,
    incident_id: int | None,
    actor: Actor,
    now: datetime,
    reason: str = "",
) -> Claim:
    """Add and accept a claim the machine missed; ``quote`` stands in the article to the letter."""
    task = require_lease(task_id=task_id, fence=fence, actor=actor, now=now)
    claim = claims.add(task.article, quote=quote, fields=fields, now=now)
    claims.accept(
        claim,
        correction=None,
        incident_id=incident_id,
        actor=actor,
        now=now,
        reason=reason or claims.ADDED,
    )
    claims.refuse_unconfirmed([claim])
    return claim


@transaction.atomic
def link_claims(
    *,
    task_id: int,
    fence: int,
    claim_ids: Iterable[int],
    incident_id: int,
    actor: Actor,
    now: datetime,
    reason: str = "",
) -> list[Claim]:
    """Accept these claims, as they stand, into one incident: all of them or none.

    Those that are on it already are left alone; one that is on another needs a reason. Raises
    LostLease, NotFound, InvalidInput, UnableToDecide for a rejected one, UnableToEdit.
    """
    task = require_lease(task_id=task_id, fence=fence, actor=actor, now=now)
    chosen = [
        claims.get_claim_for_decision(
            claim_id=claim_id, article_id=task.article_id, expected_revision=None
        )
        for claim_id in sorted(set(claim_ids))
    ]
    if not chosen:
        raise InvalidInput("Choose at least one claim to link.")
    claims.lock_incidents(incident_id, *(claim.incident_id for claim in chosen))
    for claim in chosen:
        if claim.state not in _LINKABLE:
            raise claims.UnableToDecide(
                f"Claim {claim.pk} is {claim.get_state_display()}; accept it first."
            )
        if claim.state != ClaimState.ACCEPTED or claim.incident_id != incident_id:
            claims.accept(
                claim,
                correction=None,
                incident_id=incident_id,
                actor=actor,
                now=now,
                reason=reason or ("" if claim.incident_id else claims.LINKED),
            )
    claims.refuse_unconfirmed(chosen)
    return chosen
