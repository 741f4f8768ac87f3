"""Feeds that are followed."""

from __future__ import annotations

from datetime import UTC, datetime

import factory

from tests.factories.base import ModelFactory
from tracker.sources.choices import FeedKind
from tracker.sources.models import Feed

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


class FeedFactory(ModelFactory[Feed]):
    """An active feed that is due."""

    class Meta:
        model = Feed

    kind = FeedKind.FEED
    address = factory.Sequence(lambda n: f"https://outlet-{n}.example/rss")
    address_key = factory.SelfAttribute("address")
    title = factory.Sequence(lambda n: f"Outlet {n}")
    made_at = NOW
    changed_by = "tests"
    next_poll_at = NOW
