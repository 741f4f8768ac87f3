"""The filter of the queue in its address, and the filters that people keep."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories import ArticleFactory, ReviewTaskFactory, SourceFactory
from tests.incidents.one_speaker import as_one
from tracker.verification.models import QueueDefault, QueueFilter
from tracker.verification.selectors.queue_filters import Criteria
from tracker.verification.selectors.talk import About
from tracker.verification.services.assign import assign
from tracker.verification.services.queue_filters import keep_filter

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from tracker.accounts.models import Person

    SignIn = Callable[[Person], Client]

pytestmark = pytest.mark.django_db

QUEUE = "/queue/"


def _two(**other: Any) -> tuple[int, int]:
    """A task in English of no outlet, and one in Arabic of Sawt al-Wadi."""
    english = ReviewTaskFactory(article=ArticleFactory(title="Market struck"))
    outlet = SourceFactory(name="Sawt al-Wadi")
    arabic = ReviewTaskFactory(
        article=ArticleFactory(title="غارة على سوق", language="ar", outlet=outlet), relevance=20
    )
    return english.pk, arabic.pk


def _shown(client: Client, **asked: str) -> list[int]:
    response = client.get(QUEUE, asked)
    assert response.status_code == 200
    return [row.task_id for row in response.context["rows"]]


def test_address_filters_and_says_what_is_shown(viewer: Person, signed_in: SignIn) -> None:
    english, arabic = _two()
    client = signed_in(viewer)

    assert _shown(client) == [english, arabic]
    assert _shown(client, language="ar") == [arabic]
    assert _shown(client, source="sawt al-wadi", relevance="10") == [arabic]
    assert _shown(client, source="sawt al-wadi", relevance="30") == []
    assert _shown(client, words="struck", days="0") == [english]
    html = client.get(QUEUE, {"language": "ar", "words": "سوق"}).content.decode()
    assert "Language: Arabic" in html
    assert "Words of the title: سوق" in html
    assert "state=CODED&amp;words=%D8%B3%D9%88%D9%82&amp;language=ar" in html
    empty = client.get(QUEUE, {"words": "nowhere"}).content.decode()
    assert "Show it without the filter" in empty


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"lang": "ar"}, "The queue knows no filter “lang”."),
        ({"language": "tlh"}, "Language: Select a valid choice"),
        ({"source": "Gone Herald"}, "Source: No source has this name (any more)."),
        ({"days": "soon"}, "Enter a whole number"),
        ({"relevance": "101"}, "less than or equal to 100"),
        ({"assigned": "US"}, "Looked after: Select a valid choice"),
        ({"filter": "999999"}, "This filter is not there any more"),
        ({"filter": "mine"}, "This filter is not there any more"),
    ],
)
def test_what_the_queue_does_not_understand_shows_nothing_and_says_so(
    asked: dict[str, str], sentence: str, researcher: Person, signed_in: SignIn
) -> None:
    _two()
    client = signed_in(researcher)

    response = client.get(QUEUE, asked)

    assert response.status_code == 400
    assert sentence in response.content.decode()
    assert response.context["rows"] == []
    if "filter" not in asked:
        taken = client.post(reverse("queue_next"), asked, follow=True)
        assert sentence in taken.content.decode()
        assert taken.redirect_chain == [(QUEUE, 302)]


def test_state_that_there_is_none_of_is_passed_over_with_a_sentence(
    viewer: Person, signed_in: SignIn
) -> None:
    ReviewTaskFactory()

    response = signed_in(viewer).get(QUEUE, {"state": "LOST"})

    assert "There is no such state" in response.content.decode()
    assert len(response.context["rows"]) == 1


def test_next_task_comes_from_the_filter(researcher: Person, signed_in: SignIn) -> None:
    _english, arabic = _two()
    client = signed_in(researcher)
    page = client.get(QUEUE, {"language": "ar"}).content.decode()
    assert '<input type="hidden" name="language" value="ar">' in page

    taken: Any = client.post(reverse("queue_next"), {"language": "ar"})
    again = client.post(reverse("queue_next"), {"language": "ar"}, follow=True)

    assert taken.url == reverse("task", args=[arabic])
    assert "Nothing that passes this filter waits" in again.content.decode()


def test_filter_is_kept_opens_the_queue_and_is_dropped(
    researcher: Person, signed_in: SignIn
) -> None:
    _english, arabic = _two()
    client = signed_in(researcher)
    sent = {"state": "QUEUED", "source": "Sawt al-Wadi", "name": "Radio", "is_default": "on"}

    kept: Any = client.post(reverse("queue_keep"), sent)
    assert kept.url == f"{QUEUE}?state=QUEUED&source=Sawt+al-Wadi"
    opened = client.get(QUEUE, follow=True)
    assert opened.redirect_chain == [(kept.url, 302)]
    assert [row.task_id for row in opened.context["rows"]] == [arabic]
    assert "opens the queue" in opened.content.decode()
    one = QueueFilter.objects.get()
    assert client.get(QUEUE, {"filter": one.pk}).status_code == 302
    act = reverse("queue_filter", args=[one.pk])
    client.post(act, {"do": "no_default"})
    assert client.get(QUEUE).status_code == 200
    client.post(act, {"do": "default"})
    assert QueueDefault.objects.get().filter == one
    assert client.post(act, {"do": "sing"}).status_code == 404
    client.post(act, {"do": "drop"})
    assert client.get(QUEUE).status_code == 200
    assert client.post(act, {"do": "drop"}).status_code == 404


def test_kept_filter_follows_a_source_that_is_renamed(
    researcher: Person, signed_in: SignIn
) -> None:
    _english, arabic = _two()
    client = signed_in(researcher)
    client.post(reverse("queue_keep"), {"source": "Sawt al-Wadi", "name": "Radio"})
    kept = QueueFilter.objects.select_related("outlet").get()
    assert kept.outlet is not None
    kept.outlet.name = "Voice of the Valley"
    kept.outlet.save()

    opened = client.get(QUEUE, {"filter": str(kept.pk)}, follow=True)

    assert [row.task_id for row in opened.context["rows"]] == [arabic]
    old = client.get(QUEUE, {"source": "Sawt al-Wadi"})
    assert "No source has this name (any more)." in old.content.decode()


def test_kept_filter_follows_a_source_that_is_merged(
    researcher: Person, coordinator: Person, signed_in: SignIn
) -> None:
    _english, arabic = _two()
    client = signed_in(researcher)
    client.post(reverse("queue_keep"), {"source": "Sawt al-Wadi", "name": "Radio"})
    kept = QueueFilter.objects.select_related("outlet").get()
    assert kept.outlet is not None
    as_one(kept.outlet, SourceFactory(name="Voice of the Valley"), coordinator)

    opened = client.get(QUEUE, {"filter": str(kept.pk)}, follow=True)

    assert [row.task_id for row in opened.context["rows"]] == [arabic]


def test_shared_filter_is_everybodys_and_shared_by_coordinators_only(
    researcher: Person, coordinator: Person, signed_in: SignIn
) -> None:
    client, overseer = signed_in(researcher), signed_in(coordinator)
    assert "Share it with everybody" not in client.get(QUEUE).content.decode()
    sent = {"language": "ar", "name": "Arabic", "is_shared": "on"}
    overseer.post(reverse("queue_keep"), sent)
    shared = QueueFilter.objects.get()

    html = client.get(QUEUE).content.decode()

    assert f"shared by <bdi>{coordinator.alias}</bdi>" in html
    drop = client.post(reverse("queue_filter", args=[shared.pk]), {"do": "drop"})
    assert drop.status_code == 403
    # Without the box on the page, what is sent for it counts as an unknown word.
    assert client.post(reverse("queue_keep"), sent | {"name": "x"}).status_code == 400
    assert client.post(reverse("queue_keep"), {"name": ""}).status_code == 400
    assert QueueFilter.objects.count() == 1


def test_queue_names_who_looks_after_a_task(
    researcher: Person, coordinator: Person, signed_in: SignIn
) -> None:
    english, _arabic = _two()
    about = About(task_id=english)
    now = timezone.now()
    assign(about=about, person_id=researcher.pk, actor=coordinator.as_actor(), now=now)
    client = signed_in(researcher)

    assert f"<bdi>{researcher.alias}</bdi> looks after it" in client.get(QUEUE).content.decode()
    assert _shown(client, assigned="ME") == [english]


def test_filter_of_somebody_else_is_not_there(
    researcher: Person, reviewer: Person, signed_in: SignIn
) -> None:
    own = keep_filter(
        name="Mine",
        criteria=Criteria(language="ar"),
        is_shared=False,
        actor=researcher.as_actor(),
        now=timezone.now(),
    )

    refused = signed_in(reviewer).get(QUEUE, {"filter": str(own.pk)})

    assert refused.status_code == 400
    assert "somebody else's" in refused.content.decode().replace("&#x27;", "'")
