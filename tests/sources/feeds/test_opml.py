"""Lists of feeds come in and go out."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.sources.feeds.samples import OPML
from tracker.sources.feeds import opml
from tracker.sources.feeds.entries import UnreadableFeed
from tracker.sources.feeds.opml import FeedLine, read_opml, write_opml


def test_folders_are_flattened_and_lines_without_an_address_left_out() -> None:
    assert read_opml(OPML) == [
        FeedLine("https://herald.example/rss", "Coast Herald", language="en"),
        FeedLine("https://delta.example/feed.json", "Delta Post"),
    ]


def test_what_is_written_is_read_again() -> None:
    lines = [
        FeedLine("https://a.example/?a=1&b=<2>", 'A & "B"', "SITEMAP", "ar", "Sawt al-Wadi"),
        FeedLine("https://b.example/", "خبر"),
    ]

    written = write_opml(lines, title="Feeds", now=datetime(2026, 11, 20, tzinfo=UTC))

    assert read_opml(written) == lines


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"<opml>", "broken"),
        (b"<rss/>", "no OPML list"),
        (b"", "broken"),
        (b"<opml>" + b"<outline xmlUrl='x'/>" * (opml.MOST_LINES + 1) + b"</opml>", "divide it"),
        (b" " * (opml.LARGEST_OPML + 1), "larger than 2 MB"),
    ],
)
def test_what_is_no_list_is_refused_in_a_sentence(content: bytes, said: str) -> None:
    with pytest.raises(UnreadableFeed, match=said):
        read_opml(content)
