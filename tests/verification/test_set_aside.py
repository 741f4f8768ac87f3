"""Tasks set aside for a translation, a split or a day stay in the queue and are not given out."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tests.conftest import NOW
from tests.factories import PersonFactory
from tracker.audit.models import AuditEvent
from tracker.core.errors import InvalidInput
from tracker.verification.choices import SHELVES, TaskState, WaitsFor
from tracker.verification.selectors.shelves import (
    count_shelves,
    tasks_on,
    waiting_tasks,
)
from tracker.verification.services.leases import (
    LEASE_LASTS,
    LostLease,
    expire_leases,
    lease_next,
    lease_task,
)
from tracker.verification.services.set_aside import return_deferred, set_aside
from tracker.verification.services.tasks import mark_irrelevant

if TYPE_CHECKING:
    from tests.verification.bench import Bench
    from tracker.verification.models import ReviewTask

pytestmark = pytest.mark.django_db

TODAY = NOW.date()
TOMORROW = TODAY + timedelta(days=1)


def aside(bench: Bench, **over: Any) -> ReviewTask:
    """Set the task of the bench aside for a translation, unless told otherwise."""
    wanted: dict[str, Any] = {
        "waits_for": WaitsFor.TRANSLATION.value,
        "waits_until": None,
        "reason": "In Kurdish.",
        **bench.hold,
    }
    return set_aside(**wanted | over)


def test_it_is_given_back_with_the_need_and_the_reason(bench: Bench) -> None:
    task = aside(bench, reason=" In Kurdish. ")

    task.refresh_from_db()
    assert (task.state, task.holder, task.held_until) == (TaskState.QUEUED, None, None)
    assert (task.waits_for, task.aside_reason) == ("TRANSLATION", "In Kurdish.")
    assert task.aside_by_id == bench.actor.id
    line = AuditEvent.objects.get(action="task.set_aside")
    assert line.changes == {"waits_for": ["", "TRANSLATION"]}


def test_nobody_is_given_it_as_the_next_one_but_who_wants_it_takes_it(bench: Bench) -> None:
    task = aside(bench)
    other = PersonFactory().as_actor()

    assert lease_next(actor=other, now=NOW) is None
    taken = lease_task(task_id=task.pk, actor=other, now=NOW)
    assert (taken.state, taken.waits_for) == (TaskState.LEASED, "TRANSLATION")
    expire_leases(now=NOW + LEASE_LASTS)
    assert lease_next(actor=other, now=NOW) is None, "the need outlives a hold"


def test_it_can_be_made_ready_again(bench: Bench) -> None:
    task = aside(bench)
    taken = lease_task(task_id=task.pk, actor=bench.actor, now=NOW)

    aside(bench, fence=taken.fence, waits_for="", reason="A translation came.")

    next_one = lease_next(actor=bench.actor, now=NOW)
    assert next_one is not None
    assert (next_one.pk, next_one.aside_by, next_one.aside_reason) == (task.pk, None, "")


def test_a_deferred_one_comes_back_on_its_day(bench: Bench) -> None:
    task = aside(bench, waits_for="LATER", waits_until=TOMORROW, reason="More is announced.")

    assert return_deferred(now=NOW) == 0
    assert return_deferred(now=NOW + timedelta(days=1)) == 1
    assert return_deferred(now=NOW + timedelta(days=1)) == 0

    task.refresh_from_db()
    assert (task.waits_for, task.waits_until) == ("", None)
    line = AuditEvent.objects.get(action="task.due")
    assert line.actor_kind == "MACHINE"
    assert line.changes == {"waits_for": ["LATER", ""]}


@pytest.mark.parametrize(
    ("over", "sentence"),
    [
        ({"reason": " "}, "Say why"),
        ({"waits_for": "RAIN"}, "RAIN is nothing that a task waits for"),
        ({"waits_until": TOMORROW}, "and only that, has a day"),
        ({"waits_for": "LATER"}, "and only that, has a day"),
        ({"waits_for": "LATER", "waits_until": TODAY}, "lies in the future"),
    ],
)
def test_what_makes_no_sense_is_refused(bench: Bench, over: dict[str, Any], sentence: str) -> None:
    with pytest.raises(InvalidInput, match=sentence):
        aside(bench, **over)


def test_only_its_holder_sets_it_aside(bench: Bench) -> None:
    with pytest.raises(LostLease):
        aside(bench, fence=bench.task.fence + 1)


def test_a_closed_task_waits_for_nothing(bench: Bench) -> None:
    task = aside(bench)
    taken = lease_task(task_id=task.pk, actor=bench.actor, now=NOW)

    closed = mark_irrelevant(**bench.hold | {"fence": taken.fence}, reason="About sheep.")

    assert (closed.waits_for, closed.aside_by) == ("", None)


def test_every_task_is_on_one_shelf(bench: Bench) -> None:
    assert {count.shelf: count.count for count in count_shelves() if count.count} == {
        TaskState.LEASED: 1
    }
    aside(bench)

    assert {count.shelf: count.count for count in count_shelves() if count.count} == {
        WaitsFor.TRANSLATION: 1
    }
    assert [shelf for shelf in SHELVES if tasks_on(shelf).exists()] == [WaitsFor.TRANSLATION]
    assert not waiting_tasks().exists()
