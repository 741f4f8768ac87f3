"""Attempts are counted before the risky work, and a stale worker writes nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.conftest import NOW
from tests.factories import ArticleFactory, advance_article
from tracker.audit.models import AuditEvent
from tracker.core.actor import machine
from tracker.core.errors import InvalidInput, NotFound
from tracker.core.jobs import Job
from tracker.sources.choices import ArticleState, FetchState
from tracker.sources.models import Article, FetchRequest
from tracker.sources.selectors.pipeline import (
    list_failed_articles,
    list_failed_fetches,
    list_waiting_fetches,
    stage_counts,
)
from tracker.sources.services import parse, sweep
from tracker.sources.services.fetched import FETCH_ATTEMPTS, lease_fetch
from tracker.sources.services.ingest import ingest_bytes, retry_article
from tracker.sources.services.leases import (
    LEASE_LASTS,
    MAX_ATTEMPTS,
    ArticleLease,
    fail_article,
    hold_articles,
    lease_articles,
    release_articles,
    renew_articles,
)
from tracker.sources.services.parse import parse_articles

pytestmark = pytest.mark.django_db
ACTOR = machine("tests")
LATER = NOW + LEASE_LASTS + timedelta(seconds=1)


@pytest.fixture
def hints(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Job, int | list[int]]]:
    """What the sweep would have told the workers."""
    sent: list[tuple[Job, int | list[int]]] = []

    def send(job: Job, **ids: int | list[int]) -> bool:
        sent.append((job, next(iter(ids.values()))))
        return True

    monkeypatch.setattr(sweep, "repeat_hint", send)
    return sent


def _ingested(text: bytes = b"Boat house damaged\n\nShells fell on the harbour.") -> int:
    (result,) = ingest_bytes(content=text, reference="a.txt", media_type=None, actor=ACTOR, now=NOW)
    assert result.article_id is not None
    return result.article_id


def test_parse_reads_the_capture_and_moves_on() -> None:
    article_id = _ingested()

    assert parse_articles(article_ids=[article_id], clock=lambda: NOW)
    assert not parse_articles(article_ids=[article_id], clock=lambda: NOW)

    article = Article.objects.get(pk=article_id)
    assert article.state == ArticleState.PARSED
    assert article.title == "Boat house damaged"
    assert article.language == "en"
    assert (article.attempts, article.leased_until) == (0, None)


def test_held_article_is_left_alone_until_the_lease_ends() -> None:
    article_id = _ingested()

    (first,) = lease_articles(article_ids=[article_id], state=ArticleState.FETCHED, now=NOW)
    second = lease_articles(article_ids=[article_id], state=ArticleState.FETCHED, now=NOW)
    (third,) = lease_articles(article_ids=[article_id], state=ArticleState.FETCHED, now=LATER)

    assert second == []
    assert third.fence == first.fence + 1
    assert hold_articles([first]) == {}
    assert not fail_article(lease=first, reason="Stale.", now=LATER)
    assert list(hold_articles([third])) == [article_id]


def test_lease_is_renewed_and_given_back_by_its_holder_only() -> None:
    article_id = _ingested()
    (lease,) = lease_articles(article_ids=[article_id], state=ArticleState.FETCHED, now=NOW)
    stale = ArticleLease(article_id=article_id, state=lease.state, fence=lease.fence - 1)

    renew_articles([lease], now=LATER)
    release_articles([stale])
    assert lease_articles(article_ids=[article_id], state=ArticleState.FETCHED, now=LATER) == []

    release_articles([lease])
    (again,) = lease_articles(article_ids=[article_id], state=ArticleState.FETCHED, now=NOW)
    assert again.fence == lease.fence + 1
    assert Article.objects.get(pk=article_id).attempts == 1, "what was given back does not count"


def test_one_that_ended_a_worker_takes_no_other_along() -> None:
    ended, fresh = _ingested(), _ingested(b"Mill damaged\n\nShells fell on the mill.")
    lease_articles(article_ids=[ended], state=ArticleState.FETCHED, now=NOW)

    together = lease_articles(article_ids=[ended, fresh], state=ArticleState.FETCHED, now=LATER)
    alone = lease_articles(article_ids=[ended], state=ArticleState.FETCHED, now=LATER)

    assert [lease.article_id for lease in together] == [fresh]
    assert [lease.article_id for lease in alone] == [ended]


def test_long_batch_goes_back_to_the_queue(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = _ingested(), _ingested(b"Mill damaged\n\nShells fell on the mill.")
    sent: list[tuple[Job, dict[str, list[int]]]] = []
    monkeypatch.setattr(parse, "send_hint", lambda job, **ids: sent.append((job, ids)))
    monkeypatch.setattr(parse, "LONGEST_BATCH", -1.0)

    assert parse_articles(article_ids=[first, second], clock=lambda: NOW) == 0

    assert sent == [(Job.ADVANCE_ARTICLES, {"article_ids": [first, second]})]
    assert set(Article.objects.values_list("state", "attempts", "leased_until")) == {
        (ArticleState.FETCHED.value, 0, None)
    }


def test_stale_worker_cannot_store(monkeypatch: pytest.MonkeyPatch) -> None:
    article_id = _ingested()

    def overtaken(text: str) -> str:
        lease_articles(article_ids=[article_id], state=ArticleState.FETCHED, now=LATER)
        return "xx"

    monkeypatch.setattr("tracker.sources.services.parse.language_of", overtaken)

    assert not parse_articles(article_ids=[article_id], clock=lambda: NOW)
    assert Article.objects.get(pk=article_id).state == ArticleState.FETCHED


def test_article_that_ends_every_worker_ends_in_failed(
    hints: list[tuple[Job, int | list[int]]],
) -> None:
    article_id = _ingested()
    now = NOW
    for _ in range(MAX_ATTEMPTS):
        assert lease_articles(article_ids=[article_id], state=ArticleState.FETCHED, now=now)
        now += LEASE_LASTS + timedelta(seconds=1)

    assert sweep.sweep_articles(now=now) == 0

    article = Article.objects.get(pk=article_id)
    assert (article.state, article.failed_in) == (ArticleState.FAILED, ArticleState.FETCHED)
    assert "three times" in article.failure_reason
    assert hints == []
    assert list(list_failed_articles()) == [article]
    assert AuditEvent.objects.filter(action="article.fail", target_id=article_id).count() == 1


def test_refused_page_fails_at_once_and_can_be_tried_again() -> None:
    article_id = _ingested(b"<html><body>Cookies?</body></html>")

    assert parse_articles(article_ids=[article_id], clock=lambda: NOW) == 0
    failed = Article.objects.get(pk=article_id)
    retried = retry_article(article_id=article_id, actor=ACTOR, now=NOW)

    assert failed.failure_reason == "No article text was found in the page."
    assert (retried.state, retried.attempts, retried.failure_reason) == (
        ArticleState.FETCHED,
        0,
        "",
    )
    with pytest.raises(InvalidInput, match="has not failed"):
        retry_article(article_id=article_id, actor=ACTOR, now=NOW)
    with pytest.raises(NotFound):
        retry_article(article_id=0, actor=ACTOR, now=NOW)


@pytest.mark.parametrize(
    ("content", "first", "second"),
    [
        (b"Shells fell on the harbour.", "a.jsonl", "a.txt"),
        (b"Shells fell on the harbour.", "a.doc", "a.txt"),
    ],
)
def test_bytes_that_came_first_under_a_wrong_name(content: bytes, first: str, second: str) -> None:
    results = [
        ingest_bytes(content=content, reference=name, media_type=None, actor=ACTOR, now=NOW)[0]
        for name in (first, second)
    ]
    assert [r.outcome.value for r in results] == ["failed", "new"]

    parse_articles(article_ids=[results[1].article_id or 0], clock=lambda: NOW)

    assert Article.objects.get().state == ArticleState.PARSED


def test_damaged_capture_is_said(capture_root: object) -> None:
    article_id = _ingested()
    capture = Article.objects.get(pk=article_id).capture
    path = capture_root / capture.sha256[:2] / capture.sha256[2:4] / capture.sha256  # type: ignore[operator]
    path.unlink()

    parse_articles(article_ids=[article_id], clock=lambda: NOW)

    assert "can't be read" in Article.objects.get(pk=article_id).failure_reason


def test_sweep_hints_at_what_waits_too_long_and_at_nothing_else(
    hints: list[tuple[Job, int | list[int]]],
) -> None:
    overdue = ArticleFactory.create(state_since=NOW - timedelta(minutes=1))
    parsed = advance_article(
        ArticleFactory.create(state_since=NOW - timedelta(minutes=2)), ArticleState.PARSED
    )
    advance_article(ArticleFactory.create(state_since=NOW - timedelta(minutes=1)))
    ArticleFactory.create(state_since=NOW)
    held = ArticleFactory.create(state_since=NOW - timedelta(minutes=1))
    lease_articles(article_ids=[held.pk], state=ArticleState.FETCHED, now=NOW)

    assert sweep.sweep_articles(now=NOW) == 2
    assert hints == [(Job.ADVANCE_ARTICLES, [parsed.pk, overdue.pk])]

    hints.clear()
    sweep.sweep_articles(now=LATER)
    assert (Job.ADVANCE_ARTICLES, [held.pk]) in hints, "alone: it ended its worker"


def test_sweep_stops_where_the_broker_is_away(monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(3):
        ArticleFactory.create(state_since=NOW - timedelta(minutes=1))
        FetchRequest.objects.create(
            url=f"https://{_}.example.org/", requested_at=NOW - timedelta(minutes=1)
        )
    asked: list[Job] = []

    def refuse(job: Job, **_: int) -> bool:
        asked.append(job)
        return False

    monkeypatch.setattr(sweep, "repeat_hint", refuse)

    assert sweep.sweep_articles(now=NOW) == 0
    assert sweep.sweep_fetches(now=NOW) == 0
    assert asked == [Job.ADVANCE_ARTICLES, Job.FETCH_ADDRESS]


def test_sweep_of_addresses(hints: list[tuple[Job, int | list[int]]]) -> None:
    long_ago = NOW - timedelta(minutes=1)
    waiting = FetchRequest.objects.create(url="https://example.org/1", requested_at=long_ago)
    FetchRequest.objects.create(url="https://example.org/2", requested_at=long_ago)
    FetchRequest.objects.create(url="https://two.example/", requested_at=NOW)
    FetchRequest.objects.create(
        url="https://three.example/", requested_at=long_ago, not_before=NOW + timedelta(seconds=1)
    )
    tried = FetchRequest.objects.create(
        url="https://four.example/",
        requested_at=long_ago,
        attempts=FETCH_ATTEMPTS,
        failure_reason="The server took too long to answer.",
    )

    assert sweep.sweep_fetches(now=NOW) == 1
    assert hints == [(Job.FETCH_ADDRESS, waiting.pk)]
    tried.refresh_from_db()
    assert (tried.state, tried.failure_reason) == (
        FetchState.FAILED,
        "The server took too long to answer.",
    )
    assert list(list_failed_fetches()) == [tried]
    assert list_waiting_fetches().count() == 4
    assert lease_fetch(request_id=tried.pk, now=NOW) is None


def test_stages_are_counted_with_their_oldest() -> None:
    ArticleFactory.create(state_since=NOW)
    ArticleFactory.create(state_since=NOW - timedelta(hours=1))
    advance_article(ArticleFactory.create(), ArticleState.RELATED)

    stages = {stage.state: (stage.count, stage.oldest) for stage in stage_counts()}

    assert list(stages) == list(ArticleState)
    assert stages[ArticleState.FETCHED] == (2, NOW - timedelta(hours=1))
    assert stages[ArticleState.RELATED] == (1, NOW)
    assert stages[ArticleState.FAILED] == (0, None)
