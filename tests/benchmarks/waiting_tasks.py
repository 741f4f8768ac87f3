"""Very many review tasks that wait, each with an article of its own, by a few statements."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta

from tracker.sources.models import Article, Capture
from tracker.verification.models import ReviewTask

NOW = datetime(2031, 3, 20, 12, tzinfo=UTC)
_AT_ONCE = 5000


def waiting_tasks(count: int) -> None:
    """So many more, of every likelihood."""
    before = Capture.objects.count()
    for start in range(before, before + count, _AT_ONCE):
        numbers = range(start, min(start + _AT_ONCE, before + count))
        captures = Capture.objects.bulk_create(
            Capture(
                sha256=hashlib.sha256(f"waiting {n}".encode()).hexdigest(),
                size=100,
                media_type="text/plain",
                reference=f"waiting-{n}.txt",
                collected_by="benchmark",
                received_at=NOW,
            )
            for n in numbers
        )
        articles = Article.objects.bulk_create(
            Article(capture=capture, title="Strike", text="", received_at=NOW, state_since=NOW)
            for capture in captures
        )
        ReviewTask.objects.bulk_create(
            ReviewTask(article=article, queued_at=NOW + timedelta(seconds=n), relevance=n * 7 % 101)
            for n, article in zip(numbers, articles, strict=True)
        )
