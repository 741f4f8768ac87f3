"""Copies find the text they descend from, in whatever order they come."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from itertools import permutations
from typing import TYPE_CHECKING

import pytest
from django.db import connection

from tests.conftest import NOW
from tests.sources.related import EDITED, ORIGIN, OTHER, PARTLY, SHORTENED, parsed, relate
from tracker.sources.choices import ArticleState, LineageKind
from tracker.sources.models import Article, Story
from tracker.sources.rules.signature import Signature, sign
from tracker.sources.services.leases import lease_articles
from tracker.sources.services.relate import relate_articles

if TYPE_CHECKING:
    from tracker.sources.rules.lineage_text import PreparedText

pytestmark = pytest.mark.django_db


def test_text_of_its_own_is_an_original() -> None:
    first, second = parsed(ORIGIN), parsed(OTHER)

    relate(first, second)

    assert first.lineage_kind == second.lineage_kind == LineageKind.ORIGINAL
    assert first.story_id != second.story_id
    assert (first.state, first.origin_id, first.overlap) == (ArticleState.RELATED, None, None)
    assert not relate_articles(article_ids=[first.pk], now=NOW)


def test_article_with_hardly_a_word() -> None:
    article = parsed("!")

    relate(article)

    assert article.lineage_kind == LineageKind.ORIGINAL


@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_earliest_text_leads_in_any_order_of_arrival(order: tuple[int, ...]) -> None:
    articles = [
        parsed(ORIGIN, day=3),
        parsed(ORIGIN, day=4),
        parsed(EDITED, day=5),
        parsed(SHORTENED, day=6),
    ]

    relate(*(articles[i] for i in order))
    for article in articles:
        article.refresh_from_db()

    leader, verbatim, edited, shortened = articles
    assert {a.story_id for a in articles} == {leader.story_id}
    assert leader.lineage_kind == LineageKind.ORIGINAL
    assert (verbatim.lineage_kind, verbatim.origin) == (LineageKind.VERBATIM_COPY, leader)
    assert (edited.lineage_kind, edited.origin) == (LineageKind.EDITED_COPY, leader)
    assert (shortened.lineage_kind, shortened.origin) == (LineageKind.EXCERPT, leader)
    assert verbatim.overlap == 1.0
    assert edited.overlap is not None
    assert edited.overlap > 0.9


def test_verbatim_copy_of_a_copy_names_that_copy() -> None:
    leader, edited, again = parsed(ORIGIN, 1), parsed(EDITED, 2), parsed(EDITED, 3)

    relate(leader, edited, again)

    assert (again.lineage_kind, again.origin) == (LineageKind.VERBATIM_COPY, edited)


def test_unknown_day_comes_last() -> None:
    undated, dated = parsed(ORIGIN, None), parsed(ORIGIN, 9)

    relate(undated, dated)
    undated.refresh_from_db()

    assert dated.lineage_kind == LineageKind.ORIGINAL
    assert undated.origin == dated


def test_shared_passages_are_said_but_make_no_copy() -> None:
    first, partly = parsed(ORIGIN, 1), parsed(PARTLY, 2)

    relate(first, partly)

    assert (partly.lineage_kind, partly.origin) == (LineageKind.PARTIAL_OVERLAP, first)
    assert partly.story_id != first.story_id
    copy = parsed(PARTLY, 3)
    relate(copy)
    assert (copy.lineage_kind, copy.origin) == (LineageKind.VERBATIM_COPY, partly)


def test_stale_worker_relates_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    article = parsed(ORIGIN)

    def overtaken(text: PreparedText) -> Signature:
        Article.objects.filter(pk=article.pk).update(leased_until=None)
        lease_articles(article_ids=[article.pk], state=ArticleState.PARSED, now=NOW)
        return sign(text)

    monkeypatch.setattr("tracker.sources.services.relate.sign", overtaken)

    assert not relate_articles(article_ids=[article.pk], now=NOW)
    assert not Story.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_copies_compared_at_the_same_moment_agree() -> None:
    articles = [parsed(ORIGIN, day=n + 1) for n in range(8)]

    def relate(article: Article) -> None:
        try:
            relate_articles(article_ids=[article.pk], now=NOW)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(relate, reversed(articles)))

    rows = list(Article.objects.order_by("published_on"))
    assert {row.story_id for row in rows} == {Story.objects.get().pk}
    assert [row.origin_id for row in rows] == [None] + [rows[0].pk] * 7
