"""What a feed, its polls, its items and a suggestion may never be, said by the database itself."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from tests.conftest import NOW
from tests.factories.feeds import FeedFactory
from tracker.accounts.models import Organisation
from tracker.sources.choices import FeedKind, FeedState, PollOutcome, SuggestionState
from tracker.sources.models import Feed, FeedItem, FeedPoll, FetchRequest, Suggestion

pytestmark = pytest.mark.django_db


def _refuses(feed: Feed, why: str, **values: Any) -> None:
    with pytest.raises(DatabaseError, match=why), transaction.atomic():
        Feed.objects.filter(pk=feed.pk).update(**values)


@pytest.mark.parametrize(
    ("why", "values"),
    [
        ("feed_kind_valid", {"kind": "PIGEON"}),
        ("feed_state_valid|feed_pause", {"state": "LOST"}),
        ("feed_pause_has_reason", {"state": FeedState.PAUSED}),
        ("feed_pause_has_reason", {"paused_because": "Still active."}),
        ("feed_named", {"title": ""}),
        ("feed_named", {"address": ""}),
        ("feed_bounds_ordered", {"shortest": timedelta(seconds=5)}),
        ("feed_bounds_ordered", {"shortest": timedelta(days=3)}),
        ("feed_bounds_ordered", {"longest": timedelta(days=8)}),
        ("feed_interval_in_bounds", {"interval": timedelta(minutes=1)}),
        ("feed_interval_in_bounds", {"interval": timedelta(days=3)}),
        ("feed_failure_in_words", {"failing_since": NOW}),
        ("feed_failure_in_words", {"failures": 1}),
        ("feed_failure_in_words", {"error": "It answered 503."}),
        ("feed_failure_in_words", {"failing_since": NOW, "error": "x", "failures": 0}),
        ("feed_move_counted", {"moved_seen": 1}),
        ("feed_move_counted", {"moved_to": "https://b.example/"}),
    ],
)
def test_feed_is_whole(why: str, values: dict[str, Any]) -> None:
    _refuses(FeedFactory(), why, **values)


def test_nothing_is_followed_twice() -> None:
    feed = FeedFactory()

    with pytest.raises(IntegrityError, match="feed_followed_once"), transaction.atomic():
        FeedFactory(address="https://other.example/", address_key=feed.address_key)


def test_feed_is_no_part_of_itself() -> None:
    feed = FeedFactory()

    _refuses(feed, "feed_not_part_of_itself", part_of=feed)


def test_feed_is_never_deleted() -> None:
    feed = FeedFactory()

    with pytest.raises(DatabaseError, match="Cannot delete"), transaction.atomic():
        Feed.objects.filter(pk=feed.pk)._raw_delete("default")


def test_settings_leave_a_history_and_the_pulse_leaves_none() -> None:
    feed = FeedFactory()
    Feed.objects.filter(pk=feed.pk).update(etag='"x"', failures=1, error="x", failing_since=NOW)
    Feed.objects.filter(pk=feed.pk).update(title="Another name")

    with connection.cursor() as cursor:
        cursor.execute("SELECT title FROM sources_feedsettings ORDER BY pgh_id")
        titles = [row[0] for row in cursor.fetchall()]

    assert titles == [feed.title, "Another name"]


@pytest.mark.parametrize(
    ("why", "values"),
    [
        ("feed_poll_outcome_valid|feed_poll_failure", {"outcome": "ODD"}),
        ("feed_poll_failure_in_words", {"outcome": PollOutcome.FAILED}),
        ("feed_poll_failure_in_words", {"outcome": PollOutcome.NEW, "error": "x"}),
        ("feed_poll_counts_fit", {"outcome": PollOutcome.NEW, "items": 1, "new": 2}),
        ("feed_poll_counts_fit", {"outcome": PollOutcome.NEW, "items": 1, "changed": 2}),
    ],
)
def test_poll_is_whole(why: str, values: dict[str, Any]) -> None:
    with pytest.raises(DatabaseError, match=why), transaction.atomic():
        FeedPoll.objects.create(feed=FeedFactory(), at=NOW, **values)


def test_history_of_polls_never_changes() -> None:
    poll = FeedPoll.objects.create(feed=FeedFactory(), at=NOW, outcome=PollOutcome.NEW)

    with pytest.raises(DatabaseError, match="Cannot update or delete"), transaction.atomic():
        FeedPoll.objects.filter(pk=poll.pk).update(items=7)
    with pytest.raises(DatabaseError, match="Cannot update or delete"), transaction.atomic():
        FeedPoll.objects.filter(pk=poll.pk)._raw_delete("default")


def _item(feed: Feed, **values: Any) -> FeedItem:
    return FeedItem.objects.create(
        **{"feed": feed, "key": "g-1", "digest": "0" * 64, "first_seen_at": NOW, **values}
    )


def test_item_is_once_per_feed() -> None:
    feed = FeedFactory()
    _item(feed)
    _item(FeedFactory())

    with pytest.raises(IntegrityError, match="feed_item_once"), transaction.atomic():
        _item(feed)


@pytest.mark.parametrize(
    ("why", "values"),
    [
        ("feed_item_leads_somewhere", {"taken_at": NOW}),
        ("feed_item_address_whole", {"address": "https://a.example/"}),
        ("feed_item_address_whole", {"address_key": "https://a.example/"}),
    ],
)
def test_item_is_whole(why: str, values: dict[str, Any]) -> None:
    with pytest.raises(DatabaseError, match=why), transaction.atomic():
        _item(FeedFactory(), **values)


@pytest.fixture
def suggestion() -> Suggestion:
    """An open one."""
    return Suggestion.objects.create(
        organisation=Organisation.objects.create(name="Delta Relief", made_at=NOW),
        url="https://a.example/",
        url_key="https://a.example/",
        sent_at=NOW,
    )


def test_suggestion_is_whole(suggestion: Suggestion) -> None:
    request = FetchRequest.objects.create(url="https://a.example/", requested_at=NOW)
    state = SuggestionState
    for why, values in (
        ("suggestion_state_valid|suggestion_", {"state": "ODD"}),
        ("suggestion_decision_matches_state", {"decided_at": NOW}),
        ("suggestion_decision_matches_state", {"state": state.DECLINED}),
        ("suggestion_accepted_is_fetched", {"state": state.ACCEPTED, "decided_at": NOW}),
        ("suggestion_accepted_is_fetched", {"fetch_request": request}),
    ):
        with pytest.raises(DatabaseError, match=why), transaction.atomic():
            Suggestion.objects.filter(pk=suggestion.pk).update(**values)


def test_suggestion_is_kept_once_per_partner_and_never_deleted(suggestion: Suggestion) -> None:
    with pytest.raises(IntegrityError, match="suggestion_once"), transaction.atomic():
        Suggestion.objects.create(
            organisation=suggestion.organisation,
            url="https://a.example/?x",
            url_key=suggestion.url_key,
            sent_at=NOW,
        )
    with pytest.raises(DatabaseError, match="Cannot delete"), transaction.atomic():
        Suggestion.objects.filter(pk=suggestion.pk)._raw_delete("default")


def test_kinds_of_the_code_are_those_of_the_database() -> None:
    for kind in FeedKind:
        FeedFactory(kind=kind)
