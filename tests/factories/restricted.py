"""Private persons, and the people who may know of them. All names are invented."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from tests.factories.people import PersonFactory
from tracker.core.actor import Role
from tracker.restricted.choices import AccessLevel, RecordKind
from tracker.restricted.personal import PersonalValues
from tracker.restricted.services.access import grant_access
from tracker.restricted.services.records import Codes, record_person

if TYPE_CHECKING:
    from tracker.accounts.models import Person
    from tracker.incidents.models import Incident
    from tracker.restricted.models import PrivatePerson

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
KILLED = Codes(RecordKind.VICTIM.value, "KILLED", "CIVILIAN")
#: What must be found nowhere but under a key.
NAME = "Zaynab Quelltal"
VALUES = PersonalValues(
    names=(NAME, "زينب كويلتال"),
    age=34,
    gender="FEMALE",
    family_group="Quelltal of the mill",
    contacts="+999 55 0100 by the brother",
    home="third house behind the mill of Quelltal",
    home_lat=12.34567,
    home_lon=23.45678,
)


def trusted(person: Person, level: AccessLevel = AccessLevel.WRITE) -> Person:
    """The person, with the right to the records from a coordinator made for it."""
    coordinator = PersonFactory(role=Role.COORDINATOR.value)
    grant_access(
        person_id=person.pk,
        level=level.value,
        actor=coordinator.as_actor(),
        now=NOW,
        reason="Keeps the list of victims.",
    )
    return person


def recorded(incident: Incident, *, by: Person, **fields: Any) -> PrivatePerson:
    """A record of the incident: a civilian who was killed, unless told otherwise."""
    wanted: dict[str, Any] = {"codes": KILLED, "values": VALUES, "is_namesake": False} | fields
    return record_person(incident_id=incident.pk, actor=by.as_actor(), now=NOW, **wanted)


def named(name: str, **fields: Any) -> PersonalValues:
    """Values of somebody else."""
    return PersonalValues(names=(name,), **fields)
