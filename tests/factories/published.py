"""A published incident, made the way people make one."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from tests.factories.incidents import IncidentFactory, accepted_claim
from tests.factories.people import PersonFactory
from tests.factories.sources import ArticleFactory, SourceFactory
from tracker.core.actor import Role
from tracker.incidents.services.review import submit_incident
from tracker.publication.services.publish import publish_incident
from tracker.sources.choices import SourceKind
from tracker.sources.models import CredibilityNote

if TYPE_CHECKING:
    from tracker.accounts.models import Person
    from tracker.incidents.models import Incident
    from tracker.publication.models import Version

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def incident_in_review(*, researcher: Person, **fields: object) -> Incident:
    """An incident with one accepted claim of a rated rescue service, sent to review."""
    speaker = SourceFactory(kind=SourceKind.RESCUE_SERVICE)
    CredibilityNote.objects.create(
        source=speaker,
        reliability="B",
        text="Counts bodies itself; corrects in public.",
        audience="PARTNERS",
        author=researcher,
        made_at=NOW,
    )
    details = {
        "created_by": researcher,
        "date_start": date(2026, 11, 10),
        "date_end": date(2026, 11, 10),
        "date_precision": "DAY",
        "place_name": "bakery street, Ardesh",
        "lat": 12.3456,
        "lon": 45.6789,
        "geo_precision": "STREET",
        "radius_m": 500,
        **fields,
    }
    incident: Incident = IncidentFactory(**details)
    accepted_claim(
        by=researcher,
        incident=incident,
        article=ArticleFactory(),
        speaker=speaker,
        speaker_text=speaker.name,
        minimum=7,
        maximum=None,
    )
    submit_incident(
        incident_id=incident.pk,
        expected_revision=incident.revision,
        actor=researcher.as_actor(),
        now=NOW,
    )
    incident.refresh_from_db()
    return incident


def published_version(*, now: datetime = NOW, **fields: object) -> Version:
    """Version 1 of such an incident, published by a second person."""
    incident = incident_in_review(researcher=PersonFactory(), **fields)
    return publish_incident(
        incident_id=incident.pk,
        expected_revision=incident.revision,
        change_note="First version.",
        actor=PersonFactory(role=Role.REVIEWER.value).as_actor(),
        now=now,
    )
