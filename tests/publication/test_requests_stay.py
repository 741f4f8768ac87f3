"""Requests to belligerents and what they answer stay in the house."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.conftest import NOW
from tests.factories.published import published_version
from tests.factories.requests import ALLEGATION, answered_request
from tracker.incidents.models import IncidentParty
from tracker.incidents.selectors.assessment import assess_incident
from tracker.incidents.services.incidents import record_position
from tracker.publication.selectors.document import build_document, cited_standings
from tracker.sources.models import Party

if TYPE_CHECKING:
    from tracker.accounts.models import Person

pytestmark = pytest.mark.django_db


def test_document_holds_neither_request_nor_reply_nor_assessment(researcher: Person) -> None:
    incident = published_version().incident
    party = Party.objects.create(name="Coalition")
    IncidentParty.objects.create(incident=incident, party=party)
    asked = answered_request(by=researcher, incident=incident)
    record_position(
        incident_id=incident.pk,
        party_name="Coalition",
        said_on=date(2026, 11, 12),
        act="",
        harm="",
        responsibility="",
        assessment=asked.outcome,
        refusal_reason=asked.refusal_reason,
        article_id=None,
        actor=researcher.as_actor(),
        now=NOW,
    )
    incident.refresh_from_db()
    assessed = assess_incident(incident)
    document = build_document(
        assessed=assessed, standings=cited_standings(assessed), change_note="More.", now=NOW
    )

    told = json.dumps(document)
    words = (ALLEGATION, "CIV-17", "hold this", "NON_CREDIBLE", "INSUFFICIENT_LOCATION", "request")
    for word in words:
        assert word not in told
    (belligerent,) = document["belligerents"]
    assert (belligerent["name"], belligerent["positions"]) == ("Coalition", [])
    assert belligerent["position_summary"] is None
