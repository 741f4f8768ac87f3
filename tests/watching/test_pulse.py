"""Who lives, which queues nobody consumes, what each minute brought."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.conftest import NOW
from tests.factories import ArticleFactory
from tracker.core.jobs import QUEUES
from tracker.sources.services.stage_alarms import look_at_stages
from tracker.watching.choices import Stage
from tracker.watching.models import Alarm, StageMinute, WorkerHeartbeat
from tracker.watching.selectors.pulse import list_workers, minutes_by_stage, unattended_queues
from tracker.watching.services.heartbeats import beat, forget_workers, say_goodbye
from tracker.watching.services.throughput import count_stage, forget_minutes

if TYPE_CHECKING:
    from datetime import datetime

    from pytest_django import DjangoCaptureOnCommitCallbacks

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(minutes=1)


def _beat(
    name: str = "w1", queues: tuple[str, ...] = QUEUES, pid: int = 7, at: datetime = NOW
) -> None:
    beat(name=name, process_id=pid, queues=queues, tasks_done=3, now=at)


def test_worker_lives_while_it_is_heard_of() -> None:
    _beat()
    _beat("w2", queues=("fetch",), at=LATER)

    first, second = list_workers(now=LATER)

    assert (first.name, first.lives, first.queues) == ("w2", True, ["fetch"])
    assert (second.name, second.lives, second.said_goodbye) == ("w1", False, False)
    assert unattended_queues(list_workers(now=LATER)) == [
        queue for queue in QUEUES if queue != "fetch"
    ]
    assert unattended_queues(list_workers(now=NOW)) == []


def test_restart_begins_anew_and_goodbye_is_kept() -> None:
    _beat(pid=7)
    say_goodbye(name="w1", now=NOW)
    (worker,) = list_workers(now=NOW)
    assert (worker.lives, worker.said_goodbye) == (False, True)

    _beat(pid=8, at=LATER)
    (worker,) = list_workers(now=LATER)
    assert (worker.lives, worker.said_goodbye, worker.started_at) == (True, False, LATER)


def test_minute_adds_up_after_the_commit(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        count_stage(Stage.PARSE, done=20, now=NOW)
        count_stage(Stage.PARSE, done=3, failed=1, retried=2, now=NOW + timedelta(seconds=30))
        count_stage(Stage.PARSE, now=NOW)
        assert not StageMinute.objects.exists()

    (minute,) = minutes_by_stage(since=NOW - timedelta(hours=1))[Stage.PARSE]
    assert (minute.minute, minute.done, minute.failed, minute.retried) == (NOW, 23, 1, 2)


def test_what_is_old_is_forgotten() -> None:
    _beat()
    StageMinute.objects.create(stage=Stage.FETCH, minute=NOW, done=1)
    assert (forget_workers(now=LATER), forget_minutes(now=LATER)) == (0, 0)

    after = NOW + timedelta(days=3)
    assert (forget_workers(now=after), forget_minutes(now=after)) == (1, 1)
    assert not WorkerHeartbeat.objects.exists()


def test_alarms_of_stages_and_queues_come_and_go() -> None:
    article = ArticleFactory.create(state_since=NOW - timedelta(minutes=20))

    look_at_stages(now=NOW)
    look_at_stages(now=NOW)
    open_alarms = {a.key: a.sentence for a in Alarm.objects.filter(cleared_at__isnull=True)}
    assert set(open_alarms) == {"waiting-fetched", "queues"}
    assert f"{NOW - timedelta(minutes=20):%H:%M} UTC" in open_alarms["waiting-fetched"]

    article.state_since = NOW
    article.save(update_fields=["state_since"])
    _beat()
    look_at_stages(now=NOW)
    assert not Alarm.objects.filter(cleared_at__isnull=True).exists()
