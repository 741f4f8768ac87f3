"""Workers: what waits and since when, what failed and why, and the button that tries again."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.utils import timezone

from tests.factories import ArticleFactory, CaptureFactory, PersonFactory, ReviewTaskFactory
from tracker.core.actor import Role
from tracker.sources.choices import ArticleState, FetchState
from tracker.sources.models import Article, FetchRequest, IngestFailure
from tracker.watching.choices import AlarmKind, Stage
from tracker.watching.models import Alarm, StageMinute
from tracker.watching.services.alarms import raise_alarm
from tracker.watching.services.heartbeats import beat

if TYPE_CHECKING:
    from datetime import datetime

    from django.conf import LazySettings
    from pytest_django import DjangoAssertNumQueries


@pytest.fixture
def watching(db: None) -> Client:
    """A coordinator's browser."""
    client = Client()
    client.force_login(PersonFactory(role=Role.COORDINATOR.value))
    return client


def _failed_article() -> Article:
    article = ArticleFactory(title="Broken page")
    article.state = ArticleState.FAILED
    article.failed_in = ArticleState.FETCHED
    article.failure_reason = "Took longer than 10 s."
    article.attempts = 3
    article.save()
    return article


def test_every_stage_says_what_waits_and_the_oldest(watching: Client, now: datetime) -> None:
    ReviewTaskFactory()
    FetchRequest.objects.create(url="https://a.example/", requested_by="Heron", requested_at=now)

    stages = watching.get("/watch/").context["stages"]

    assert [stage.waiting for stage in stages] == [1, 1, 0, 0, 1]
    assert [stage.oldest for stage in stages] == [now, now, None, None, now]


def test_failures_stand_with_their_reasons(watching: Client, now: datetime) -> None:
    _failed_article()
    FetchRequest.objects.create(
        url="https://a.example/",
        requested_by="Heron",
        requested_at=now,
        state=FetchState.FAILED,
        failure_reason="It answered 503.",
    )
    IngestFailure.objects.create(
        reference="feed.jsonl:17", reason="Half a line.", first_seen_at=now, last_tried_at=now
    )

    page = watching.get("/watch/").content.decode()

    assert "Took longer than 10 s." in page
    assert "It answered 503." in page
    assert "Half a line." in page


def test_failed_article_goes_back_to_its_queue(watching: Client) -> None:
    article = _failed_article()

    response = watching.post(f"/watch/retry/article/{article.pk}/")

    article.refresh_from_db()
    assert response.status_code == HTTPStatus.FOUND
    assert article.state == ArticleState.FETCHED


def test_failed_address_waits_again(watching: Client, now: datetime) -> None:
    request = FetchRequest.objects.create(
        url="https://a.example/",
        requested_by="Heron",
        requested_at=now,
        state=FetchState.FAILED,
        failure_reason="It answered 503.",
    )

    watching.post(f"/watch/retry/address/{request.pk}/")

    request.refresh_from_db()
    assert request.state == FetchState.WAITING


def test_item_whose_bytes_were_not_kept_never_opens_a_file_of_this_machine(
    watching: Client, now: datetime
) -> None:
    failure = IngestFailure.objects.create(
        reference="/etc/hostname", reason="Empty.", first_seen_at=now, last_tried_at=now
    )

    refused = watching.post(f"/watch/retry/item/{failure.pk}/")

    assert refused.status_code == HTTPStatus.BAD_REQUEST
    assert not Article.objects.exists()


def test_item_with_bytes_offers_the_button(watching: Client, now: datetime) -> None:
    failure = IngestFailure.objects.create(
        reference="a.txt",
        reason="Not UTF-8.",
        capture=CaptureFactory(),
        first_seen_at=now,
        last_tried_at=now,
    )

    assert f"/watch/retry/item/{failure.pk}/" in watching.get("/watch/").content.decode()


