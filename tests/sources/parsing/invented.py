"""Invented pages of every kind that a feed may lead to."""

from __future__ import annotations

SENTENCES = (
    "Shells fell on the harbour of Sella in the early hours of Tuesday, the harbour office said.",
    "Four boats were sunk at their moorings and the roof of the ice house was torn open.",
    "The harbour master told reporters that nobody had slept on the boats that night.",
    "Fishermen spent the morning pulling nets and planks out of the water near the eastern wall.",
    "The council has asked the owners to bring their papers to the town hall by Thursday.",
    "Ferries will keep to the western bank until divers have looked at the channel, it said.",
)


def document(body: str, *, head: str = "", title: str = "Four boats sunk at Sella") -> str:
    """A whole page."""
    return (
        f'<!doctype html><html><head><meta charset="utf-8"><title>{title}</title>{head}</head>'
        f"<body>{body}</body></html>"
    )


def article(*, head: str = "", extra: str = "") -> str:
    """A page that is an article."""
    told = "".join(f"<p>{sentence} {sentence[:-1]} too.</p>" for sentence in SENTENCES)
    return document(f"<article><h1>Four boats sunk at Sella</h1>{told}</article>{extra}", head=head)


_TEASERS = "".join(
    f'<div class="teaser"><h3><a href="/news/{n}">Council meets for the {n}th time</a></h3>'
    f"<p>Short words on it.</p></div>"
    for n in range(24)
)
_CARDS = "".join(
    f'<a href="/s/{n}"><article><h2>Ferry {n} late again</h2><span>Today</span></article></a>'
    for n in range(30)
)
_STORIES = "".join(
    f"<li><h4><a href='/x/{n}'>Oranges and prices, part {n}</a></h4></li>" for n in range(40)
)
_COOKIES = (
    "We use cookies and similar techniques to make our pages work. With your consent we and our "
    "partners store personal data. Read our privacy policy and cookie policy to learn more."
)

NO_ARTICLES: dict[str, list[str]] = {
    "index page": [
        document(_TEASERS, title="Coast Herald"),
        document(f"<main>{_CARDS}</main>", title="Latest"),
        document(f"<h1>News</h1><ul>{_STORIES}</ul>", title="News"),
        document(f"<section><h2>Region</h2>{_TEASERS}</section><p>{SENTENCES[0]}</p>"),
    ],
    "cookie wall": [
        document(f"<h1>Before you continue</h1><p>{_COOKIES}</p><button>Accept</button>"),
        document(f"<div>{_COOKIES}</div><div><button>Accept all cookies</button></div>"),
        document(f"<main><p>{_COOKIES}</p><p>{_COOKIES}</p><p>{_COOKIES}</p></main>"),
        document("<p>This site needs your consent to cookies.</p><a href='/yes'>Cookies: yes</a>"),
    ],
    "paywall": [
        document(
            f"<article><h1>Tolls</h1><p>{SENTENCES[0]}</p></article>",
            head='<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Tolls",'
            ' "isAccessibleForFree": "False"}</script>',
        ),
        document(
            f"<article><p>{SENTENCES[0]} {SENTENCES[1]}</p><p>{SENTENCES[2]}</p></article>"
            "<div>Subscribe to continue reading this article.</div>"
        ),
        document(f"<p>{SENTENCES[0]}</p><p>Already a subscriber? Sign in.</p>"),
        document(f"<p>{SENTENCES[1]}</p><p>This article is reserved for our members.</p>"),
    ],
    "not-found page": [
        document("<h1>404</h1><p>Nothing is here.</p>", title="Coast Herald"),
        document(f"<h1>Page not found</h1><p>{SENTENCES[4]}</p>", title="Oops"),
        document("<p>Try the search.</p>", title="404 | Coast Herald"),
        document("<h1>This article is no longer available</h1><p>It was taken down.</p>"),
    ],
}
