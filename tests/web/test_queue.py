"""The queue: what waits, how long, who has it; taking the next one."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories import ArticleFactory, ClaimFactory, ReviewTaskFactory, SourceFactory
from tracker.incidents.choices import Outcome, Polarity
from tracker.sources.choices import LineageKind
from tracker.sources.models import Story
from tracker.verification.choices import TaskState
from tracker.verification.models import ReviewTask
from tracker.verification.services.leases import lease_task
from tracker.verification.services.tasks import mark_irrelevant
from tracker.web.selectors.queue import PAGE

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from tracker.accounts.models import Person

    SignIn = Callable[[Person], Client]

pytestmark = pytest.mark.django_db

QUEUE = "/queue/"


def test_waiting_articles_with_what_they_seem_to_say(viewer: Person, signed_in: SignIn) -> None:
    story = Story.objects.create(made_at=timezone.now())
    origin = ArticleFactory(outlet=SourceFactory(name="Meridian Wire"), story=story)
    article = ArticleFactory(
        title="Strike on houses",
        outlet=SourceFactory(name="Coast Herald"),
        origin=origin,
        overlap=0.9,
        lineage_kind=LineageKind.EDITED_COPY,
        story=story,
    )
    ClaimFactory(article=article, minimum=18, maximum=18)
    ClaimFactory(article=article, minimum=2, outcome=Outcome.INJURED)
    ClaimFactory(article=article, minimum=0, maximum=0, polarity=Polarity.ASSERTS_NO_HARM)
    ReviewTaskFactory(article=article, queued_at=timezone.now() - timedelta(hours=6, minutes=5))
    html = signed_in(viewer).get(QUEUE).content.decode()
    assert "1 article waits for a person." in html
    assert "The oldest has waited 6 h." in html
    for words in ("Strike on houses", "Coast Herald", "18 killed", "2+ injured", "English"):
        assert words in html
    assert "says none killed" in html
    assert "copy of <bdi>Meridian Wire</bdi>" in html
    assert "1 copy" in html
    assert "Take the next task" not in html
    assert "task_take" not in html


def _order(client: Client, **asked: str) -> list[str]:
    html = client.get(QUEUE, asked).content.decode()
    return sorted(("first", "second", "third"), key=lambda title: html.index(f"{title} article"))


def test_likeliest_first_with_its_reasons_or_the_longest_waiting(
    viewer: Person, signed_in: SignIn
) -> None:
    now = timezone.now()
    for title, relevance, hours in (("first", 12, 3), ("second", 97, 1), ("third", None, 2)):
        ReviewTaskFactory(
            article=ArticleFactory(title=f"{title} article"),
            queued_at=now - timedelta(hours=hours),
            relevance=relevance,
            relevance_reasons=["civilians reported killed"] if relevance else [],
        )
    client = signed_in(viewer)
    assert _order(client) == ["third", "second", "first"]
    assert _order(client, order="longest") == ["first", "third", "second"]
    html = client.get(QUEUE).content.decode()
    assert "97 of 100" in html
    assert "civilians reported killed" in html


@pytest.mark.parametrize("order", ["likeliest", "longest"])
def test_pages_of_either_order_hold_each_task_once(
    order: str, viewer: Person, signed_in: SignIn
) -> None:
    now = timezone.now()
    for n in range(PAGE + 7):
        ReviewTaskFactory(
            article=ArticleFactory(title=f"article {n:03}"),
            queued_at=now - timedelta(minutes=n // 3),
            relevance=n % 5 * 20,
        )
    client = signed_in(viewer)
    first = client.get(QUEUE, {"order": order}).context
    after = first["next_after"]
    second = client.get(QUEUE, {"order": order, "after": after}).context
    titles = [row.title for row in (*first["rows"], *second["rows"])]
    assert len(titles) == PAGE + 7
    assert len(set(titles)) == PAGE + 7


def test_task_in_hand_names_its_holder_and_is_not_offered(
    researcher: Person, reviewer: Person, signed_in: SignIn
) -> None:
    task = ReviewTaskFactory()
    lease_task(task_id=task.pk, actor=researcher.as_actor(), now=timezone.now())
    take = reverse("task_take", args=[task.pk])
    theirs = signed_in(reviewer).get(QUEUE, {"state": "LEASED"}).content.decode()
    assert f"<bdi>{researcher.alias}</bdi>, 19 min left" in theirs
    assert take not in theirs
    mine = signed_in(researcher).get(QUEUE, {"state": "LEASED"}).content.decode()
    assert "Yours for 19 more min" in mine
    assert take in mine


def test_hold_that_ran_out_is_nobodys(
    researcher: Person, reviewer: Person, signed_in: SignIn
) -> None:
    task = ReviewTaskFactory()
    lease_task(
        task_id=task.pk, actor=researcher.as_actor(), now=timezone.now() - timedelta(minutes=25)
    )
    html = signed_in(reviewer).get(QUEUE, {"state": "LEASED"}).content.decode()
    assert researcher.alias not in html
    assert reverse("task_take", args=[task.pk]) in html


def test_next_is_the_one_that_waits_longest(researcher: Person, signed_in: SignIn) -> None:
    now = timezone.now()
    ReviewTaskFactory(queued_at=now)
    oldest = ReviewTaskFactory(queued_at=now - timedelta(days=2))
    client = signed_in(researcher)
    assert client.get(reverse("queue_next")).status_code == 405
    taken = client.post(reverse("queue_next"))
    assert taken.headers["Location"] == reverse("task", args=[oldest.pk])
    oldest.refresh_from_db()
    assert oldest.holder == researcher


def test_next_of_nothing_says_so(researcher: Person, signed_in: SignIn) -> None:
    response = signed_in(researcher).post(reverse("queue_next"), follow=True)
    assert "Nothing waits just now." in response.content.decode()


def test_who_only_reads_takes_nothing(viewer: Person, signed_in: SignIn) -> None:
    ReviewTaskFactory()
    assert signed_in(viewer).post(reverse("queue_next")).status_code == 403
    assert ReviewTask.objects.get().state == TaskState.QUEUED


def test_closed_tasks_have_their_tab_and_their_decider(
    researcher: Person, signed_in: SignIn
) -> None:
    task = ReviewTaskFactory()
    now = timezone.now()
    task = lease_task(task_id=task.pk, actor=researcher.as_actor(), now=now)
    mark_irrelevant(
        task_id=task.pk, fence=task.fence, actor=researcher.as_actor(), now=now, reason="Weather."
    )
    client = signed_in(researcher)
    assert "No task in this state" in client.get(QUEUE).content.decode()
    html = client.get(QUEUE, {"state": "IRRELEVANT"}).content.decode()
    assert researcher.alias in html
    assert reverse("task_take", args=[task.pk]) not in html


def test_pages_follow_each_other_without_gap_or_repeat(viewer: Person, signed_in: SignIn) -> None:
    at = timezone.now()
    tasks = [ReviewTaskFactory(queued_at=at) for _ in range(PAGE + 3)]
    client = signed_in(viewer)
    seen: list[int] = []
    after = ""
    for _ in range(2):
        response = client.get(QUEUE, {"after": after})
        seen += [row.task_id for row in response.context["rows"]]
        after = response.context["next_after"]
    assert seen == [task.pk for task in tasks]
    assert after == ""


@pytest.mark.parametrize("after", ["x", "20261120T120000000000-", "99-99", "1" * 400, "-1"])
def test_nonsense_in_the_address_is_the_first_page(
    after: str, viewer: Person, signed_in: SignIn
) -> None:
    ReviewTaskFactory()
    response = signed_in(viewer).get(QUEUE, {"after": after, "state": "<script>"})
    assert response.status_code == 200
    assert len(response.context["rows"]) == 1


def test_queue_asks_as_often_for_fifty_as_for_two(
    viewer: Person,
    signed_in: SignIn,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    client = signed_in(viewer)
    for many in (2, 48):
        for _ in range(many):
            article = ArticleFactory(story=Story.objects.create(made_at=timezone.now()))
            ClaimFactory(article=article)
            ReviewTaskFactory(article=article)
        with django_assert_max_num_queries(14):
            assert client.get(QUEUE).status_code == 200


def test_later_version_and_material_are_said(viewer: Person, signed_in: SignIn) -> None:
    first = ArticleFactory(title="Ferry hit")
    ReviewTaskFactory(article=ArticleFactory(title="Ferry hit again", previous=first))
    ReviewTaskFactory(article=ArticleFactory(title="Names", material="OFFICIAL_LIST"))

    page = signed_in(viewer).get(QUEUE).content.decode()

    assert f"new version of article {first.pk}, figures or days changed" in page
    assert "list of a hospital, morgue or authority" in page
