"""Tasks translate: one call of one service each, and arguments of tomorrow do no harm."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from celery import current_app
from django.apps import apps
from kombu.exceptions import OperationalError

from tests.conftest import NOW
from tests.factories import ArticleFactory, advance_article
from tracker.audit.models import AuditEvent, AuditSeal
from tracker.core import jobs
from tracker.core.jobs import Job, enqueue_on_commit, repeat_hint, send_hint
from tracker.core.queue_settings import celery_settings
from tracker.sources.choices import ArticleState
from tracker.sources.models import Article, FetchRequest
from tracker.verification.models import ReviewTask
from workers import articles, fetch, sweeps

if TYPE_CHECKING:
    from pytest_django.fixtures import DjangoCaptureOnCommitCallbacks


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, dict[str, list[int]]]]:
    """What went to the broker."""
    messages: list[tuple[str, dict[str, list[int]]]] = []

    def send(
        name: str, *, kwargs: dict[str, list[int]], queue: str, retry: bool, expires: float | None
    ) -> None:
        assert not retry
        assert queue in jobs.QUEUES
        assert expires is None or name == Job.ADVANCE_ARTICLES.value
        messages.append((name, kwargs))

    monkeypatch.setattr(current_app, "send_task", send)
    monkeypatch.setattr(jobs._Door, "closed_until", 0.0)
    return messages


@pytest.mark.django_db
def test_tasks_bring_an_article_to_its_review_task() -> None:
    article = advance_article(ArticleFactory.create(), ArticleState.PARSED)

    articles.advance_articles(article_ids=[article.pk], tomorrow=True)
    articles.advance_articles(article_ids=[article.pk])

    assert Article.objects.get(pk=article.pk).state == ArticleState.EXTRACTED
    assert ReviewTask.objects.get().article == article


@pytest.mark.django_db
def test_address_in_a_private_network_fails_with_its_reason() -> None:
    request = FetchRequest.objects.create(url="http://127.0.0.1/", requested_at=NOW)

    fetch.fetch_address(request_id=request.pk)

    request.refresh_from_db()
    assert request.state == "FAILED"
    assert "private network" in request.failure_reason


@pytest.mark.django_db
def test_sweeps_run_and_lines_are_sealed(sent: list[tuple[str, dict[str, list[int]]]]) -> None:
    article = ArticleFactory.create()

    sweeps.sweep_articles()
    sweeps.sweep_leases()
    articles.advance_articles(
        article_ids=[advance_article(ArticleFactory.create(), ArticleState.PARSED).pk]
    )
    sweeps.seal_audit()

    assert sent == [(Job.ADVANCE_ARTICLES.value, {"article_ids": [article.pk]})]
    assert AuditSeal.objects.count() == AuditEvent.objects.count() == 2


def test_every_process_sends_through_our_application() -> None:
    apps.get_app_config("workers").ready()

    assert current_app.main == "tracker"
    assert current_app.conf.task_acks_late is True


@pytest.mark.django_db
def test_hint_is_sent_after_the_commit_and_not_before(
    sent: list[tuple[str, dict[str, list[int]]]],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        enqueue_on_commit(Job.ADVANCE_ARTICLES, article_ids=[7])
        assert sent == []

    assert sent == [("workers.articles.advance_articles", {"article_ids": [7]})]


def test_repeated_hints_expire_and_do_not_wait_behind_the_new_ones(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen: list[tuple[object, object]] = []
    monkeypatch.setattr(
        current_app, "send_task", lambda _name, **o: seen.append((o["queue"], o["expires"]))
    )

    send_hint(Job.ADVANCE_ARTICLES, article_ids=[7])
    repeat_hint(Job.ADVANCE_ARTICLES, article_ids=[7])
    repeat_hint(Job.FETCH_ADDRESS, request_id=7)

    lasts = jobs.AGAIN_LASTS
    assert seen == [("articles", None), ("again", lasts), ("fetch", lasts)]


def test_what_beat_sends_is_dropped_once_it_was_sent_anew() -> None:
    for entry in celery_settings("redis+socket:///run/valkey.sock")["beat_schedule"].values():
        assert entry["schedule"] <= entry["options"]["expires"]


def test_broker_that_is_away_is_not_asked_for_each_row(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def refuse(name: str, **_: object) -> None:
        asked.append(name)
        raise OperationalError("no broker")

    monkeypatch.setattr(current_app, "send_task", refuse)
    monkeypatch.setattr(jobs._Door, "closed_until", 0.0)

    assert [send_hint(Job.SEAL_AUDIT) for _ in range(3)] == [False] * 3
    assert len(asked) == 1


def test_lost_messages_come_back_within_minutes_and_queues_survive() -> None:
    valkey = celery_settings("redis+socket:///run/valkey.sock")
    rabbit = celery_settings("amqp://broker//")

    for settings in (valkey, rabbit):
        assert settings["task_acks_late"]
        assert settings["task_reject_on_worker_lost"]
        assert settings["broker_transport_options"]["max_retries"] == 1
    assert valkey["broker_transport_options"]["visibility_timeout"] > valkey["task_time_limit"]
    assert rabbit["task_create_missing_queue_type"] == "quorum"
