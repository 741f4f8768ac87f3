"""What people do to feeds, and what is said where it can't be done."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError

from tests.conftest import NOW
from tests.factories.feeds import FeedFactory
from tests.sources.feeds.polls import answered, leased
from tests.sources.feeds.samples import INDEX
from tracker.core.actor import ANONYMOUS, machine
from tracker.core.errors import InvalidInput, NotAllowed, NotFound
from tracker.sources.choices import FeedKind, FeedState, PollOutcome
from tracker.sources.feeds.opml import FeedLine, write_opml
from tracker.sources.models import Feed, FeedItem, FeedPoll
from tracker.sources.selectors.feeds import FeedHealth, get_feed, health_of, settings_history
from tracker.sources.services.feeds import (
    FeedValues,
    add_feed,
    pause_feed,
    poll_now,
    resume_feed,
)
from tracker.sources.services.feeds_index import follow_parts
from tracker.sources.services.feeds_opml import LineOutcome, import_opml, preview_opml
from tracker.sources.services.feeds_poll import Polled, finish_poll, postpone_poll

pytestmark = pytest.mark.django_db
ACTOR = machine("tests")
VALUES = FeedValues(kind=FeedKind.FEED, address="https://herald.example/rss", title="Herald")


def test_strangers_change_nothing() -> None:
    with pytest.raises(NotAllowed):
        add_feed(values=VALUES, actor=ANONYMOUS, now=NOW)
    with pytest.raises(NotAllowed):
        preview_opml(content=b"", actor=ANONYMOUS)


def test_what_is_not_there_is_not_found() -> None:
    for act in (resume_feed, poll_now):
        with pytest.raises(NotFound):
            act(feed_id=7, actor=ACTOR, now=NOW)
    with pytest.raises(NotFound):
        get_feed(7)


def test_what_is_so_already_is_said() -> None:
    paused = FeedFactory(state=FeedState.PAUSED, paused_because="x")

    with pytest.raises(InvalidInput, match="paused already"):
        pause_feed(feed_id=paused.pk, because="y", actor=ACTOR, now=NOW)
    with pytest.raises(InvalidInput, match="not paused"):
        resume_feed(feed_id=FeedFactory().pk, actor=ACTOR, now=NOW)


@pytest.mark.parametrize(
    ("address", "said"),
    [("https://ex ample.example/", "space"), ("https://" + "a" * 300 + ".example/", "no|not")],
)
def test_address_that_is_none_is_refused(address: str, said: str) -> None:
    values = FeedValues(kind=FeedKind.FEED, address=address, title="T")

    with pytest.raises(InvalidInput, match=said):
        add_feed(values=values, actor=ACTOR, now=NOW)


def test_second_of_two_at_the_same_moment_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def save(self: Feed, **_: object) -> None:
        raise IntegrityError

    monkeypatch.setattr(Feed, "save", save)

    with pytest.raises(InvalidInput, match="followed already"):
        add_feed(values=VALUES, actor=ACTOR, now=NOW)


def test_answer_to_a_lost_lease_is_dropped() -> None:
    feed = FeedFactory()
    lease = leased(feed)
    pause_feed(feed_id=feed.pk, because="Meanwhile.", actor=ACTOR, now=NOW)

    assert not postpone_poll(lease=lease, until=NOW)
    assert not finish_poll(lease=lease, polled=Polled(PollOutcome.NEW, 0.1), now=NOW)
    assert not FeedPoll.objects.exists()


def test_index_inside_an_index_is_not_followed_and_known_addresses_are_left_alone() -> None:
    index = FeedFactory(kind=FeedKind.SITEMAP)
    part = FeedFactory(kind=FeedKind.SITEMAP, part_of=index)
    known = FeedFactory(address="https://known.example/map.xml")

    assert follow_parts(index=part, addresses=["https://new.example/map.xml"], now=NOW) == 0
    follow_parts(index=index, addresses=[known.address, part.address], now=NOW)

    assert Feed.objects.count() == 3


def test_part_that_is_named_again_is_asked_again() -> None:
    index = FeedFactory(kind=FeedKind.SITEMAP)
    answered(index, INDEX, media_type="application/xml")
    follow_parts(index=index, addresses=["https://ledger.example/new.xml"], now=NOW)
    old = Feed.objects.get(address__endswith="old.xml")
    assert old.state == FeedState.PAUSED

    follow_parts(
        index=index,
        addresses=["https://ledger.example/new.xml", "https://ledger.example/old.xml"],
        now=NOW,
    )

    old.refresh_from_db()
    assert old.state == FeedState.ACTIVE


def test_address_of_an_entry_that_can_not_be_asked_for_is_refused_in_words() -> None:
    answered(
        FeedFactory(),
        b"<rss version='2.0'><channel><item><title>T</title>"
        b"<link>https://ex ample.example/1</link></item></channel></rss>",
    )

    assert "space" in FeedItem.objects.get().refusal


def test_list_with_odd_lines_is_reported_line_by_line() -> None:
    lines = [
        FeedLine("ftp://a.example/", "A"),
        FeedLine("https://ex ample.example/", "B"),
        FeedLine("https://c.example/", "C", kind="FOLDER"),
        FeedLine("https://d.example/?utm_id=1", "D"),
        FeedLine("https://d.example/", "D again", kind="PAGE"),
        FeedLine("https://e.example/", "E", kind="SITEMAP", source="Coast Herald"),
    ]

    results = import_opml(content=write_opml(lines, title="Mine", now=NOW), actor=ACTOR, now=NOW)

    assert [result.outcome for result in results] == [
        LineOutcome.REFUSED,
        LineOutcome.REFUSED,
        LineOutcome.REFUSED,
        LineOutcome.ADDED,
        LineOutcome.FOLLOWED,
        LineOutcome.ADDED,
    ]
    assert all(result.reason for result in results[:3])
    added = Feed.objects.get(title="E")
    assert (added.kind, added.owner) == (FeedKind.SITEMAP, None)
    assert added.source is not None


def test_line_that_somebody_added_meanwhile_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(**_: object) -> Feed:
        raise InvalidInput("This address is followed already.")

    monkeypatch.setattr("tracker.sources.services.feeds_opml.add_feed", refuse)
    written = write_opml([FeedLine("https://a.example/", "A")], title="Mine", now=NOW)

    (result,) = import_opml(content=written, actor=ACTOR, now=NOW)

    assert (result.outcome, result.reason) == (
        LineOutcome.REFUSED,
        "This address is followed already.",
    )


def test_list_without_a_feed_is_refused() -> None:
    with pytest.raises(InvalidInput, match="names no feed"):
        import_opml(content=b"<opml/>", actor=ACTOR, now=NOW)
    with pytest.raises(InvalidInput, match="no OPML"):
        import_opml(content=b"<rss/>", actor=ACTOR, now=NOW)


def test_history_of_settings_leaves_out_what_did_not_change() -> None:
    feed = add_feed(values=VALUES, actor=ACTOR, now=NOW)
    pause_feed(feed_id=feed.pk, because="Closed.", actor=machine("other"), now=NOW)

    latest, first = settings_history(feed.pk, most=10)

    assert {change.field for change in latest.changes} == {"state", "paused_because"}
    assert (latest.by, first.by) == ("other", "tests")
    assert all(change.before is None for change in first.changes)


@pytest.mark.parametrize(
    ("values", "health"),
    [
        ({}, FeedHealth.WAITING),
        ({"last_success_at": NOW, "last_new_at": NOW}, FeedHealth.GOOD),
        ({"last_success_at": NOW, "last_new_at": NOW - timedelta(days=15)}, FeedHealth.SILENT),
        ({"state": "PAUSED", "paused_because": "x"}, FeedHealth.PAUSED),
        ({"failing_since": NOW, "failures": 1, "error": "x"}, FeedHealth.FAILING),
    ],
)
def test_health(values: dict[str, object], health: FeedHealth) -> None:
    assert health_of(FeedFactory(**values), now=NOW) is health
