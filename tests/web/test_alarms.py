"""Alarms are seen by those who look after the installation, on every page and on the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.factories import PersonFactory
from tracker.core.actor import Role
from tracker.watching.choices import AlarmKind
from tracker.watching.models import Alarm
from tracker.watching.services.alarms import acknowledge_alarm, clear_alarm, raise_alarm

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from django.test import Client

    from tracker.accounts.models import Person

    SignedIn = Callable[[Person], Client]

pytestmark = pytest.mark.django_db
LINE = "that nobody looks after"


def _alarm(now: datetime) -> Alarm:
    raise_alarm(
        key="feed-7", kind=AlarmKind.FEED_SILENT, sentence="Feed 7 brings nothing.", now=now
    )
    return Alarm.objects.get(cleared_at__isnull=True)


@pytest.mark.parametrize("address", ["/", "/queue/", "/sources/", "/feeds/"])
def test_every_page_of_a_coordinator_says_that_something_is_wrong(
    coordinator: Person, signed_in: SignedIn, now: datetime, address: str
) -> None:
    client = signed_in(coordinator)
    assert LINE not in client.get(address).content.decode()

    _alarm(now)
    page = client.get(address).content.decode()

    assert "1 alarm that nobody looks after." in page
    assert 'href="/watch/"' in page


def test_others_are_not_bothered(
    researcher: Person, viewer: Person, signed_in: SignedIn, now: datetime
) -> None:
    _alarm(now)

    for person in (researcher, viewer):
        page = signed_in(person).get("/").content.decode()
        assert LINE not in page
        assert "Feed 7 brings nothing." not in page


def test_what_somebody_looks_after_stays_on_the_desk_alone(
    coordinator: Person, signed_in: SignedIn, now: datetime
) -> None:
    alarm = _alarm(now)
    acknowledge_alarm(
        alarm_id=alarm.pk, actor=coordinator.as_actor(), now=now, reason="Asked the outlet."
    )
    client = signed_in(PersonFactory(role=Role.ADMINISTRATOR.value))

    desk = client.get("/").content.decode()
    assert LINE not in desk
    assert f'href="/watch/#alarm-{alarm.pk}"' in desk
    assert "Asked the outlet." in desk

    clear_alarm(key="feed-7", now=now)
    assert "Feed 7 brings nothing." not in client.get("/").content.decode()
