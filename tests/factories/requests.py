"""Requests to belligerents, made the way people make them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from tests.factories.incidents import IncidentFactory
from tests.factories.sources import PartyFactory
from tracker.incidents.models import IncidentParty
from tracker.incidents.services.requests import open_request, record_reply, send_request

if TYPE_CHECKING:
    from tracker.accounts.models import Person
    from tracker.incidents.models import Incident, PartyRequest

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
SENT = date(2026, 11, 2)
REPLIED = date(2026, 11, 12)
DUE = date(2026, 12, 2)
ALLEGATION = "On 10 November a market in Ardesh was struck; seven people are reported killed."


def drafted_request(
    *, by: Person, incident: Incident | None = None, now: datetime = NOW
) -> PartyRequest:
    """A draft to a party that the incident accuses."""
    incident = incident or IncidentFactory(created_by=by)
    named = IncidentParty.objects.filter(incident=incident).first()
    if named is None:
        named = IncidentParty.objects.create(incident=incident, party=PartyFactory())
    return open_request(
        incident_id=incident.pk,
        party_id=named.party_id,
        allegation=ALLEGATION,
        actor=by.as_actor(),
        now=now,
    )


def sent_request(
    *,
    by: Person,
    incident: Incident | None = None,
    sent_on: date = SENT,
    due_on: date = DUE,
    now: datetime = NOW,
) -> PartyRequest:
    """The same, submitted by e-mail."""
    request = drafted_request(by=by, incident=incident, now=now)
    return send_request(
        request_id=request.pk,
        expected_revision=request.revision,
        allegation=request.allegation,
        sent_on=sent_on,
        channel="EMAIL",
        their_reference="CIV-17",
        due_on=due_on,
        actor=by.as_actor(),
        now=now,
    )


def answered_request(
    *,
    by: Person,
    incident: Incident | None = None,
    replied_on: date = REPLIED,
    now: datetime = NOW,
    **days: date,
) -> PartyRequest:
    """The same, found non-credible for want of a place."""
    request = sent_request(by=by, incident=incident, now=now, **days)
    return record_reply(
        request_id=request.pk,
        expected_revision=request.revision,
        replied_on=replied_on,
        outcome="NON_CREDIBLE",
        refusal_reason="INSUFFICIENT_LOCATION",
        quote="We hold this allegation non-credible.",
        article_id=None,
        due_on=None,
        actor=by.as_actor(),
        now=now,
    )
