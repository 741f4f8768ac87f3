"""Sources, captures and articles."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime

import factory

from tests.factories.base import ModelFactory
from tracker.sources.choices import ArticleState, SourceKind
from tracker.sources.models import Article, Capture, Party, Source

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
TEXT = (
    "ARDESH (Meridian Wire) - An air strike on a market in Ardesh killed at least seven people "
    "on Tuesday, the Nahr Rescue Service said.\n\nThe Coalition said no civilian was killed."
)


class PartyFactory(ModelFactory[Party]):
    """A belligerent."""

    class Meta:
        model = Party

    name = factory.Sequence(lambda n: f"Coalition {n}")


class SourceFactory(ModelFactory[Source]):
    """An outlet, unrated."""

    class Meta:
        model = Source

    name = factory.Sequence(lambda n: f"Coast Herald {n}")
    kind = SourceKind.OUTLET


class CaptureFactory(ModelFactory[Capture]):
    """A capture of a plain text; its bytes are not in the store."""

    class Meta:
        model = Capture

    sha256 = factory.Sequence(lambda n: hashlib.sha256(f"capture {n}".encode()).hexdigest())
    size = 100
    media_type = "text/plain"
    reference = factory.Sequence(lambda n: f"article-{n}.txt")
    collected_by = "tests"
    received_at = NOW


class ArticleFactory(ModelFactory[Article]):
    """A stored article with text; use ``advance_article`` to bring it further."""

    class Meta:
        model = Article

    capture = factory.SubFactory(CaptureFactory)
    outlet = factory.SubFactory(SourceFactory)
    title = "Strike on a market in Ardesh"
    text = TEXT
    text_sha256 = factory.LazyAttribute(lambda a: hashlib.sha256(a.text.encode()).hexdigest())
    language = "en"
    published_on = date(2026, 11, 13)
    received_at = NOW
    state_since = NOW


def advance_article(article: Article, state: ArticleState = ArticleState.EXTRACTED) -> Article:
    """Bring an article to ``state`` by the steps the trigger allows."""
    for step in (ArticleState.PARSED, ArticleState.RELATED, ArticleState.EXTRACTED):
        if article.state == state:
            break
        article.state = step
        article.save(update_fields=["state"])
    return article
