"""An alarm is raised once while its cause lasts, seen by those who may, and kept as history."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.conftest import NOW
from tracker.audit.models import AuditEvent
from tracker.core.errors import InvalidInput, NotAllowed, NotFound
from tracker.watching.choices import AlarmKind
from tracker.watching.models import Alarm
from tracker.watching.selectors.alarms import list_open_alarms
from tracker.watching.services.alarms import acknowledge_alarm, clear_alarm, raise_alarm

if TYPE_CHECKING:
    from tracker.accounts.models import Person

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


def _raised(sentence: str = "Feed 7 is silent.", key: str = "feed-7") -> Alarm:
    raise_alarm(key=key, kind=AlarmKind.FEED_SILENT, sentence=sentence, now=NOW)
    return Alarm.objects.get(key=key, cleared_at__isnull=True)


def test_cause_that_lasts_raises_one_alarm_whose_sentence_keeps_up() -> None:
    first = _raised()
    raise_alarm(
        key="feed-7", kind=AlarmKind.FEED_SILENT, sentence="Feed 7 is still silent.", now=LATER
    )

    (alarm,) = Alarm.objects.all()
    assert (alarm.pk, alarm.raised_at, alarm.sentence) == (first.pk, NOW, "Feed 7 is still silent.")
    assert AuditEvent.objects.filter(action="alarm.raise").count() == 1


def test_cause_that_comes_back_is_another_alarm() -> None:
    _raised()
    clear_alarm(key="feed-7", now=LATER)
    clear_alarm(key="feed-7", now=LATER)
    raise_alarm(key="feed-7", kind=AlarmKind.FEED_SILENT, sentence="Silent.", now=LATER)

    assert list(Alarm.objects.order_by("pk").values_list("cleared_at", flat=True)) == [LATER, None]
    assert AuditEvent.objects.filter(action="alarm.clear").count() == 1


def test_somebody_looks_after_it_and_says_how(coordinator: Person, researcher: Person) -> None:
    alarm = _raised()

    with pytest.raises(NotAllowed):
        acknowledge_alarm(alarm_id=alarm.pk, actor=researcher.as_actor(), now=NOW, reason="I look.")
    with pytest.raises(InvalidInput, match="few words"):
        acknowledge_alarm(alarm_id=alarm.pk, actor=coordinator.as_actor(), now=NOW, reason=" ")
    acknowledge_alarm(
        alarm_id=alarm.pk, actor=coordinator.as_actor(), now=LATER, reason="Asked the outlet."
    )
    with pytest.raises(InvalidInput, match="already"):
        acknowledge_alarm(
            alarm_id=alarm.pk, actor=coordinator.as_actor(), now=LATER, reason="Me too."
        )
    with pytest.raises(NotFound):
        acknowledge_alarm(alarm_id=0, actor=coordinator.as_actor(), now=LATER, reason="None.")

    alarm.refresh_from_db()
    assert alarm.acknowledged_by == coordinator
    assert list(list_open_alarms(coordinator.as_actor())) == [alarm]
    assert not list_open_alarms(researcher.as_actor())
    clear_alarm(key="feed-7", now=LATER)
    assert not list_open_alarms(coordinator.as_actor())
