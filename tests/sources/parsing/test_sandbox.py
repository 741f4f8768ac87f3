"""Pages are read in a child; what breaks its limits ends there and nowhere else."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from datetime import date
from typing import TYPE_CHECKING

import pytest

from tracker.sources.parsing import sandbox
from tracker.sources.parsing.language import language_of
from tracker.sources.parsing.parsed import Page, Unreadable
from tracker.sources.parsing.sandbox import PageReader

if TYPE_CHECKING:
    from collections.abc import Iterator

PARAGRAPHS = "".join(
    f"<p>Shells damaged boat house number {n} on the lower Nahr in the night to Monday, "
    "the harbour office said, and two people were wounded by glass.</p>"
    for n in range(6)
)
PAGE = (
    '<!doctype html><html><head><meta charset="utf-8"><title>Boat house damaged</title>'
    '<meta property="og:site_name" content="Delta Post">'
    '<meta property="article:published_time" content="2026-11-09T08:00:00Z"></head>'
    f"<body><nav>Home Sport</nav><article><h1>Boat house damaged</h1>{PARAGRAPHS}</article></body>"
    "</html>"
)


@pytest.fixture
def reader() -> Iterator[PageReader]:
    reader = PageReader()
    yield reader
    reader.close()


def _scripted(body: str, *, time_limit: float = 2.0) -> PageReader:
    """A reader whose child runs ``body`` for each page instead of a parser."""
    program = (
        "import sys, os, time\n"
        "from tracker.sources.parsing import child\n"
        "def answer(request, content):\n"
        f"    {body}\n"
        "child.answer = answer\n"
        "child.main()\n"
    )
    return PageReader(
        command=(sys.executable, "-c", program), time_limit=time_limit, start_limit=5.0
    )


def test_article_of_a_page(reader: PageReader) -> None:
    parsed = reader.read(Page(content=PAGE.encode(), url="https://delta.example/boat"))

    assert parsed.title == "Boat house damaged"
    assert parsed.outlet == "Delta Post"
    assert parsed.published_on == date(2026, 11, 9)
    assert "number 5" in parsed.text
    assert "Sport" not in parsed.text


def test_what_the_sender_said_goes_first(reader: PageReader) -> None:
    parsed = reader.read(
        Page(
            content=PAGE.encode(),
            title="Given title",
            outlet="Given outlet",
            published_on=date(2026, 11, 8),
            external_id="x",
        )
    )

    assert (parsed.title, parsed.outlet) == ("Given title", "Given outlet")
    assert (parsed.published_on, parsed.external_id) == (date(2026, 11, 8), "x")


@pytest.mark.parametrize(
    ("encoding", "charset"),
    [("windows-1251", ""), ("windows-1251", "windows-1251"), ("utf-16", "")],
)
def test_charset(reader: PageReader, encoding: str, charset: str) -> None:
    words = "<p>" + "Ночью снаряды повредили лодочный сарай, сообщили в порту. " * 9 + "</p>"
    meta = "" if charset or encoding == "utf-16" else f'<meta charset="{encoding}">'
    page = (
        f"<html><head>{meta}<title>t</title></head><body><article>{words}</article></body></html>"
    )

    parsed = reader.read(Page(content=page.encode(encoding), charset=charset))

    assert "снаряды повредили" in parsed.text
    assert language_of(parsed.text) == "ru"


@pytest.mark.parametrize(
    "content",
    [
        b"<html><body><nav>Home</nav><p>Cookies?</p></body></html>",
        b"<html>",
        b"<",
        bytes(range(256)) * 40,
        b"<div>" * 20_000,
    ],
)
def test_page_without_an_article_is_refused(reader: PageReader, content: bytes) -> None:
    with pytest.raises(Unreadable):
        reader.read(Page(content=content))
    assert reader.read(Page(content=PAGE.encode())).title == "Boat house damaged"


def test_entities_of_a_page_are_not_resolved(reader: PageReader) -> None:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<!DOCTYPE html [<!ENTITY e0 "laugh">{entities}]><html><body><p>&e9;</p>{PARAGRAPHS}'

    assert len(reader.read(Page(content=bomb.encode())).text) < len(bomb)


def test_endless_loop_is_stopped() -> None:
    reader = _scripted("while True: pass", time_limit=1.0)
    started = time.monotonic()

    with pytest.raises(Unreadable, match="too long or too much memory"):
        reader.read(Page(content=b"x"))

    assert time.monotonic() - started < 10
    assert reader._child is None


def test_memory_bomb_is_refused_and_the_child_lives() -> None:
    reader = _scripted("return {'refusal': str(len(bytearray(4 * 1024**3)))}")

    with pytest.raises(Unreadable):
        reader.read(Page(content=b"x"))
    reader.close()


def test_child_that_is_killed_is_replaced(reader: PageReader) -> None:
    reader.read(Page(content=PAGE.encode()))
    first = reader._child
    assert first is not None
    os.kill(first.pid, signal.SIGSTOP)
    threading.Timer(0.3, os.kill, (first.pid, signal.SIGKILL)).start()

    with pytest.raises(Unreadable, match="stopped"):
        reader.read(Page(content=PAGE.encode()))
    assert reader.read(Page(content=PAGE.encode())).title == "Boat house damaged"


@pytest.mark.parametrize("limit", ["PAGES_PER_CHILD", "LARGEST_CHILD"])
def test_child_is_replaced_after_many_pages_or_when_it_is_large(
    reader: PageReader, monkeypatch: pytest.MonkeyPatch, limit: str
) -> None:
    monkeypatch.setattr(sandbox, limit, 1)
    reader.read(Page(content=PAGE.encode()))
    first = reader._child

    reader.read(Page(content=PAGE.encode()))

    assert first is not None
    assert first.poll() is not None
    assert reader._child is not first


def test_page_with_a_date_that_is_none() -> None:
    page = (
        "{'text': 'Shells fell.', 'title': '', 'outlet': '', 'author': '', 'canonical_url': '', "
        "'published': 'soon', 'published_basis': 'META', 'modified': '', 'modified_basis': ''}"
    )
    reader = _scripted(f"return {{'page': {page}}}")

    parsed = reader.read(Page(content=b"x"))
    reader.close()

    assert (parsed.title, parsed.published_on, parsed.published_basis) == ("Shells fell.", None, "")


def test_language_of_next_to_nothing() -> None:
    assert language_of("?") == ""


def test_child_knows_no_secrets() -> None:
    reader = _scripted("return {'refusal': ' '.join(sorted(os.environ))}")

    with pytest.raises(Unreadable) as refusal:
        reader.read(Page(content=b"x"))
    reader.close()

    assert not {"DATABASE_URL", "SECRET_KEY", "BROKER_URL"} & set(str(refusal.value).split())


def test_library_that_prints_does_not_break_the_frames() -> None:
    reader = _scripted("print('noise', flush=True); return {'refusal': 'told'}")

    with pytest.raises(Unreadable, match="told"):
        reader.read(Page(content=b"x"))
    reader.close()
