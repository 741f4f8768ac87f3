"""What was agreed to, by whom and when, and that it was taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from tracker.audit.services.record import record_event
from tracker.core.errors import DomainError, InvalidInput, NotFound
from tracker.core.rows import check_row
from tracker.incidents.services.days import is_future
from tracker.restricted.choices import ConsentScope
from tracker.restricted.models import Consent
from tracker.restricted.personal import LONGEST_NAME
from tracker.restricted.policies import require_may_write
from tracker.restricted.services.keys import read_key
from tracker.restricted.services.records import lock_record
from tracker.restricted.services.sealing import seal, unseal
from tracker.restricted.services.shred import destroy_record

if TYPE_CHECKING:
    from datetime import date, datetime

    from tracker.core.actor import Actor


class UnableToWithdraw(DomainError):
    """The consent was withdrawn before."""

    code = "unable_to_withdraw"


@transaction.atomic
def record_consent(
    *,
    person_id: int,
    scope: str,
    giver: str,
    giver_name: str,
    given_on: date,
    actor: Actor,
    now: datetime,
) -> Consent:
    """Note a consent; the giver's name is sealed with the person's values.

    Raises NotAllowed, NotFound, InvalidInput (also where that scope is in force already),
    UnableToRecord where the record is shredded, KeyGone, UnableToReachKeys.
    """
    require_may_write(actor)
    person = lock_record(person_id)
    name = " ".join(giver_name.split())
    if len(name) > LONGEST_NAME:
        raise InvalidInput(f"The giver's name has at most {LONGEST_NAME} characters.")
    if is_future(given_on, now=now):
        raise InvalidInput("A consent can't lie in the future; check the day.")
    if Consent.objects.filter(person=person, scope=scope, withdrawn_on__isnull=True).exists():
        raise InvalidInput("A consent of this scope is in force already.")
    bound_to = _bound_to(person.key_name)
    consent = Consent(
        person=person,
        scope=scope,
        giver=giver,
        sealed_giver=seal(name.encode(), key=read_key(person.key_name), bound_to=bound_to)
        if name
        else None,
        given_on=given_on,
        recorded_by_id=actor.person_id,
        recorded_at=now,
    )
    check_row(consent, exclude=["sealed_giver"])
    consent.save(force_insert=True)
    record_event(
        actor=actor,
        action="restricted.consent",
        target=person,
        now=now,
        changes={"consent": consent.pk, "scope": scope},
    )
    return consent


@transaction.atomic
def withdraw_consent(
    *, consent_id: int, withdrawn_on: date, actor: Actor, now: datetime
) -> Consent:
    """Take a consent back, for good; where it was the one to be recorded, shred the record.

    Raises NotAllowed, NotFound, InvalidInput, UnableToWithdraw, UnableToRecord,
    UnableToReachKeys.
    """
    require_may_write(actor)
    found = Consent.objects.filter(pk=consent_id).first()
    if found is None:
        raise NotFound(f"There is no consent {consent_id}.")
    person = lock_record(found.person_id)
    consent = Consent.objects.select_for_update().get(pk=consent_id)
    if consent.withdrawn_on is not None:
        raise UnableToWithdraw("This consent was withdrawn before.")
    if is_future(withdrawn_on, now=now) or withdrawn_on < consent.given_on:
        raise InvalidInput("A consent is withdrawn after it was given and not in the future.")
    consent.withdrawn_on = withdrawn_on
    consent.withdrawn_by_id = actor.person_id
    consent.save(update_fields=["withdrawn_on", "withdrawn_by"])
    record_event(
        actor=actor,
        action="restricted.withdraw",
        target=person,
        now=now,
        changes={"consent": consent.pk, "scope": consent.scope},
    )
    if consent.scope == ConsentScope.RECORD:
        destroy_record(person, actor=actor, now=now, reason="")
    return consent


def open_giver(consent: Consent) -> str:
    """The name of who gave a consent, "" where none is kept; for services that note who reads.

    Raises KeyGone, UnableToOpen, UnableToReachKeys.
    """
    if consent.sealed_giver is None:
        return ""
    name = consent.person.key_name
    sealed = bytes(consent.sealed_giver)
    return unseal(sealed, key=read_key(name), bound_to=_bound_to(name)).decode()


def _bound_to(key_name: str) -> str:
    return f"{key_name} giver"
