"""What the tests of the incident page share: what is said, and the forms they send."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone

from tests.factories import (
    ArticleFactory,
    IncidentFactory,
    PartyFactory,
    ReviewTaskFactory,
    SourceFactory,
    accepted_claim,
)
from tracker.incidents.choices import Polarity, SubjectStatus
from tracker.incidents.services.incidents import record_evidence, record_position, set_party
from tracker.incidents.services.review import submit_incident
from tracker.sources.models import CredibilityNote

if TYPE_CHECKING:
    from django.test import Client

    from tracker.accounts.models import Person
    from tracker.incidents.models import Claim, Incident


DETAILS = {
    "title": "Strike on a market, Ardesh",
    "summary": "Two shells fell on the vegetable market.",
    "date_start": "2026-03-03",
    "date_end": "2026-03-03",
    "date_precision": "DAY",
    "date_raw": "on Tuesday",
    "place_name": "Ardesh",
    "geo_precision": "SETTLEMENT",
    "lat": "34.5",
    "lon": "40.25",
    "radius_m": "1500",
    "reason": "From the wire report.",
}


def say(by: Person, incident: Incident, speaker: Any, **fields: Any) -> Claim:
    article = ArticleFactory()
    ReviewTaskFactory(article=article)
    text = fields.pop("speaker_text", "")
    return accepted_claim(
        by=by, incident=incident, article=article, speaker=speaker, speaker_text=text, **fields
    )


def url_of(incident: Incident) -> str:
    return reverse("incident", args=[str(incident)])


def send(client: Client, incident: Incident, what: str, **fields: str) -> Any:
    sent = {"what": what, "revision": str(incident.revision)} | fields
    return client.post(url_of(incident), sent)


def submitted(incident: Incident, by: Person) -> Incident:
    return submit_incident(
        incident_id=incident.pk,
        expected_revision=incident.revision,
        actor=by.as_actor(),
        now=timezone.now(),
    )


def worked_example(researcher: Person) -> Incident:
    """The worked example of the method: 9 to 14, with a denial and a replaced figure."""
    incident: Incident = IncidentFactory(
        created_by=researcher, title="Strike on a market, Ardesh", place_name="Ardesh"
    )
    rescue = SourceFactory(name="Nahr Rescue Service", kind="RESCUE_SERVICE")
    monitor = SourceFactory(name="Veria Monitor", kind="MONITOR")
    hospital = SourceFactory(name="Ardesh Hospital", kind="HOSPITAL")
    coalition = PartyFactory(name="Coalition")
    CredibilityNote.objects.create(
        source=monitor,
        reliability="B",
        text="Publishes its lists.",
        author=researcher,
        made_at=timezone.now(),
    )
    actor, now = researcher.as_actor(), timezone.now()
    set_party(incident_id=incident.pk, party_name="Coalition", accused=True, actor=actor, now=now)
    say(researcher, incident, rescue, minimum=7, said_on=date(2026, 3, 3))
    say(
        researcher,
        incident,
        rescue,
        minimum=11,
        maximum=11,
        children_min=4,
        children_max=4,
        subject_status=SubjectStatus.CIVILIAN,
        said_on=date(2026, 3, 4),
        credibility=2,
    )
    say(
        researcher,
        incident,
        hospital,
        minimum=9,
        maximum=9,
        subject_status=SubjectStatus.CIVILIAN,
        said_on=date(2026, 3, 4),
        credibility=2,
    )
    say(
        researcher,
        incident,
        monitor,
        minimum=14,
        maximum=14,
        subject_status=SubjectStatus.CIVILIAN,
        said_on=date(2026, 3, 5),
    )
    say(
        researcher,
        incident,
        None,
        speaker_text="Coalition press office",
        party=coalition,
        minimum=0,
        maximum=0,
        polarity=Polarity.ASSERTS_NO_HARM,
        said_on=date(2026, 3, 5),
    )
    record_position(
        incident_id=incident.pk,
        party_name="Coalition",
        said_on=date(2026, 3, 5),
        act="ACKNOWLEDGES",
        harm="DENIES_HARM",
        responsibility="",
        article_id=None,
        actor=actor,
        now=now,
    )
    record_evidence(
        incident_id=incident.pk,
        kind="PARTY_ACKNOWLEDGES",
        party_name="Coalition",
        article_id=None,
        note="Its statement.",
        actor=actor,
        now=now,
    )
    incident.refresh_from_db()
    return incident
