"""Review tasks."""

from __future__ import annotations

from datetime import UTC, datetime

import factory

from tests.factories.base import ModelFactory
from tests.factories.sources import ArticleFactory
from tracker.verification.models import ReviewTask

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


class ReviewTaskFactory(ModelFactory[ReviewTask]):
    """A task that waits."""

    class Meta:
        model = ReviewTask

    article = factory.SubFactory(ArticleFactory)
    queued_at = NOW
