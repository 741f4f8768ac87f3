"""A feed on a real server: asked with conditions, moved, gone, in turn with its host."""

from __future__ import annotations

from datetime import timedelta
from http.server import BaseHTTPRequestHandler
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from tests.factories.feeds import FeedFactory
from tests.sources.feeds.samples import SITEMAP, rss_of
from tests.workers.guests import serving
from tracker.sources.choices import FeedKind, FeedState, PollOutcome
from tracker.sources.models import Feed, FeedPoll, FetchRequest
from workers.feeds import poll_feed, sweep_feeds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django.fixtures import Settings

pytestmark = pytest.mark.django_db(transaction=True)


class _Outlet(BaseHTTPRequestHandler):
    """An outlet with a feed that knows conditions, and addresses that have trouble."""

    def do_GET(self) -> None:
        match self.path:
            case "/robots.txt":
                self._say(200, b"User-agent: *\nDisallow: /private\n", "text/plain")
            case "/feed" if self.headers["If-None-Match"] == '"7"':
                self._say(304, b"", "application/rss+xml")
            case "/feed" | "/private":
                self._say(200, rss_of(2), "application/rss+xml")
            case "/old":
                self._say(301, b"", "text/html", location="/feed")
            case "/gone":
                self._say(410, b"", "text/html")
            case "/sitemap.xml":
                self._say(200, SITEMAP, "application/xml")
            case _:
                self._say(503, b"", "text/html")

    def _say(self, status: int, body: bytes, kind: str, *, location: str = "") -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("ETag", '"7"')
        self.send_header("Content-Length", str(len(body)))
        if location:
            self.send_header("Location", location)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: object) -> None:
        """Silent."""


@pytest.fixture
def outlet(settings: Settings) -> Iterator[str]:
    """The address of the outlet, which may be fetched from without a rest."""
    with serving(_Outlet) as place:
        settings.FETCH_ALLOW_PRIVATE = frozenset({place})
        settings.FETCH_INTERVAL = timedelta(0)
        yield f"http://{place}"


def _poll(feed: Feed) -> FeedPoll:
    """Ask until its host's turn has come and an answer was taken."""
    before = FeedPoll.objects.count()
    for _ in range(10):
        Feed.objects.filter(pk=feed.pk).update(next_poll_at=timezone.now())
        poll_feed(feed_id=feed.pk, tomorrow=True)
        if FeedPoll.objects.count() > before:
            break
    feed.refresh_from_db()
    return FeedPoll.objects.latest("id")


def test_second_poll_is_conditional_and_not_modified(outlet: str) -> None:
    feed = FeedFactory(address=f"{outlet}/feed")

    first, second = _poll(feed), _poll(feed)

    assert (first.outcome, first.new, first.status) == (PollOutcome.NEW, 2, 200)
    assert (second.outcome, second.is_conditional, second.status) == ("NOT_MODIFIED", True, 304)
    assert FetchRequest.objects.count() == 2


def test_move_is_followed_and_adopted(outlet: str) -> None:
    feed = FeedFactory(address=f"{outlet}/old")

    for _ in range(3):
        _poll(feed)

    assert feed.address == f"{outlet}/feed"


def test_gone_is_paused_and_trouble_is_said(outlet: str) -> None:
    gone, busy = FeedFactory(address=f"{outlet}/gone"), FeedFactory(address=f"{outlet}/busy")

    assert _poll(gone).status == 410
    assert _poll(busy).status == 503
    assert gone.state == FeedState.PAUSED
    assert "503" in busy.error


def test_robots_are_obeyed_by_feeds_too(outlet: str) -> None:
    poll = _poll(FeedFactory(address=f"{outlet}/private"))

    assert poll.outcome == PollOutcome.FAILED
    assert "robots.txt" in poll.error


def test_sitemap_is_read(outlet: str) -> None:
    feed = FeedFactory(kind=FeedKind.SITEMAP, address=f"{outlet}/sitemap.xml")

    assert _poll(feed).new == 2


def test_guard_holds_for_feeds(settings: Settings) -> None:
    settings.FETCH_ALLOW_PRIVATE = frozenset()

    poll = _poll(FeedFactory(address="http://127.0.0.1/feed"))

    assert poll.outcome == PollOutcome.FAILED
    assert "private network" in poll.error


def test_sweep_runs() -> None:
    sweep_feeds(tomorrow=True)
