"""The page of a capture: everything known of it, and each look at it noted."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

import pytest

from tests.conftest import NOW
from tracker.core.actor import machine
from tracker.sources.choices import CustodyKind, DisposalState, TimestampState
from tracker.sources.models import Capture, CaptureTimestamp, CustodyEvent, Disposal
from tracker.sources.services.capture_store import path_of, store_capture
from tracker.sources.services.retrieved import Retrieved
from tracker.sources.services.verify import check_captures

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from tracker.accounts.models import Person

    SignedIn = Callable[[Person], Client]

pytestmark = pytest.mark.django_db
HOSTILE = b"<!doctype html><script>alert(1)</script>"


@pytest.fixture
def capture() -> Capture:
    """A hostile page, fetched by way of a redirect."""
    retrieved = Retrieved(
        url="http://coast.example/m",
        final_url="https://coast.example/market",
        redirects=("https://coast.example/m",),
        status=200,
        headers={"content-type": "text/html", "x-note": "<script>alert(2)</script>"},
        request_headers={"user-agent": "tracker"},
        address="192.0.2.9",
        tool="tracker 0.1",
        robots_reason="Named in a court order.",
    )
    return store_capture(
        content=HOSTILE,
        media_type="text/html",
        reference="https://coast.example/market",
        retrieved=retrieved,
        actor=machine("tests"),
        now=NOW,
    )[0]


def test_record_shows_how_it_came_and_who_had_it(
    viewer: Person, signed_in: SignedIn, capture: Capture
) -> None:
    page = signed_in(viewer).get(f"/capture/{capture.pk}/").content.decode()

    for words in (
        capture.sha256,
        "http://coast.example/m",
        "https://coast.example/m",
        "192.0.2.9",
        "Named in a court order.",
        "acquired",
        "hashed",
        "not forensic grade",
    ):
        assert words in page
    assert "&lt;script&gt;alert(2)" in page
    assert "<script>alert" not in page
    assert "Take a copy" not in page
    assert "Ask for disposal" not in page
    event = CustodyEvent.objects.get(kind=CustodyKind.VIEWED)
    assert event.actor_id == viewer.pk
    assert f">{viewer.alias}</bdi>" in page


def test_a_copy_is_an_attachment_that_no_browser_runs(
    researcher: Person, signed_in: SignedIn, capture: Capture
) -> None:
    browser = signed_in(researcher)
    assert browser.get(f"/capture/{capture.pk}/copy/").status_code == HTTPStatus.METHOD_NOT_ALLOWED
    refused = browser.post(f"/capture/{capture.pk}/copy/", {"reason": ""})
    assert refused.status_code == HTTPStatus.BAD_REQUEST

    answer = browser.post(f"/capture/{capture.pk}/copy/", {"reason": "For the court."})

    assert answer.content == HOSTILE
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith('attachment; filename="capture-')
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "default-src" in answer["Content-Security-Policy"]
    assert "no-store" in answer["Cache-Control"]
    event = CustodyEvent.objects.get(kind=CustodyKind.COPIED)
    assert (event.actor_id, event.reason) == (researcher.pk, "For the court.")


def test_viewers_take_no_copy_and_researchers_destroy_nothing(
    viewer: Person, researcher: Person, signed_in: SignedIn, capture: Capture
) -> None:
    for person, path in (
        (viewer, f"/capture/{capture.pk}/copy/"),
        (researcher, f"/capture/{capture.pk}/dispose/"),
        (researcher, "/disposal/1/decide/"),
    ):
        answer = signed_in(person).post(path, {"reason": "x", "answer": "agree"})
        assert answer.status_code == HTTPStatus.FORBIDDEN
    assert signed_in(researcher).get("/captures/").status_code == HTTPStatus.FORBIDDEN
    assert path_of(capture.sha256).exists()


def test_two_people_dispose_of_the_bytes(
    coordinator: Person, administrator: Person, signed_in: SignedIn, capture: Capture
) -> None:
    first, second = signed_in(coordinator), signed_in(administrator)
    path = f"/capture/{capture.pk}/"
    assert first.post(f"{path}dispose/", {"reason": " "}).status_code == HTTPStatus.BAD_REQUEST
    first.post(f"{path}dispose/", {"reason": "The source is in danger."})
    disposal = Disposal.objects.get()
    assert "another person must decide" in first.get(path).content.decode()
    own = first.post(f"/disposal/{disposal.pk}/decide/", {"answer": "agree"})
    assert own.status_code == HTTPStatus.FORBIDDEN
    assert "The source is in danger." in second.get("/captures/").content.decode()
    assert "Agree: delete" in second.get(path).content.decode()
    nothing = second.post(f"/disposal/{disposal.pk}/decide/", {"answer": "perhaps"})
    assert nothing.status_code == HTTPStatus.BAD_REQUEST

    page = second.post(f"/disposal/{disposal.pk}/decide/", {"answer": "agree"}, follow=True)

    disposal.refresh_from_db()
    assert disposal.state == DisposalState.DONE
    assert not path_of(capture.sha256).exists()
    html = page.content.decode()
    assert "the bytes are gone, the hash stays" in html
    assert "Take a copy" not in html
    gone = first.post(f"{path}copy/", {"reason": "x"})
    assert "were disposed of" in gone.content.decode()


def test_damage_is_listed_for_coordinators(
    coordinator: Person, signed_in: SignedIn, capture: Capture
) -> None:
    path_of(capture.sha256).unlink()
    check_captures(captures=[capture], now=NOW)

    listed = signed_in(coordinator).get("/captures/").content.decode()
    page = signed_in(coordinator).get(f"/capture/{capture.pk}/").content.decode()

    assert "missing or unreadable" in listed
    assert "missing or unreadable" in page


def test_failed_stamps_are_asked_for_again(
    coordinator: Person, administrator: Person, signed_in: SignedIn, capture: Capture
) -> None:
    stamp = CaptureTimestamp.objects.create(
        capture=capture, authority="https://stamps.example/tsr", asked_at=NOW
    )
    failed = CaptureTimestamp.objects.filter(pk=stamp.pk)
    failed.update(state=TimestampState.FAILED, failure_reason="It was away.")
    assert "It was away." in signed_in(administrator).get("/captures/").content.decode()
    refused = signed_in(administrator).post("/captures/stamps/")
    assert refused.status_code == HTTPStatus.FORBIDDEN

    page = signed_in(coordinator).post("/captures/stamps/", follow=True)

    assert "They are asked for again." in page.content.decode()
    assert failed.get().state == TimestampState.WAITING


def test_no_such_capture(viewer: Person, signed_in: SignedIn) -> None:
    assert signed_in(viewer).get("/capture/999999/").status_code == HTTPStatus.NOT_FOUND


def test_long_histories_cost_no_more_queries(
    coordinator: Person,
    signed_in: SignedIn,
    capture: Capture,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    browser = signed_in(coordinator)
    for _ in range(5):
        browser.get(f"/capture/{capture.pk}/")

    with django_assert_max_num_queries(22):
        browser.get(f"/capture/{capture.pk}/")
