"""Pages for what went wrong, and the headers that every page carries."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import TYPE_CHECKING

import pytest
from django.test import Client, RequestFactory, override_settings
from django.urls import include, path

from tracker.accounts.permissions import Right
from tracker.core.errors import DomainError, InvalidInput, NotAllowed, NotFound, StaleRevision
from tracker.web import errors
from tracker.web.access import rights_required

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from tracker.accounts.models import Person

    SignedIn = Callable[[Person], Client]

FAILURES: dict[str, DomainError] = {
    "input": InvalidInput("The last day lies in the future."),
    "found": NotFound("There is no task 4."),
    "allowed": NotAllowed("This needs the right to review."),
    "stale": StaleRevision("Juniper saved this meanwhile."),
    "other": DomainError("The broker of deals is away."),
}


@rights_required(Right.READ)
def _fail(_request: HttpRequest, kind: str) -> HttpResponse:
    if kind == "fault":
        raise RuntimeError("a secret detail")
    raise FAILURES[kind]


urlpatterns = [path("fail/<str:kind>/", _fail), path("", include("tracker.urls"))]
handler400 = "tracker.web.errors.bad_request"
handler404 = "tracker.web.errors.not_found"
handler500 = "tracker.web.errors.server_error"


@pytest.mark.urls(__name__)
@pytest.mark.parametrize(
    ("kind", "status"),
    [("input", 400), ("found", 404), ("allowed", 403), ("stale", 409), ("other", 409)],
)
def test_failure_of_the_domain_is_a_page_with_its_sentence_and_the_words_typed(
    viewer: Person, signed_in: SignedIn, kind: str, status: int
) -> None:
    page = signed_in(viewer).post(f"/fail/{kind}/", {"note": "Four <b>words</b> I typed"})

    assert page.status_code == status
    assert str(FAILURES[kind]) in page.content.decode()
    assert "Four &lt;b&gt;words&lt;/b&gt; I typed" in page.content.decode()
    assert "no-store" in page["Cache-Control"]


@pytest.mark.urls(__name__)
def test_fault_of_ours_shows_no_detail(viewer: Person) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(viewer)

    page = client.get("/fail/fault/")

    assert page.status_code == HTTPStatus.INTERNAL_SERVER_ERROR
    assert "A fault on our side" in page.content.decode()
    assert "secret detail" not in page.content.decode()


def test_fault_page_needs_no_database() -> None:
    page = errors.server_error(RequestFactory().get("/"))

    assert "tracker.css" in page.content.decode()


def test_unknown_address_is_not_found_in_the_design(client: Client, db: None) -> None:
    page = client.get("/no/such/page/")

    assert page.status_code == HTTPStatus.NOT_FOUND
    assert "t-panel" in page.content.decode()
    assert "/no/such/page/" not in page.content.decode().replace('value="/no/such/page/"', "")


def test_bad_request_page(rf: RequestFactory, db: None) -> None:
    page = errors.bad_request(rf.get("/"), ValueError("detail"))

    assert page.status_code == HTTPStatus.BAD_REQUEST
    assert "detail" not in page.content.decode()


def test_forbidden_and_too_many_pages(rf: RequestFactory, db: None) -> None:
    assert errors.forbidden(rf.get("/"), PermissionError()).status_code == HTTPStatus.FORBIDDEN
    assert errors.too_many(rf.get("/")).status_code == HTTPStatus.TOO_MANY_REQUESTS


def test_address_that_only_takes_forms_says_so(viewer: Person, signed_in: SignedIn) -> None:
    page = signed_in(viewer).get("/typed/drop/")

    assert page.status_code == HTTPStatus.METHOD_NOT_ALLOWED
    assert page["Allow"] == "POST"
    assert "only takes what a form" in page.content.decode()


def test_form_with_too_many_fields_is_refused(viewer: Person, signed_in: SignedIn) -> None:
    page = signed_in(viewer).post("/me/", {f"field{n}": "x" for n in range(1100)})

    assert page.status_code == HTTPStatus.BAD_REQUEST
    assert "could not be read" in page.content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "/sources/?q=%00&after=%00",
        "/sources/?after=" + "a" * 500,
        "/link/%00/",
    ],
)
def test_odd_addresses_make_no_fault(viewer: Person, signed_in: SignedIn, address: str) -> None:
    assert signed_in(viewer).get(address).status_code < HTTPStatus.INTERNAL_SERVER_ERROR


@pytest.mark.parametrize("address", ["/sources/{}/", "/people/{}/", "/task/{}/"])
def test_number_beyond_every_key_is_not_found(
    administrator: Person, signed_in: SignedIn, address: str
) -> None:
    page = signed_in(administrator).get(address.format(10**30))

    assert page.status_code == HTTPStatus.NOT_FOUND


PAGES = ["/account/login/", "/account/password/reset/", "/no/such/page/", "/link/none/"]
STAFF_PAGES = ["/", "/sources/", "/add/", "/watch/", "/me/", "/account/logout/"]


def _all_pages(person: Person) -> list[HttpResponse]:
    client = Client()
    outside = [client.get(page) for page in PAGES]
    client.force_login(person)
    return [*outside, *(client.get(page) for page in STAFF_PAGES)]  # type: ignore[list-item]  # the test client's own response


def test_every_page_has_the_strict_policy_and_nothing_inline(coordinator: Person) -> None:
    for page in _all_pages(coordinator):
        text = page.content.decode()
        policy = page["Content-Security-Policy"]

        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert page["X-Frame-Options"] == "DENY"
        assert page["X-Content-Type-Options"] == "nosniff"
        assert not re.search(r"<script|<style|\sstyle=|\son\w+=|javascript:", text)


def test_no_page_asks_another_site_for_anything(coordinator: Person) -> None:
    for page in _all_pages(coordinator):
        loaded = re.findall(r'(?:src|href|action)="([^"]*)"', page.content.decode())

        assert loaded
        assert all(address.startswith(("/", "#", "?")) for address in loaded)
        assert not any(address.startswith("//") for address in loaded)


def test_every_form_that_changes_something_carries_the_token(coordinator: Person) -> None:
    for page in _all_pages(coordinator):
        for form in re.findall(r"<form.*?</form>", page.content.decode(), re.DOTALL):
            if 'method="post"' in form:
                assert "csrfmiddlewaretoken" in form


def test_every_field_has_a_label(coordinator: Person) -> None:
    for page in _all_pages(coordinator):
        text = page.content.decode()
        labels = set(re.findall(r'<label[^>]*\sfor="([^"]+)"', text))
        fields = re.findall(r"<(?:input|select|textarea)\b[^>]*>", text)
        named = [f for f in fields if 'type="hidden"' not in f]

        for field in named:
            found = re.search(r'\sid="([^"]+)"', field)
            assert found is not None, field
            assert found.group(1) in labels, field


@override_settings(DEBUG=False)
def test_error_pages_speak_the_language_of_the_reader(client: Client, db: None) -> None:
    page = client.get("/no/such/page/", headers={"Accept-Language": "ar"})

    assert 'dir="rtl"' in page.content.decode()
