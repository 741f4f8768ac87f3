"""Signing in by invitation only, guessing that runs into a lock, and what is written down."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.factories import PersonFactory
from tests.factories.people import PASSWORD
from tracker.accounts.models import Person
from tracker.accounts.services.people import invite_person, make_reset_link
from tracker.audit.models import AuditEvent
from tracker.core.actor import Role, machine

if TYPE_CHECKING:
    from django.http import HttpResponse
    from pytest_django.fixtures import Settings
    from time_machine import TimeMachineFixture

LOGIN = "/account/login/"
NEW_PASSWORD = "seven unrelated quiet pebbles"


def _sign_in(client: Client, email: str, password: str, **more: str) -> HttpResponse:
    return client.post(LOGIN, {"login": email, "password": password, **more})  # type: ignore[return-value]  # the test client's own response


def test_right_password_signs_in_and_opens_the_page_asked_for(client: Client, db: None) -> None:
    person = PersonFactory()

    response = _sign_in(client, person.email, PASSWORD, next="/sources/?kind=WIRE")

    assert response.status_code == HTTPStatus.FOUND
    assert response["Location"] == "/sources/?kind=WIRE"


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"]
)
def test_sign_in_never_leads_to_another_site(client: Client, db: None, elsewhere: str) -> None:
    response = _sign_in(client, PersonFactory().email, PASSWORD, next=elsewhere)

    assert response["Location"] == "/"


@pytest.mark.parametrize("method", ["get", "post"])
def test_sign_up_is_not_there(client: Client, db: None, method: str) -> None:
    assert getattr(client, method)("/account/signup/").status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize(
    "address",
    [
        "/account/email/",
        "/account/confirm-email/",
        "/account/password/change/",
        "/account/password/set/",
        "/account/password/reset/key/1-2/",
        "/account/login/code/confirm/",
        "/account/reauthenticate/",
    ],
)
def test_what_we_do_not_use_of_allauth_is_not_there(
    client: Client, researcher: Person, address: str
) -> None:
    client.force_login(researcher)

    assert client.get(address).status_code == HTTPStatus.NOT_FOUND


def test_forgotten_password_names_the_administrator_and_takes_no_address(
    client: Client, db: None
) -> None:
    page = client.get("/account/password/reset/")

    assert "Ask an administrator" in page.content.decode()
    assert client.post("/account/password/reset/", {"email": "a@example.org"}).status_code == 405


def test_ten_wrong_passwords_lock_and_the_right_one_is_then_refused(
    client: Client, db: None
) -> None:
    person = PersonFactory()
    for _ in range(9):
        assert _sign_in(client, person.email, "wrong").status_code == HTTPStatus.OK

    tenth = _sign_in(client, person.email.upper(), "wrong")
    right = _sign_in(client, person.email, PASSWORD)

    assert tenth.status_code == HTTPStatus.TOO_MANY_REQUESTS
    assert right.status_code == HTTPStatus.TOO_MANY_REQUESTS
    assert "locked" in right.content.decode()
    assert client.get("/").status_code == HTTPStatus.FOUND


def test_right_password_forgets_the_wrong_ones_before(client: Client, db: None) -> None:
    person = PersonFactory()
    for _ in range(2):
        for _ in range(9):
            _sign_in(client, person.email, "wrong")
        assert _sign_in(client, person.email, PASSWORD).status_code == HTTPStatus.FOUND
        client.post("/account/logout/")


def test_lock_of_one_address_leaves_another_alone(client: Client, db: None) -> None:
    person, other = PersonFactory(), PersonFactory()
    for _ in range(10):
        _sign_in(client, person.email, "wrong")

    assert _sign_in(client, other.email, PASSWORD)["Location"] == "/"


def test_lock_ends_after_its_time(
    client: Client, db: None, time_machine: TimeMachineFixture
) -> None:
    person = PersonFactory()
    time_machine.move_to("2026-11-20T12:00:00Z", tick=False)
    for _ in range(10):
        _sign_in(client, person.email, "wrong")

    time_machine.move_to("2026-11-20T12:16:00Z", tick=False)

    assert _sign_in(client, person.email, PASSWORD).status_code == HTTPStatus.FOUND


def test_proxy_tells_whom_the_lock_is_for(client: Client, db: None, settings: Settings) -> None:
    settings.TRUSTED_PROXY = True
    person = PersonFactory()
    for _ in range(10):
        client.post(
            LOGIN,
            {"login": person.email, "password": "wrong"},
            headers={"X-Forwarded-For": "203.0.113.9, 198.51.100.7"},
        )

    locked = client.post(
        LOGIN,
        {"login": person.email, "password": PASSWORD},
        headers={"X-Forwarded-For": "192.0.2.1, 198.51.100.7"},
    )
    elsewhere = client.post(
        LOGIN,
        {"login": person.email, "password": PASSWORD},
        headers={"X-Forwarded-For": "198.51.100.8"},
    )

    assert locked.status_code == HTTPStatus.TOO_MANY_REQUESTS
    assert elsewhere.status_code == HTTPStatus.FOUND


def test_signing_in_and_out_and_failing_is_audited_without_the_address(
    client: Client, db: None
) -> None:
    person = PersonFactory(email="heron@example.org")
    _sign_in(client, "nobody@example.org", "wrong")
    _sign_in(client, person.email, "wrong")
    _sign_in(client, person.email, PASSWORD)
    client.post("/account/logout/")

    events = list(AuditEvent.objects.order_by("id"))

    assert [(e.action, e.actor_kind, e.target_id) for e in events] == [
        ("session.refuse", "ANONYMOUS", None),
        ("session.refuse", "ANONYMOUS", person.pk),
        ("session.sign_in", "PERSON", person.pk),
        ("session.sign_out", "PERSON", person.pk),
    ]
    assert not any("@" in f"{e.actor_alias}{e.changes}{e.reason_digest}" for e in events)


def test_lock_out_is_audited_once(client: Client, db: None) -> None:
    person = PersonFactory()
    for _ in range(10):
        _sign_in(client, person.email, "wrong")

    lock = AuditEvent.objects.get(action="session.lock_out")

    assert lock.target_id == person.pk


def test_logs_never_hold_the_address_typed(
    client: Client, db: None, caplog: pytest.LogCaptureFixture
) -> None:
    for _ in range(11):
        _sign_in(client, "nobody@example.org", "wrong")

    assert "nobody@example.org" not in caplog.text


def test_deactivated_person_is_out_at_once(client: Client, researcher: Person) -> None:
    client.force_login(researcher)
    assert client.get("/").status_code == HTTPStatus.OK

    Person.objects.filter(pk=researcher.pk).update(is_active=False)

    assert client.get("/").status_code == HTTPStatus.FOUND
    assert "closed" in _sign_in_page(client, researcher)


def _sign_in_page(client: Client, person: Person) -> str:
    response = client.post(LOGIN, {"login": person.email, "password": PASSWORD}, follow=True)
    return response.content.decode()


def test_invitation_link_sets_the_password_once(client: Client, db: None) -> None:
    link = invite_person(
        email="otter@example.org",
        alias="Otter",
        role=Role.REVIEWER,
        actor=machine("tests"),
        now=timezone.now(),
    )
    address = reverse("one_time_link", kwargs={"token": link.token})
    page = client.get(address)
    client.head(address)
    done = client.post(address, {"password": NEW_PASSWORD, "password_again": NEW_PASSWORD})

    assert page.status_code == HTTPStatus.OK
    assert "otter@example.org" in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    assert page["Referrer-Policy"] == "same-origin"
    assert "noindex" in page["X-Robots-Tag"]
    assert done["Location"] == LOGIN
    assert client.get(address).status_code == HTTPStatus.GONE
    assert _sign_in(client, "otter@example.org", NEW_PASSWORD)["Location"] == "/"


@pytest.mark.parametrize(
    ("first", "second"), [("short", "short"), ("password1234", "password1234"), (NEW_PASSWORD, "x")]
)
def test_link_stays_open_after_a_weak_or_mistyped_password(
    client: Client, researcher: Person, first: str, second: str
) -> None:
    link = make_reset_link(person_id=researcher.pk, actor=machine("tests"), now=timezone.now())
    address = reverse("one_time_link", kwargs={"token": link.token})

    refused = client.post(address, {"password": first, "password_again": second})

    assert refused.status_code == HTTPStatus.BAD_REQUEST
    assert f'value="{first}"' not in refused.content.decode()
    assert client.get(address).status_code == HTTPStatus.OK


def test_link_that_is_not_open_says_what_to_do(client: Client, db: None) -> None:
    response = client.get(reverse("one_time_link", kwargs={"token": "made-up"}))

    assert response.status_code == HTTPStatus.GONE
    assert "Ask an administrator" in response.content.decode()
    assert "no-store" in response["Cache-Control"]


def test_form_behind_a_link_passes_the_check_against_forgery(researcher: Person) -> None:
    client = Client(enforce_csrf_checks=True)
    link = make_reset_link(person_id=researcher.pk, actor=machine("tests"), now=timezone.now())
    address = reverse("one_time_link", kwargs={"token": link.token})
    token = str(client.get(address).context["csrf_token"])

    done = client.post(
        address,
        {"password": NEW_PASSWORD, "password_again": NEW_PASSWORD, "csrfmiddlewaretoken": token},
        headers={"Origin": "http://testserver"},
    )

    assert done.status_code == HTTPStatus.FOUND
