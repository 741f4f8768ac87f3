"""Shred a record: its key is destroyed, a tombstone stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from tracker.audit.services.record import record_event
from tracker.core.reasons import checked_reason
from tracker.restricted.models import Consent
from tracker.restricted.policies import require_may_write
from tracker.restricted.services.floor import push_floor
from tracker.restricted.services.keys import destroy_key
from tracker.restricted.services.records import lock_record

if TYPE_CHECKING:
    from datetime import datetime

    from tracker.core.actor import Actor
    from tracker.restricted.models import PrivatePerson


@transaction.atomic
def shred_person(*, person_id: int, actor: Actor, now: datetime, reason: str) -> PrivatePerson:
    """Destroy the key of a record for good and leave who did it, when and why.

    Raises NotAllowed, NotFound, InvalidInput without a reason, UnableToRecord where it is shredded
    already, UnableToReachKeys; nothing has changed then.
    """
    require_may_write(actor)
    reason = checked_reason(reason, missing="Say why the record must go, without a name.")
    person = lock_record(person_id)
    destroy_record(person, actor=actor, now=now, reason=reason)
    return person


def destroy_record(person: PrivatePerson, *, actor: Actor, now: datetime, reason: str) -> None:
    """The same for a locked record, in the caller's transaction.

    The key goes last, when all that the database could refuse has passed; whatever fails after it
    leaves a record that nobody can open and that can be shredded again.
    """
    person.sealed = None
    person.shredded_at = now
    person.shredded_by_id = actor.person_id
    person.revision += 1
    person.save()
    Consent.objects.filter(person=person).update(sealed_giver=None)
    record_event(
        actor=actor,
        action="restricted.shred",
        target=person,
        now=now,
        reason=reason,
        changes={"incident": person.incident_id, "kind": person.kind},
    )
    push_floor(incident_id=person.incident_id, actor=actor, now=now)
    destroy_key(person.key_name)
