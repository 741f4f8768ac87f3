"""Feeds: health in words, settings with their history, lists in and out, partners' addresses."""

from __future__ import annotations

from datetime import timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tests.conftest import NOW
from tests.factories import SourceFactory
from tests.factories.feeds import FeedFactory
from tests.sources.feeds.polls import answered
from tests.sources.feeds.samples import OPML, RSS
from tracker.accounts.models import Organisation
from tracker.audit.models import AuditEvent
from tracker.sources.choices import FeedKind, FeedState
from tracker.sources.feeds.opml import read_opml
from tracker.sources.models import Feed, FeedPoll, FetchRequest, Suggestion

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from tracker.accounts.models import Person

    SignedIn = Callable[[Person], Client]

FORM = {
    "kind": "FEED",
    "address": "https://herald.example/rss",
    "title": "Coast Herald",
    "owner": "",
    "source": "Coast Herald",
    "language": "en",
    "shortest": "5",
    "longest": "720",
    "silence_limit": "",
    "egress_proxy": "",
}


def _add(client: Client, **change: str) -> Feed:
    answer = client.post("/feeds/new/", FORM | change)
    assert answer.status_code == HTTPStatus.FOUND, answer.content.decode()
    return Feed.objects.latest("id")


def test_feed_is_added_with_its_source_and_asked_at_once(
    coordinator: Person, signed_in: SignedIn
) -> None:
    feed = _add(signed_in(coordinator), owner=str(coordinator.pk), silence_limit="48")

    assert feed.source is not None
    assert (feed.source.name, feed.owner, feed.language) == ("Coast Herald", coordinator, "en")
    assert feed.silence_limit == timedelta(hours=48)
    assert feed.next_poll_at <= timezone.now()
    assert AuditEvent.objects.filter(action="feed.add").count() == 1


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"address": "ftp://herald.example/"}, "http:// or https://"),
        ({"address": "https://a:b@herald.example/"}, "without a name or password"),
        ({"kind": "FOLDER", "address": "../etc"}, "below the drop root"),
        ({"kind": "FOLDER", "address": "/etc"}, "below the drop root"),
        ({"shortest": "60", "longest": "30"}, "the shortest time before the longest"),
        ({"shortest": "0"}, "greater than or equal to 1"),
        ({"title": "  "}, "required"),
        ({"egress_proxy": "socks5://x"}, "valid value"),
        ({"egress_proxy": "http://me:secret@proxy.example"}, "valid value"),
        ({"language": "english"}, "valid value"),
    ],
)
def test_what_can_not_be_followed_is_said_and_kept(
    coordinator: Person, signed_in: SignedIn, change: dict[str, str], said: str
) -> None:
    answer = signed_in(coordinator).post("/feeds/new/", FORM | change)

    assert answer.status_code == HTTPStatus.BAD_REQUEST
    assert said in answer.content.decode()
    assert "Coast Herald" in answer.content.decode()
    assert not Feed.objects.exists()


def test_nothing_is_followed_twice(coordinator: Person, signed_in: SignedIn) -> None:
    client = signed_in(coordinator)
    _add(client)

    answer = client.post("/feeds/new/", FORM | {"address": "HTTPS://herald.example/rss?utm_id=1"})

    assert "followed already" in answer.content.decode()
    assert Feed.objects.count() == 1


def test_researcher_reads_and_does_not_manage(researcher: Person, signed_in: SignedIn) -> None:
    feed = FeedFactory()
    client = signed_in(researcher)

    assert "Add a feed" not in client.get("/feeds/").content.decode()
    assert client.get(f"/feeds/{feed.pk}/").status_code == HTTPStatus.OK
    for path in ("/feeds/new/", "/feeds/import/", f"/feeds/{feed.pk}/edit/"):
        assert client.get(path).status_code == HTTPStatus.FORBIDDEN
    assert client.post(f"/feeds/{feed.pk}/poll/").status_code == HTTPStatus.FORBIDDEN


def test_administrator_may_manage(administrator: Person, signed_in: SignedIn) -> None:
    _add(signed_in(administrator))


