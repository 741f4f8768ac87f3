"""Articles that share wording, in the state in which they are related."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from tests.benchmarks.invented_pages import report
from tests.conftest import NOW
from tests.factories import ArticleFactory, advance_article
from tracker.sources.choices import ArticleState
from tracker.sources.services.relate import relate_articles

if TYPE_CHECKING:
    from tracker.sources.models import Article

SENTENCES = [
    sentence
    for paragraph in report(1, sentences=20).paragraphs
    for sentence in re.split(r"(?<=[.]) ", paragraph)
]
ORIGIN = " ".join(SENTENCES)
EDITED = f"An editor of the coast added a lead of her own here. {ORIGIN}"
SHORTENED = " ".join(SENTENCES[:12])
OTHER = report(2, sentences=20).text
PARTLY = f"{' '.join(SENTENCES[:8])} {OTHER[: len(OTHER) * 7 // 10]}"


def parsed(text: str, day: int | None = 1) -> Article:
    article = ArticleFactory.create(
        text=text, published_on=None if day is None else date(2026, 11, day), received_at=NOW
    )
    return advance_article(article, ArticleState.PARSED)


def relate(*articles: Article) -> None:
    for article in articles:
        assert relate_articles(article_ids=[article.pk], now=NOW)
    for article in articles:
        article.refresh_from_db()
