"""What becomes of an entry: an article at once, a page to fetch, a later version."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.conftest import NOW
from tests.factories import ArticleFactory, SourceFactory
from tests.factories.feeds import FeedFactory
from tests.sources.feeds.polls import answered
from tests.sources.feeds.samples import SITEMAP, rss_of
from tracker.core.actor import machine
from tracker.sources.choices import DateBasis, FeedKind
from tracker.sources.models import Article, Capture, Feed, FeedItem, FeedPoll, FetchRequest
from tracker.sources.parsing.kinds import Kind
from tracker.sources.services.capture_store import read_capture
from tracker.sources.services.feeds_hints import hints_for
from tracker.sources.services.feeds_sweep import sweep_feeds, sweep_rechecks
from tracker.sources.services.items import Item, ingest_item
from tracker.sources.services.parse import parse_articles
from tracker.sources.services.retrieved import Retrieved

if TYPE_CHECKING:
    from tracker.core.jobs import Job
    from tracker.sources.models import Source

pytestmark = pytest.mark.django_db
STORY = "ARDESH - Shells hit a ferry on Thursday and two people were hurt, the clinic said. " * 8


def _rss(*items: str) -> bytes:
    return (
        "<rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/'>"
        f"<channel><title>Coast Herald</title>{''.join(items)}</channel></rss>"
    ).encode()


def _whole(guid: str = "g-1", text: str = STORY, link: str = "https://herald.example/1") -> str:
    return (
        f"<item><guid isPermaLink='false'>{guid}</guid><title>Shells on a ferry</title>"
        f"<link>{link}</link><pubDate>Thu, 19 Nov 2026 10:00:00 GMT</pubDate>"
        f"<content:encoded><![CDATA[<p>{text}</p>]]></content:encoded></item>"
    )


def _poll_again(feed: Feed, content: bytes, **more: timedelta) -> None:
    now = NOW + more.get("after", timedelta())
    Feed.objects.filter(pk=feed.pk).update(next_poll_at=now)
    answered(feed, content, now=now)


@pytest.fixture
def herald() -> Source:
    return SourceFactory(name="Coast Herald")


def test_whole_text_becomes_an_article_with_its_own_bytes_and_the_feeds(herald: Source) -> None:
    content = _rss(_whole())

    answered(FeedFactory(source=herald), content)

    article = Article.objects.get()
    record = json.loads(read_capture(article.capture))
    assert (article.outlet, article.url) == (herald, "https://herald.example/1")
    assert article.published_on == date(2026, 11, 19)
    assert record["published_basis"] == "FEED"
    assert record["text"] == STORY.strip()
    assert read_capture(Capture.objects.get(sha256=record["feed"]["sha256"])) == content
    assert not FetchRequest.objects.exists()


def test_teaser_is_fetched_and_not_stored() -> None:
    answered(FeedFactory(), _rss(_whole(text=f"{STORY}[…]")))

    assert FetchRequest.objects.get().url == "https://herald.example/1"
    assert not Article.objects.exists()
    assert not Capture.objects.exists()


def test_entry_without_an_address_is_its_own_text() -> None:
    message = "<guid isPermaLink='false'>m-1</guid><description>Shells fell.</description>"

    answered(FeedFactory(), _rss(f"<item>{message}</item>"))

    assert json.loads(read_capture(Article.objects.get().capture))["text"] == "Shells fell."


def test_entry_with_neither_text_nor_address_is_refused_in_words() -> None:
    answered(FeedFactory(), _rss("<item><title>Only a title</title></item>"))

    assert "neither a text nor an address" in FeedItem.objects.get().refusal


def test_liveblog_under_one_address_stays_apart() -> None:
    link = "https://herald.example/live"
    answered(
        FeedFactory(),
        _rss(_whole("g-1", link=f"{link}#1"), _whole("g-2", f"Later. {STORY}", f"{link}#2")),
    )

    assert Article.objects.count() == 2


def test_same_entry_in_two_feeds_is_one_article() -> None:
    for _ in range(2):
        answered(FeedFactory(), _rss(_whole()))

    article = Article.objects.get()
    assert [item.article for item in FeedItem.objects.all()] == [article, article]


def test_changed_text_is_a_later_version() -> None:
    feed = FeedFactory()
    answered(feed, _rss(_whole()))
    first = Article.objects.get()

    _poll_again(feed, _rss(_whole(text=f"{STORY} Three people, it said later.")))

    later = Article.objects.exclude(pk=first.pk).get()
    assert later.previous == first
    assert FeedPoll.objects.latest("id").changed == 1
    _poll_again(feed, _rss(_whole(text=f"{STORY} Four people, it said later.")))
    assert Article.objects.latest("id").previous == later


def _fetched(feed: Feed) -> Article:
    """The page of the feed's only request was stored."""
    request = FetchRequest.objects.get()
    article = ArticleFactory(url=request.url)
    FetchRequest.objects.filter(pk=request.pk).update(state="STORED", article=article)
    return article


