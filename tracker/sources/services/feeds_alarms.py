"""A feed that fails or falls silent is told to people, once, until it is over."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from tracker.sources.models import Feed


def tell_silence(feed: Feed, *, now: datetime) -> None:
    """Raise the alarm where it has brought nothing for too long, else clear it."""


def tell_failing(feed: Feed, *, now: datetime) -> None:
    """Raise the alarm where its polls have failed too often in a row, else clear it."""


def clear_feed_alarms(feed: Feed, *, now: datetime) -> None:
    """A feed that is not asked can neither fail nor be silent."""
