"""Spellings of places by their pages, from the page of an incident too."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from tests.factories import IncidentFactory
from tests.places.lists import own_list, taught
from tracker.places.models import TaughtSpelling
from tracker.places.rules.telling import handle_of
from tracker.places.selectors.places import find_places_named

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from tracker.accounts.models import Person

pytestmark = pytest.mark.django_db

SENT = {"spelling": "وردش", "name": "Vardesh", "country": "", "reason": "On the sign."}


@pytest.fixture
def client(signed_in: Callable[[Person], Client], reviewer: Person) -> Client:
    """A reviewer's browser."""
    return signed_in(reviewer)


def test_the_page_of_an_incident_leads_to_the_form(client: Client) -> None:
    incident = IncidentFactory(place_name="وردش")
    page = client.get(reverse("incident", args=[incident])).content.decode()
    address = f"{reverse('places')}?spelling=%D9%88%D8%B1%D8%AF%D8%B4"
    assert address in page

    form = client.get(address)

    assert form.context["form"]["spelling"].value() == "وردش"


def test_a_spelling_is_taught_and_withdrawn(client: Client) -> None:
    own_list()
    page = client.post(reverse("places"), SENT, follow=True).content.decode()
    assert "“وردش” now means Vardesh." in page
    assert "Desk villages" in page
    one = TaughtSpelling.objects.get()

    address = reverse("place_withdraw", args=[one.pk])
    assert "It counts no more" in client.get(address).content.decode()
    page = client.post(address, {"reason": "Another one."}, follow=True).content.decode()
    assert "The spelling is withdrawn." in page
    assert "Another one." in page
    assert "It is withdrawn already" in client.get(address).content.decode()


def test_of_several_places_one_is_chosen(client: Client) -> None:
    own_list()
    sent = SENT | {"name": "Qellan"}

    asked = client.post(reverse("places"), sent)
    assert asked.status_code == HTTPStatus.CONFLICT
    page = asked.content.decode()
    assert "Several places have this name" in page
    assert "Qellan · Delta · VE · 33.100, 44.200" in page

    which = handle_of(find_places_named("Qellan")[1])
    client.post(reverse("places"), sent | {"which": which})
    assert TaughtSpelling.objects.get().country == "VE"


def test_what_is_refused_is_told_and_stays_typed(client: Client, reviewer: Person) -> None:
    taught("وردش", reviewer)

    response = client.post(reverse("places"), SENT)

    assert response.status_code == HTTPStatus.CONFLICT
    page = response.content.decode()
    assert "taught already" in page
    assert "On the sign." in page


def test_readers_see_what_is_taught_and_no_form(
    signed_in: Callable[[Person], Client], viewer: Person, reviewer: Person
) -> None:
    taught("وردش", reviewer)

    page = signed_in(viewer).get(reverse("places")).content.decode()

    assert "وردش" in page
    assert "Teach it" not in page
    assert "Withdraw" not in page
