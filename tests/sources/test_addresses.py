"""An address waits as a row, is fetched by lease, and ends stored or failed with a reason."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.conftest import NOW
from tracker.audit.models import AuditEvent, AuditReason
from tracker.core.actor import machine
from tracker.core.errors import InvalidInput, NotAllowed, NotFound
from tracker.sources.choices import FetchState
from tracker.sources.models import Article, FetchRequest
from tracker.sources.services.fetched import (
    FETCH_LEASE_LASTS,
    Fetched,
    fail_fetch,
    lease_fetch,
    store_fetched,
)
from tracker.sources.services.ingest import request_fetch, retry_fetch
from tracker.sources.services.retrieved import Retrieved
from workers.http import fetching
from workers.http.client import Answer, MustWait, Request, UnableToFetch

if TYPE_CHECKING:
    from tracker.accounts.models import Person

pytestmark = pytest.mark.django_db
URL = "https://delta.example/boat?id=1"
PAGE = b"<!doctype html><html><title>Boat house</title><p>Shells fell."


def _fetched(content: bytes = PAGE, media_type: str = "text/html") -> Fetched:
    return Fetched(content=content, media_type=media_type, retrieved=_retrieved(media_type))


def _retrieved(media_type: str = "text/html") -> Retrieved:
    return Retrieved(
        url=URL,
        final_url="https://www.delta.example/boat",
        status=200,
        headers={"content-type": f"{media_type}; charset=utf-8", "etag": '"7"'},
    )


@pytest.fixture
def request_row(researcher: Person) -> FetchRequest:
    return request_fetch(url=f" {URL}#part ", actor=researcher.as_actor(), now=NOW)


def test_address_is_asked_for_once(request_row: FetchRequest, researcher: Person) -> None:
    again = request_fetch(url=URL, actor=researcher.as_actor(), now=NOW)

    assert again == request_row
    assert (request_row.url, request_row.state) == (URL, FetchState.WAITING)
    assert request_row.requested_by == researcher.alias


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("", "starts with http"),
        ("delta.example/boat", "starts with http"),
        ("ftp://delta.example", "starts with http"),
        ("file:///etc/passwd", "starts with http"),
        ("javascript:alert(1)", "starts with http"),
        ("https://", "starts with http"),
        ("https://delta.example/a b", "a space"),
        ("https://delta.example\\@evil.example/", "another character"),
        ("https://delta.example/\x00", "another character"),
        ("https://a:b@delta.example/", "without a name or password"),
        ("https://[::1", "not an address"),
        ("https://delta.example/" + "a" * 2000, "longer than 2,000"),
    ],
)
def test_what_is_no_address_is_refused(researcher: Person, url: str, said: str) -> None:
    with pytest.raises(InvalidInput, match=said):
        request_fetch(url=url, actor=researcher.as_actor(), now=NOW)


def test_viewer_may_not_ask(viewer: Person) -> None:
    with pytest.raises(NotAllowed):
        request_fetch(url=URL, actor=viewer.as_actor(), now=NOW)


def test_stored_page_becomes_an_article(request_row: FetchRequest) -> None:
    lease = lease_fetch(request_id=request_row.pk, now=NOW)
    assert lease is not None
    assert lease_fetch(request_id=request_row.pk, now=NOW) is None

    assert store_fetched(lease=lease, fetched=_fetched(), now=NOW)

    request_row.refresh_from_db()
    article = Article.objects.select_related("capture").get()
    assert (request_row.state, request_row.article_id) == (FetchState.STORED, article.pk)
    retrieval = article.capture.first_retrieval
    assert retrieval is not None
    assert article.url == retrieval.final_url == "https://www.delta.example/boat"
    assert retrieval.url == URL
    assert retrieval.headers["content-type"] == "text/html; charset=utf-8"
    assert not store_fetched(lease=lease, fetched=_fetched(), now=NOW)


def test_overtaken_worker_writes_nothing(request_row: FetchRequest) -> None:
    stale = lease_fetch(request_id=request_row.pk, now=NOW)
    later = NOW + FETCH_LEASE_LASTS
    assert lease_fetch(request_id=request_row.pk, now=later) is not None
    assert stale is not None

    assert not fail_fetch(lease=stale, reason="Stale.", is_final=True, now=later)
    request_row.refresh_from_db()
    assert request_row.state == FetchState.WAITING


@pytest.mark.parametrize(
    ("fetched", "said"),
    [
        (_fetched(b"GIF89a"), "a picture"),
        (_fetched(b"", "text/plain"), "empty"),
        (_fetched(b'{"text": "a"}\n{"text": "b"}', "application/json"), "JSON lines"),
        (_fetched(b"{}", "application/json"), "are missing"),
    ],
)
def test_answer_that_is_no_article_fails_for_good(
    request_row: FetchRequest, fetched: Fetched, said: str
) -> None:
    lease = lease_fetch(request_id=request_row.pk, now=NOW)
    assert lease is not None

    store_fetched(lease=lease, fetched=fetched, now=NOW)

    request_row.refresh_from_db()
    assert request_row.state == FetchState.FAILED
    assert said in request_row.failure_reason


def test_server_that_is_away_is_tried_five_times_ever_later(
    request_row: FetchRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object, **__: object) -> Answer:
        raise UnableToFetch("The server took too long to answer.", is_final=False)

    monkeypatch.setattr(fetching, "fetch", away)
    states = []
    for minutes in (0, 0.7, 2, 10, 60, 300, 900):
        at: datetime = NOW + timedelta(minutes=minutes)
        fetching.fetch_request(request_id=request_row.pk, clock=lambda at=at: at)  # type: ignore[misc]
        request_row.refresh_from_db()
        states.append((request_row.state, request_row.attempts))

    waiting = [("WAITING", n) for n in (1, 1, 2, 3, 4)]
    assert states == [*waiting, ("FAILED", 5), ("FAILED", 5)]
    assert request_row.failure_reason == "The server took too long to answer."


def test_worker_fetches_and_stores(
    request_row: FetchRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    def answer(_request: Request, **_: object) -> Answer:
        return Answer(
            content=PAGE, media_type="text/html", not_modified=False, retrieved=_retrieved()
        )

    monkeypatch.setattr(fetching, "fetch", answer)

    assert fetching.fetch_request(request_id=request_row.pk, clock=lambda: NOW)
    assert not fetching.fetch_request(request_id=request_row.pk, clock=lambda: NOW)
    request_row.refresh_from_db()
    assert request_row.state == FetchState.STORED


def test_failed_address_is_tried_again(request_row: FetchRequest, researcher: Person) -> None:
    actor = researcher.as_actor()
    lease = lease_fetch(request_id=request_row.pk, now=NOW)
    assert lease is not None
    with pytest.raises(InvalidInput, match="has not failed"):
        retry_fetch(request_id=request_row.pk, actor=actor, now=NOW)
    fail_fetch(lease=lease, reason="Gone.", is_final=True, now=NOW)

    retried = retry_fetch(request_id=request_row.pk, actor=actor, now=NOW)

    assert (retried.state, retried.attempts, retried.failure_reason) == ("WAITING", 0, "")
    second = lease_fetch(request_id=retried.pk, now=NOW)
    assert second is not None
    fail_fetch(lease=second, reason="Gone.", is_final=True, now=NOW)
    request_fetch(url=URL, actor=actor, now=NOW)
    with pytest.raises(InvalidInput, match="waits to be fetched already"):
        retry_fetch(request_id=retried.pk, actor=actor, now=NOW)
    with pytest.raises(NotFound):
        retry_fetch(request_id=0, actor=actor, now=NOW)


def test_turn_that_has_not_come_costs_no_attempt(
    request_row: FetchRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    until = NOW + timedelta(minutes=3)

    def not_yet(*_: object, **__: object) -> Answer:
        raise MustWait(until)

    monkeypatch.setattr(fetching, "fetch", not_yet)

    assert fetching.fetch_request(request_id=request_row.pk, clock=lambda: NOW)
    assert not fetching.fetch_request(request_id=request_row.pk, clock=lambda: NOW)
    request_row.refresh_from_db()
    assert (request_row.state, request_row.attempts) == (FetchState.WAITING, 0)
    assert (request_row.not_before, request_row.leased_until) == (until, None)
    assert lease_fetch(request_id=request_row.pk, now=until) is not None


def test_busy_server_is_left_alone_as_long_as_it_asks(
    request_row: FetchRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_: object, **__: object) -> Answer:
        raise UnableToFetch(
            "The server answered with status 429.",
            is_final=False,
            status=429,
            retry_after=timedelta(hours=2),
        )

    monkeypatch.setattr(fetching, "fetch", busy)

    fetching.fetch_request(request_id=request_row.pk, clock=lambda: NOW)

    request_row.refresh_from_db()
    assert request_row.not_before == NOW + timedelta(hours=2)


@pytest.mark.parametrize("days", [1, 8])
def test_page_looked_at_again_is_asked_for_changes(
    request_row: FetchRequest, monkeypatch: pytest.MonkeyPatch, days: int
) -> None:
    lease = lease_fetch(request_id=request_row.pk, now=NOW)
    assert lease is not None
    store_fetched(lease=lease, fetched=_fetched(), now=NOW)
    article = Article.objects.get()
    later = NOW + timedelta(days=days)
    again = FetchRequest.objects.create(
        url=URL, requested_by="feed", requested_at=later, recheck_of=article
    )
    asked: list[Request] = []

    def unchanged(request: Request, **_: object) -> Answer:
        asked.append(request)
        return Answer(content=b"", media_type="", not_modified=True, retrieved=_retrieved())

    monkeypatch.setattr(fetching, "fetch", unchanged)

    fetching.fetch_request(request_id=again.pk, clock=lambda: later)

    again.refresh_from_db()
    assert asked[0].etag == ('"7"' if days == 1 else "")
    assert (again.state, again.article) == (FetchState.STORED, article)


def test_reason_against_robots_goes_with_the_request(
    request_row: FetchRequest, researcher: Person
) -> None:
    actor = researcher.as_actor()
    reason = "The only page that\n names the school."

    request = request_fetch(url=URL, robots_reason=reason, actor=actor, now=NOW)

    assert request == request_row
    assert request.robots_reason == "The only page that names the school."
    line = AuditEvent.objects.filter(action="fetch.request").latest("id")
    assert line.changes == {"against_robots": True}
    assert AuditReason.objects.get(event=line).text == request.robots_reason
    request_fetch(url=URL, robots_reason=reason, actor=actor, now=NOW)
    assert AuditEvent.objects.filter(action="fetch.request").count() == 2
    lease = lease_fetch(request_id=request.pk, now=NOW)
    assert lease is not None
    assert (lease.robots_reason, lease.asked_by) == (request.robots_reason, researcher.alias)


def test_reason_against_robots_is_a_persons_and_says_something(researcher: Person) -> None:
    with pytest.raises(InvalidInput, match="Say in a sentence"):
        request_fetch(url=URL, robots_reason="because", actor=researcher.as_actor(), now=NOW)
    with pytest.raises(InvalidInput, match="Only a person"):
        request_fetch(url=URL, robots_reason="The only page of it.", actor=machine("feed"), now=NOW)
    assert not FetchRequest.objects.exists()