@pytest.mark.parametrize("address", ["sparrow/1", "article/999999", "address/999999"])
def test_retry_of_nothing_is_refused(watching: Client, address: str) -> None:
    status = watching.post(f"/watch/retry/{address}/").status_code

    assert status in {HTTPStatus.BAD_REQUEST, HTTPStatus.NOT_FOUND}


def test_administrator_watches_and_leaves_the_retry_to_a_coordinator(db: None) -> None:
    client = Client()
    client.force_login(PersonFactory(role=Role.ADMINISTRATOR.value))
    article = _failed_article()

    assert "a coordinator can try again" in client.get("/watch/").content.decode()
    refused = client.post(f"/watch/retry/article/{article.pk}/")

    article.refresh_from_db()
    assert refused.status_code == HTTPStatus.FORBIDDEN
    assert article.state == ArticleState.FAILED


def test_page_costs_the_same_for_many(
    watching: Client, now: datetime, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(30):
        _failed_article()
    IngestFailure.objects.bulk_create(
        IngestFailure(reference=f"f:{n}", reason="x", first_seen_at=now, last_tried_at=now)
        for n in range(60)
    )

    with django_assert_max_num_queries(17):
        page = watching.get("/watch/")

    assert "The latest 50 are shown." in page.content.decode()


def test_page_shows_workers_alarms_and_what_came_through(watching: Client, now: datetime) -> None:
    beat(name="celery@one", process_id=7, queues=["fetch"], tasks_done=41, now=timezone.now())
    raise_alarm(key="k", kind=AlarmKind.QUEUE_UNATTENDED, sentence="Nobody works.", now=now)
    minute = timezone.now().replace(second=0, microsecond=0)
    StageMinute.objects.create(stage=Stage.PARSE, minute=minute, done=17)

    page = watching.get("/watch/").content.decode()

    assert "celery@one" in page
    assert "Nobody consumes" in page
    assert "Nobody works." in page
    assert "articles read: at most 17 in two minutes" in page


def test_page_keeps_itself_up_to_date_when_asked_to(watching: Client, now: datetime) -> None:
    raise_alarm(key="k", kind=AlarmKind.FEED_SILENT, sentence="Silent.", now=now)

    still, live = watching.get("/watch/"), watching.get("/watch/?live=1")

    assert "Refresh" not in still
    assert live["Refresh"] == "5"
    assert 'name="reason"' in still.content.decode()
    page = live.content.decode()
    assert "Hold still" in page
    assert 'name="reason"' not in page, "typed words would be lost"


def test_somebody_looks_after_an_alarm(watching: Client, now: datetime) -> None:
    raise_alarm(key="k", kind=AlarmKind.FEED_SILENT, sentence="Silent.", now=now)
    alarm = Alarm.objects.get()

    watching.post(f"/watch/alarm/{alarm.pk}/", {"reason": "Asked the outlet."})

    alarm.refresh_from_db()
    assert alarm.acknowledgement == "Asked the outlet."
    assert "Asked the outlet." in watching.get("/watch/").content.decode()


def test_metrics_only_for_who_knows_the_token(
    db: None, client: Client, settings: LazySettings
) -> None:
    assert client.get("/metrics").status_code == HTTPStatus.NOT_FOUND
    settings.METRICS_TOKEN = "t0ken"  # of this test
    assert client.get("/metrics").status_code == HTTPStatus.NOT_FOUND
    beat(name="celery@one", process_id=7, queues=["fetch"], tasks_done=41, now=timezone.now())

    answer = client.get("/metrics", headers={"Authorization": "Bearer t0ken"})

    figures = answer.content.decode()
    assert answer.status_code == HTTPStatus.OK
    assert "tracker_workers_alive 1.0" in figures
    assert 'tracker_queue_attended{queue="fetch"} 1.0' in figures
    assert 'tracker_queue_attended{queue="articles"} 0.0' in figures
    assert "celery@one" not in figures, "numbers and ids only"
