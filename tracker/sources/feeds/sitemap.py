"""Sitemaps, news sitemaps, and indexes of them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from tracker.sources.feeds.entries import (
    MOST_ENTRIES,
    Entry,
    FeedRead,
    UnreadableFeed,
    latest,
    one_line,
)
from tracker.sources.feeds.markup import local_name, parse_xml, unpacked

#: Sitemaps of one index that are followed: the latest ones, where the news is.
MOST_PARTS = 10
#: The protocol allows 50,000 addresses; beyond this an answer is not taken for a sitemap.
_MOST_ELEMENTS = 60_000


def read_sitemap(content: bytes) -> FeedRead:
    """The addresses of a sitemap, or the sitemaps of an index. Raises UnreadableFeed."""
    root = parse_xml(unpacked(content), what="sitemap")
    match local_name(root):
        case "urlset":
            return _addresses(root)
        case "sitemapindex":
            return _index(root)
        case other:
            raise UnreadableFeed(f"It is XML, but no sitemap: it begins with {other[:40]}.")


def _addresses(root: Any) -> FeedRead:
    entries = []
    for number, element in enumerate(root):
        if number >= _MOST_ELEMENTS:
            raise UnreadableFeed(f"It has more than {_MOST_ELEMENTS:,} addresses.")
        if local_name(element) == "url":
            entry = _entry(element)
            if entry.address:
                entries.append(entry)
    kept = latest(entries)
    warning = ""
    if len(kept) < len(entries):
        warning = f"It has {len(entries):,} addresses; the latest {MOST_ENTRIES:,} are read."
    return FeedRead(entries=tuple(kept), warning=warning)


def _index(root: Any) -> FeedRead:
    parts: list[tuple[datetime, str]] = []
    for number, element in enumerate(root):
        if number >= _MOST_ELEMENTS:
            raise UnreadableFeed(f"It has more than {_MOST_ELEMENTS:,} sitemaps.")
        said = _texts(element)
        if said.get("loc"):
            changed = _moment(said.get("lastmod", "")) or datetime.min.replace(tzinfo=UTC)
            parts.append((changed, one_line(said["loc"], 2000)))
    newest = sorted(parts, key=lambda part: part[0], reverse=True)[:MOST_PARTS]
    warning = ""
    if len(parts) > MOST_PARTS:
        warning = f"It names {len(parts):,} sitemaps; the latest {MOST_PARTS} are followed."
    return FeedRead(parts=tuple(address for _, address in newest), warning=warning)


def _entry(element: Any) -> Entry:
    said = _texts(element)
    news: dict[str, str] = {}
    publication: dict[str, str] = {}
    for child in element:
        if local_name(child) == "news":
            news = _texts(child)
            for grandchild in child:
                if local_name(grandchild) == "publication":
                    publication = _texts(grandchild)
    address = one_line(said.get("loc", ""), 2000)
    return Entry(
        identifier=address,
        address=address,
        title=one_line(news.get("title", "")),
        language=publication.get("language", "").split("-")[0].strip().lower()[:8],
        outlet=one_line(publication.get("name", ""), 200),
        published_at=_moment(news.get("publication_date", "")),
        updated_at=_moment(said.get("lastmod", "")),
    )


def _texts(element: Any) -> dict[str, str]:
    """The texts of an element's children by name; of two with one name the first."""
    found: dict[str, str] = {}
    for child in element:
        found.setdefault(local_name(child), (child.text or "").strip())
    return found


def _moment(text: str) -> datetime | None:
    """A W3C date; a day alone is its beginning, and a month or a year alone is no moment."""
    try:
        moment = datetime.fromisoformat(text.strip())
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None
