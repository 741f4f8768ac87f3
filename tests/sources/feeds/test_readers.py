"""Every kind of feed gives the same kind of entries, and hostile ones end in a sentence."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime

import pytest

from tests.sources.feeds.samples import ATOM, INDEX, JSON_FEED, RSS, SITEMAP, rss_of
from tracker.sources.feeds import child, entries
from tracker.sources.feeds.apart import read_apart
from tracker.sources.feeds.entries import MOST_ENTRIES, FeedRead, UnreadableFeed
from tracker.sources.feeds.plain_text import text_of
from tracker.sources.feeds.read import read_feed

BASE = "https://herald.example/rss"


def _read(content: bytes, *, is_sitemap: bool = False, base: str = BASE) -> FeedRead:
    return read_feed(content, is_sitemap=is_sitemap, address=base)


def test_rss_tells_a_whole_text_from_a_summary_and_resolves_links() -> None:
    feed = _read(RSS)
    whole, summary = feed.entries

    assert (feed.title, feed.language, feed.warning) == ("Coast Herald", "en", "")
    assert whole.address == "https://herald.example/2026/ferry?utm_source=rss"
    assert (whole.identifier, whole.author) == ("herald-17", "A. Writer")
    assert whole.published_at == datetime(2026, 11, 20, 5, 30, tzinfo=UTC)
    assert whole.text == "ARDESH - Shells hit a ferry on Thursday.\n\nTwo were hurt."
    assert summary.text == ""
    assert summary.title == "Market reopens & trades"
    assert summary.summary == "The market in Ardesh opened again."


def test_atom_keeps_both_times_and_the_base_of_its_links() -> None:
    (entry,) = _read(ATOM).entries

    assert entry.address == "https://wadi.example/news/mill"
    assert entry.language == "ar"
    assert entry.published_at == entry.updated_at == datetime(2026, 11, 20, 6, 0, tzinfo=UTC)
    assert "Three people were killed" in entry.text


def test_json_feed() -> None:
    feed = _read(JSON_FEED, base="https://delta.example/feed.json")
    first, second = feed.entries

    assert (feed.title, feed.language) == ("Delta Post", "en")
    assert first.address == "https://delta.example/a/1"
    assert (first.text, first.author) == ("The bridge was hit.", "B. Writer")
    assert first.published_at == datetime(2026, 11, 19, 8, 0, tzinfo=UTC)
    assert (second.identifier, second.address) == ("2", "https://other.example/2")
    assert feed.warning == "1 of its items are no objects."


@pytest.mark.parametrize("content", [SITEMAP, gzip.compress(SITEMAP)])
def test_news_sitemap_packed_or_not(content: bytes) -> None:
    first, second = _read(content, is_sitemap=True).entries

    assert (first.address, first.title) == ("https://ledger.example/1", "Clinic hit")
    assert (first.outlet, first.language) == ("The Ledger", "en")
    assert first.published_at == datetime(2026, 11, 20, tzinfo=UTC)
    assert first.updated_at == datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
    assert (second.address, second.published_at) == ("https://ledger.example/2", None)


def test_index_names_its_sitemaps_the_latest_first() -> None:
    assert _read(INDEX, is_sitemap=True).parts == (
        "https://ledger.example/new.xml",
        "https://ledger.example/old.xml",
    )


def test_broken_cp1252_is_read_and_said_to_be_broken() -> None:
    broken = RSS.replace(b"Shells on a ferry", b"Caf\xe9 \x93hit\x94")

    feed = _read(broken)

    assert feed.entries[0].title == "Café “hit”"
    assert "not well formed" in feed.warning


def test_half_a_feed_gives_the_entries_it_has() -> None:
    feed = _read(RSS[: RSS.index(b"</item>") + 9])

    assert feed.entries[0].identifier == "herald-17"
    assert "not well formed" in feed.warning


def test_feed_of_a_hundred_thousand_entries_is_cut_to_a_bounded_list() -> None:
    feed = read_apart(rss_of(100_000), is_sitemap=False, address=BASE)

    assert len(feed.entries) == MOST_ENTRIES
    assert "99,000 entries more" in feed.warning


def test_sitemap_of_many_gives_the_latest() -> None:
    urls = b"".join(
        b"<url><loc>https://l.example/%d</loc><lastmod>20%02d-01-01</lastmod></url>" % (n, n % 100)
        for n in range(3000)
    )
    feed = _read(b"<urlset>" + urls + b"</urlset>", is_sitemap=True)

    assert len(feed.entries) == MOST_ENTRIES
    years = {entry.updated_at.year for entry in feed.entries if entry.updated_at}
    assert min(years) == 2066


_LAUGHS = b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
_BOMB = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha">' + _LAUGHS + b"]>"


@pytest.mark.parametrize(
    ("content", "is_sitemap", "said"),
    [
        (_BOMB + b"<urlset><url><loc>&j;</loc></url></urlset>", True, "broken|no sitemap|empty"),
        (b"<urlset>" + b"<a>" * 100_000, True, "broken"),
        (b"<html><body>no feed</body></html>", False, "no feed"),
        (b"<html><body>no sitemap</body></html>", True, "begins with html"),
        (b"", False, "empty"),
        (b"\x1f\x8bnot gzip", True, "packed wrongly"),
        (gzip.compress(b" " * (entries.LARGEST_FEED + 1)), True, "larger than 20 MB"),
        (b"[" * 100_000, False, "no feed"),
        (b'{"version": "https://jsonfeed.org/version/1.1"' + b"[" * 100_000, False, "JSON"),
        (b'{"version": "https://jsonfeed.org/version/1.1", "items": 3}', False, "without a list"),
        (b'{"a": 1}', False, "no JSON Feed"),
        (b"\x00" * 1000, False, "no feed"),
    ],
)
def test_hostile_bytes_end_in_a_sentence(content: bytes, is_sitemap: bool, said: str) -> None:  # noqa: FBT001  # a parameter of the table
    with pytest.raises(UnreadableFeed, match=said):
        read_apart(content, is_sitemap=is_sitemap, address=BASE)


def test_entity_bomb_in_a_feed_expands_to_nothing() -> None:
    bomb = _BOMB + b"<rss version='2.0'><channel><item><title>&j;</title></item></channel></rss>"

    feed = read_apart(bomb, is_sitemap=False, address=BASE)

    assert all(len(entry.title) < 600 for entry in feed.entries)


def test_file_of_this_machine_is_not_read_through_an_entity() -> None:
    sneaky = (
        b'<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/hostname">]>'
        b"<urlset><url><loc>https://a.example/&f;</loc></url></urlset>"
    )

    feed = _read(sneaky, is_sitemap=True)

    assert [entry.address for entry in feed.entries] == ["https://a.example/"]


def test_reading_is_stopped_in_time() -> None:
    with pytest.raises(UnreadableFeed, match="was stopped"):
        read_apart(RSS, is_sitemap=False, address=BASE, time_limit=0.01)


_ASKED = {"is_sitemap": False, "address": BASE, "content_type": "text/xml; charset=utf-8"}


def test_child_answers_in_what_json_can_hold() -> None:
    found = json.loads(json.dumps(child.answer(_ASKED, RSS), default=child.written))

    assert found["title"] == "Coast Herald"
    assert found["entries"][0]["published_at"] == "2026-11-20T05:30:00+00:00"
    with pytest.raises(TypeError):
        child.written(object())


def test_child_says_why_it_can_not_read() -> None:
    assert child.answer(_ASKED, b"") == {"refusal": "The answer is empty."}


@pytest.mark.parametrize(
    ("fault", "said"), [(MemoryError, "too much memory"), (IndexError, "can't be read")]
)
def test_fault_of_a_library_is_a_refusal(
    monkeypatch: pytest.MonkeyPatch, fault: type[Exception], said: str
) -> None:
    def broken(*_: object, **__: object) -> FeedRead:
        raise fault

    monkeypatch.setattr(child, "read_feed", broken)

    assert said in str(child.answer(_ASKED, RSS)["refusal"])


@pytest.mark.parametrize(
    ("content", "is_sitemap", "said"),
    [
        (b"no feed at all", False, "neither RSS nor Atom"),
        (b"<urlset><!-- -->", True, "broken"),
        (b"<other/>", True, "begins with other"),
        (b"\x1f\x8bnot gzip", False, "packed wrongly"),
        (gzip.compress(b" " * (entries.LARGEST_FEED + 1)), False, "larger than 20 MB"),
        (b" " * (entries.LARGEST_FEED + 1), False, "larger than 20 MB"),
        (b"{", False, "JSON can't be read"),
        (b'{"version": "https://jsonfeed.org/version/1"}', False, "without a list"),
        (b'{"a": 1}', False, "no JSON Feed"),
        (b"<urlset>" + b"<url/>" * 60_001 + b"</urlset>", True, "more than 60,000 addresses"),
        (
            b"<sitemapindex>" + b"<sitemap/>" * 60_001 + b"</sitemapindex>",
            True,
            "more than 60,000 sitemaps",
        ),
    ],
)
def test_refusals_are_sentences(content: bytes, is_sitemap: bool, said: str) -> None:  # noqa: FBT001  # a parameter of the table
    with pytest.raises(UnreadableFeed, match=said):
        _read(content, is_sitemap=is_sitemap)


def test_odd_values_are_left_out_and_break_nothing() -> None:
    odd = (
        b'{"version": "https://jsonfeed.org/version/1", "title": 7, "items": [{"id": 1.5, '
        b'"url": "http://[", "date_published": "soon", "date_modified": 3, "author": {"name": 2}, '
        b'"content_html": "<p>Shells fell.</p>"}]}'
    )
    (entry,) = _read(odd).entries

    assert (entry.identifier, entry.address, entry.published_at, entry.author) == ("", "", None, "")
    assert entry.text == "Shells fell."


def test_long_index_and_long_json_feed_say_what_is_left_out() -> None:
    index = b"<sitemap><loc>https://a.example/%d</loc></sitemap>"
    named = b"".join(index % n for n in range(30))
    many = json.dumps(
        {"version": "https://jsonfeed.org/version/1", "items": [{"id": n} for n in range(1001)]}
    )

    assert (
        "30 sitemaps"
        in _read(b"<sitemapindex>" + named + b"</sitemapindex>", is_sitemap=True).warning
    )
    assert "1 entries more" in _read(many.encode()).warning
    assert len(_read(rss_of(1001)).entries) == MOST_ENTRIES


def test_year_that_no_calendar_has_is_no_time() -> None:
    wild = RSS.replace(b"Fri, 20 Nov 2026 08:30:00 +0300", b"0000-00-00")

    assert _read(wild).entries[0].published_at is None


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("", ""),
        ("<p></p>", ""),
        ("a<br>b", "a\nb"),
        ("<p>a <b>b</b>  c</p><ul><li>d</li></ul>", "a b c\n\nd"),
        ("<script>x</script>a<button>Share</button>", "a"),
        ("<style><b>x</b></style>", ""),
        ("a\x00b", "a\ufffdb"),
    ],
)
def test_markup_as_text(markup: str, text: str) -> None:
    assert text_of(markup) == text
