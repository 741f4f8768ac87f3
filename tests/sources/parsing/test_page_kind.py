"""What a feed leads to is told apart: articles, and pages that are none."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING

import pytest

from tests.sources.parsing.invented import NO_ARTICLES, SENTENCES, article, document
from tracker.sources.parsing.page import read_page
from tracker.sources.parsing.parsed import Unreadable

if TYPE_CHECKING:
    from pathlib import Path

PAGES = [(kind, markup) for kind, pages in NO_ARTICLES.items() for markup in pages]


@pytest.mark.parametrize(("kind", "markup"), PAGES)
def test_pages_that_are_no_articles_are_refused_by_their_kind(kind: str, markup: str) -> None:
    with pytest.raises(Unreadable, match=kind):
        read_page(markup.encode(), charset="", url="")


@pytest.mark.parametrize(
    "markup",
    [
        article(),
        article(extra="<footer>We use cookies. Subscribe to continue supporting us.</footer>"),
        article(extra="<p>Already a subscriber? Sign in.</p>"),
        article(extra="<aside>" + NO_ARTICLES["index page"][0].partition("<body>")[2]),
        article(
            head='<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Boats",'
            ' "isAccessibleForFree": false}</script>'
        ),
    ],
)
def test_articles_with_such_furniture_around_them_are_read(markup: str) -> None:
    assert "Four boats were sunk" in read_page(markup.encode(), charset="", url="")["text"]


def test_short_report_under_a_frame_that_sells_subscriptions_is_read() -> None:
    frame = "<header>Already a subscriber? Sign in to read. Subscribe to continue.</header>"
    told = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES[:4])
    told = f"<article><h1>Boats</h1>{told}</article>"
    footer = "<footer>" + "<p>Contact the desk at the old rope works.</p>" * 8 + "</footer>"

    found = read_page(document(frame + told + footer).encode(), charset="", url="")

    assert SENTENCES[1] in found["text"]


def test_no_article_of_the_kit_is_refused(shared: Path) -> None:
    folder = shared / "articles" / "pages"
    lines = (folder / "truth.jsonl").read_text(encoding="utf-8").splitlines()
    refused = []
    for truth in map(json.loads, lines[::3]):  # every third: half a minute for all of them
        content = gzip.decompress((folder / f"{truth['id']}.html.gz").read_bytes())
        try:
            read_page(content, charset="", url=truth["url"])
        except Unreadable:
            if len(truth["body"]) > 1000:
                refused.append(truth["url"])
    assert refused == []
