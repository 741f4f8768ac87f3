"""Invented feeds of invented outlets."""

from __future__ import annotations

RSS = b"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
     xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Coast Herald</title><link>https://herald.example/</link><language>en-GB</language>
<item><title>Shells on a ferry</title><link>/2026/ferry?utm_source=rss</link>
 <guid isPermaLink="false">herald-17</guid><dc:creator>A. Writer</dc:creator>
 <pubDate>Fri, 20 Nov 2026 08:30:00 +0300</pubDate>
 <description>Two people were hurt.</description>
 <content:encoded><![CDATA[<p>ARDESH - Shells hit a ferry on Thursday.</p>
 <p>Two were hurt.</p>]]></content:encoded></item>
<item><title>Market reopens &amp;amp; trades</title><link>https://herald.example/2026/market</link>
 <guid>https://herald.example/2026/market</guid>
 <description>The market in Ardesh opened again.</description></item>
</channel></rss>"""

ATOM = b"""<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="ar" xml:base="https://wadi.example/news/">
<title>Sawt al-Wadi</title><id>tag:wadi.example,2026:feed</id>
<updated>2026-11-20T09:00:00Z</updated>
<entry><title>Strike near the mill</title><id>tag:wadi.example,2026:1</id>
 <link rel="alternate" href="mill"/><published>2026-11-20T06:00:00Z</published>
 <updated>2026-11-20T08:00:00+02:00</updated>
 <content type="html">&lt;p&gt;Three people were killed near the mill.&lt;/p&gt;</content></entry>
</feed>"""

JSON_FEED = b"""{"version": "https://jsonfeed.org/version/1.1", "title": "Delta Post",
"language": "en-US", "items": [
 {"id": "d-1", "url": "/a/1", "title": "Bridge closed", "content_text": "The bridge was hit.",
  "date_published": "2026-11-19T10:00:00+02:00", "authors": [{"name": "B. Writer"}]},
 {"id": 2, "external_url": "https://other.example/2", "summary": "Short."},
 "no object"]}"""

SITEMAP = b"""<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
        xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc>https://ledger.example/1</loc><lastmod>2026-11-20T10:00:00Z</lastmod>
 <news:news><news:publication><news:name>The Ledger</news:name><news:language>en</news:language>
 </news:publication><news:publication_date>2026-11-20</news:publication_date>
 <news:title>Clinic hit</news:title></news:news></url>
<url><loc> https://ledger.example/2 </loc></url><url><lastmod>2026-11-20</lastmod></url>
</urlset>"""

INDEX = b"""<?xml version="1.0" encoding="UTF-8"?>
<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<sitemap><loc>https://ledger.example/old.xml</loc><lastmod>2026-10-01</lastmod></sitemap>
<sitemap><loc>https://ledger.example/new.xml</loc><lastmod>2026-11-20</lastmod></sitemap>
</sitemapindex>"""

OPML = b"""<?xml version="1.0"?><opml version="2.0"><head><title>Mine</title></head><body>
<outline text="Coast"><outline type="rss" text="Coast Herald" xmlUrl="https://herald.example/rss"
 language="en-GB"/></outline>
<outline text="No address"/>
<outline title="Delta Post" xmlUrl="https://delta.example/feed.json"/>
</body></opml>"""


def rss_of(count: int) -> bytes:
    """A feed of many short entries."""
    items = b"".join(
        b"<item><title>T %d</title><link>https://many.example/%d</link></item>" % (n, n)
        for n in range(count)
    )
    return b"<?xml version='1.0'?><rss version='2.0'><channel>" + items + b"</channel></rss>"
