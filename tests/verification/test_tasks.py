"""The end of a task: irrelevant, a duplicate, done, or opened again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.conftest import NOW
from tests.factories import ArticleFactory, IncidentFactory, accepted_claim
from tracker.audit.models import AuditEvent
from tracker.core.errors import InvalidInput, NotAllowed, NotFound
from tracker.incidents.choices import Scope
from tracker.verification.choices import TaskState
from tracker.verification.services.decisions import reject_claim
from tracker.verification.services.leases import LostLease, UnableToLease, lease_task
from tracker.verification.services.tasks import (
    UnableToClose,
    finish_task,
    mark_duplicate,
    mark_irrelevant,
    reopen_task,
)

if TYPE_CHECKING:
    from tests.verification.bench import Bench
    from tracker.accounts.models import Person

pytestmark = pytest.mark.django_db


def test_irrelevant_article_is_closed_with_its_reason(bench: Bench) -> None:
    task = mark_irrelevant(reason=" A market report. ", **bench.hold)

    task.refresh_from_db()
    assert (task.state, task.decision_reason) == (TaskState.IRRELEVANT, "A market report.")
    assert (task.decided_by_id, task.decided_at, task.holder) == (bench.actor.id, NOW, None)
    event = AuditEvent.objects.get(action="task.irrelevant")
    assert event.changes == {"state": ["LEASED", "IRRELEVANT"]}


def test_duplicate_names_the_article_to_read(bench: Bench) -> None:
    original = ArticleFactory()

    task = mark_duplicate(
        original_article_id=original.pk, reason="The same dispatch.", **bench.hold
    )

    task.refresh_from_db()
    assert (task.state, task.duplicate_of) == (TaskState.DUPLICATE, original)


def test_duplicate_of_itself_or_of_nothing_is_refused(bench: Bench) -> None:
    with pytest.raises(InvalidInput, match="of itself"):
        mark_duplicate(original_article_id=bench.task.article_id, reason="Same.", **bench.hold)
    with pytest.raises(NotFound, match="no article 0"):
        mark_duplicate(original_article_id=0, reason="Same.", **bench.hold)


def test_article_with_accepted_claims_is_neither_irrelevant_nor_a_duplicate(bench: Bench) -> None:
    accepted_claim(by=bench_person(bench), article=bench.task.article)

    with pytest.raises(UnableToClose, match="were accepted"):
        mark_irrelevant(reason="No harm.", **bench.hold)
    with pytest.raises(UnableToClose, match="were accepted"):
        mark_duplicate(original_article_id=ArticleFactory().pk, reason="Same.", **bench.hold)


def test_closing_needs_its_reason(bench: Bench) -> None:
    with pytest.raises(InvalidInput, match="Say why"):
        mark_irrelevant(reason=" ", **bench.hold)
    with pytest.raises(InvalidInput, match="Say why"):
        mark_duplicate(original_article_id=ArticleFactory().pk, reason="", **bench.hold)


def test_task_is_done_when_every_claim_is_decided_and_placed(bench: Bench) -> None:
    incident, person = IncidentFactory(), bench_person(bench)
    accepted_claim(by=person, article=bench.task.article, incident=incident)
    accepted_claim(by=person, article=bench.task.article, scope=Scope.AGGREGATE, start=30)
    accepted_claim(by=person, article=bench.task.article, scope=Scope.BACKGROUND, start=31)
    rejected = bench.claim(start=32)
    reject_claim(claim_id=rejected.pk, expected_revision=1, reason="Misread.", **bench.hold)

    task = finish_task(**bench.hold)

    assert (task.state, task.decided_by_id) == (TaskState.CODED, bench.actor.id)


def test_open_claim_keeps_the_task_open(bench: Bench) -> None:
    bench.claim()

    with pytest.raises(UnableToClose, match="Still open: one claim"):
        finish_task(**bench.hold)


def test_accepted_claim_without_an_incident_keeps_the_task_open(bench: Bench) -> None:
    accepted_claim(by=bench_person(bench), article=bench.task.article)

    with pytest.raises(UnableToClose, match="on no incident yet: one claim"):
        finish_task(**bench.hold)


def test_closed_task_is_not_taken(bench: Bench, reviewer: Person) -> None:
    mark_irrelevant(reason="A market report.", **bench.hold)

    with pytest.raises(UnableToLease, match="irrelevant"):
        lease_task(task_id=bench.task.pk, actor=reviewer.as_actor(), now=NOW)
    with pytest.raises(LostLease):
        finish_task(**bench.hold)


def test_coordinator_opens_a_closed_task_again(bench: Bench, coordinator: Person) -> None:
    mark_duplicate(original_article_id=ArticleFactory().pk, reason="Same.", **bench.hold)

    task = reopen_task(
        task_id=bench.task.pk, actor=coordinator.as_actor(), now=NOW, reason="Another toll."
    )

    task.refresh_from_db()
    assert (task.state, task.decided_by, task.duplicate_of) == (TaskState.QUEUED, None, None)
    assert AuditEvent.objects.get(action="task.reopen").changes == {
        "state": ["DUPLICATE", "QUEUED"]
    }


def test_reopening_needs_role_reason_and_a_closed_task(bench: Bench, coordinator: Person) -> None:
    wanted: dict[str, Any] = {"task_id": bench.task.pk, "now": NOW}
    with pytest.raises(NotAllowed):
        reopen_task(**wanted, actor=bench.actor, reason="Again.")
    with pytest.raises(InvalidInput):
        reopen_task(**wanted, actor=coordinator.as_actor(), reason="")
    with pytest.raises(UnableToClose, match="only a closed one"):
        reopen_task(**wanted, actor=coordinator.as_actor(), reason="Again.")
    with pytest.raises(NotFound):
        reopen_task(task_id=0, now=NOW, actor=coordinator.as_actor(), reason="Again.")


def bench_person(bench: Bench) -> Person:
    """The one who holds the task."""
    assert bench.task.holder is not None
    return bench.task.holder
