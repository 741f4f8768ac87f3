"""Nothing typed is lost when a sign-in runs out, and nobody else gets to read it."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.test import Client

from tests.factories import PersonFactory, SourceFactory
from tests.factories.people import PASSWORD
from tracker.core.actor import Role
from tracker.sources.models import CredibilityNote
from tracker.verification.models import Draft

if TYPE_CHECKING:
    from tracker.accounts.models import Person

WORDS = "Three of its figures were put right within a day."


def _let_session_run_out(client: Client) -> None:
    del client.cookies[settings.SESSION_COOKIE_NAME]


def _write_note(client: Client, pk: int, words: str = WORDS) -> str:
    """Send the note as the page's own form does; where it leads."""
    response = client.post(
        f"/sources/{pk}/",
        {
            "what": "note",
            "reliability": "B",
            "audience": "STAFF",
            "text": words,
            "form_name": f"source-{pk}-note",
            "form_page": f"/sources/{pk}/",
        },
    )
    assert response.status_code == HTTPStatus.FOUND
    return str(response["Location"])


def _sign_in(client: Client, person: Person, leads_to: str) -> str:
    response = client.post(
        leads_to, {"login": person.email, "password": PASSWORD, "next": leads_to.split("next=")[1]}
    )
    return str(response["Location"])


@pytest.fixture
def source_pk(db: None) -> int:
    """A source nobody has judged."""
    return int(SourceFactory().pk)


def test_note_typed_without_a_sign_in_comes_back_after_it(
    researcher: Person, source_pk: int
) -> None:
    client = Client()
    client.force_login(researcher)
    client.get(f"/sources/{source_pk}/")
    _let_session_run_out(client)

    leads_to = _write_note(client, source_pk)
    page = client.get(_sign_in(client, researcher, leads_to))

    assert not CredibilityNote.objects.exists()
    assert page.request["PATH_INFO"] == f"/sources/{source_pk}/"
    assert WORDS in page.content.decode()
    assert '<option value="B" selected>' in page.content.decode()
    assert "What you typed is here again." in page.content.decode()


def test_saving_the_form_ends_its_draft(researcher: Person, source_pk: int) -> None:
    client = Client()
    client.force_login(researcher)
    client.get("/")
    _let_session_run_out(client)
    client.get(_sign_in(client, researcher, _write_note(client, source_pk)))

    assert _write_note(client, source_pk) == f"/sources/{source_pk}/"

    assert CredibilityNote.objects.get().text == WORDS
    assert not Draft.objects.exists()
    assert "What you typed" not in client.get(f"/sources/{source_pk}/").content.decode()


def test_words_can_be_dropped(researcher: Person, source_pk: int) -> None:
    client = Client()
    client.force_login(researcher)
    client.get("/")
    _let_session_run_out(client)
    client.get(_sign_in(client, researcher, _write_note(client, source_pk)))

    response = client.post(
        "/typed/drop/",
        {"form_name": f"source-{source_pk}-note", "form_page": f"/sources/{source_pk}/"},
    )

    assert response["Location"] == f"/sources/{source_pk}/"
    assert not Draft.objects.exists()


def test_another_person_at_the_same_browser_does_not_get_them(
    researcher: Person, source_pk: int
) -> None:
    client = Client()
    client.force_login(researcher)
    client.get("/")
    _let_session_run_out(client)
    other = PersonFactory(role=Role.REVIEWER.value)

    page = client.get(_sign_in(client, other, _write_note(client, source_pk)))

    assert page.status_code == HTTPStatus.OK
    assert WORDS not in page.content.decode()


def test_stranger_leaves_nothing_in_the_database(source_pk: int) -> None:
    _write_note(Client(), source_pk)

    assert not Draft.objects.exists()


def test_browser_mark_that_was_tampered_with_counts_for_nothing(source_pk: int) -> None:
    client = Client()
    client.cookies["was_here"] = "1:forged:signature"

    _write_note(client, source_pk)

    assert not Draft.objects.exists()


