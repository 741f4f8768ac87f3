"""What else a newcomer should find: a merge, a request to a party, a record under a key."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction

from tracker.core.actor import Role
from tracker.incidents.services.merge import merge_incidents
from tracker.incidents.services.requests import open_request, send_request
from tracker.restricted.choices import AccessLevel, RecordKind
from tracker.restricted.personal import PersonalValues
from tracker.restricted.services.access import grant_access
from tracker.restricted.services.records import Codes, record_person
from tracker.sources.services.parties import party_named
from tracker.web.demo.people import person
from tracker.web.demo.story import bring_further

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from tracker.incidents.models import Incident


@transaction.atomic
def tell_more(story: Mapping[str, Any], *, now: datetime) -> Incident:
    """Two drafts of one event become one; its accused is asked, and a victim is on record."""
    stays, goes = (bring_further(row, now=now) for row in story["drafts"])
    for incident in (stays, goes):
        incident.refresh_from_db()
    merge_incidents(
        source_id=goes.pk,
        source_revision=goes.revision,
        target_id=stays.pk,
        target_revision=stays.revision,
        actor=person(Role.REVIEWER).as_actor(),
        now=now,
        reason=story["merge_reason"],
    )
    _ask(stays, story["request"], now)
    _record(stays, story["victim"], now)
    stays.refresh_from_db()
    return stays


def _ask(incident: Incident, row: Mapping[str, Any], now: datetime) -> None:
    actor = person(Role.RESEARCHER).as_actor()
    request = open_request(
        incident_id=incident.pk,
        party_id=party_named(row["party"]).pk,
        allegation=row["allegation"],
        actor=actor,
        now=now,
    )
    send_request(
        request_id=request.pk,
        expected_revision=request.revision,
        allegation=row["allegation"],
        sent_on=date.fromisoformat(row["sent_on"]),
        channel=row["channel"],
        their_reference=row["their_reference"],
        due_on=date.fromisoformat(row["due_on"]),
        actor=actor,
        now=now,
    )


def _record(incident: Incident, row: Mapping[str, Any], now: datetime) -> None:
    """The coordinator gives the researcher the right, as one person gives it to another."""
    keeper = person(Role.RESEARCHER)
    grant_access(
        person_id=keeper.pk,
        level=AccessLevel.WRITE.value,
        actor=person(Role.COORDINATOR).as_actor(),
        now=now,
        reason="Keeps the list of victims of the demonstration.",
    )
    record_person(
        incident_id=incident.pk,
        codes=Codes(RecordKind.VICTIM.value, "KILLED", "CIVILIAN"),
        values=PersonalValues(**{**row, "names": tuple(row["names"])}),
        is_namesake=False,
        actor=keeper.as_actor(),
        now=now,
    )
