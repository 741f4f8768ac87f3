"""Who is reminded of which reply, on lists, desks and by alarms."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.conftest import NOW
from tests.factories import PersonFactory
from tests.factories.requests import answered_request, drafted_request, sent_request
from tests.incidents.request_steps import acknowledge, close
from tracker.incidents.selectors.requests import (
    Show,
    count_requests,
    list_requests,
    requests_to_remind_of,
)
from tracker.incidents.services.request_alarms import look_at_requests
from tracker.watching.models import Alarm

if TYPE_CHECKING:
    from tracker.accounts.models import Person

pytestmark = pytest.mark.django_db


def test_lists_show_what_waits_what_is_due_and_what_came(
    researcher: Person, viewer: Person
) -> None:
    today = NOW.date()
    draft = drafted_request(by=researcher)
    late = sent_request(by=researcher, due_on=today - timedelta(days=1))
    soon = sent_request(by=researcher, due_on=today)
    open_ = sent_request(by=researcher, due_on=today + timedelta(days=8))
    answered = answered_request(by=researcher)
    closed = close(sent_request(by=researcher), researcher)

    def shown(show: Show) -> list[int]:
        rows = list_requests(viewer=viewer.as_actor(), show=show, today=today)
        return [row.pk for row in rows]

    assert shown(Show.OPEN) == [late.pk, soon.pk, open_.pk, draft.pk]
    assert shown(Show.DUE) == [soon.pk]
    assert shown(Show.OVERDUE) == [late.pk]
    assert shown(Show.ANSWERED) == [answered.pk]
    assert shown(Show.CLOSED) == [closed.pk]
    counts = count_requests(viewer=viewer.as_actor(), today=today)
    assert counts == {show: len(shown(show)) for show in Show}
    assert counts[Show.ALL] == 6


def test_owner_is_reminded_of_their_own_and_coordinators_of_all(
    researcher: Person, coordinator: Person, viewer: Person, administrator: Person
) -> None:
    today = NOW.date()
    mine = sent_request(by=researcher, due_on=today + timedelta(days=7))
    others = sent_request(by=PersonFactory(), due_on=today - timedelta(days=2))
    sent_request(by=researcher, due_on=today + timedelta(days=8))

    def reminded(person: Person) -> list[int]:
        found = requests_to_remind_of(viewer=person.as_actor(), today=today)
        return [row.pk for row in found]

    assert reminded(researcher) == [mine.pk]
    assert reminded(coordinator) == [others.pk, mine.pk]
    assert reminded(viewer) == []
    assert reminded(administrator) == []


def test_overdue_reply_raises_one_alarm_until_a_step_is_entered(researcher: Person) -> None:
    request = sent_request(by=researcher, due_on=NOW.date())
    look_at_requests(now=NOW)
    assert not Alarm.objects.exists()

    later = NOW + timedelta(days=1)
    look_at_requests(now=later)
    look_at_requests(now=later + timedelta(minutes=10))
    (alarm,) = Alarm.objects.all()
    assert (alarm.key, alarm.kind) == (f"request-{request.pk}", "REPLY_OVERDUE")
    assert request.party.name in alarm.sentence

    acknowledge(request, researcher, due_on=date(2027, 1, 1))
    alarm.refresh_from_db()
    assert alarm.cleared_at == NOW
    look_at_requests(now=later)
    assert Alarm.objects.count() == 1


def test_request_that_is_overdue_when_entered_raises_its_alarm_at_once(
    researcher: Person,
) -> None:
    request = sent_request(by=researcher, due_on=date(2026, 11, 10))

    assert Alarm.objects.filter(key=f"request-{request.pk}", cleared_at=None).exists()
    close(request, researcher)
    assert not Alarm.objects.filter(cleared_at=None).exists()
