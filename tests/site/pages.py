"""How the outlets' pages and feeds look: each with furniture of its own around the text."""

from __future__ import annotations

import json
from html import escape
from typing import TYPE_CHECKING

from tests.site.plan import TAILS, FeedStyle, Outlet, SitePage, Vice

if TYPE_CHECKING:
    from tests.benchmarks.invented_pages import Report

_FEED_TYPES = {
    FeedStyle.RSS: "application/rss+xml; charset=utf-8",
    FeedStyle.RSS_CP1252: "application/rss+xml; charset=utf-8",
    FeedStyle.ATOM: "application/atom+xml; charset=utf-8",
    FeedStyle.JSON: "application/feed+json",
    FeedStyle.SITEMAP: "application/xml",
}


def page_of(outlet: Outlet, page: SitePage, *, edition: int) -> str:
    """The markup of a page in the first or the second edition."""
    if page.vice is not None:
        return _vice(outlet, page.vice)
    told = page.second if edition > 1 and page.second is not None else page.first
    return _article(outlet, told, day=page.day) if told is not None else ""


def feed_of(outlet: Outlet, base: str, *, edition: int) -> tuple[bytes, str]:
    """The outlet's feed and its content type; items that changed say so in the second edition."""
    items = [
        (base + page.path, _title(page), edition if page.second else 1) for page in outlet.pages
    ]
    writer = {
        FeedStyle.RSS: _rss,
        FeedStyle.RSS_CP1252: _rss,
        FeedStyle.ATOM: _atom,
        FeedStyle.JSON: _json_feed,
        FeedStyle.SITEMAP: _sitemap,
    }[outlet.style]
    encoding = "cp1252" if outlet.style is FeedStyle.RSS_CP1252 else "utf-8"
    return writer(outlet, items).encode(encoding), _FEED_TYPES[outlet.style]


def robots_of(outlet: Outlet) -> str:
    """The outlet's robots.txt."""
    lines = ["User-agent: *"]
    if outlet.disallows:
        lines.append("Disallow: /private/")
    if outlet.crawl_delay:
        lines.append(f"Crawl-delay: {outlet.crawl_delay}")
    return "\n".join(lines) + "\n"


def _title(page: SitePage) -> str:
    return page.first.title if page.first else "Of another kind"


def _article(outlet: Outlet, told: Report, *, day: int) -> str:
    body = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in told.paragraphs)
    tail = "".join(
        f"<p>{line}</p>" for line in (*TAILS[: outlet.number % 4 + 1], _own_tail(outlet))
    )
    menu = "".join(f'<li><a href="/section/{n}">Section {n}</a></li>' for n in range(12))
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8">'
        f"<title>{escape(told.title)} | {outlet.name}</title>"
        f'<meta property="og:site_name" content="{outlet.name}">'
        f'<meta property="og:title" content="{escape(told.title)}">'
        f'<meta property="article:published_time" content="2026-11-{day:02d}">'
        f"</head><body><header><nav><ul>{menu}</ul></nav></header><main><article>"
        f"<h1>{escape(told.title)}</h1>{body}{tail}</article></main>"
        f"<footer><p>{outlet.name}. All rights reserved.</p></footer></body></html>"
    )


def _own_tail(outlet: Outlet) -> str:
    return f"{outlet.name} is printed at the old rope works since the year of the great flood."


def _vice(outlet: Outlet, vice: Vice) -> str:
    head = f"<title>{outlet.name}</title><meta charset='utf-8'>"
    if vice is Vice.COOKIE_WALL:
        body = "<h1>Before you continue</h1>" + "<p>We use cookies and similar techniques.</p>" * 6
        body += "<button>Accept all cookies</button><button>Manage my choices</button>"
    elif vice is Vice.PAYWALL:
        head += (
            '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Tolls",'
            ' "isAccessibleForFree": false}</script>'
        )
        body = "<article><h1>Tolls</h1><p>The council has met.</p></article>"
        body += "<p>Subscribe to continue reading this article.</p>"
    elif vice is Vice.NOT_FOUND:
        head = "<title>Page not found</title><meta charset='utf-8'>"
        body = "<h1>404</h1><p>The page you are looking for does not exist or was moved.</p>"
    else:
        body = "".join(
            f'<div class="teaser"><h3><a href="/news/{n}">Teaser {n} of today</a></h3>'
            f"<p>Short words on the matter {n}.</p></div>"
            for n in range(40)
        )
    return f"<!doctype html><html><head>{head}</head><body>{body}</body></html>"


def _rss(outlet: Outlet, items: list[tuple[str, str, int]]) -> str:
    rows = "".join(
        f"<item><title>{escape(title)} – new</title><link>{escape(url)}?utm_source=rss</link>"
        f"<guid isPermaLink='false'>{escape(url)}</guid>"
        f"<pubDate>{_rfc822(edition)}</pubDate></item>"
        for url, title, edition in items
    )
    return (
        f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>'
        f"<title>{outlet.name}</title><link>/</link><description>News</description>"
        f"{rows}</channel></rss>"
    )


def _atom(outlet: Outlet, items: list[tuple[str, str, int]]) -> str:
    rows = "".join(
        f"<entry><id>{escape(url)}</id><title>{escape(title)}</title>"
        f'<link href="{escape(url)}"/><published>2026-11-20T06:00:00Z</published>'
        f"<updated>{_iso(edition)}</updated></entry>"
        for url, title, edition in items
    )
    return (
        f'<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom">'
        f"<title>{outlet.name}</title><id>urn:{outlet.number}</id>"
        f"<updated>2026-11-20T06:00:00Z</updated>{rows}</feed>"
    )


def _json_feed(outlet: Outlet, items: list[tuple[str, str, int]]) -> str:
    return json.dumps(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": outlet.name,
            "items": [
                {
                    "id": url,
                    "url": url,
                    "title": title,
                    "date_published": "2026-11-20T06:00:00Z",
                    "date_modified": _iso(edition),
                    "summary": "A teaser only.",
                }
                for url, title, edition in items
            ],
        }
    )


def _sitemap(outlet: Outlet, items: list[tuple[str, str, int]]) -> str:
    rows = "".join(
        f"<url><loc>{escape(url)}</loc><lastmod>{_iso(edition)}</lastmod><news:news>"
        f"<news:publication><news:name>{outlet.name}</news:name>"
        f"<news:language>en</news:language></news:publication>"
        f"<news:publication_date>2026-11-20T06:00:00Z</news:publication_date>"
        f"<news:title>{escape(title)}</news:title></news:news></url>"
        for url, title, edition in items
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">'
        f"{rows}</urlset>"
    )


def _iso(edition: int) -> str:
    return f"2026-11-20T{5 + edition:02d}:00:00Z"


def _rfc822(edition: int) -> str:
    return f"Fri, 20 Nov 2026 {5 + edition:02d}:00:00 GMT"
