"""Filters of the queue: what they let through, and who keeps, shares and drops them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tests.conftest import NOW
from tests.factories import ArticleFactory, PersonFactory, ReviewTaskFactory, SourceFactory
from tracker.audit.models import AuditEvent
from tracker.core.errors import InvalidInput, NotAllowed, NotFound
from tracker.verification.models import QueueDefault, QueueFilter, ReviewTask
from tracker.verification.selectors.queue_filters import (
    Criteria,
    condition_of,
    criteria_of,
    find_default,
    find_filter,
    list_filters,
)
from tracker.verification.selectors.talk import About
from tracker.verification.services.assign import assign
from tracker.verification.services.leases import lease_next
from tracker.verification.services.queue_filters import (
    MOST_FILTERS,
    choose_default,
    drop_filter,
    keep_filter,
)

if TYPE_CHECKING:
    from tracker.accounts.models import Person

pytestmark = pytest.mark.django_db


def _task(title: str, *, days: int = 0, relevance: int | None = 50, **article: Any) -> ReviewTask:
    task: ReviewTask = ReviewTaskFactory(
        article=ArticleFactory(title=title, **article),
        queued_at=NOW - timedelta(days=days),
        relevance=relevance,
    )
    return task


def _keep(person: Person, name: str = "Arabic radio", **over: Any) -> QueueFilter:
    wanted: dict[str, Any] = {"criteria": Criteria(language="ar"), "is_shared": False} | over
    return keep_filter(name=name, actor=person.as_actor(), now=NOW, **wanted)


@pytest.mark.parametrize(
    ("criteria", "titles"),
    [
        (Criteria(), {"market struck", "غارة", "old ferry", "no language"}),
        (Criteria(language="ar"), {"غارة"}),
        (Criteria(language="und"), {"no language"}),
        (Criteria(min_days=3), {"old ferry"}),
        (Criteria(min_relevance=60), {"غارة", "no language"}),
        (Criteria(words="STRUCK market"), {"market struck"}),
        (Criteria(words="struck ferry"), set()),
        (Criteria(assigned="ME"), {"market struck"}),
        (Criteria(assigned="SOMEBODY"), {"market struck", "old ferry"}),
        (Criteria(assigned="NOBODY"), {"غارة", "no language"}),
        (Criteria(assigned="NOBODY", language="ar", min_relevance=90), {"غارة"}),
    ],
)
def test_filter_lets_through_what_it_names(
    criteria: Criteria, titles: set[str], researcher: Person, coordinator: Person
) -> None:
    mine, theirs = _task("market struck"), _task("old ferry", days=4)
    _task("غارة", language="ar", relevance=95)
    _task("no language", language="", relevance=None)
    for task, person in ((mine, researcher), (theirs, coordinator)):
        about = About(task_id=task.pk)
        assign(about=about, person_id=person.pk, actor=coordinator.as_actor(), now=NOW)

    passes = condition_of(criteria, viewer=researcher.as_actor(), now=NOW)

    found = ReviewTask.objects.filter(passes).values_list("article__title", flat=True)
    assert sorted(found) == sorted(titles)


def test_next_task_is_taken_from_what_the_filter_shows(researcher: Person) -> None:
    outlet = SourceFactory()
    _task("likelier", relevance=99)
    wanted = _task("of this outlet", relevance=5, outlet=outlet)
    actor = researcher.as_actor()
    passes = condition_of(Criteria(outlet_id=outlet.pk), viewer=actor, now=NOW)

    assert lease_next(actor=actor, now=NOW, wanted=passes) == wanted
    assert lease_next(actor=actor, now=NOW, wanted=passes) is None


def test_filter_is_kept_and_one_of_the_same_name_gives_way(researcher: Person) -> None:
    criteria = Criteria(
        shelf="CODED", outlet_id=SourceFactory().pk, min_days=2, min_relevance=60, words="ferry"
    )

    kept = _keep(researcher, criteria=criteria)
    again = _keep(researcher, "  ARABIC  radio ")

    assert criteria_of(QueueFilter.objects.get()) == Criteria(language="ar")
    assert (again.pk, again.name) == (kept.pk, "ARABIC radio")
    told = AuditEvent.objects.filter(action="filter.keep").earliest("id").changes
    assert (told["min_days"], told["fields"]) == (2, ["words"])
    assert "ferry" not in repr(told)


def test_filters_are_ones_own_unless_a_coordinator_shares_them(
    researcher: Person, reviewer: Person, coordinator: Person
) -> None:
    own = _keep(researcher)
    with pytest.raises(NotAllowed, match="Only a coordinator shares"):
        _keep(reviewer, is_shared=True)
    shared = _keep(coordinator, "For all", is_shared=True)

    assert list(list_filters(viewer=reviewer.as_actor())) == [shared]
    assert list(list_filters(viewer=researcher.as_actor())) == [own, shared]
    assert find_filter(own.pk, viewer=reviewer.as_actor()) is None


@pytest.mark.parametrize(
    ("over", "sentence"),
    [
        ({"name": "  "}, "Give the filter a name"),
        ({"name": "x" * 61}, "at most 60 characters"),
        ({"criteria": Criteria(min_relevance=101)}, "filter_relevance_is_per_cent"),
        ({"criteria": Criteria(shelf="LOST")}, "not a valid choice"),
    ],
)
def test_filter_that_can_not_be_is_refused(
    researcher: Person, over: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(InvalidInput, match=sentence):
        _keep(researcher, **over)


def test_nobody_keeps_more_filters_than_can_be_overlooked(researcher: Person) -> None:
    for number in range(MOST_FILTERS):
        _keep(researcher, f"Filter {number}")

    with pytest.raises(InvalidInput, match="drop one first"):
        _keep(researcher, "One more")
    _keep(researcher, "Filter 7")


def test_default_opens_the_queue_until_it_is_gone(
    researcher: Person, reviewer: Person, coordinator: Person
) -> None:
    own, shared = _keep(researcher), _keep(coordinator, "For all", is_shared=True)
    actor = researcher.as_actor()

    choose_default(filter_id=own.pk, actor=actor, now=NOW)
    choose_default(filter_id=shared.pk, actor=actor, now=NOW)

    assert find_default(viewer=actor) == shared
    with pytest.raises(NotFound, match="somebody else's"):
        choose_default(filter_id=own.pk, actor=reviewer.as_actor(), now=NOW)
    _keep(coordinator, "For all")
    assert find_default(viewer=actor) is None
    choose_default(filter_id=None, actor=actor, now=NOW)
    assert not QueueDefault.objects.exists()


def test_filter_is_dropped_by_its_owner_or_a_coordinator(
    researcher: Person, reviewer: Person, coordinator: Person
) -> None:
    own, shared = _keep(researcher), _keep(coordinator, "For all", is_shared=True)
    choose_default(filter_id=shared.pk, actor=researcher.as_actor(), now=NOW)
    other = PersonFactory(role="COORDINATOR")
    with pytest.raises(NotAllowed, match="Only its owner"):
        drop_filter(filter_id=shared.pk, actor=researcher.as_actor(), now=NOW)
    with pytest.raises(NotFound):
        drop_filter(filter_id=own.pk, actor=reviewer.as_actor(), now=NOW)

    drop_filter(filter_id=shared.pk, actor=other.as_actor(), now=NOW)
    drop_filter(filter_id=own.pk, actor=researcher.as_actor(), now=NOW)

    assert not QueueFilter.objects.exists()
    assert find_default(viewer=researcher.as_actor()) is None
    assert AuditEvent.objects.filter(action="filter.drop").count() == 2
