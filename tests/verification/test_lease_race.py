"""Many people reach for tasks at once: each task goes to one of them."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from threading import Barrier
from typing import TYPE_CHECKING

import pytest
from django.db import connection

from tests.at_once import at_once
from tests.conftest import NOW
from tests.factories import PersonFactory, ReviewTaskFactory
from tracker.verification.models import ReviewTask
from tracker.verification.services.leases import (
    LEASE_LASTS,
    UnableToLease,
    lease_next,
    lease_task,
)

if TYPE_CHECKING:
    from tracker.core.actor import Actor

pytestmark = pytest.mark.django_db(transaction=True)

PEOPLE, TASKS = 8, 40


def test_next_never_gives_a_task_twice() -> None:
    for n in range(TASKS):
        ReviewTaskFactory(queued_at=NOW + timedelta(seconds=n))
    together = Barrier(PEOPLE)

    def take_all(actor: Actor) -> list[int]:
        taken = []
        together.wait(timeout=30)
        try:
            while (task := lease_next(actor=actor, now=NOW)) is not None:
                taken.append(task.pk)
        finally:
            connection.close()
        return taken

    actors = [PersonFactory().as_actor() for _ in range(PEOPLE)]
    with ThreadPoolExecutor(PEOPLE) as threads:
        taken = [pk for tasks in threads.map(take_all, actors) for pk in tasks]

    assert sorted(taken) == sorted(ReviewTask.objects.values_list("pk", flat=True))
    assert set(ReviewTask.objects.values_list("fence", flat=True)) == {1}


def test_one_task_goes_to_one_of_those_who_ask_for_it() -> None:
    task = ReviewTaskFactory()
    actors = [PersonFactory().as_actor() for _ in range(PEOPLE)]

    told = at_once(
        *(partial(lease_task, task_id=task.pk, actor=actor, now=NOW) for actor in actors)
    )

    assert sorted(told) == ["", *[UnableToLease.code] * (PEOPLE - 1)]
    task.refresh_from_db()
    assert task.fence == 1
    assert task.holder_id == actors[told.index("")].id
    assert task.held_until == NOW + LEASE_LASTS