def test_health_stands_in_words_and_trouble_comes_first(
    viewer: Person, signed_in: SignedIn
) -> None:
    now = timezone.now()
    FeedFactory(title="A good", last_success_at=now, last_new_at=now)
    FeedFactory(title="B new")
    FeedFactory(title="C silent", last_success_at=now, last_new_at=now - timedelta(days=20))
    FeedFactory(title="D paused", state=FeedState.PAUSED, paused_because="Its owner asked.")
    FeedFactory(
        title="E failing", failing_since=now - timedelta(hours=3), failures=4, error="It said 503."
    )

    page = signed_in(viewer).get("/feeds/").content.decode()

    for words in ("failing for 3", "It said 503.", "silent for 2", "not asked yet", "Its owner"):
        assert words in page
    assert page.index("E failing") < page.index("A good") < page.index("D paused")


def test_list_narrows_by_state_and_words(viewer: Person, signed_in: SignedIn) -> None:
    FeedFactory(title="Coast Herald")
    FeedFactory(title="Delta Post", state=FeedState.PAUSED, paused_because="x")

    page = signed_in(viewer).get("/feeds/?state=PAUSED&q=delta&page=x").content.decode()

    assert "Delta Post" in page
    assert "Coast Herald" not in page


def test_list_costs_the_same_for_many(
    viewer: Person, signed_in: SignedIn, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    FeedFactory.create_batch(40, source=SourceFactory(), owner=viewer)
    client = signed_in(viewer)

    with django_assert_max_num_queries(8):
        client.get("/feeds/")


def test_page_of_a_feed_shows_polls_items_and_changes(
    coordinator: Person, signed_in: SignedIn
) -> None:
    client = signed_in(coordinator)
    feed = _add(client)
    Feed.objects.update(next_poll_at=NOW)
    answered(feed, RSS)

    page = client.get(f"/feeds/{feed.pk}/").content.decode()

    for words in ("something new", "Shells on a ferry", "waiting", coordinator.alias, "12 hours"):
        assert words in page


def test_settings_change_with_their_history(coordinator: Person, signed_in: SignedIn) -> None:
    client = signed_in(coordinator)
    feed = _add(client)
    Feed.objects.update(next_poll_at=NOW)
    answered(feed, RSS, etag='"one"')

    changed = client.post(
        f"/feeds/{feed.pk}/edit/", FORM | {"revision": "1", "longest": "60", "language": "ar"}
    )

    assert changed.status_code == HTTPStatus.FOUND
    feed.refresh_from_db()
    assert (feed.longest, feed.revision, feed.etag) == (timedelta(hours=1), 2, '"one"')
    versions = client.get(f"/feeds/{feed.pk}/").context["versions"]
    assert [change.field for change in versions[0].changes] == ["language", "longest"]
    assert len(versions) == 2  # the poll is no change of a setting


def test_another_address_forgets_what_the_old_one_said(
    coordinator: Person, signed_in: SignedIn
) -> None:
    client = signed_in(coordinator)
    feed = _add(client)
    Feed.objects.update(next_poll_at=NOW)
    answered(feed, RSS, etag='"one"')

    client.post(
        f"/feeds/{feed.pk}/edit/", FORM | {"revision": "1", "address": "https://b.example/"}
    )

    feed.refresh_from_db()
    assert (feed.address_key, feed.etag, feed.body_sha256) == ("https://b.example/", "", "")


def test_second_of_two_people_is_told(coordinator: Person, signed_in: SignedIn) -> None:
    client = signed_in(coordinator)
    feed = _add(client)
    client.post(f"/feeds/{feed.pk}/edit/", FORM | {"revision": "1", "title": "First"})

    second = client.post(f"/feeds/{feed.pk}/edit/", FORM | {"revision": "1", "title": "Second"})

    assert second.status_code == HTTPStatus.CONFLICT
    assert "Second" in second.content.decode()
    assert Feed.objects.get().title == "First"


def test_pause_resume_and_ask_now(coordinator: Person, signed_in: SignedIn) -> None:
    client = signed_in(coordinator)
    feed = FeedFactory(next_poll_at=timezone.now() + timedelta(hours=3))

    assert client.post(f"/feeds/{feed.pk}/pause/", {"because": " "}).status_code == 400
    client.post(f"/feeds/{feed.pk}/pause/", {"because": "Its host asked us to."})
    feed.refresh_from_db()
    assert (feed.state, feed.paused_because) == (FeedState.PAUSED, "Its host asked us to.")
    assert client.post(f"/feeds/{feed.pk}/poll/").status_code == 400
    client.post(f"/feeds/{feed.pk}/resume/")
    client.post(f"/feeds/{feed.pk}/poll/")
    feed.refresh_from_db()
    assert feed.state == FeedState.ACTIVE
    assert feed.next_poll_at <= timezone.now()
    assert client.post(f"/feeds/{feed.pk}/dance/").status_code == 404


def test_list_is_looked_at_before_anything_is_followed(
    coordinator: Person, signed_in: SignedIn
) -> None:
    client = signed_in(coordinator)
    FeedFactory(address="https://herald.example/rss")
    file = SimpleUploadedFile("mine.opml", OPML, content_type="text/x-opml")

    preview = client.post("/feeds/import/", {"file": file})

    assert "followed already" in preview.content.decode()
    assert "will be added" in preview.content.decode()
    assert Feed.objects.count() == 1
    done = client.post("/feeds/import/", {"listed": preview.context["listed"]})
    assert "added" in done.content.decode()
    added = Feed.objects.get(address="https://delta.example/feed.json")
    assert (added.owner, added.title) == (coordinator, "Delta Post")


@pytest.mark.parametrize("content", [b"<rss/>", b"<opml/>", b"\xff\xfe", b"", b"<opml>\xe9"])
def test_what_is_no_list_is_said(coordinator: Person, signed_in: SignedIn, content: bytes) -> None:
    file = SimpleUploadedFile("mine.opml", content)

    answer = signed_in(coordinator).post("/feeds/import/", {"file": file})

    assert answer.status_code == HTTPStatus.BAD_REQUEST
    assert "t-errors" in answer.content.decode()


def test_list_goes_out_without_folders_of_this_machine(viewer: Person, signed_in: SignedIn) -> None:
    FeedFactory(title="Coast Herald", address="https://herald.example/rss", language="en")
    FeedFactory(kind=FeedKind.FOLDER, address="lists")
    FeedFactory(title="Watched", kind=FeedKind.PAGE, address="https://m.example/")

    answer = signed_in(viewer).get("/feeds/export/")

    assert "attachment" in answer.headers["Content-Disposition"]
    assert [(line.address, line.kind) for line in read_opml(answer.content)] == [
        ("https://herald.example/rss", ""),
        ("https://m.example/", "PAGE"),
    ]


@pytest.fixture
def suggestion(db: None) -> Suggestion:
    """An address that a partner sent."""
    return Suggestion.objects.create(
        organisation=Organisation.objects.create(name="Delta Relief", made_at=NOW),
        url="https://herald.example/ferry",
        url_key="https://herald.example/ferry",
        note="Shells on a ferry.",
        sent_at=NOW,
    )


def test_address_of_a_partner_is_seen_and_accepted(
    researcher: Person, signed_in: SignedIn, suggestion: Suggestion
) -> None:
    client = signed_in(researcher)
    page = client.get("/feeds/").content.decode()

    assert "Delta Relief" in page
    assert "Shells on a ferry." in page
    client.post(f"/suggestions/{suggestion.pk}/accept/")
    assert FetchRequest.objects.get().url == suggestion.url
    assert "Delta Relief" not in client.get("/feeds/").content.decode()
    assert client.post(f"/suggestions/{suggestion.pk}/decline/").status_code == 400
    assert client.post(f"/suggestions/{suggestion.pk}/dance/").status_code == 404


def test_address_of_a_partner_is_declined(
    researcher: Person, viewer: Person, signed_in: SignedIn, suggestion: Suggestion
) -> None:
    assert signed_in(viewer).post(f"/suggestions/{suggestion.pk}/decline/").status_code == 403

    signed_in(researcher).post(f"/suggestions/{suggestion.pk}/decline/")

    suggestion.refresh_from_db()
    assert suggestion.state == "DECLINED"
    assert not FetchRequest.objects.exists()


def test_list_plots_two_weeks_of_new_items(viewer: Person, signed_in: SignedIn) -> None:
    feed = FeedFactory(title="Coast Herald")
    for days, new in ((0, 2), (1, 4), (20, 9)):
        FeedPoll.objects.create(
            feed=feed, at=timezone.now() - timedelta(days=days), outcome="NEW", items=new, new=new
        )

    answer = signed_in(viewer).get("/feeds/")

    (row,) = answer.context["page"].rows
    assert (row.new, [bar.height for bar in row.days]) == (6, [24.0, 12.0])
    assert "Coast Herald: new items per day, two weeks" in answer.content.decode()
