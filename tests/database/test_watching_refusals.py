"""What the tables of watching refuse, whoever writes to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from tests.conftest import NOW
from tracker.watching.choices import AlarmKind, Stage
from tracker.watching.models import Alarm, StageMinute, WorkerHeartbeat

if TYPE_CHECKING:
    from tracker.accounts.models import Person

pytestmark = pytest.mark.django_db


def _alarm(**fields: Any) -> Alarm:
    given = {"key": "feed-7", "kind": AlarmKind.FEED_SILENT, "sentence": "Silent."} | fields
    return Alarm.objects.create(raised_at=NOW, **given)


def test_cause_has_one_open_alarm() -> None:
    _alarm(cleared_at=NOW)
    _alarm()

    with pytest.raises(IntegrityError, match="alarm_open_once"), transaction.atomic():
        _alarm()


@pytest.mark.parametrize(
    ("fields", "refused_by"),
    [
        ({"kind": "BOREDOM"}, "alarm_kind_valid"),
        ({"sentence": ""}, "alarm_says_what"),
        ({"acknowledgement": "I look."}, "alarm_acknowledged_whole"),
        ({"acknowledged_at": NOW}, "alarm_acknowledged_whole"),
    ],
)
def test_alarm_is_whole(fields: dict[str, Any], refused_by: str) -> None:
    with pytest.raises(IntegrityError, match=refused_by), transaction.atomic():
        _alarm(**fields)


def test_nobody_looks_after_it_without_saying_how(coordinator: Person) -> None:
    with pytest.raises(IntegrityError, match="alarm_acknowledged_whole"), transaction.atomic():
        _alarm(acknowledged_by=coordinator, acknowledged_at=NOW)


@pytest.mark.parametrize(
    "change", [{"key": "feed-8"}, {"kind": AlarmKind.FEED_FAILING}, {"raised_at": None}]
)
def test_what_it_is_about_stands(change: dict[str, Any]) -> None:
    alarm = _alarm()
    change = {name: value or NOW.replace(year=2020) for name, value in change.items()}

    with pytest.raises(DatabaseError), transaction.atomic():
        Alarm.objects.filter(pk=alarm.pk).update(**change)


def test_alarm_is_never_deleted() -> None:
    _alarm()

    with pytest.raises(DatabaseError), transaction.atomic():
        Alarm.objects.all().delete()


def test_minute_of_a_stage_is_one_row_of_a_known_stage() -> None:
    StageMinute.objects.create(stage=Stage.PARSE, minute=NOW)

    with pytest.raises(IntegrityError, match="stage_minute_once"), transaction.atomic():
        StageMinute.objects.create(stage=Stage.PARSE, minute=NOW)
    with pytest.raises(IntegrityError, match="stage_minute_stage_valid"), transaction.atomic():
        StageMinute.objects.create(stage="SLEEP", minute=NOW)


def test_worker_is_one_row() -> None:
    told: dict[str, Any] = {"process_id": 7, "queues": [], "started_at": NOW, "seen_at": NOW}
    WorkerHeartbeat.objects.create(name="celery@one", **told)

    with pytest.raises(IntegrityError), transaction.atomic():
        WorkerHeartbeat.objects.create(name="celery@one", **told)
