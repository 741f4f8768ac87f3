"""One address is one thing, however it is decorated."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.sources.rules.feed_items import (
    carries_whole_text,
    clean_address,
    item_digest,
    item_key,
)


@pytest.mark.parametrize(
    ("given_address", "cleaned"),
    [
        (
            "HTTPS://Herald.Example:443/a/../b?utm_source=rss&id=3#top",
            "https://herald.example/b?id=3",
        ),
        ("https://herald.example/b?id=3&fbclid=x&UTM_Medium=y", "https://herald.example/b?id=3"),
        ("https://herald.example?at_campaign=rss", "https://herald.example/"),
        ("https://herald.example/?ref=home&source=2", "https://herald.example/?ref=home&source=2"),
        ("https://herald.example/?b=2&a=1", "https://herald.example/?b=2&a=1"),
        ("https://herald.example/a%7Eb", "https://herald.example/a~b"),
        ("https://example.org/خبر", "https://example.org/%D8%AE%D8%A8%D8%B1"),
    ],
)
def test_address_is_cleaned(given_address: str, cleaned: str) -> None:
    assert clean_address(given_address) == cleaned
    assert clean_address(cleaned) == cleaned


@pytest.mark.parametrize(
    "nothing",
    [
        "",
        "mailto:a@b.example",
        "javascript:alert(1)",
        "/only/a/path",
        "https://a:b@c.example/",
        "https://[::1",
        "https://" + "a" * 300 + ".example/",
        "https://a.example/" + "x" * 2000,
    ],
)
def test_what_is_no_address_gives_nothing(nothing: str) -> None:
    assert clean_address(nothing) == ""


@given(st.text(max_size=80))
def test_no_text_breaks_it_and_cleaning_twice_changes_nothing(text: str) -> None:
    cleaned = clean_address(text)

    assert clean_address(cleaned) == cleaned


def test_key_is_the_feeds_own_name_then_the_address_then_the_text() -> None:
    digest = item_digest(title="T", text="x")

    assert item_key(identifier=" g-1 ", address="https://a.example/", digest=digest) == "g-1"
    assert item_key(identifier="", address="https://a.example/", digest=digest).endswith(
        ".example/"
    )
    assert item_key(identifier="", address="", digest=digest) == f"sha256:{digest}"
    assert len(item_key(identifier="g" * 501, address="", digest=digest)) == 71


def test_digest_sees_words_and_no_white_space() -> None:
    one = item_digest(title="Shells  hit", text="a\n b")

    assert one == item_digest(title="Shells hit ", text="a b")
    assert one != item_digest(title="Shells hit", text="a c")


LONG = "Shells hit the ferry near Ardesh. " * 20


@pytest.mark.parametrize(
    ("text", "is_whole"),
    [
        (LONG, True),
        ("Shells hit the ferry.", False),
        ("", False),
        (f"{LONG}and then […]", False),
        (f"{LONG}and then...", False),
        (f"{LONG}Continue reading Shells on a ferry →", False),
        (f"{LONG}Read more", False),
        (f"{LONG}اقرأ المزيد", False),
        (f"Read more books, they said. {LONG}", True),
    ],
)
def test_teaser_is_told_from_a_whole_text(text: str, is_whole: bool) -> None:  # noqa: FBT001  # a parameter of the table
    assert carries_whole_text(text, has_address=True) is is_whole


def test_without_an_address_what_there_is_is_the_whole() -> None:
    assert carries_whole_text("Shells hit the ferry.", has_address=False)
    assert not carries_whole_text(" ", has_address=False)
