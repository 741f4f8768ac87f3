"""Give a person the right to the records, and end it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from tracker.accounts.models import Person
from tracker.accounts.permissions import Right, require_right
from tracker.audit.services.record import record_event
from tracker.core.errors import InvalidInput, NotAllowed, NotFound
from tracker.core.reasons import checked_reason
from tracker.restricted.choices import AccessLevel
from tracker.restricted.models import AccessGrant

if TYPE_CHECKING:
    from datetime import datetime

    from tracker.core.actor import Actor


@transaction.atomic
def grant_access(
    *, person_id: int, level: str, actor: Actor, now: datetime, reason: str
) -> AccessGrant:
    """Give another person the right; one they have already ends by it.

    Raises NotAllowed (also for oneself), NotFound, InvalidInput without a reason.
    """
    require_right(actor, Right.GRANT_RESTRICTED_ACCESS)
    if person_id == actor.person_id:
        raise NotAllowed("Nobody gives this right to themselves; another person has to.")
    if level not in AccessLevel.values:
        raise InvalidInput("Choose whether the person reads only, or also writes.")
    reason = checked_reason(reason, missing="Say why this person needs the right.")
    person = Person.objects.select_for_update().filter(pk=person_id, is_active=True).first()
    if person is None:
        raise NotFound("There is no such person, or they can't sign in any more.")
    _end(AccessGrant.objects.filter(person=person, ended_at__isnull=True).first(), actor, now)
    grant = AccessGrant.objects.create(
        person=person, level=level, granted_by_id=actor.person_id, granted_at=now
    )
    record_event(
        actor=actor,
        action="restricted.grant",
        target=grant,
        now=now,
        reason=reason,
        changes={"person": person.pk, "level": level},
    )
    return grant


@transaction.atomic
def end_access(*, grant_id: int, actor: Actor, now: datetime, reason: str) -> AccessGrant:
    """End a right at once; giving up one's own is allowed to everybody who may grant.

    Raises NotAllowed, NotFound, InvalidInput where it ended before.
    """
    require_right(actor, Right.GRANT_RESTRICTED_ACCESS)
    grant = AccessGrant.objects.select_for_update().filter(pk=grant_id).first()
    if grant is None:
        raise NotFound(f"There is no right {grant_id} to end.")
    if grant.ended_at is not None:
        raise InvalidInput("This right ended before.")
    _end(grant, actor, now)
    record_event(
        actor=actor,
        action="restricted.end_grant",
        target=grant,
        now=now,
        reason=checked_reason(reason),
        changes={"person": grant.person_id},
    )
    return grant


def _end(grant: AccessGrant | None, actor: Actor, now: datetime) -> None:
    if grant is None:
        return
    grant.ended_at = now
    grant.ended_by_id = actor.person_id
    grant.save(update_fields=["ended_at", "ended_by"])
