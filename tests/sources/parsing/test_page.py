"""What the child does with a page, seen from inside."""

from __future__ import annotations

import io
import subprocess
import sys

import pytest

from tests.sources.parsing.test_sandbox import PAGE
from tracker.sources.parsing import child
from tracker.sources.parsing.page import decode_page, read_page
from tracker.sources.parsing.parsed import Unreadable
from tracker.sources.parsing.sandbox import ROOT

WORDS = "Снаряды повредили лодочный сарай, сообщили в порту. "


def test_page_says_its_title_outlet_and_day() -> None:
    found = read_page(PAGE.encode(), charset="", url="https://delta.example/boat")

    assert found["title"] == "Boat house damaged"
    assert found["outlet"] == "Delta Post"
    assert found["published"] == "2026-11-09"


def test_page_without_an_article() -> None:
    with pytest.raises(Unreadable, match="No article text"):
        read_page(b"<html><body>Cookies?</body></html>", charset="", url="")


@pytest.mark.parametrize(
    ("content", "charset"),
    [
        (WORDS.encode("utf-8-sig"), "latin-1"),
        (WORDS.encode("utf-16"), ""),
        (WORDS.encode("koi8-r"), "koi8-r"),
        (b'<meta charset="cp1251">' + WORDS.encode("cp1251"), ""),
        (b'<meta charset="no-such-set">' + WORDS.encode(), "neither-is-this"),
        ((WORDS * 20).encode("cp1251"), ""),
    ],
)
def test_charset_is_found(content: bytes, charset: str) -> None:
    assert WORDS.strip() in decode_page(content, charset=charset)


def test_bytes_of_no_charset_are_read_all_the_same() -> None:
    assert decode_page(b"\xff\xff\x00\x81" * 3, charset="")


@pytest.mark.parametrize(
    ("failure", "said"),
    [
        (Unreadable("No article."), "No article."),
        (MemoryError(), "Reading the page needed too much memory."),
        (RecursionError("content of the page"), "The page can't be read (RecursionError)."),
        (ValueError("content of the page"), "The page can't be read (ValueError)."),
    ],
)
def test_child_answers_whatever_the_library_raises(
    monkeypatch: pytest.MonkeyPatch, failure: Exception, said: str
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise failure

    monkeypatch.setattr(child, "read_page", fail)

    assert child.answer({"charset": "", "url": ""}, b"") == {"refusal": said}


def test_frames_are_whole_or_none() -> None:
    stream = io.BytesIO()
    child.write_frame(stream, b"one")
    child.write_frame(stream, b"")
    whole = stream.getvalue()

    reread = io.BytesIO(whole)
    assert [child.read_frame(reread) for _ in range(3)] == [b"one", b"", None]
    assert child.read_frame(io.BytesIO(whole[:5])) is None


def test_child_loads_neither_django_nor_settings() -> None:
    program = "import sys, tracker.sources.parsing.child; print('django' in sys.modules)"

    done = subprocess.run(  # noqa: S603  # our own module by our own interpreter
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert done.stdout == "False\n"
