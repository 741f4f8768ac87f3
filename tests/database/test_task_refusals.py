"""What a review task may never be, said by the database itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.db.models import F

from tests.conftest import NOW
from tests.factories import ArticleFactory, ReviewTaskFactory
from tracker.verification.choices import TaskState
from tracker.verification.models import Draft, ReviewTask
from tracker.verification.services.leases import LEASE_LASTS

if TYPE_CHECKING:
    from tracker.accounts.models import Person

pytestmark = pytest.mark.django_db


def _refuses(task: ReviewTask, why: str, **values: Any) -> None:
    with pytest.raises(DatabaseError, match=why), transaction.atomic():
        ReviewTask.objects.filter(pk=task.pk).update(**values)


@pytest.fixture
def held(researcher: Person) -> ReviewTask:
    """A task in the researcher's hands."""
    task: ReviewTask = ReviewTaskFactory()
    ReviewTask.objects.filter(pk=task.pk).update(**_hold(researcher))
    return task


def _hold(person: Person) -> dict[str, Any]:
    return {
        "state": TaskState.LEASED,
        "holder": person,
        "held_until": NOW + LEASE_LASTS,
        "fence": F("fence") + 1,
    }


def _closed(person: Person, state: TaskState, **over: Any) -> dict[str, Any]:
    return {
        "state": state,
        "holder": None,
        "held_until": None,
        "decided_by": person,
        "decided_at": NOW,
        **over,
    }


@pytest.mark.parametrize("missing", ["holder", "held_until"])
def test_held_task_has_holder_and_end(researcher: Person, missing: str) -> None:
    _refuses(
        ReviewTaskFactory(), "task_holder_matches_state", **{**_hold(researcher), missing: None}
    )


def test_hold_passes_on_with_a_higher_fence_only(held: ReviewTask, reviewer: Person) -> None:
    _refuses(held, "has a higher fence", holder=reviewer)
    _refuses(held, "fences only rise", fence=0)
    _refuses(ReviewTaskFactory(), "has a higher fence", **{**_hold(reviewer), "fence": 0})
    ReviewTask.objects.filter(pk=held.pk).update(**_hold(reviewer))


def test_waiting_task_has_neither(researcher: Person) -> None:
    _refuses(ReviewTaskFactory(), "task_holder_matches_state", holder=researcher)
    _refuses(ReviewTaskFactory(), "task_holder_matches_state", held_until=NOW)


@pytest.mark.parametrize("state", ["IRRELEVANT", "DUPLICATE", "CODED"])
def test_waiting_task_is_not_closed_unheld(researcher: Person, state: str) -> None:
    values = _closed(researcher, TaskState(state))

    _refuses(ReviewTaskFactory(), "Invalid transition", **values)


@pytest.mark.parametrize("state", ["LEASED", "IRRELEVANT", "DUPLICATE", "CODED"])
def test_task_begins_in_the_queue(researcher: Person, state: str) -> None:
    with pytest.raises(DatabaseError, match="must start as QUEUED"), transaction.atomic():
        ReviewTaskFactory(state=state, holder=researcher, held_until=NOW)


def test_state_is_one_of_the_known(held: ReviewTask) -> None:
    _refuses(held, "task_state_valid|Invalid transition", state="LOST")


@pytest.mark.parametrize("missing", ["decided_by", "decided_at"])
def test_closed_task_says_who_and_when(held: ReviewTask, researcher: Person, missing: str) -> None:
    values = _closed(researcher, TaskState.CODED, **{missing: None})

    _refuses(held, "task_decision_matches_state", **values)


def test_open_task_has_no_decision(researcher: Person) -> None:
    _refuses(
        ReviewTaskFactory(),
        "task_decision_matches_state",
        decided_by=researcher,
        decided_at=NOW,
    )


def test_duplicate_names_its_original_and_nothing_else_does(
    held: ReviewTask, researcher: Person
) -> None:
    _refuses(held, "task_duplicate_names_original", **_closed(researcher, TaskState.DUPLICATE))
    _refuses(
        held,
        "task_duplicate_names_original",
        **_closed(researcher, TaskState.CODED, duplicate_of=ArticleFactory()),
    )


def test_closed_task_goes_back_to_the_queue_only(held: ReviewTask, researcher: Person) -> None:
    ReviewTask.objects.filter(pk=held.pk).update(**_closed(researcher, TaskState.CODED))

    _refuses(held, "Invalid transition", **_hold(researcher), decided_by=None, decided_at=None)
    _refuses(held, "Invalid transition", state=TaskState.IRRELEVANT)


def test_task_is_never_deleted(held: ReviewTask) -> None:
    with pytest.raises(DatabaseError, match="Cannot delete"), transaction.atomic():
        ReviewTask.objects.filter(pk=held.pk)._raw_delete("default")


def test_article_has_one_task(held: ReviewTask) -> None:
    with pytest.raises(IntegrityError, match="article_id"), transaction.atomic():
        ReviewTaskFactory(article=held.article)


def test_person_has_one_draft_of_a_form(researcher: Person) -> None:
    Draft.objects.create(person=researcher, token="one", form="task-1-add", saved_at=NOW)

    with pytest.raises(IntegrityError, match="draft_one_per_form"), transaction.atomic():
        Draft.objects.create(person=researcher, token="two", form="task-1-add", saved_at=NOW)
    with pytest.raises(IntegrityError, match="token"), transaction.atomic():
        Draft.objects.create(token="one", form="task-2-add", saved_at=NOW)


@pytest.mark.parametrize(
    ("why", "values"),
    [
        ("task_waits_for_valid", {"waits_for": "RAIN"}),
        ("task_deferred_has_a_day", {"waits_for": "LATER"}),
        ("task_deferred_has_a_day", {"waits_until": NOW.date()}),
        ("task_set_aside_by_somebody", {"aside_by": None}),
        ("task_set_aside_by_somebody", {"aside_reason": ""}),
        ("task_set_aside_by_somebody", {"waits_for": ""}),
    ],
)
def test_what_is_set_aside_says_for_what_by_whom_and_why(
    researcher: Person, why: str, values: dict[str, Any]
) -> None:
    task = ReviewTaskFactory()
    aside = {"waits_for": "SPLIT", "aside_by": researcher, "aside_reason": "Three incidents."}
    _refuses(task, why, **aside | values)


def test_a_closed_task_waits_for_nothing(researcher: Person, held: ReviewTask) -> None:
    ReviewTask.objects.filter(pk=held.pk).update(
        waits_for="SPLIT", aside_by=researcher, aside_reason="Three incidents."
    )
    closed = _closed(researcher, TaskState.CODED)
    _refuses(held, "task_closed_waits_for_nothing", **closed)
