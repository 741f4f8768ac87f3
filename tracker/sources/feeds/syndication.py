"""RSS and Atom, in every version that is found in the wild."""

from __future__ import annotations

import calendar
import html
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import feedparser

from tracker.sources.feeds.entries import MOST_ENTRIES, Entry, FeedRead, UnreadableFeed, one_line
from tracker.sources.feeds.plain_text import text_of

if TYPE_CHECKING:
    import time

_END_OF_ENTRY = re.compile(rb"</(?:\w{1,20}:)?(?:item|entry)\s*>", re.IGNORECASE)
#: Markup that a feed's author meant as markup; the rest is plain text.
_MARKUP_TYPES = frozenset({"text/html", "application/xhtml+xml"})
_LONGEST_YEAR = 9999


def read_syndication(content: bytes, *, address: str, content_type: str = "") -> FeedRead:
    """The entries of an RSS or Atom feed. Raises UnreadableFeed where it is neither."""
    kept, left_out = _bounded(content)
    headers = {"content-location": address}
    if content_type:
        headers["content-type"] = content_type
    found = feedparser.parse(kept, response_headers=headers, sanitize_html=False)
    if not found.version and not found.entries:
        raise UnreadableFeed("It is no feed: neither RSS nor Atom can be read in it.")
    return FeedRead(
        title=one_line(found.feed.get("title", ""), 200),
        language=_language(found.feed.get("language", "")),
        entries=tuple(_entry(raw) for raw in found.entries[:MOST_ENTRIES]),
        warning=_warning(found, left_out),
    )


def _bounded(content: bytes) -> tuple[bytes, int]:
    """The feed with its first entries only, still whole, and how many were left out."""
    ends = [match.end() for match in _END_OF_ENTRY.finditer(content)]
    if len(ends) <= MOST_ENTRIES:
        return content, 0
    return content[: ends[MOST_ENTRIES - 1]] + content[ends[-1] :], len(ends) - MOST_ENTRIES


def _warning(found: Any, left_out: int) -> str:
    said = []
    # A feed sent as plain text or HTML is read as well as any other.
    if found.bozo and not isinstance(found.bozo_exception, feedparser.NonXMLContentType):
        said.append(f"It is not well formed ({type(found.bozo_exception).__name__}).")
    if left_out:
        said.append(f"It has {left_out:,} entries more than the {MOST_ENTRIES:,} that are read.")
    return " ".join(said)


def _entry(raw: Any) -> Entry:
    return Entry(
        identifier=one_line(raw.get("id", ""), 2000),
        address=one_line(raw.get("link", ""), 2000),
        title=one_line(_without_tags(raw.get("title", ""))),
        author=one_line(raw.get("author", ""), 300),
        language=_language((raw.get("title_detail") or {}).get("language") or ""),
        outlet=one_line((raw.get("source") or {}).get("title", ""), 200),
        published_at=_moment(raw.get("published_parsed")),
        updated_at=_moment(_own(raw, "updated_parsed")),
        text=_content(raw),
        summary=_as_text(raw.get("summary", ""), raw.get("summary_detail") or {}),
    )


def _own(raw: Any, name: str) -> Any:
    """Without feedparser's stand-in, which gives the time of publication and a warning."""
    return raw[name] if name in raw else None  # noqa: SIM401  # get() is what warns


def _content(raw: Any) -> str:
    """The longest of the entry's contents; a description alone is a summary and not the text."""
    contents = raw.get("content", [])
    if not contents:
        return ""
    longest = max(contents, key=lambda part: len(part.get("value", "")))
    return _as_text(longest.get("value", ""), longest)


def _as_text(value: object, said_of_it: Any) -> str:
    if not isinstance(value, str):
        return ""
    is_markup = said_of_it.get("type", "text/html") in _MARKUP_TYPES or "</" in value
    return text_of(value) if is_markup else value.strip()


def _without_tags(title: object) -> str:
    """A title is one line of text, though many feeds write it as markup, some of them twice."""
    return html.unescape(re.sub(r"<[^<>]{1,200}>", " ", title)) if isinstance(title, str) else ""


def _moment(parsed: time.struct_time | None) -> datetime | None:
    if parsed is None or not 1 <= parsed.tm_year <= _LONGEST_YEAR:
        return None
    try:
        return datetime.fromtimestamp(calendar.timegm(parsed), UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _language(tag: object) -> str:
    """The first part of a language tag, such as "en" of "en-GB"."""
    first = re.match(r"[a-z]{2,3}(?![a-z])", str(tag).strip().lower()) if tag else None
    return first.group() if first else ""
