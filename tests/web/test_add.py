"""Add: paste, address, upload; the same service, and a line that says what became of each."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tracker.sources.choices import FetchState
from tracker.sources.models import Article, FetchRequest, IngestFailure
from tracker.web.uploads import MOST_BYTES

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from tracker.accounts.models import Person

    SignedIn = Callable[[Person], Client]

TEXT = (
    "ARDESH (Coast Herald) - Shelling killed at least three people near the mill on Monday, "
    "the district hospital said. Two others were wounded."
)
PASTE = {
    "what": "add-paste",
    "title": "Shelling near a mill",
    "outlet": "Coast Herald",
    "published_on": "2026-11-16",
    "text": TEXT,
}


def _upload(name: str, content: bytes) -> dict[str, object]:
    return {"what": "add-file", "file": SimpleUploadedFile(name, content)}


def test_pasted_text_becomes_an_article(researcher: Person, signed_in: SignedIn) -> None:
    client = signed_in(researcher)

    page = client.post("/add/", PASTE)

    assert page.status_code == HTTPStatus.OK
    assert "t-state--ok" in page.content.decode()
    article = Article.objects.get()
    assert article.title == PASTE["title"]
    assert article.outlet is not None
    assert article.outlet.name == "Coast Herald"
    assert f">{TEXT}" not in page.content.decode()


def test_same_text_again_is_said_to_be_here(researcher: Person, signed_in: SignedIn) -> None:
    client = signed_in(researcher)
    client.post("/add/", PASTE)

    page = client.post("/add/", PASTE)

    assert "here already" in page.content.decode()
    assert Article.objects.count() == 1


@pytest.mark.parametrize("day", ["2023-02-30", "yesterday"])
def test_day_there_is_none_of_is_refused_and_the_text_stays(
    researcher: Person, signed_in: SignedIn, day: str
) -> None:
    page = signed_in(researcher).post("/add/", PASTE | {"published_on": day})

    assert page.status_code == HTTPStatus.BAD_REQUEST
    assert TEXT in page.content.decode()
    assert f'value="{day}"' in page.content.decode()
    assert not Article.objects.exists()


def test_empty_text_is_refused(researcher: Person, signed_in: SignedIn) -> None:
    page = signed_in(researcher).post("/add/", PASTE | {"text": "  "})

    assert page.status_code == HTTPStatus.BAD_REQUEST
    assert "t-errors" in page.content.decode()


def test_address_waits_for_a_worker_and_is_listed(researcher: Person, signed_in: SignedIn) -> None:
    client = signed_in(researcher)

    page = client.post(
        "/add/", {"what": "add-address", "url": "https://coastherald.example/a"}, follow=True
    )

    assert FetchRequest.objects.get().state == FetchState.WAITING
    assert "coastherald.example/a" in page.content.decode()
    assert "waits for a worker" in page.content.decode()


@pytest.mark.parametrize(
    "url",
    [
        "",
        "coastherald.example",
        "ftp://coastherald.example/a",
        "file:///etc/passwd",
        "javascript:x",
    ],
)
def test_address_that_is_none_is_refused_and_stays(
    researcher: Person, signed_in: SignedIn, url: str
) -> None:
    page = signed_in(researcher).post("/add/", {"what": "add-address", "url": url})

    assert page.status_code == HTTPStatus.BAD_REQUEST
    assert f'value="{url}"' in page.content.decode() or not url
    assert not FetchRequest.objects.exists()


def test_page_is_recorded_against_robots_with_a_reason(
    researcher: Person, signed_in: SignedIn
) -> None:
    client = signed_in(researcher)
    sent = {"what": "add-address", "url": "https://coastherald.example/a"}

    refused = client.post("/add/", sent | {"robots_reason": "because"})
    client.post("/add/", sent | {"robots_reason": "The only page that names the school."})

    assert refused.status_code == HTTPStatus.BAD_REQUEST
    assert "Say in a sentence why" in refused.content.decode()
    assert FetchRequest.objects.get().robots_reason == "The only page that names the school."


def test_file_of_lines_answers_for_every_line(researcher: Person, signed_in: SignedIn) -> None:
    lines = [
        json.dumps(
            {"id": "a1", "source": "X", "published": "2026-11-16", "title": "T", "text": TEXT}
        ),
        '{"id": "a2", "source"',
    ]

    page = signed_in(researcher).post("/add/", _upload("some.jsonl", "\n".join(lines).encode()))

    results = page.context["results"]
    assert [r.outcome.value for r in results] == ["new", "failed"]
    assert results[1].reason in page.content.decode().replace("&#x27;", "'").replace("&quot;", '"')
    assert IngestFailure.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "content"), [("empty.txt", b""), ("picture.txt", bytes(range(256)) * 8)]
)
def test_file_that_is_no_article_fails_with_a_reason(
    researcher: Person, signed_in: SignedIn, name: str, content: bytes
) -> None:
    page = signed_in(researcher).post("/add/", _upload(name, content))

    assert [r.outcome.value for r in page.context["results"]] == ["failed"]
    assert page.context["results"][0].reason


def test_file_over_the_limit_is_refused_in_a_sentence(
    researcher: Person, signed_in: SignedIn
) -> None:
    page = signed_in(researcher).post("/add/", _upload("big.txt", b"a" * (MOST_BYTES + 1)))

    assert page.status_code == HTTPStatus.BAD_REQUEST
    assert "larger than 20 MB" in page.content.decode()


def test_upload_far_over_the_limit_is_not_even_read(
    researcher: Person, signed_in: SignedIn
) -> None:
    page = signed_in(researcher).post(
        "/add/", _upload("huge.txt", b"a" * (MOST_BYTES + 2 * 1024 * 1024))
    )

    assert page.status_code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    assert "20 MB" in page.content.decode()


def test_markup_in_an_uploaded_name_is_shown_as_text(
    researcher: Person, signed_in: SignedIn
) -> None:
    page = signed_in(researcher).post("/add/", _upload("<img src=x>.txt", TEXT.encode()))

    assert "<img src=x>" not in page.content.decode()


def test_form_that_names_nothing_is_shown_again(researcher: Person, signed_in: SignedIn) -> None:
    assert signed_in(researcher).post("/add/", {}).status_code == HTTPStatus.BAD_REQUEST


def test_page_is_reached_by_those_who_may_add(
    viewer: Person, researcher: Person, signed_in: SignedIn
) -> None:
    assert 'href="/add/"' in signed_in(researcher).get("/").content.decode()
    assert 'href="/add/"' not in signed_in(viewer).get("/").content.decode()


def test_call_that_was_written_down_is_material_with_its_giver(
    researcher: Person, signed_in: SignedIn
) -> None:
    sent = PASTE | {"outlet": "", "material": "CALL", "given_by": "Registrar of the clinic"}

    page = signed_in(researcher).post("/add/", sent)

    assert page.status_code == HTTPStatus.OK
    article = Article.objects.get()
    assert (article.material, article.author) == ("CALL", "Registrar of the clinic")
    assert article.outlet is None


def test_uploaded_list_says_what_it_is(researcher: Person, signed_in: SignedIn) -> None:
    upload = _upload("list.txt", TEXT.encode()) | {"material": "OFFICIAL_LIST"}

    signed_in(researcher).post("/add/", upload)

    assert Article.objects.get().material == "OFFICIAL_LIST"


def test_kind_of_material_there_is_none_of_is_refused(
    researcher: Person, signed_in: SignedIn
) -> None:
    page = signed_in(researcher).post("/add/", PASTE | {"material": "RUMOUR"})

    assert page.status_code == HTTPStatus.BAD_REQUEST
    assert not Article.objects.exists()
