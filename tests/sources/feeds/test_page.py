"""A page that is watched: one article, and a later version only when its text changes."""

from __future__ import annotations

import pytest

from tests.conftest import NOW
from tests.factories.feeds import FeedFactory
from tests.sources.feeds.polls import answered
from tracker.sources.choices import FeedKind, PollOutcome
from tracker.sources.models import Article, Feed, FeedPoll

pytestmark = pytest.mark.django_db
STORY = "".join(
    f"<p>On day {n} the ministry said that shells had hit the mill near Ardesh and that "
    f"{n} people had been hurt by them in the morning.</p>"
    for n in range(2, 8)
)
PAGE = "<!doctype html><html><head><title>List of the ministry</title></head><body><article>"


def _page(story: str, clock: str = "12:00") -> bytes:
    return f"{PAGE}<h1>List of the ministry</h1>{story}</article><!-- {clock} --></body>".encode()


def _poll(feed: Feed, content: bytes) -> FeedPoll:
    Feed.objects.filter(pk=feed.pk).update(next_poll_at=NOW)
    answered(feed, content, media_type="text/html")
    return FeedPoll.objects.latest("id")


def test_page_becomes_a_version_only_when_its_text_changes() -> None:
    feed = FeedFactory(kind=FeedKind.PAGE, address="https://ministry.example/list")

    assert _poll(feed, _page(STORY)).outcome == PollOutcome.NEW
    assert _poll(feed, _page(STORY, "13:00")).outcome == PollOutcome.NOTHING_NEW
    first = Article.objects.get()
    later = _poll(feed, _page(STORY.replace("7 people", "9 people")))

    assert (later.outcome, later.changed) == (PollOutcome.NEW, 1)
    assert Article.objects.latest("id").previous == first
    retrieval = first.capture.first_retrieval
    assert retrieval is not None
    assert retrieval.url == "https://ministry.example/list"


def test_page_without_a_text_is_a_failed_poll() -> None:
    feed = FeedFactory(kind=FeedKind.PAGE)

    poll = _poll(feed, b"<!doctype html><html><body></body></html>")

    assert poll.outcome == PollOutcome.FAILED
    assert poll.error
    assert not Article.objects.exists()
