"""Plain text and JSON lines, good and bad."""

from __future__ import annotations

import json
from datetime import date

import pytest

from tracker.sources.parsing.parsed import LONGEST_TEXT, Page, Parsed, Unreadable
from tracker.sources.parsing.plain import read_plain
from tracker.sources.parsing.records import read_record
from tracker.sources.parsing.text import text_digest

GOOD = {
    "id": "one",
    "source": "Delta Post",
    "published": "2026-11-09",
    "title": "Boat house damaged",
    "text": "Shells damaged a boat house.",
}


def _line(**changes: object) -> bytes:
    return json.dumps({**GOOD, **changes}).encode()


def test_first_line_of_plain_text_is_its_title() -> None:
    parsed = read_plain(b"\xef\xbb\xbf\r\n  Boat   house damaged \r\n\r\nShells fell.\r\n")

    assert parsed.title == "Boat house damaged"
    assert parsed.text == "\n  Boat   house damaged \n\nShells fell.\n"
    assert (parsed.outlet, parsed.published_on) == ("", None)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "The file is empty"),
        (b" \n\t ", "no text"),
        (b"M\xe4nner", "not UTF-8: byte 2"),
        (b"a" * (LONGEST_TEXT + 1), "at most 500,000"),
    ],
)
def test_plain_text_that_is_none(content: bytes, said: str) -> None:
    with pytest.raises(Unreadable, match=said):
        read_plain(content)


def test_record() -> None:
    assert read_record(_line(url="https://example.org/a")) == Parsed(
        title="Boat house damaged",
        text="Shells damaged a boat house.",
        outlet="Delta Post",
        published_on=date(2026, 11, 9),
        published_basis="SENDER",
        external_id="one",
        url="https://example.org/a",
    )


def test_known_to_be_unknown_is_not_missing() -> None:
    parsed = read_record(_line(id=None, source=None, published=None, title=""))

    assert isinstance(parsed, Parsed)
    assert (parsed.external_id, parsed.outlet, parsed.published_on) == ("", "", None)
    assert parsed.title == "Shells damaged a boat house."


def test_time_after_the_day_is_left_out() -> None:
    assert read_record(_line(published="2026-11-09T23:30:00+03:00")).published_on == date(
        2026, 11, 9
    )


def test_what_the_database_cannot_hold_is_replaced_and_offsets_stay() -> None:
    parsed = read_record(
        b'{"id":"1","source":"a\\u0000","published":null,"title":"\\ud800t",'
        b'"text":"one\\u0000two\\udfffthree"}'
    )

    assert isinstance(parsed, Parsed)
    assert parsed.text == "one\ufffdtwo\ufffdthree"
    assert parsed.title == "\ufffdt"
    assert parsed.outlet == "a\ufffd"


def test_long_title_is_cut_with_a_sign() -> None:
    title = read_record(_line(title="t" * 600)).title

    assert len(title) == 500
    assert title.endswith("…")


def test_page_in_a_record() -> None:
    page = read_record(json.dumps({"url": "https://example.org/", "html": "<html>é"}).encode())

    assert page == Page(content="<html>é".encode(), charset="utf-8", url="https://example.org/")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b'{"id": "1", "source"', "not whole JSON: .* at character 21"),
        (b"\xff{}", "not UTF-8"),
        (b"[1]", "not an object"),
        (b"[" * 100_000, "too large"),
        (b'{"id": ' + b"9" * 5000 + b"}", "too large"),
        (b"{}", "id, source, published, title and text are missing"),
        (_line(text=None), "text must be a text, not null"),
        (_line(text=["a"]), "not a list"),
        (_line(text={}), "not an object"),
        (_line(id=17), "id must be a text, not a number"),
        (_line(id=True), "not true or false"),
        (_line(id=" "), "id is empty"),
        (_line(id="i" * 201), "id is longer than 200"),
        (_line(source="s" * 201), "source is longer than 200"),
        (_line(url="u" * 2001), "url is longer than 2,000"),
        (_line(url="javascript:alert(1)"), "url is no address"),
        (_line(url=""), "url is no address"),
        (_line(published="yesterday"), "'yesterday' is not written as YYYY-MM-DD"),
        (_line(published="2023-02-30"), "'2023-02-30' does not exist"),
        (_line(published="20231109"), "not written as"),
        (_line(published="2023-11-09 or so"), "does not exist"),
        (b'{"html": "<p>"}', "url is missing"),
        (b'{"html": " ", "url": "https://example.org"}', "html is empty"),
        (b'{"html": 5, "url": "https://example.org"}', "html must be a text"),
    ],
)
def test_bad_record_says_why(content: bytes, said: str) -> None:
    with pytest.raises(Unreadable, match=said):
        read_record(content)


def test_digest_sees_through_space_and_composition_only() -> None:
    assert text_digest("a  b\n\nCafe\u0301") == text_digest(" a b Caf\u00e9 ")
    assert text_digest("seven killed") != text_digest("eight killed")
