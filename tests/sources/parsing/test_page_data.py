"""What a page says of itself, and where it says it."""

from __future__ import annotations

import pytest

from tests.sources.parsing.invented import SENTENCES, article, document
from tracker.sources.parsing.markup import tree_of
from tracker.sources.parsing.page import read_page
from tracker.sources.parsing.page_data import PageData, data_of

URL = "https://coast.example/2026/11/03/boats"
STRUCTURED = (
    '<script type="application/ld+json">{"@graph": [{"@type": "WebPage", "name": "x"}, '
    '{"@type": "NewsArticle", "headline": "Boats sunk",'
    ' "datePublished": "2026-11-04T01:00:00+03:00", "dateModified": "2026-11-05",'
    ' "author": [{"name": "Mira Tal"}, {"name": "Jon Berg"}],'
    ' "publisher": {"name": "Coast Herald"}}]}</script>'
)


def _data(markup: str, url: str = "") -> PageData:
    return data_of(tree_of(markup), url=url)


def test_structured_data_goes_first() -> None:
    meta = '<meta property="article:published_time" content="2026-11-01">'

    data = _data(article(head=STRUCTURED + meta), URL)

    assert (data.published, data.published_basis) == ("2026-11-04", "STRUCTURED")
    assert (data.modified, data.modified_basis) == ("2026-11-05", "STRUCTURED")
    assert (data.author, data.outlet) == ("Mira Tal, Jon Berg", "Coast Herald")
    assert data.is_article


@pytest.mark.parametrize(
    ("head", "extra", "url", "expected"),
    [
        ('<meta name="date" content="2026-11-02T10:00">', "", URL, ("2026-11-02", "META")),
        ("", '<time datetime="2026-11-06T08:00Z">Friday</time>', URL, ("2026-11-06", "MARKUP")),
        ("", "", URL, ("2026-11-03", "URL")),
        ("", "", "https://coast.example/boats", ("", "")),
        ('<meta name="date" content="yesterday">', "", "", ("", "")),
        (
            "",
            '<time datetime="2026-11-06">a</time><time datetime="2026-11-07">b</time>',
            "",
            ("", ""),
        ),
        (
            "",
            '<time datetime="2026-11-06">a</time><time pubdate datetime="2026-11-07">b</time>',
            "",
            ("2026-11-07", "MARKUP"),
        ),
    ],
)
def test_day_is_kept_with_the_place_it_was_found_in(
    head: str, extra: str, url: str, expected: tuple[str, str]
) -> None:
    data = _data(article(head=head, extra=extra), url)

    assert (data.published, data.published_basis) == expected


@pytest.mark.parametrize(
    ("markup", "title"),
    [
        (article(), "Four boats sunk at Sella"),
        (document("<p>x</p>", title="Boats sunk | Coast Herald"), "Boats sunk"),
        (document("<p>x</p>", title="Boats sunk - in the harbour"), "Boats sunk - in the harbour"),
        (
            document("<h1>One</h1><h1>Two</h1>", head='<meta property="og:title" content="Boats">'),
            "Boats",
        ),
    ],
)
def test_title_is_the_heading_or_what_the_page_says(markup: str, title: str) -> None:
    outlet = '<meta property="og:site_name" content="Coast Herald">'

    assert _data(markup.replace("<title>", f"{outlet}<title>")).title == title


def test_canonical_address_is_made_whole_and_only_of_the_web() -> None:
    link = '<link rel="canonical" href="/boats">'
    odd = '<link rel="canonical" href="javascript:alert(1)">'

    assert _data(article(head=link), URL).canonical_url == "https://coast.example/boats"
    assert _data(article(head=odd), URL).canonical_url == ""


@pytest.mark.parametrize(
    "script",
    ["{not json", "[" * 5000, '{"@type": ["NewsArticle", 5], "author": {"name": 7}}', "null"],
)
def test_broken_structured_data_is_passed_over(script: str) -> None:
    data = _data(article(head=f'<script type="application/ld+json">{script}</script>'))

    assert (data.author, data.published) == ("", "")


def test_body_cut_into_pieces_is_read_whole() -> None:
    pieces = "".join(
        f'<div class="piece"><p>{first} {first}</p><p>{second} {second}</p></div><div>Advert</div>'
        for first, second in zip(SENTENCES[::2], SENTENCES[1::2], strict=True)
    )
    markup = document(f"<main><article><h1>Boats</h1><div>{pieces}</div></article></main>")

    text = read_page(markup.encode(), charset="", url="")["text"]

    assert all(sentence in text for sentence in SENTENCES)
