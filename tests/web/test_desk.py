"""The desk: one button, what is mine, what came back, what I may review."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from tests.factories import ClaimFactory, IncidentFactory, ReviewTaskFactory
from tracker.incidents.choices import ContributionKind, IncidentStatus
from tracker.incidents.models import Contribution, Incident
from tracker.verification.choices import TaskState

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from tracker.accounts.models import Person

    SignedIn = Callable[[Person], Client]


def _in_review(by: Person, **fields: Any) -> Incident:
    incident: Incident = IncidentFactory(created_by=by, **fields)
    Contribution.objects.create(
        incident=incident,
        person=by,
        kind=ContributionKind.DETAILS,
        after_version=0,
        at=timezone.now(),
    )
    incident.status = IncidentStatus.IN_REVIEW
    incident.submitted_by = by
    incident.submitted_at = timezone.now()
    incident.save()
    return incident


def _hold(by: Person, until: datetime) -> None:
    task = ReviewTaskFactory()
    ClaimFactory(article=task.article)
    task.state = TaskState.LEASED
    task.holder = by
    task.held_until = until
    task.fence = 1
    task.save()


def test_button_takes_the_next_one_when_something_waits(
    researcher: Person, signed_in: SignedIn
) -> None:
    ReviewTaskFactory()

    page = signed_in(researcher).get("/").content.decode()

    assert "Take the next article" in page
    assert 'action="/queue/next/"' in page
    assert "1 article waits for a person." in page


def test_empty_queue_says_so(researcher: Person, signed_in: SignedIn) -> None:
    page = signed_in(researcher).get("/").content.decode()

    assert "Nothing waits." in page
    assert "Take the next article" not in page


def test_held_task_comes_before_a_new_one(
    researcher: Person, reviewer: Person, signed_in: SignedIn
) -> None:
    ReviewTaskFactory()
    _hold(researcher, timezone.now() + timedelta(minutes=12))
    _hold(reviewer, timezone.now() + timedelta(minutes=12))

    page = signed_in(researcher).get("/")

    assert "Go on with this task" in page.content.decode()
    assert "Take the next article" not in page.content.decode()
    assert [task.holder_id for task in page.context["held"]] == [researcher.pk]
    assert (page.context["held"][0].open_claims, page.context["held"][0].all_claims) == (1, 1)


def test_hold_that_ran_out_is_not_offered(researcher: Person, signed_in: SignedIn) -> None:
    _hold(researcher, timezone.now() - timedelta(minutes=1))

    assert signed_in(researcher).get("/").context["held"] == []


def test_returned_incident_comes_back_to_those_who_wrote_it(
    researcher: Person, viewer: Person, reviewer: Person, signed_in: SignedIn
) -> None:
    incident = _in_review(researcher, title="Ambush on the Dovrin road")
    incident.status = IncidentStatus.RETURNED
    incident.reviewed_by = reviewer
    incident.return_reason = "Is the mayor quoted twice?"
    incident.save()

    mine = signed_in(researcher).get("/").content.decode()

    assert "Ambush on the Dovrin road" in mine
    assert "Is the mayor quoted twice?" in mine
    assert "Ambush on the Dovrin road" not in signed_in(viewer).get("/").content.decode()


def test_reviewer_sees_only_what_they_had_no_hand_in(
    researcher: Person, reviewer: Person, signed_in: SignedIn
) -> None:
    _in_review(researcher, title="By another")
    _in_review(reviewer, title="By myself")

    assert [i.title for i in signed_in(reviewer).get("/").context["reviewable"]] == ["By another"]
    assert signed_in(researcher).get("/").context["reviewable"] == []


def test_viewer_is_offered_nothing_to_take(viewer: Person, signed_in: SignedIn) -> None:
    ReviewTaskFactory()

    assert "Your next task" not in signed_in(viewer).get("/").content.decode()


def test_desk_costs_the_same_for_many(
    researcher: Person,
    reviewer: Person,
    signed_in: SignedIn,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for _ in range(15):
        _in_review(researcher)
        _hold(reviewer, timezone.now() + timedelta(minutes=12))
    client = signed_in(reviewer)

    with django_assert_max_num_queries(11):
        client.get("/")