def test_too_many_words_are_not_kept(researcher: Person, source_pk: int) -> None:
    client = Client()
    client.force_login(researcher)
    client.get("/")
    _let_session_run_out(client)

    _write_note(client, source_pk, "a" * 500_001)

    assert not Draft.objects.exists()


def test_passwords_are_never_kept(researcher: Person) -> None:
    client = Client()
    client.force_login(researcher)
    client.get("/")
    _let_session_run_out(client)

    client.post(
        "/me/",
        {"what": "password", "old_password": PASSWORD, "password": "x" * 14, "password_again": "y"},
    )

    assert Draft.objects.get().fields == {"what": "password"}


@pytest.mark.parametrize(
    "headers",
    [{}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"}],
)
def test_words_from_nobody_knows_where_are_neither_shown_nor_kept(
    researcher: Person, source_pk: int, headers: dict[str, str]
) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(researcher)

    page = client.post(f"/sources/{source_pk}/", {"text": WORDS}, headers=headers)

    assert WORDS not in page.content.decode()
    assert not Draft.objects.exists()


@pytest.mark.parametrize("page", ["https://evil.example/", "//evil.example", "evil", "/\\evil"])
def test_page_to_come_back_to_is_one_of_ours(researcher: Person, source_pk: int, page: str) -> None:
    response = Client().post(f"/sources/{source_pk}/", {"form_page": page, "text": "x"})

    assert response["Location"] == f"/account/login/?next=/sources/{source_pk}/"


def test_form_older_than_the_sign_in_shows_its_words(researcher: Person, source_pk: int) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(researcher)

    response = client.post(
        f"/sources/{source_pk}/",
        {"what": "note", "text": WORDS, "password": "hush-hush", "csrfmiddlewaretoken": "stale"},
        headers={"Origin": "http://testserver"},
    )

    page = response.content.decode()
    assert response.status_code == HTTPStatus.FORBIDDEN
    assert WORDS in page
    assert "nothing was saved" in page
    assert f'href="/sources/{source_pk}/"' in page
    assert "hush-hush" not in page


def test_words_of_a_form_that_was_too_old_stand_in_it_again(
    researcher: Person, source_pk: int
) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(researcher)
    client.post(
        f"/sources/{source_pk}/",
        {"what": "note", "text": WORDS, "form_name": f"source-{source_pk}-note"},
        headers={"Sec-Fetch-Site": "same-origin"},
    )

    assert WORDS in client.get(f"/sources/{source_pk}/").content.decode()


def test_words_sent_by_another_site_are_not_shown(researcher: Person, source_pk: int) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(researcher)

    response = client.post(
        f"/sources/{source_pk}/", {"text": WORDS}, headers={"Origin": "https://evil.example"}
    )

    assert response.status_code == HTTPStatus.FORBIDDEN
    assert WORDS not in response.content.decode()


def test_stale_sign_in_form_shows_nothing_typed(db: None) -> None:
    client = Client(enforce_csrf_checks=True)

    response = client.post("/account/login/", {"login": "a@example.org", "password": PASSWORD})

    assert response.status_code == HTTPStatus.FORBIDDEN
    assert "a@example.org" not in response.content.decode()
    assert PASSWORD not in response.content.decode()


def test_nul_character_breaks_nothing(researcher: Person, source_pk: int) -> None:
    client = Client()
    client.force_login(researcher)
    client.get("/")
    _let_session_run_out(client)

    _write_note(client, source_pk, "before\x00after")

    assert Draft.objects.get().fields["text"] == "beforeafter"


def test_form_without_a_page_of_its_own_leads_back_to_where_it_stood(db: None) -> None:
    response = Client().post("/queue/next/", headers={"Referer": "http://testserver/queue/?a=1"})

    assert response["Location"] == "/account/login/?next=/queue/%3Fa%3D1"


def test_where_it_stood_is_never_another_site(db: None) -> None:
    response = Client().post("/queue/next/", headers={"Referer": "https://evil.example/x"})

    assert response["Location"] == "/account/login/?next=/queue/next/"
