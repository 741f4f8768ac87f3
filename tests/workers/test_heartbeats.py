"""A worker's sign of life: what it says, and that a database away costs one beat only."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from celery.app.amqp import Queues
from django.db import connection
from kombu import Queue

from tracker.watching.models import WorkerHeartbeat
from workers import heartbeats

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _silent_before() -> Iterator[None]:
    """No worker runs in this process, before and after."""
    yield
    heartbeats._Pulse.name, heartbeats._Pulse.last = "", 0.0


def _worker(*consumed: str) -> SimpleNamespace:
    """A worker as Celery hands it over, started with ``-Q``."""
    queues = Queues({"maintenance": Queue("maintenance")})
    queues.select(list(consumed))
    return SimpleNamespace(
        hostname="celery@one", app=SimpleNamespace(amqp=SimpleNamespace(queues=queues))
    )


def test_worker_names_the_queues_that_it_consumes_and_no_other() -> None:
    heartbeats.begin(_worker("fetch", "articles"))

    row = WorkerHeartbeat.objects.get()
    assert (row.name, row.queues, row.ended_at) == ("celery@one", ["fetch", "articles"], None)


def test_it_goes_on_at_its_own_pace_and_says_goodbye(monkeypatch: pytest.MonkeyPatch) -> None:
    heartbeats.go_on()
    assert not WorkerHeartbeat.objects.exists(), "it has not begun"
    heartbeats.begin(_worker("fetch"))
    first = WorkerHeartbeat.objects.get().seen_at

    heartbeats.go_on()
    assert WorkerHeartbeat.objects.get().seen_at == first, "it told a moment ago"
    monkeypatch.setattr(heartbeats, "EVERY", 0.0)
    heartbeats.go_on()
    assert WorkerHeartbeat.objects.get().seen_at > first

    heartbeats.end()
    assert WorkerHeartbeat.objects.get().ended_at is not None


def test_database_that_restarts_costs_a_beat_and_no_worker(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(heartbeats, "EVERY", 0.0)

    def lose_the_connection() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")

    heartbeats.begin(_worker("fetch"))
    first = WorkerHeartbeat.objects.get().seen_at
    heartbeats._reach(lose_the_connection)
    heartbeats.go_on()

    assert WorkerHeartbeat.objects.get().seen_at > first
