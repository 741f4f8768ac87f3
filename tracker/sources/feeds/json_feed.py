"""JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/), and 1.0, which it includes."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urljoin

from tracker.sources.feeds.entries import MOST_ENTRIES, Entry, FeedRead, UnreadableFeed, one_line
from tracker.sources.feeds.plain_text import text_of

_VERSION = "https://jsonfeed.org/version/1"


def read_json_feed(content: bytes, *, address: str) -> FeedRead:
    """The entries of a JSON Feed. Raises UnreadableFeed where it is none."""
    try:
        feed = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as failure:
        raise UnreadableFeed("It is no JSON Feed: its JSON can't be read.") from failure
    if not isinstance(feed, dict) or not str(feed.get("version", "")).startswith(_VERSION):
        raise UnreadableFeed("It is JSON, but no JSON Feed of version 1.")
    items = feed.get("items")
    if not isinstance(items, list):
        raise UnreadableFeed("It is a JSON Feed without a list of items.")
    whole = [item for item in items if isinstance(item, dict)]
    said = []
    if len(whole) < len(items):
        said.append(f"{len(items) - len(whole):,} of its items are no objects.")
    if len(whole) > MOST_ENTRIES:
        left_out = len(whole) - MOST_ENTRIES
        said.append(f"It has {left_out:,} entries more than the {MOST_ENTRIES:,} that are read.")
    return FeedRead(
        title=one_line(feed.get("title"), 200),
        language=_language(feed.get("language")),
        entries=tuple(_entry(item, address) for item in whole[:MOST_ENTRIES]),
        warning=" ".join(said),
    )


def _entry(item: dict[str, Any], base: str) -> Entry:
    link = one_line(item.get("url") or item.get("external_url"), 2000)
    identifier = item.get("id")
    return Entry(
        identifier=one_line(str(identifier), 2000) if isinstance(identifier, str | int) else "",
        address=_joined(base, link),
        title=one_line(item.get("title")),
        author=_author(item),
        language=_language(item.get("language")),
        published_at=_moment(item.get("date_published")),
        updated_at=_moment(item.get("date_modified")),
        text=text_of(_text(item.get("content_html"))) or _text(item.get("content_text")).strip(),
        summary=_text(item.get("summary")),
    )


def _joined(base: str, link: str) -> str:
    try:
        return urljoin(base, link) if link else ""
    except ValueError:
        return ""


def _author(item: dict[str, Any]) -> str:
    authors = item.get("authors")
    named = authors if isinstance(authors, list) else [item.get("author")]
    names = [one_line(one.get("name"), 100) for one in named[:10] if isinstance(one, dict)]
    return one_line(", ".join(name for name in names if name), 300)


def _text(value: object) -> str:
    return value if isinstance(value, str) and value.strip() else ""


def _moment(value: object) -> datetime | None:
    """RFC 3339; a time without its offset is taken for UTC."""
    if not isinstance(value, str):
        return None
    try:
        moment = datetime.fromisoformat(value.strip())
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None


def _language(value: object) -> str:
    return value.split("-")[0].strip().lower()[:8] if isinstance(value, str) else ""
