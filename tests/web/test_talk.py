"""Comments and assignments on their pages, and what they bring to the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from tests.factories import ArticleFactory, IncidentFactory, ReviewTaskFactory
from tests.incidents.restructured import merged
from tests.verification.coded import drawn
from tests.web.incident_forms import url_of
from tracker.verification.models import Assignment, Comment, CommentText, Mention, ReviewTask
from tracker.verification.services.second_coding import take_coding

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from tracker.accounts.models import Person

    SignIn = Callable[[Person], Client]

pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting(db: None) -> ReviewTask:
    """A task that waits."""
    task: ReviewTask = ReviewTaskFactory(article=ArticleFactory(title="Market struck"))
    return task


def _talk(task: ReviewTask) -> str:
    return reverse("task_talk", args=[task.pk])


def _send(client: Client, url: str, what: str, **fields: str) -> Any:
    return client.post(url, {"what": what} | fields)


def test_comment_on_a_task_reaches_the_desk_of_whom_it_names(
    waiting: ReviewTask, researcher: Person, reviewer: Person, signed_in: SignIn
) -> None:
    client, url = signed_in(researcher), _talk(waiting)
    assert "Nobody has said anything yet." in client.get(url).content.decode()

    text = f"<b>A copy?</b> @{reviewer.alias}"
    assert _send(client, url, "comment", text=text).url == url

    html = client.get(url).content.decode()
    assert "&lt;b&gt;A copy?&lt;/b&gt;" in html
    bench = client.get(reverse("task", args=[waiting.pk])).content.decode()
    assert f'<a href="{url}">Comments <span class="t-n">1</span></a>' in bench
    assert "What concerns you" not in client.get("/").content.decode()
    desk = signed_in(reviewer).get("/").content.decode()
    for words in ("What concerns you", "1 not read", researcher.alias, "A copy?", "Market struck"):
        assert words in desk
    assert f"{url}#comment-{Comment.objects.get().pk}" in desk


def test_line_of_the_desk_is_marked_read_and_unread(
    waiting: ReviewTask, researcher: Person, reviewer: Person, signed_in: SignIn
) -> None:
    _send(signed_in(researcher), _talk(waiting), "comment", text=f"@{reviewer.alias}")
    client, mention = signed_in(reviewer), Mention.objects.get()
    mark = reverse("concern_mark", args=["mention", mention.pk])

    assert client.post(mark, {"do": "read"}).status_code == 302
    assert "0 not read" in client.get("/").content.decode()
    assert client.post(mark, {"do": "unread"}).status_code == 302
    assert "1 not read" in client.get("/").content.decode()

    assert signed_in(researcher).post(mark, {"do": "read"}).status_code == 404
    assert client.post(reverse("concern_mark", args=["other", 1])).status_code == 404


def test_unknown_name_is_refused_and_the_words_stay(
    waiting: ReviewTask, researcher: Person, signed_in: SignIn
) -> None:
    client, url = signed_in(researcher), _talk(waiting)

    refused = _send(client, url, "comment", text="Look, @Nobody-here")

    html = refused.content.decode()
    assert refused.status_code == 409
    assert "Nobody here is called Nobody-here" in html
    assert "Look, @Nobody-here</textarea>" in html
    assert _send(client, url, "comment", text=" ").status_code == 400
    assert _send(client, url, "dance").status_code == 400
    assert not Comment.objects.exists()


def test_comment_is_withdrawn_by_its_author_and_shredded_by_a_coordinator(
    researcher: Person, coordinator: Person, signed_in: SignIn
) -> None:
    incident = IncidentFactory()
    url = reverse("incident_talk", args=[str(incident)])
    client, overseer = signed_in(researcher), signed_in(coordinator)
    _send(client, url, "comment", text="Secret words.")
    number = str(Comment.objects.get().pk)
    assert f"{url}" in client.get(url_of(incident)).content.decode()
    refused = _send(overseer, url, "withdraw", comment=number)
    assert refused.status_code == 403
    assert _send(client, url, "withdraw", comment=number).url == url
    html = client.get(url).content.decode()
    assert "Secret words." not in html
    assert "Withdrawn by its author." in html
    assert "Shred the words" not in html
    assert _send(client, url, "withdraw", comment=number).status_code == 409

    assert "Why they must go" in overseer.get(url, {"shred": number}).content.decode()
    assert _send(overseer, url, "shred", comment=number, reason="").status_code == 400
    assert _send(client, url, "shred", comment=number, reason="A name.").status_code == 403
    assert _send(overseer, url, "shred", comment=number, reason="A name.").url == url
    assert not CommentText.objects.exists()
    assert "were shredded" in client.get(url).content.decode()


def test_who_only_reads_reads_along(
    waiting: ReviewTask, researcher: Person, viewer: Person, signed_in: SignIn
) -> None:
    _send(signed_in(researcher), _talk(waiting), "comment", text="Look.")

    html = signed_in(viewer).get(_talk(waiting)).content.decode()

    assert "Look." in html
    assert "Say something" not in html
    assert "I look after it" not in html
    assert _send(signed_in(viewer), _talk(waiting), "comment", text="x").status_code == 403
    assert _send(signed_in(viewer), _talk(waiting), "take").status_code == 403


def test_task_is_given_taken_and_let_go(
    waiting: ReviewTask,
    researcher: Person,
    reviewer: Person,
    coordinator: Person,
    signed_in: SignIn,
) -> None:
    url, overseer = _talk(waiting), signed_in(coordinator)

    assert _send(overseer, url, "assign", person=str(researcher.pk)).url == url
    desk = signed_in(researcher).get("/").content.decode()
    assert "gave you:" in desk
    assert reverse("task", args=[waiting.pk]) in desk
    mine = reverse("concern_mark", args=["assignment", Assignment.objects.get().pk])
    assert signed_in(researcher).post(mine).status_code == 302
    bench = signed_in(reviewer).get(reverse("task", args=[waiting.pk])).content.decode()
    assert f"<bdi>{researcher.alias}</bdi> looks after it" in bench
    taken = _send(signed_in(reviewer), url, "take")
    assert taken.status_code == 409
    assert "ask them or a coordinator" in taken.content.decode()
    assert _send(signed_in(researcher), url, "end").url == url
    assert _send(signed_in(reviewer), url, "take").url == url
    wrong = _send(overseer, url, "assign", person="0")
    assert wrong.status_code == 400


def test_comments_of_a_merged_incident_stay_where_they_were(
    researcher: Person, reviewer: Person, signed_in: SignIn
) -> None:
    one, two = IncidentFactory(), IncidentFactory()
    url = reverse("incident_talk", args=[str(one)])
    _send(signed_in(researcher), url, "comment", text="Before.")
    merged(one, two, reviewer)

    assert url in signed_in(researcher).get(url_of(one)).content.decode()
    assert "Before." in signed_in(researcher).get(url).content.decode()


def test_comments_are_closed_to_who_codes_the_task_blind(
    researcher: Person, reviewer: Person, signed_in: SignIn
) -> None:
    coding = drawn(researcher)
    url = _talk(coding.task)
    _send(signed_in(researcher), url, "comment", text=f"Eight it is, @{reviewer.alias}")
    take_coding(coding_id=coding.pk, actor=reviewer.as_actor(), now=coding.drawn_at)

    client = signed_in(reviewer)

    assert client.get(url).status_code == 403
    assert "Eight it is" not in client.get("/").content.decode()


def test_comments_ask_as_often_for_nine_as_for_three(
    waiting: ReviewTask,
    researcher: Person,
    reviewer: Person,
    signed_in: SignIn,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    client, url = signed_in(researcher), _talk(waiting)
    for many in (3, 6):
        for _ in range(many):
            _send(client, url, "comment", text=f"@{reviewer.alias} look")
        with django_assert_max_num_queries(15):
            assert client.get(url).status_code == 200
