"""A partner sends an address: kept once, seen by staff, fetched when they accept it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from rest_framework.test import APIClient

from tests.conftest import NOW
from tracker.accounts.services.partners import create_partner_key
from tracker.audit.models import AuditEvent
from tracker.core.actor import machine
from tracker.core.errors import DomainError, InvalidInput, NotAllowed
from tracker.sources.models import FetchRequest, Suggestion
from tracker.sources.services.suggestions import (
    accept_suggestion,
    decline_suggestion,
    suggest_address,
)

if TYPE_CHECKING:
    from pytest_django.fixtures import Settings

    from tracker.accounts.models import Person
    from tracker.accounts.services.partners import NewKey

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/suggestions/"
URL = "https://herald.example/ferry?utm_source=mail"


def test_address_is_kept_once_per_partner(partner: APIClient) -> None:
    first = partner.post(ADDRESS, {"url": URL, "note": "Shells on a ferry."})
    second = partner.post(ADDRESS, {"url": "https://HERALD.example/ferry#top"})

    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json()["id"] == second.json()["id"]
    assert (first.json()["url"], first.json()["state"]) == (URL, "OPEN")
    assert Suggestion.objects.get().note == "Shells on a ferry."
    assert AuditEvent.objects.filter(action="suggestion.send").count() == 1
    assert not FetchRequest.objects.exists()


def test_another_partner_may_send_the_same(partner: APIClient) -> None:
    other = create_partner_key(organisation="Coast Aid", actor=machine("tests"), now=NOW)
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {other.secret}")

    assert partner.post(ADDRESS, {"url": URL}).status_code == 201
    assert client.post(ADDRESS, {"url": URL}).status_code == 201


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"url": ""},
        {"url": "file:///etc/passwd"},
        {"url": "http://a:b@herald.example/"},
        {"url": "https://herald.example/" + "x" * 2000},
        {"url": URL, "note": "x" * 1001},
        {"url": URL, "note": "nul \x00"},
        {"url": "https://herald.example/\x00"},
    ],
)
def test_what_is_no_address_is_refused_in_words(partner: APIClient, sent: dict[str, str]) -> None:
    answer = partner.post(ADDRESS, sent)

    assert answer.status_code == 400
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert not Suggestion.objects.exists()


def test_without_a_key_nothing_is_taken(db: None) -> None:
    assert APIClient().post(ADDRESS, {"url": URL}).status_code == 401


def test_list_of_others_can_not_be_read(partner: APIClient) -> None:
    assert partner.get(ADDRESS).status_code == 405


def test_one_partner_can_not_flood_the_staff(
    partner: APIClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.throttling.SuggestionsPerDay.rate", "1/day", raising=False)

    answers = [partner.post(ADDRESS, {"url": f"https://a.example/{n}"}) for n in range(2)]

    assert [answer.status_code for answer in answers] == [201, 429]


def test_accepted_address_is_fetched_for_the_partner(
    partner: APIClient, key: NewKey, researcher: Person
) -> None:
    sent = partner.post(ADDRESS, {"url": URL}).json()["id"]

    accept_suggestion(suggestion_id=sent, actor=researcher.as_actor(), now=NOW)

    request = FetchRequest.objects.get()
    assert request.url == "https://herald.example/ferry"
    assert request.requested_by == f"partner {key.key.organisation_id}"
    assert partner.post(ADDRESS, {"url": URL}).json()["state"] == "ACCEPTED"
    with pytest.raises(InvalidInput, match="already"):
        decline_suggestion(suggestion_id=sent, actor=researcher.as_actor(), now=NOW)


def test_declined_address_is_not_fetched(partner: APIClient, researcher: Person) -> None:
    sent = partner.post(ADDRESS, {"url": URL}).json()["id"]

    decline_suggestion(suggestion_id=sent, actor=researcher.as_actor(), now=NOW)

    assert not FetchRequest.objects.exists()
    assert Suggestion.objects.get().decided_by == researcher


def test_installation_may_accept_by_itself(partner: APIClient, settings: Settings) -> None:
    settings.ACCEPT_SUGGESTIONS = True

    assert partner.post(ADDRESS, {"url": URL}).json()["state"] == "ACCEPTED"
    assert FetchRequest.objects.get().url == "https://herald.example/ferry"


def test_only_partners_suggest_and_only_staff_decide(viewer: Person, partner: APIClient) -> None:
    sent = partner.post(ADDRESS, {"url": URL}).json()["id"]

    with pytest.raises(NotAllowed):
        suggest_address(url=URL, note="", actor=viewer.as_actor(), now=NOW)
    with pytest.raises(NotAllowed):
        accept_suggestion(suggestion_id=sent, actor=viewer.as_actor(), now=NOW)
    with pytest.raises(DomainError):
        accept_suggestion(suggestion_id=sent + 1, actor=machine("x"), now=NOW)
