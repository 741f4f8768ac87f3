"""Merging places and undoing it through the pages, each shown before it is done."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from tests.places.lists import own_list, taught
from tests.places.merged import as_one_place, as_two_places, two_lists
from tracker.places.models import PlaceMerge
from tracker.places.rules.telling import handle_of
from tracker.places.selectors.places import find_places_named

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from tracker.accounts.models import Person

    SignedIn = Callable[[Person], Client]

pytestmark = pytest.mark.django_db

CHOOSE = "/places/merge/"
LIST = "/places/merges/"


@pytest.fixture
def client(signed_in: SignedIn, reviewer: Person) -> Client:
    """A reviewer's browser, with two lists brought in."""
    two_lists()
    return signed_in(reviewer)


def _named(goes: str, stays: str, **more: str) -> dict[str, str]:
    sent = {"goes-name": goes, "goes-country": "", "stays-name": stays, "stays-country": ""}
    return sent | {name.replace("_", "-"): value for name, value in more.items()}


def _compared(client: Client, goes: str, stays: str, **more: str) -> tuple[str, str]:
    """The address of the page that shows both, and the page."""
    address = client.get(CHOOSE, _named(goes, stays, **more)).headers["Location"]
    return address, client.get(address).content.decode()


def test_two_are_named_compared_merged_and_parted_again(client: Client, reviewer: Person) -> None:
    taught("Bostan Hill", reviewer, name="Tellorin")
    assert LIST in client.get(reverse("places")).content.decode()
    assert CHOOSE in client.get(LIST).content.decode()
    assert "Name of the place" in client.get(CHOOSE).content.decode()

    address, page = _compared(client, "Tellorin", "Vardesh")
    for words in ("Field notes", "Desk villages", "Bostan Hill", "1.4", "35.5200, 36.6300"):
        assert words in page
    assert "Look twice" not in page
    assert not PlaceMerge.objects.exists()
    done = client.post(address, {"reason": "One mosque."}, follow=True).content.decode()

    assert "Tellorin is merged into Vardesh." in done
    assert "One mosque." in done
    merge = PlaceMerge.objects.get()
    assert (merge.source.name, merge.target.name) == ("Tellorin", "Vardesh")
    assert "merged, <bdi>Vardesh</bdi> stands for it" in client.get("/places/").content.decode()
    undo = reverse("place_merge_undo", args=[merge.pk])
    assert undo in done
    shown = client.get(undo).content.decode()
    assert "Bostan Hill" in shown
    parted = client.post(undo, {"reason": "Two hills."}, follow=True).content.decode()

    assert "Tellorin is a place of its own again." in parted
    assert "Two hills." in parted
    assert undo not in parted


def test_of_several_one_is_chosen(client: Client) -> None:
    asked = client.get(CHOOSE, _named("Qellan", "Vardesh"))
    assert asked.status_code == HTTPStatus.BAD_REQUEST
    page = asked.content.decode()
    assert "Several places have this name" in page
    assert "Qellan · Delta · VE · 33.100, 44.200" in page
    which = handle_of(find_places_named("Qellan", country="VE")[0])

    _, page = _compared(client, "Qellan", "Vardesh", goes_which=which)

    assert "They lie far apart for one place." in page
    assert "They lie in different countries." in page
    assert "2 other places have the name <bdi>Qellan</bdi>" in page


def test_different_kinds_are_pointed_out(client: Client) -> None:
    _, page = _compared(client, "Osk", "Vardesh")

    assert "They are of different kinds" in page


def test_what_no_list_knows_is_said_beside_its_field(client: Client) -> None:
    refused = client.get(CHOOSE, _named("Nowhere-at-all", ""))

    assert refused.status_code == HTTPStatus.BAD_REQUEST
    page = refused.content.decode()
    assert "No list and no gazetteer knows “Nowhere-at-all”" in page
    assert "This field is required." in page


def test_what_stands_in_the_way_is_on_the_page(client: Client, reviewer: Person) -> None:
    _, same = _compared(client, "Vardesh", "فاردش")
    assert "can&#x27;t be merged into itself" in same
    assert "Merge both places" not in same

    done = as_one_place(reviewer, "Tellorin", "Vardesh")
    gone = client.get(CHOOSE, _named("Tellorin", "Mervash"))
    assert gone.status_code == HTTPStatus.BAD_REQUEST
    assert "“Vardesh” stands for it" in gone.content.decode()
    as_one_place(reviewer, "Vardesh", "Mervash")
    undo = client.get(reverse("place_merge_undo", args=[done.pk])).content.decode()
    assert "was itself merged into “Mervash” since" in undo
    assert "Undo the merge" not in undo


def test_a_place_that_is_not_as_it_was_shown_is_not_merged(client: Client) -> None:
    address, _ = _compared(client, "Tellorin", "Vardesh")
    own_list("name,latitude,longitude,country\nTellorin,1,1,NH\n", name="Field notes")

    refused = client.post(address, {"reason": "One mosque."})

    assert refused.status_code == HTTPStatus.BAD_REQUEST
    assert "not known any more as it was chosen" in refused.content.decode()
    assert not PlaceMerge.objects.exists()


def test_what_is_refused_stays_typed(client: Client, reviewer: Person) -> None:
    address, _ = _compared(client, "Tellorin", "Vardesh")
    assert client.post(address, {"reason": ""}).status_code == HTTPStatus.BAD_REQUEST
    taught("Tellorin", reviewer, name="Osk")

    refused = client.post(address, {"reason": "One mosque."})

    assert refused.status_code == HTTPStatus.CONFLICT
    assert "is taught as a spelling of “Osk”" in refused.content.decode()


def test_the_other_way_round_is_a_link(client: Client) -> None:
    _, page = _compared(client, "Tellorin", "Vardesh")
    address, turned = _compared(client, "Vardesh", "Tellorin")

    assert address.replace("&", "&amp;") in page
    assert "Merge <bdi>Vardesh</bdi> into <bdi>Tellorin</bdi>" in turned


def test_readers_see_what_was_merged_and_no_form(
    signed_in: SignedIn, viewer: Person, reviewer: Person
) -> None:
    as_two_places(as_one_place(reviewer, "Tellorin", "Vardesh"), reviewer)
    as_one_place(reviewer, "Mervash", "Vardesh")
    client = signed_in(viewer)

    page = client.get(LIST).content.decode()

    assert "Two hills, two mosques." in page
    assert page.index("Mervash") < page.index("Tellorin"), "what stands comes first"
    assert "Merge two places" not in page
    assert "/undo/" not in page


def test_the_list_costs_the_same_for_many(
    client: Client, reviewer: Person, django_assert_max_num_queries: Any
) -> None:
    for name in ("Tellorin", "Mervash", "Osk"):
        as_one_place(reviewer, name, "Vardesh")
    client.get(LIST)

    with django_assert_max_num_queries(8):
        client.get(LIST)
