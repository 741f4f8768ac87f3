"""Record a private person of an incident, and correct what was recorded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from tracker.audit.selectors.writers import last_writer
from tracker.audit.services.record import record_event
from tracker.core.errors import DomainError, InvalidInput, NotFound, StaleRevision
from tracker.core.families import home_of
from tracker.core.reasons import checked_reason
from tracker.core.rows import check_row
from tracker.incidents.selectors.family import family_of
from tracker.incidents.services.contribution import lock_with_home, refuse_gone
from tracker.restricted.choices import RecordKind
from tracker.restricted.models import PrivatePerson
from tracker.restricted.personal import PersonalValues, as_bytes, cleaned, from_bytes, same_name
from tracker.restricted.policies import require_may_write
from tracker.restricted.services.floor import push_floor
from tracker.restricted.services.keys import KeyGone, destroy_key, make_key, read_key
from tracker.restricted.services.sealing import UnableToOpen, seal, unseal

if TYPE_CHECKING:
    from datetime import datetime

    from tracker.core.actor import Actor


class UnableToRecord(DomainError):
    """Another record of the incident holds the same name, or the record is shredded."""

    code = "unable_to_record"


@dataclass(frozen=True, slots=True)
class Codes:
    """What stands in the open; ``outcome`` and ``status`` are a victim's, "" for others."""

    kind: str
    outcome: str = ""
    status: str = ""


def record_person(
    *,
    incident_id: int,
    codes: Codes,
    values: PersonalValues,
    is_namesake: bool,
    actor: Actor,
    now: datetime,
) -> PrivatePerson:
    """Seal the values under a key of their own; a civilian victim raises the named floor.

    ``is_namesake`` says that another victim of the same name is another person. Raises
    NotAllowed, NotFound, InvalidInput, UnableToRecord, UnableToReachKeys, MergedAway, and
    UnableToEdit where the incident is in review and its floor would rise.
    """
    require_may_write(actor)
    values = _checked(codes, values)
    # The key is on the disk before the row is: a row whose key is lost could never be opened.
    key_name, key = make_key()
    try:
        with transaction.atomic():
            refuse_gone(lock_with_home(incident_id)[0])
            person = PrivatePerson(
                incident_id=incident_id,
                kind=codes.kind,
                outcome=codes.outcome,
                status=codes.status,
                key_name=key_name,
                sealed=seal(as_bytes(values), key=key, bound_to=key_name),
                recorded_by_id=actor.person_id,
                recorded_at=now,
            )
            check_row(person, exclude=["sealed", "key_name"])
            if not is_namesake:
                _refuse_namesake(person, values)
            person.save(force_insert=True)
            record_event(
                actor=actor,
                action="restricted.record",
                target=person,
                now=now,
                changes={"incident": incident_id, "kind": person.kind},
            )
            push_floor(incident_id=incident_id, actor=actor, now=now)
    except DomainError:
        destroy_key(key_name)  # refused; after any other failure a key too many harms nobody
        raise
    return person


@transaction.atomic
def correct_person(
    *,
    person_id: int,
    expected_revision: int,
    codes: Codes,
    values: PersonalValues,
    is_namesake: bool,
    actor: Actor,
    now: datetime,
    reason: str,
) -> PrivatePerson:
    """Seal other values under the same key, and count anew.

    Raises as ``record_person``, and StaleRevision, KeyGone.
    """
    require_may_write(actor)
    values = _checked(codes, values)
    reason = checked_reason(
        reason, missing="Say in a few words why you change this, without a name."
    )
    person = lock_record(person_id)
    if person.revision != expected_revision:
        who = last_writer(person, "restricted.correct", "restricted.shred")
        raise StaleRevision(f"{who} changed this record since you opened it; show it again.")
    key = read_key(person.key_name)
    person.kind, person.outcome, person.status = codes.kind, codes.outcome, codes.status
    person.sealed = seal(as_bytes(values), key=key, bound_to=person.key_name)
    person.revision += 1
    check_row(person, exclude=["sealed", "key_name"])
    if not is_namesake:
        _refuse_namesake(person, values)
    person.save()
    record_event(
        actor=actor,
        action="restricted.correct",
        target=person,
        now=now,
        reason=reason,
        changes={"incident": person.incident_id, "kind": person.kind},
    )
    push_floor(incident_id=person.incident_id, actor=actor, now=now)
    return person


def lock_record(person_id: int) -> PrivatePerson:
    """A record that is not shredded, locked after its incident, in the caller's transaction.

    Raises NotFound, UnableToRecord.
    """
    found = PrivatePerson.objects.filter(pk=person_id).values_list("incident_id", flat=True).first()
    if found is None:
        raise NotFound(f"There is no restricted record {person_id}.")
    lock_with_home(found)  # before its victims are counted or compared
    person = PrivatePerson.objects.select_for_update().get(pk=person_id)
    if person.shredded_at is not None:
        raise UnableToRecord("This record is shredded; nothing can be added to it again.")
    return person


def open_values(person: PrivatePerson) -> PersonalValues:
    """The values of a record, for services that have noted who reads.

    Raises KeyGone, UnableToOpen, UnableToReachKeys.
    """
    if person.sealed is None:
        raise KeyGone("This record is shredded; its values are gone for good.")
    key = read_key(person.key_name)
    return from_bytes(unseal(bytes(person.sealed), key=key, bound_to=person.key_name))


def _checked(codes: Codes, values: PersonalValues) -> PersonalValues:
    values = cleaned(values)
    if not values.names and (codes.kind == RecordKind.VICTIM or not values.contacts):
        raise InvalidInput("Give a name; a witness or a contact may have contacts instead.")
    return values


def _refuse_namesake(person: PrivatePerson, values: PersonalValues) -> None:
    """The floor counts distinct victims, so one must not be recorded twice unnoticed.

    Lists of incidents that were merged are compared too.
    """
    if person.kind != RecordKind.VICTIM:
        return
    others = PrivatePerson.objects.filter(
        incident__in=family_of(home_of(person.incident)),
        kind=RecordKind.VICTIM,
        shredded_at__isnull=True,
    ).exclude(pk=person.pk)
    for other in others.order_by("id"):
        try:
            theirs = open_values(other)
        except (KeyGone, UnableToOpen):
            continue
        if same_name(values, theirs):
            raise UnableToRecord(
                f"Record {other.pk} of this incident holds the same name. If this is another "
                "person, say so; if not, correct that record."
            )
