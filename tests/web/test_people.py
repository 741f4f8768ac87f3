"""People: invitation, link, role, deactivation; and one's own settings."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

import pytest
from django.conf import settings

from tests.factories import PersonFactory
from tests.factories.people import PASSWORD
from tracker.accounts.models import OneTimeLink, Person
from tracker.audit.models import AuditEvent, AuditReason
from tracker.core.actor import Role

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    SignedIn = Callable[[Person], Client]

INVITATION = {"email": "otter@example.org", "alias": "Otter", "role": "REVIEWER"}


def test_invitation_is_shown_once_and_opens(administrator: Person, signed_in: SignedIn) -> None:
    client = signed_in(administrator)

    page = client.post("/people/", INVITATION)

    link = page.context["new_link"]
    assert link.startswith("http://localhost:8000/link/")
    assert link in page.content.decode()
    assert link not in client.get("/people/").content.decode()
    assert client.get(link.removeprefix("http://localhost:8000")).status_code == HTTPStatus.OK
    assert Person.objects.get(alias="Otter").role == Role.REVIEWER


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"email": "no address"}, "valid email"),
        ({"alias": ""}, "required"),
        ({"role": "KING"}, "KING"),
        ({"email": "taken@example.org"}, "reset link instead"),
        ({"alias": "taken"}, "is taken"),
    ],
)
def test_invitation_with_a_fault_says_it_and_keeps_what_was_typed(
    administrator: Person, signed_in: SignedIn, change: dict[str, str], said: str
) -> None:
    PersonFactory(email="taken@example.org", alias="Taken")
    before = Person.objects.count()

    page = signed_in(administrator).post("/people/", INVITATION | change)

    assert page.status_code == HTTPStatus.BAD_REQUEST
    assert said in page.content.decode()
    kept = {**INVITATION, **change}
    assert f'value="{kept["email"]}"' in page.content.decode()
    assert Person.objects.count() == before


def test_reset_link_replaces_the_earlier_one(
    administrator: Person, researcher: Person, signed_in: SignedIn
) -> None:
    client = signed_in(administrator)
    first = client.post(f"/people/{researcher.pk}/", {"what": "link"}).context["new_link"]
    second = client.post(f"/people/{researcher.pk}/", {"what": "link"}).context["new_link"]

    paths = [link.removeprefix("http://localhost:8000") for link in (first, second)]
    assert [client.get(path).status_code for path in paths] == [HTTPStatus.GONE, HTTPStatus.OK]


def test_role_changes_with_a_reason(
    administrator: Person, researcher: Person, signed_in: SignedIn
) -> None:
    client = signed_in(administrator)
    address = f"/people/{researcher.pk}/"
    refused = client.post(address, {"what": "role", "role": "REVIEWER", "reason": ""})
    done = client.post(address, {"what": "role", "role": "REVIEWER", "reason": "A year of work."})

    researcher.refresh_from_db()
    assert refused.status_code == HTTPStatus.BAD_REQUEST
    assert done.status_code == HTTPStatus.FOUND
    assert researcher.role == Role.REVIEWER
    assert AuditReason.objects.get().text == "A year of work."


def test_deactivated_and_let_in_again(
    administrator: Person, researcher: Person, signed_in: SignedIn
) -> None:
    client, theirs = signed_in(administrator), signed_in(researcher)
    address = f"/people/{researcher.pk}/"

    client.post(address, {"what": "active", "is_active": "0", "reason": "Left the project."})
    assert theirs.get("/").status_code == HTTPStatus.FOUND
    client.post(address, {"what": "active", "is_active": "1", "reason": "Came back."})

    researcher.refresh_from_db()
    assert researcher.is_active


@pytest.mark.parametrize(
    "change",
    [
        {"what": "role", "role": "VIEWER", "reason": "x"},
        {"what": "active", "is_active": "0", "reason": "x"},
    ],
)
def test_last_administrator_stays(
    administrator: Person, signed_in: SignedIn, change: dict[str, str]
) -> None:
    page = signed_in(administrator).post(f"/people/{administrator.pk}/", change)

    assert page.status_code == HTTPStatus.BAD_REQUEST
    assert "last active administrator" in page.content.decode()


def test_unknown_person_is_not_found(administrator: Person, signed_in: SignedIn) -> None:
    assert signed_in(administrator).get("/people/999999/").status_code == HTTPStatus.NOT_FOUND


def test_list_of_people_costs_the_same_for_many(
    administrator: Person,
    signed_in: SignedIn,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    PersonFactory.create_batch(30)
    client = signed_in(administrator)

    with django_assert_max_num_queries(6):
        client.get("/people/")


def test_theme_is_kept_and_rendered(viewer: Person, signed_in: SignedIn) -> None:
    client = signed_in(viewer)

    client.post("/me/", {"what": "theme", "theme": "dark"})

    assert 'data-bs-theme="dark"' in client.get("/").content.decode()
    assert AuditEvent.objects.filter(action="person.set_theme").exists()


@pytest.mark.parametrize("theme", ["", "purple"])
def test_theme_must_be_one_of_three(viewer: Person, signed_in: SignedIn, theme: str) -> None:
    page = signed_in(viewer).post("/me/", {"what": "theme", "theme": theme})

    assert page.status_code == HTTPStatus.BAD_REQUEST
    viewer.refresh_from_db()
    assert viewer.theme == "auto"


def test_own_password_changes_and_the_session_goes_on(viewer: Person, signed_in: SignedIn) -> None:
    client, elsewhere = signed_in(viewer), signed_in(viewer)
    new = "seven unrelated quiet pebbles"

    client.post(
        "/me/",
        {"what": "password", "old_password": PASSWORD, "password": new, "password_again": new},
    )

    viewer.refresh_from_db()
    assert viewer.check_password(new)
    assert client.get("/me/").status_code == HTTPStatus.OK
    assert elsewhere.get("/me/").status_code == HTTPStatus.FOUND


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("wrong", "seven unrelated quiet pebbles", "present password is not right"),
        (PASSWORD, "short", "too short"),
    ],
)
def test_own_password_is_refused_with_the_reason(
    viewer: Person, signed_in: SignedIn, old: str, new: str, said: str
) -> None:
    page = signed_in(viewer).post(
        "/me/", {"what": "password", "old_password": old, "password": new, "password_again": new}
    )

    assert page.status_code == HTTPStatus.BAD_REQUEST
    assert said in page.content.decode()
    viewer.refresh_from_db()
    assert viewer.check_password(PASSWORD)


def test_links_keep_only_the_digest(administrator: Person, signed_in: SignedIn) -> None:
    page = signed_in(administrator).post("/people/", INVITATION)

    token = page.context["new_link"].rstrip("/").rsplit("/", 1)[-1]
    assert token not in str(OneTimeLink.objects.values().get())


def test_invitation_typed_without_a_sign_in_comes_back(
    administrator: Person, signed_in: SignedIn
) -> None:
    client = signed_in(administrator)
    client.get("/people/")
    del client.cookies[settings.SESSION_COOKIE_NAME]

    sent = client.post("/people/", INVITATION | {"form_name": "people", "form_page": "/people/"})
    client.post(
        sent["Location"],
        {"login": administrator.email, "password": PASSWORD, "next": "/people/"},
    )

    page = client.get("/people/").content.decode()
    assert 'value="otter@example.org"' in page
    client.post("/people/", INVITATION)
    assert "What you typed" not in client.get("/people/").content.decode()
