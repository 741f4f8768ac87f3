"""One door: the bytes of an answer to what it names, told by how they begin."""

from __future__ import annotations

from tracker.sources.feeds.entries import LARGEST_FEED, FeedRead, UnreadableFeed
from tracker.sources.feeds.json_feed import read_json_feed
from tracker.sources.feeds.markup import unpacked
from tracker.sources.feeds.sitemap import read_sitemap
from tracker.sources.feeds.syndication import read_syndication

_BLANK = b"\xef\xbb\xbf \t\r\n"


def read_feed(
    content: bytes, *, is_sitemap: bool, address: str, content_type: str = ""
) -> FeedRead:
    """What an answer names. Raises UnreadableFeed.

    Hostile bytes may cost much time and memory here: run it in the child, not in a worker.
    """
    if len(content) > LARGEST_FEED:
        raise UnreadableFeed("It is larger than 20 MB, which no feed is.")
    content = unpacked(content)
    start = content[:1024].lstrip(_BLANK)
    if not start:
        raise UnreadableFeed("The answer is empty.")
    if is_sitemap:
        return read_sitemap(content)
    if start.startswith(b"{"):
        return read_json_feed(content, address=address)
    return read_syndication(content, address=address, content_type=content_type)
