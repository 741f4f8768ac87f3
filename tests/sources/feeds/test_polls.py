"""The life of a feed: leased, asked, its items taken once, its pulse kept."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.conftest import NOW
from tests.factories.feeds import FeedFactory
from tests.sources.feeds.polls import answered, leased
from tests.sources.feeds.samples import INDEX, RSS, rss_of
from tracker.core.actor import machine
from tracker.sources.choices import FeedKind, FeedState, FetchState, PollOutcome
from tracker.sources.models import Feed, FeedItem, FeedPoll, FetchRequest
from tracker.sources.services.feeds import pause_feed
from tracker.sources.services.feeds_poll import fail_poll, lease_feed, postpone_poll
from tracker.watching.choices import AlarmKind
from tracker.watching.models import Alarm

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def _again(feed: Feed) -> Feed:
    feed.refresh_from_db()
    return feed


def test_one_worker_at_a_time_has_a_feed() -> None:
    feed = FeedFactory()

    assert lease_feed(feed_id=feed.pk, now=NOW) is not None
    assert lease_feed(feed_id=feed.pk, now=NOW) is None
    assert lease_feed(feed_id=feed.pk, now=NOW + timedelta(minutes=2)) is not None


def test_feed_is_not_asked_before_its_time_nor_while_paused() -> None:
    early = FeedFactory(next_poll_at=NOW + HOUR)
    paused = FeedFactory(state=FeedState.PAUSED, paused_because="Moved.")

    assert lease_feed(feed_id=early.pk, now=NOW) is None
    assert lease_feed(feed_id=paused.pk, now=NOW) is None


def test_new_items_are_asked_for_once() -> None:
    feed = FeedFactory()

    assert answered(feed, rss_of(3), etag='"one"')
    feed = _again(feed)
    Feed.objects.update(next_poll_at=NOW)
    assert answered(feed, rss_of(4), now=NOW, etag='"two"')

    assert FetchRequest.objects.count() == 4
    assert [(p.outcome, p.items, p.new) for p in FeedPoll.objects.order_by("id")] == [
        (PollOutcome.NEW, 3, 3),
        (PollOutcome.NEW, 4, 1),
    ]
    feed = _again(feed)
    assert (feed.etag, feed.last_success_at, feed.last_new_at) == ('"two"', NOW, NOW)
    assert feed.next_poll_at == NOW + feed.interval


def test_validators_are_kept_though_the_body_is_the_same() -> None:
    feed = FeedFactory()
    answered(feed, RSS, etag='"one"', last_modified="Fri, 20 Nov 2026 08:00:00 GMT")
    Feed.objects.update(next_poll_at=NOW)

    answered(feed, RSS, etag='"two"')

    feed = _again(feed)
    assert (feed.etag, feed.last_modified) == ('"two"', "")
    assert FeedPoll.objects.latest("id").outcome == PollOutcome.NOTHING_NEW


def test_not_modified_keeps_what_was_known_and_a_day_later_no_conditions_are_sent() -> None:
    feed = FeedFactory()
    answered(feed, RSS, etag='"one"')
    Feed.objects.update(next_poll_at=NOW)
    assert leased(feed).etag == '"one"'
    Feed.objects.update(leased_until=None)
    answered(feed, status=304)
    feed = _again(feed)
    kept = (feed.etag, feed.body_sha256 != "", FeedPoll.objects.latest("id").outcome)
    later = NOW + timedelta(hours=25)

    assert kept == ('"one"', True, PollOutcome.NOT_MODIFIED)
    assert leased(feed, later).etag == ""


def test_failure_waits_longer_each_time_and_success_ends_it() -> None:
    feed = FeedFactory()
    waits = []
    for _ in range(3):
        Feed.objects.update(next_poll_at=NOW)
        fail_poll(lease=leased(feed), reason="It answered 503.", status=503, now=NOW)
        waits.append(_again(feed).next_poll_at - NOW)
    failing = (feed.failures, feed.error, feed.failing_since)
    Feed.objects.update(next_poll_at=NOW)
    answered(feed, RSS)

    assert failing == (3, "It answered 503.", NOW)
    assert waits == [feed.interval * 2, feed.interval * 4, feed.interval * 8]
    feed = _again(feed)
    assert (feed.failures, feed.error, feed.failing_since) == (0, "", None)
    assert list(FeedPoll.objects.order_by("id").values_list("status", flat=True)) == [
        503,
        503,
        503,
        200,
    ]


def test_server_that_asks_for_time_gets_it() -> None:
    feed = FeedFactory()

    fail_poll(lease=leased(feed), reason="429", status=429, retry_after=timedelta(hours=9), now=NOW)

    assert _again(feed).next_poll_at == NOW + timedelta(hours=9)


def test_gone_for_good_is_paused_with_the_reason() -> None:
    feed = FeedFactory()

    fail_poll(lease=leased(feed), reason="It answered 410.", status=410, now=NOW)

    feed = _again(feed)
    assert feed.state == FeedState.PAUSED
    assert "gone for good" in feed.paused_because


def test_what_is_no_feed_fails_in_words_and_keeps_no_validator() -> None:
    feed = FeedFactory()

    answered(feed, b"<html>cookies?</html>", etag='"x"')

    feed = _again(feed)
    assert "neither RSS nor Atom" in feed.error
    assert feed.etag == ""


def test_waiting_for_its_turn_costs_no_attempt() -> None:
    feed = FeedFactory()

    assert postpone_poll(lease=leased(feed), until=NOW + HOUR)

    feed = _again(feed)
    assert (feed.attempts, feed.next_poll_at, feed.failures) == (0, NOW + HOUR, 0)
    assert not FeedPoll.objects.exists()


def test_feed_that_ends_its_workers_fails_visibly_and_is_not_asked_in_a_loop() -> None:
    feed = FeedFactory()
    now = NOW
    for _ in range(3):
        leased(feed, now)
        now += timedelta(minutes=2)

    assert lease_feed(feed_id=feed.pk, now=now) is None

    feed = _again(feed)
    assert "ended its worker three times" in feed.error
    assert feed.next_poll_at > now


def test_lost_lease_writes_nothing() -> None:
    feed = FeedFactory()
    lease = leased(feed)
    leased(feed, NOW + timedelta(minutes=2))

    assert not fail_poll(lease=lease, reason="late", now=NOW)
    assert not FeedPoll.objects.exists()


def test_permanent_move_is_believed_the_third_time() -> None:
    feed = FeedFactory()
    addresses = []
    for _ in range(3):
        Feed.objects.update(next_poll_at=NOW)
        answered(feed, RSS, moved_to="https://new.example/rss", etag='"one"')
        addresses.append(_again(feed).address)

    assert addresses[1] != "https://new.example/rss"
    assert addresses[2] == feed.address_key == "https://new.example/rss"
    assert (feed.moved_to, feed.moved_seen, feed.etag) == ("", 0, '"one"')


def test_move_to_what_is_followed_already_pauses() -> None:
    FeedFactory(address="https://new.example/rss")
    feed = FeedFactory(moved_to="https://new.example/rss", moved_seen=2)

    answered(feed, RSS, moved_to="https://new.example/rss")

    feed = _again(feed)
    assert feed.state == FeedState.PAUSED
    assert "followed already" in feed.paused_because


def test_index_of_sitemaps_is_followed_part_by_part() -> None:
    index = FeedFactory(kind=FeedKind.SITEMAP, language="en")

    answered(index, INDEX, media_type="application/xml")
    parts = list(index.parts.order_by("id"))
    Feed.objects.filter(pk=index.pk).update(next_poll_at=NOW)
    shorter = INDEX.replace(b"old.xml", b"third.xml")
    answered(index, shorter, media_type="application/xml")

    assert [part.address.rsplit("/")[-1] for part in parts] == ["new.xml", "old.xml"]
    assert {part.language for part in parts} == {"en"}
    assert Feed.objects.get(address__endswith="old.xml").state == FeedState.PAUSED
    assert Feed.objects.get(address__endswith="third.xml").state == FeedState.ACTIVE


def test_same_address_in_two_feeds_and_under_trackers_is_fetched_once() -> None:
    first, second = FeedFactory(), FeedFactory()
    item = "<item><title>T</title><link>https://a.example/1{}</link><guid>{}</guid></item>"
    rss = "<rss version='2.0'><channel>{}</channel></rss>"

    answered(first, rss.format(item.format("?utm_source=x", "g1")).encode())
    answered(second, rss.format(item.format("?fbclid=9#top", "g2")).encode())

    assert FetchRequest.objects.get().url == "https://a.example/1"
    assert set(FeedItem.objects.values_list("address", flat=True)) == {
        "https://a.example/1?utm_source=x",
        "https://a.example/1?fbclid=9#top",
    }


def test_address_that_somebody_gave_is_not_asked_for_again() -> None:
    given = FetchRequest.objects.create(
        url="https://many.example/0", requested_by="Heron", requested_at=NOW
    )
    answered(FeedFactory(), rss_of(1))

    assert FeedItem.objects.get().fetch_request == given
    assert FetchRequest.objects.filter(state=FetchState.WAITING).count() == 1


def test_proxy_of_the_feed_goes_with_its_requests() -> None:
    answered(FeedFactory(egress_proxy="http://proxy.example:3128"), rss_of(1))

    assert FetchRequest.objects.get().egress_proxy == "http://proxy.example:3128"


def test_feed_that_fails_again_and_again_is_told_once_and_cleared() -> None:
    feed = FeedFactory(title="Coast Herald")
    for _ in range(4):
        Feed.objects.update(next_poll_at=NOW)
        fail_poll(lease=leased(feed), reason="It answered 503.", status=503, now=NOW)
    alarm = Alarm.objects.get(cleared_at=None)

    assert alarm.kind == AlarmKind.FEED_FAILING
    assert "Coast Herald can't be read: It answered 503." in alarm.sentence
    Feed.objects.update(next_poll_at=NOW)
    answered(feed, RSS)
    assert not Alarm.objects.filter(cleared_at=None).exists()


def test_feed_that_falls_silent_is_told_and_pausing_it_clears() -> None:
    feed = FeedFactory(silence_limit=timedelta(hours=3), last_new_at=NOW)
    answered(feed, status=304)
    assert not Alarm.objects.exists()
    later = NOW + timedelta(hours=31)

    answered(feed, status=304, now=later)

    alarm = Alarm.objects.get(cleared_at=None)
    assert alarm.kind == AlarmKind.FEED_SILENT
    assert "has brought nothing for 31 hours" in alarm.sentence
    pause_feed(feed_id=feed.pk, because="Closed.", actor=machine("tests"), now=later)
    assert not Alarm.objects.filter(cleared_at=None).exists()
