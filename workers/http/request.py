"""What to fetch and what came: the words that callers of the fetcher use."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tracker.sources.services.retrieved import Retrieved

PAGE_TYPES = frozenset(
    {
        "text/html",
        "application/xhtml+xml",
        "text/plain",
        "application/json",
        "application/pdf",
    }
)
FEED_TYPES = frozenset(
    {
        "application/rss+xml",
        "application/atom+xml",
        "application/rdf+xml",
        "application/feed+json",
        "application/json",
        "application/xml",
        "application/gzip",
        "application/x-gzip",
        "text/xml",
        "text/html",
        "text/plain",
        "text/x-opml",
        "application/xhtml+xml",
    }
)


@dataclass(frozen=True, slots=True)
class Request:
    """What to fetch. ``etag`` and ``last_modified`` "" = whatever it is by now.

    ``egress_proxy`` "" = the installation's. ``robots_reason`` "" = robots.txt is obeyed, else why
    a person has this one address fetched all the same.
    """

    url: str
    media_types: frozenset[str] = PAGE_TYPES
    etag: str = ""
    last_modified: str = ""
    egress_proxy: str = ""
    robots_reason: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came, unpacked; nothing where it is ``not_modified``.

    ``moved_to`` is the last address that was reached from the first by 301 and 308 alone, "" =
    none.
    """

    content: bytes
    media_type: str
    not_modified: bool
    retrieved: Retrieved
    moved_to: str = ""
