"""Keys that everybody shares, and batches that are related in one go."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from tests.benchmarks.invented_pages import report
from tests.conftest import NOW
from tests.factories import ArticleFactory, SourceFactory, advance_article
from tests.sources.related import EDITED, ORIGIN, OTHER, parsed, relate
from tracker.sources.choices import ArticleState, LineageKind
from tracker.sources.models import Article, CommonKey, LineageLink, Story, TextSignature
from tracker.sources.rules.lineage_stories import MOST_STORIES_OF_A_KEY
from tracker.sources.rules.lineage_text import prepare
from tracker.sources.rules.signature import sentence_keys
from tracker.sources.services.relate import read_texts, relate_articles

pytestmark = pytest.mark.django_db

CLOSING = " ".join(re.split(r"(?<=[.])\s+", report(77).text)[:3])


def _with_closing(number: int) -> Article:
    outlet = SourceFactory.create() if number == 0 else Article.objects.order_by("pk")[0].outlet
    article = ArticleFactory.create(
        text=f"{report(number, sentences=10).text}\n{CLOSING}",
        outlet=outlet,
        published_on=date(2026, 10, 1) + timedelta(days=number),
        received_at=NOW,
    )
    return advance_article(article, ArticleState.PARSED)


def test_what_everybody_prints_is_neither_stored_nor_asked_for() -> None:
    articles = [_with_closing(number) for number in range(MOST_STORIES_OF_A_KEY + 3)]

    relate(*articles)

    known = set(CommonKey.objects.values_list("key", flat=True))
    assert set(sentence_keys(prepare(CLOSING))) <= known
    last = TextSignature.objects.get(article=articles[-1])
    assert not known & {*last.bands, *last.sentences}
    assert Story.objects.count() == len(articles)
    assert not LineageLink.objects.filter(article=articles[-1]).exists()


def test_closing_paragraph_of_an_outlet_makes_no_copy() -> None:
    shared = " ".join(re.split(r"(?<=[.])\s+", report(78).text)[:8])
    texts = [f"{' '.join(report(n).text.split()[:70])}. {shared}" for n in range(5)]
    outlet = SourceFactory.create()
    articles = [
        advance_article(
            ArticleFactory.create(
                text=text, outlet=outlet, published_on=date(2026, 10, 1) + timedelta(days=9 * n)
            ),
            ArticleState.PARSED,
        )
        for n, text in enumerate(texts)
    ]

    assert relate_articles(article_ids=[a.pk for a in articles], now=NOW) == len(articles)

    assert Story.objects.count() == len(articles)


@pytest.mark.parametrize("size", [1, 2, 7])
def test_batches_of_any_size_give_the_same_stories(size: int) -> None:
    texts = [ORIGIN, OTHER, ORIGIN, EDITED, f"{OTHER} Ends.", EDITED, "Nothing else."]
    articles = [parsed(text, day) for day, text in enumerate(texts, start=1)]
    ids = [article.pk for article in articles]

    done = [relate_articles(article_ids=ids[n : n + size], now=NOW) for n in range(0, 7, size)]

    assert sum(done) == len(articles)
    for article in articles:
        article.refresh_from_db()
    first, other, same, edited, again, twice, alone = articles
    assert first.story_id == same.story_id == edited.story_id == twice.story_id
    assert other.story_id == again.story_id
    assert len({a.story_id for a in articles}) == 3 == Story.objects.count()
    assert [a.lineage_kind for a in articles] == [
        LineageKind.ORIGINAL,
        LineageKind.ORIGINAL,
        LineageKind.VERBATIM_COPY,
        LineageKind.EDITED_COPY,
        LineageKind.EDITED_COPY,
        LineageKind.VERBATIM_COPY,
        LineageKind.ORIGINAL,
    ]
    assert (same.origin, edited.origin, again.origin, twice.origin) == (first, first, other, edited)
    assert alone.origin is None


def test_verbatim_copies_are_found_by_one_signature() -> None:
    relate(*(parsed(ORIGIN, day) for day in range(1, 6)))

    assert TextSignature.objects.count() == 1


def test_marked_furniture_is_not_compared() -> None:
    article = parsed(f"{ORIGIN} {OTHER}", 2)
    Article.objects.filter(pk=article.pk).update(
        marks=[[len(ORIGIN) + 1, len(ORIGIN) + 1 + len(OTHER), "recurs on the host"]]
    )
    first = parsed(ORIGIN, 1)

    relate(first, article)

    assert (article.lineage_kind, article.origin) == (LineageKind.VERBATIM_COPY, first)
    assert OTHER not in read_texts([article.pk])[article.pk].text


def test_agency_is_noted() -> None:
    article = parsed(f"SELLA (Meridian Wire) - {ORIGIN}")

    relate(article)

    assert article.credit == "Meridian Wire"
