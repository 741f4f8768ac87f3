"""What bytes are is told by their beginning first, by their name second."""

from __future__ import annotations

import pytest

from tracker.sources.parsing.kinds import Kind, detect_kind
from tracker.sources.parsing.parsed import Unreadable


@pytest.mark.parametrize(
    ("head", "name", "media_type", "kind"),
    [
        (b"Shells fell on the port.", "a.txt", None, Kind.TEXT),
        (b"Shells fell on the port.", "no-suffix", None, Kind.TEXT),
        (b"Shells fell on the port.", "a.bin", "text/plain; charset=utf-8", Kind.TEXT),
        (b"<p>no doctype</p>", "a.html", None, Kind.HTML),
        (b"\xef\xbb\xbf \n<!DOCTYPE html><title>", "a.txt", None, Kind.HTML),
        (b'<?xml version="1.0"?>\n<html lang="en">', "page", None, Kind.HTML),
        (b"<b>Not</b> a page", "a.txt", None, Kind.TEXT),
        (b"anything", "a", "application/xhtml+xml", Kind.HTML),
        (b'{"id": "1", "text": "t"}\n{"id"', "a.txt", None, Kind.RECORDS),
        (b"half a line", "a.JSONL", None, Kind.RECORDS),
        (b"{ is how this sentence starts", "a.txt", None, Kind.TEXT),
        (b'{"other": 1}', "a.txt", None, Kind.TEXT),
        (b"{\n}", "a.json", None, Kind.RECORD),
        (b"[" * 50_000, "a.txt", None, Kind.TEXT),
    ],
)
def test_kind(head: bytes, name: str, media_type: str | None, kind: Kind) -> None:
    assert detect_kind(head=head, name=name, media_type=media_type) is kind


@pytest.mark.parametrize(
    ("head", "name", "said"),
    [
        (b"PK\x03\x04", "a.txt", "zip archive"),
        (b"\x89PNG", "a.html", "a picture"),
        (b"\xff\xfeS\x00", "a.txt", "UTF-16"),
        (b"a\x00b", "a.txt", "binary"),
        (b"import os", "a.py", "Files of .py are not read"),
    ],
)
def test_what_is_not_read_is_named(head: bytes, name: str, said: str) -> None:
    with pytest.raises(Unreadable, match=said):
        detect_kind(head=head, name=name)