def test_later_time_of_an_item_has_its_page_looked_at_again() -> None:
    feed = FeedFactory(kind=FeedKind.SITEMAP)
    one = SITEMAP[: SITEMAP.index(b"</url>") + 6] + b"</urlset>"
    answered(feed, one)
    article = _fetched(feed)

    _poll_again(feed, one.replace(b"10:00:00Z", b"11:00:00Z"))

    assert FetchRequest.objects.latest("id").recheck_of == article
    assert FeedItem.objects.get().rechecks == 1


def test_item_that_changes_all_the_time_is_looked_at_a_bounded_number_of_times(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("tracker.sources.services.feeds_items.MOST_RECHECKS", 3)
    feed = FeedFactory()
    answered(feed, rss_of(1))
    _fetched(feed)

    for n in range(5):
        _poll_again(feed, rss_of(1).replace(b"T 0", b"T %d" % (n + 1)))
        FetchRequest.objects.filter(state="WAITING").update(
            state="FAILED", failure_reason="It answered 503."
        )

    assert FetchRequest.objects.filter(recheck_of__isnull=False).count() == 3


def test_articles_are_looked_at_again_on_a_schedule() -> None:
    feed = FeedFactory()
    answered(feed, rss_of(1))
    article = _fetched(feed)
    asked = []
    for hours in (0.5, 2, 7, 25, 73, 200):
        asked.append(sweep_rechecks(now=NOW + timedelta(hours=hours)))
        FetchRequest.objects.filter(state="WAITING").update(state="STORED", article=article)

    assert asked == [0, 1, 1, 1, 1, 0]
    assert FeedItem.objects.get().recheck_at is None


def test_what_was_not_fetched_yet_is_not_looked_at_again() -> None:
    answered(FeedFactory(), rss_of(1))

    assert sweep_rechecks(now=NOW + timedelta(hours=2)) == 0
    assert FeedItem.objects.get().recheck_at == NOW + timedelta(hours=6)


def test_hints_say_what_the_page_may_not(herald: Source) -> None:
    feed = FeedFactory(source=herald, language="en")
    answered(feed, _rss(_whole(text="Short.", link="https://herald.example/1?utm_medium=rss")))

    hints = hints_for(addresses=["https://herald.example/1", "https://nowhere.example/", ""])

    assert list(hints) == ["https://herald.example/1"]
    hint = hints["https://herald.example/1"]
    assert (hint.source_id, hint.language, hint.published_on) == (
        herald.pk,
        "en",
        date(2026, 11, 19),
    )


def test_time_of_next_year_is_not_believed() -> None:
    answered(FeedFactory(), _rss(_whole().replace("19 Nov 2026", "19 Nov 2027")))

    assert FeedItem.objects.get().published_at is None


def test_due_feeds_are_hinted_at(monkeypatch: pytest.MonkeyPatch) -> None:
    hinted: list[int] = []

    def send(_job: Job, *, feed_id: int) -> bool:
        hinted.append(feed_id)
        return True

    monkeypatch.setattr("tracker.sources.services.feeds_sweep.repeat_hint", send)
    due = FeedFactory()
    FeedFactory(next_poll_at=NOW + timedelta(hours=1))
    FeedFactory(state="PAUSED", paused_because="x")
    FeedFactory(leased_until=NOW + timedelta(minutes=1))

    assert sweep_feeds(now=NOW) == 1
    assert hinted == [due.pk]


def test_article_gets_from_its_feed_what_its_page_does_not_say(herald: Source) -> None:
    feed = FeedFactory(source=herald, language="en")
    answered(feed, _rss(_whole(text="Short.")))
    request = FetchRequest.objects.get()
    stored = ingest_item(
        item=Item(
            content=STORY.encode(),
            kind=Kind.TEXT,
            reference=request.url,
            retrieved=Retrieved(url=request.url, final_url=request.url, status=200, headers={}),
        ),
        actor=machine("tests"),
        now=NOW,
    )
    assert stored.article_id is not None

    parse_articles(article_ids=[stored.article_id], clock=lambda: NOW)

    article = Article.objects.get()
    assert (article.outlet, article.language) == (herald, "en")
    assert (article.published_on, article.published_basis) == (date(2026, 11, 19), DateBasis.FEED)


def test_day_of_a_whole_text_is_the_feeds() -> None:
    answered(FeedFactory(), _rss(_whole()))
    article = Article.objects.get()

    parse_articles(article_ids=[article.pk], clock=lambda: NOW)

    article.refresh_from_db()
    assert (article.published_on, article.published_basis) == (date(2026, 11, 19), DateBasis.FEED)


def test_later_day_of_publication_of_an_item_means_that_it_changed() -> None:
    feed = FeedFactory()
    teaser = _whole(text="Short.")
    answered(feed, _rss(teaser))
    article = _fetched(feed)

    _poll_again(feed, _rss(teaser.replace("10:00:00", "09:00:00")))
    assert not FetchRequest.objects.filter(recheck_of=article).exists()
    _poll_again(feed, _rss(teaser.replace("10:00:00", "11:00:00")))

    assert FetchRequest.objects.filter(recheck_of=article).exists()
    assert FeedItem.objects.get().published_at == datetime(2026, 11, 19, 10, 0, tzinfo=UTC)
