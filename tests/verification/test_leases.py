"""One person at a time holds a task, for a while; a write names the hold it rests on."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.conftest import NOW
from tests.factories import PersonFactory, ReviewTaskFactory
from tracker.audit.models import AuditEvent
from tracker.core.actor import Role, machine
from tracker.core.errors import NotAllowed, NotFound
from tracker.verification.choices import TaskState
from tracker.verification.models import ReviewTask
from tracker.verification.services.leases import (
    LEASE_LASTS,
    LostLease,
    UnableToLease,
    expire_leases,
    lease_next,
    lease_task,
    release_task,
    require_lease,
)

if TYPE_CHECKING:
    from tracker.accounts.models import Person

pytestmark = pytest.mark.django_db

LATER = NOW + LEASE_LASTS + timedelta(seconds=1)


def test_taken_task_belongs_to_one_person_for_a_while(researcher: Person) -> None:
    task = ReviewTaskFactory()

    taken = lease_task(task_id=task.pk, actor=researcher.as_actor(), now=NOW)

    assert (taken.state, taken.holder_id, taken.fence) == (TaskState.LEASED, researcher.pk, 1)
    assert taken.held_until == NOW + LEASE_LASTS
    event = AuditEvent.objects.get()
    assert (event.action, event.changes) == ("task.lease", {"fence": 1})


def test_second_person_is_told_who_has_it_until_when(researcher: Person) -> None:
    task = ReviewTaskFactory()
    lease_task(task_id=task.pk, actor=researcher.as_actor(), now=NOW)

    with pytest.raises(UnableToLease, match=rf"{researcher.alias} has this task until 12:20 UTC"):
        lease_task(task_id=task.pk, actor=PersonFactory().as_actor(), now=NOW)

    task.refresh_from_db()
    assert (task.holder_id, task.fence) == (researcher.pk, 1)


def test_holder_who_takes_it_again_renews_under_the_same_number(researcher: Person) -> None:
    task = ReviewTaskFactory()
    lease_task(task_id=task.pk, actor=researcher.as_actor(), now=NOW)
    soon = NOW + timedelta(minutes=5)

    again = lease_task(task_id=task.pk, actor=researcher.as_actor(), now=soon)

    assert (again.fence, again.held_until) == (1, soon + LEASE_LASTS)


def test_hold_that_ran_out_passes_on_with_a_new_number(researcher: Person) -> None:
    task = ReviewTaskFactory()
    other = PersonFactory()
    lease_task(task_id=task.pk, actor=researcher.as_actor(), now=NOW)

    taken = lease_task(task_id=task.pk, actor=other.as_actor(), now=LATER)

    assert (taken.holder_id, taken.fence) == (other.pk, 2)
    with pytest.raises(LostLease):
        require_lease(task_id=task.pk, fence=1, actor=researcher.as_actor(), now=LATER)


@pytest.mark.parametrize(
    ("fence", "minutes"), [(0, 1), (2, 1), (1, 20), (1, 21)], ids=["old", "new", "at end", "after"]
)
def test_write_with_another_number_or_too_late_is_lost(
    researcher: Person, fence: int, minutes: int
) -> None:
    task = ReviewTaskFactory()
    lease_task(task_id=task.pk, actor=researcher.as_actor(), now=NOW)

    with pytest.raises(LostLease, match="What you typed is kept"):
        require_lease(
            task_id=task.pk,
            fence=fence,
            actor=researcher.as_actor(),
            now=NOW + timedelta(minutes=minutes),
        )


def test_number_alone_opens_nothing_for_another_person(researcher: Person) -> None:
    task = ReviewTaskFactory()
    lease_task(task_id=task.pk, actor=researcher.as_actor(), now=NOW)

    with pytest.raises(LostLease):
        require_lease(task_id=task.pk, fence=1, actor=PersonFactory().as_actor(), now=NOW)


def test_released_task_waits_again_at_its_old_place(researcher: Person) -> None:
    task = ReviewTaskFactory(queued_at=NOW - timedelta(days=3))
    lease_task(task_id=task.pk, actor=researcher.as_actor(), now=NOW)

    release_task(task_id=task.pk, fence=1, actor=researcher.as_actor(), now=NOW)

    task.refresh_from_db()
    assert (task.state, task.holder, task.held_until) == (TaskState.QUEUED, None, None)
    assert task.queued_at == NOW - timedelta(days=3)


def test_next_task_is_the_one_that_waits_longest(researcher: Person) -> None:
    ReviewTaskFactory(queued_at=NOW - timedelta(hours=1))
    oldest = ReviewTaskFactory(queued_at=NOW - timedelta(hours=9))

    assert lease_next(actor=researcher.as_actor(), now=NOW) == oldest


def test_next_task_may_be_one_whose_hold_ran_out_unswept(researcher: Person) -> None:
    task = ReviewTaskFactory()
    lease_task(task_id=task.pk, actor=PersonFactory().as_actor(), now=NOW)

    taken = lease_next(actor=researcher.as_actor(), now=LATER)

    assert taken is not None
    assert (taken.pk, taken.holder_id, taken.fence) == (task.pk, researcher.pk, 2)


def test_nothing_waits_when_all_are_held(researcher: Person) -> None:
    task = ReviewTaskFactory()
    lease_task(task_id=task.pk, actor=PersonFactory().as_actor(), now=NOW)

    assert lease_next(actor=researcher.as_actor(), now=NOW) is None


def test_sweep_puts_back_what_ran_out_and_nothing_else(researcher: Person) -> None:
    out, running = ReviewTaskFactory(), ReviewTaskFactory()
    lease_task(task_id=out.pk, actor=researcher.as_actor(), now=NOW - LEASE_LASTS)
    lease_task(task_id=running.pk, actor=researcher.as_actor(), now=NOW)

    assert expire_leases(now=NOW) == 1
    assert expire_leases(now=NOW) == 0

    states = dict(ReviewTask.objects.values_list("pk", "state"))
    assert states == {out.pk: TaskState.QUEUED, running.pk: TaskState.LEASED}
    assert AuditEvent.objects.filter(action="task.expire", actor_alias="sweep").count() == 1


def test_sweep_stops_at_its_limit() -> None:
    actor = PersonFactory().as_actor()
    for task in [ReviewTaskFactory() for _ in range(3)]:
        lease_task(task_id=task.pk, actor=actor, now=NOW)

    assert expire_leases(now=LATER, limit=2) == 2


@pytest.mark.parametrize("role", [Role.VIEWER, Role.ADMINISTRATOR])
def test_who_decides_no_claims_takes_no_task(role: Role) -> None:
    task = ReviewTaskFactory()
    actor = PersonFactory(role=role.value).as_actor()

    with pytest.raises(NotAllowed):
        lease_task(task_id=task.pk, actor=actor, now=NOW)
    with pytest.raises(NotAllowed):
        lease_next(actor=actor, now=NOW)


def test_machine_takes_no_task() -> None:
    with pytest.raises(NotAllowed):
        lease_next(actor=machine("worker"), now=NOW)


def test_unknown_task_is_not_found(researcher: Person) -> None:
    with pytest.raises(NotFound):
        lease_task(task_id=0, actor=researcher.as_actor(), now=NOW)
