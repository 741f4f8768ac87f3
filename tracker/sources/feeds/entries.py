"""What a feed says, whatever it is written in."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

#: Entries of one answer that are read; the rest of a longer one is left out and said to be.
MOST_ENTRIES = 1000
LARGEST_FEED = 20 * 1024 * 1024
_LONGEST_TITLE = 500


class UnreadableFeed(Exception):
    """These bytes are no feed; the message is one sentence for people, without content."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing a feed names. "" and None = not said.

    ``text`` is what the feed gives as the entry's content, ``summary`` what it gives as a
    description of it; both are plain text.
    """

    identifier: str = ""
    address: str = ""
    title: str = ""
    author: str = ""
    language: str = ""
    outlet: str = ""
    published_at: datetime | None = None
    updated_at: datetime | None = None
    text: str = field(default="", repr=False)
    summary: str = field(default="", repr=False)

    def believed(self, *, latest: datetime) -> Entry:
        """The same without times later than that: some feeds claim next year."""
        published, updated = (
            None if moment is not None and moment > latest else moment
            for moment in (self.published_at, self.updated_at)
        )
        return replace(self, published_at=published, updated_at=updated)


@dataclass(frozen=True, slots=True)
class FeedRead:
    """The entries of one answer. ``parts`` are the addresses of further sitemaps, the latest
    first. ``warning`` "" = nothing was wrong with it."""

    title: str = ""
    language: str = ""
    entries: tuple[Entry, ...] = ()
    parts: tuple[str, ...] = ()
    warning: str = ""


def one_line(text: object, longest: int = _LONGEST_TITLE) -> str:
    """Text of a feed as one line that the database can hold."""
    if not isinstance(text, str):
        return ""
    printable = "".join(c if c.isprintable() or c.isspace() else "\ufffd" for c in text)
    line = " ".join(printable.split())
    return line if len(line) <= longest else f"{line[: longest - 1]}…"


def latest(entries: list[Entry]) -> list[Entry]:
    """At most as many as are read, those with the latest times; their order is kept."""
    if len(entries) <= MOST_ENTRIES:
        return entries
    undated = datetime.min.replace(tzinfo=UTC)
    by_time = sorted(
        range(len(entries)),
        key=lambda n: entries[n].updated_at or entries[n].published_at or undated,
        reverse=True,
    )
    kept = set(by_time[:MOST_ENTRIES])
    return [entry for number, entry in enumerate(entries) if number in kept]
