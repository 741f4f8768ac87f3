"""Whatever people and the sweep do in whatever order, a task behaves like its plain model."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from tests.conftest import NOW
from tests.factories import PersonFactory, ReviewTaskFactory
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
from tracker.verification.services.tasks import UnableToClose, finish_task, reopen_task

if TYPE_CHECKING:
    from collections.abc import Callable

    from tracker.core.actor import Actor

pytestmark = pytest.mark.django_db

PEOPLE = st.integers(0, 2)


class TaskLife(RuleBasedStateMachine):
    """The model: who holds the task until when, under which number, and whether it is done."""

    @initialize()
    def begin(self) -> None:
        self.now: datetime = NOW
        self.task = ReviewTaskFactory()
        self.actors: list[Actor] = [PersonFactory().as_actor() for _ in range(3)]
        self.coordinator = PersonFactory(role="COORDINATOR").as_actor()
        self.holder: int | None = None
        self.until: datetime | None = None
        self.fence = 0
        self.is_done = False

    @property
    def is_held(self) -> bool:
        return self.until is not None and self.until > self.now

    def _is_theirs(self, who: int, fence: int) -> bool:
        return self.holder == who and self.is_held and fence == self.fence

    def _taken_by(self, who: int) -> None:
        self.holder, self.until, self.fence = who, self.now + LEASE_LASTS, self.fence + 1

    def _free(self) -> None:
        self.holder = self.until = None

    @rule(minutes=st.sampled_from([1, 7, 19, 20, 45]))
    def time_passes(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    @rule(who=PEOPLE)
    def take(self, who: int) -> None:
        if self.is_done or (self.is_held and self.holder != who):
            with pytest.raises(UnableToLease):
                lease_task(task_id=self.task.pk, actor=self.actors[who], now=self.now)
            return
        task = lease_task(task_id=self.task.pk, actor=self.actors[who], now=self.now)
        if self.is_held:
            self.until = self.now + LEASE_LASTS
        else:
            self._taken_by(who)
        assert task.fence == self.fence

    @rule(who=PEOPLE)
    def take_next(self, who: int) -> None:
        task = lease_next(actor=self.actors[who], now=self.now)
        if self.is_done or self.is_held:
            assert task is None
        else:
            assert task is not None
            self._taken_by(who)

    @rule(who=PEOPLE, back=st.integers(0, 1))
    def write(self, who: int, back: int) -> None:
        fence = self.fence - back
        if self._try(who, fence, require_lease):
            self.until = self.now + LEASE_LASTS

    @rule(who=PEOPLE, back=st.integers(0, 1))
    def release(self, who: int, back: int) -> None:
        if self._try(who, self.fence - back, release_task):
            self._free()

    @rule(who=PEOPLE)
    def finish(self, who: int) -> None:
        if self._try(who, self.fence, finish_task):
            self._free()
            self.is_done = True

    @rule()
    def reopen(self) -> None:
        if not self.is_done:
            with pytest.raises(UnableToClose):
                self._reopen()
            return
        self._reopen()
        self.is_done = False

    @rule()
    def sweep(self) -> None:
        ran_out = self.holder is not None and not self.is_held
        assert expire_leases(now=self.now) == int(ran_out)
        if ran_out:
            self._free()

    @invariant()
    def the_row_says_the_same(self) -> None:
        self.task.refresh_from_db()
        holder = None if self.holder is None else self.actors[self.holder].id
        assert (self.task.holder_id, self.task.held_until) == (holder, self.until)
        assert self.task.fence == self.fence
        held = TaskState.LEASED if holder else TaskState.QUEUED
        assert self.task.state == (TaskState.CODED if self.is_done else held)

    def _try(self, who: int, fence: int, act: Callable[..., ReviewTask]) -> bool:
        wanted = {"task_id": self.task.pk, "fence": fence, "actor": self.actors[who]}
        if self._is_theirs(who, fence):
            act(**wanted, now=self.now)
            return True
        with pytest.raises(LostLease):
            act(**wanted, now=self.now)
        return False

    def _reopen(self) -> None:
        reopen_task(
            task_id=self.task.pk, actor=self.coordinator, now=self.now, reason="Read it again."
        )

    def teardown(self) -> None:
        if hasattr(self, "task"):
            self._put_away()

    def _put_away(self) -> None:
        """The next run finds no task that waits."""
        task = ReviewTask.objects.get(pk=self.task.pk)
        far = self.now + timedelta(days=365)
        if task.state in {TaskState.QUEUED, TaskState.LEASED}:
            taken = lease_task(task_id=task.pk, actor=self.actors[0], now=far)
            finish_task(task_id=task.pk, fence=taken.fence, actor=self.actors[0], now=far)


def test_task_behaves_like_its_model() -> None:
    run_state_machine_as_test(
        TaskLife,
        settings=settings(
            max_examples=50,
            stateful_step_count=12,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow],
        ),
    )
