"""Rows are written together as ``save`` writes each."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.factories.sources import ArticleFactory, SourceFactory
from tracker.sources.models import Article
from tracker.sources.services.article_rows import save_articles

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

pytestmark = pytest.mark.django_db


def test_each_row_gets_its_own_values_and_only_the_named_ones() -> None:
    articles = [ArticleFactory(title="before", author="kept") for _ in range(3)]
    outlet = SourceFactory()
    for number, article in enumerate(articles[:2]):
        article.title = f'{{}}, "quoted" \\ NULL {number}'
        article.author = "not named, so not written"
        article.text = "a\nb"
        article.marks = [(0, 1, "link")] if number else []
        article.published_on = date(2026, 11, 1) if number else None
        article.outlet = outlet if number else None

    save_articles(articles[:2], fields=["title", "text", "marks", "published_on", "outlet"])

    first, second, third = Article.objects.order_by("pk")
    assert first.title == '{}, "quoted" \\ NULL 0'
    assert second.title == '{}, "quoted" \\ NULL 1'
    assert (first.text, first.marks, first.published_on, first.outlet_id) == (
        "a\nb",
        [],
        None,
        None,
    )
    assert (second.marks, second.published_on) == ([[0, 1, "link"]], date(2026, 11, 1))
    assert second.outlet_id == outlet.pk
    assert {first.author, second.author, third.author} == {"kept"}
    assert third.title == "before"


def test_no_rows_are_no_statement(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(0):
        save_articles([], fields=["title"])
