"""Every way to read: who opens the list of an incident, and who is shown which values."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import transaction

from tracker.audit.services.record import record_event, record_events
from tracker.core.errors import NotFound
from tracker.restricted.policies import require_may_read
from tracker.restricted.selectors.people import get_record, list_records
from tracker.restricted.services.consent import open_giver
from tracker.restricted.services.keys import KeyGone
from tracker.restricted.services.records import open_values
from tracker.restricted.services.sealing import UnableToOpen

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from tracker.core.actor import Actor
    from tracker.incidents.models import Incident
    from tracker.restricted.models import PrivatePerson
    from tracker.restricted.personal import PersonalValues


@dataclass(frozen=True, slots=True)
class Opened:
    """A record with its values; None = they can't be opened, and ``fault`` says why.

    ``givers`` are the names of those who gave its consents, by consent id.
    """

    person: PrivatePerson
    values: PersonalValues | None = field(repr=False)
    fault: str = ""
    givers: dict[int, str] = field(default_factory=dict, repr=False)


@transaction.atomic
def view_records(*, incident: Incident, actor: Actor, now: datetime) -> list[PrivatePerson]:
    """The records of an incident without their values; that somebody looked is noted.

    Raises NotAllowed.
    """
    require_may_read(actor)
    record_event(actor=actor, action="restricted.list", target=incident, now=now)
    return list_records(incident)


@transaction.atomic
def view_record(*, person_id: int, actor: Actor, now: datetime) -> PrivatePerson:
    """One record without its values; that somebody looked is noted. Raises NotAllowed, NotFound."""
    require_may_read(actor)
    person = get_record(person_id)
    record_event(actor=actor, action="restricted.view", target=person, now=now)
    return person


@transaction.atomic
def show_names(*, incident: Incident, actor: Actor, now: datetime) -> list[Opened]:
    """All records of an incident with their values, each noted by a line of its own.

    Raises NotAllowed, UnableToReachKeys.
    """
    require_may_read(actor)
    people = list_records(incident)
    _note(people, actor=actor, now=now)
    return [_opened(person) for person in people]


@transaction.atomic
def show_record(*, person_id: int, actor: Actor, now: datetime) -> Opened:
    """One record with its values and the givers of its consents, noted by a line.

    Raises NotAllowed, NotFound, UnableToReachKeys.
    """
    require_may_read(actor)
    person = get_record(person_id)
    if person.shredded_at is not None:
        raise NotFound("This record is shredded; its values are gone for good.")
    _note([person], actor=actor, now=now)
    opened = _opened(person)
    if opened.values is None:
        return opened
    givers = {one.pk: open_giver(one) for one in person.consents.all()}
    return Opened(person, opened.values, givers=givers)


def _note(people: Sequence[PrivatePerson], *, actor: Actor, now: datetime) -> None:
    record_events(
        actor=actor,
        action="restricted.show",
        now=now,
        lines=[(one, {"incident": one.incident_id}) for one in people if one.sealed is not None],
    )


def _opened(person: PrivatePerson) -> Opened:
    if person.sealed is None:
        return Opened(person, None)
    try:
        return Opened(person, open_values(person))
    except (KeyGone, UnableToOpen) as failure:
        return Opened(person, None, fault=str(failure))
