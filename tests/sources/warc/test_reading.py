"""A WARC's pages come out whole; what is broken is said and the rest goes on."""

from __future__ import annotations

import gzip
import os
import zlib
from io import BytesIO

import brotli
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.sources.warc.crawls import Crawl, page, repacked
from tracker.sources.warc.pages import ArchivedPage, read_pages
from tracker.sources.warc.records import Broken, is_warc

LARGEST = 1024 * 1024


def read(content: bytes, largest: int = LARGEST) -> tuple[list[ArchivedPage], list[Broken]]:
    """Pages and broken records."""
    found = list(read_pages(BytesIO(content), largest=largest))
    pages = [one for one in found if isinstance(one, ArchivedPage)]
    return pages, [one for one in found if isinstance(one, Broken)]


def three(*, is_packed: bool) -> bytes:
    """Three pages, records 2 to 7 after the warcinfo."""
    crawl = Crawl(is_packed=is_packed)
    for number in range(3):
        crawl.answer(f"/{number}", page(number))
    return crawl.content()


@pytest.mark.parametrize("is_packed", [True, False])
@pytest.mark.parametrize("request_first", [True, False])
def test_a_page_comes_with_its_request(*, is_packed: bool, request_first: bool) -> None:
    crawl = Crawl(is_packed=is_packed)
    crawl.answer("/1", page(1), request_first=request_first)
    crawl.answer("/2", page(2), request_first=request_first)

    pages, broken = read(crawl.content())

    assert broken == []
    assert [found.url for found in pages] == ["https://delta.example/1", "https://delta.example/2"]
    first = pages[0]
    assert (first.status, first.address, first.software) == (200, "192.0.2.7", "Wget/1.21.3")
    assert first.at is not None
    assert first.at.isoformat() == "2026-11-02T08:30:00+00:00"
    assert first.request_headers["user-agent"] == "Wget"
    assert first.headers["content-type"] == "text/html; charset=utf-8"
    assert first.content == page(1)


def test_what_is_no_page_is_passed_over() -> None:
    crawl = Crawl()
    crawl.answer("/logo.png", b"\x89PNG", media_type="image/png")
    crawl.answer("/robots.txt", b"User-agent: *", media_type="text/plain")
    crawl.answer("/old", b"", status="301 Moved Permanently", headers=(("Location", "/new"),))
    crawl.answer("/gone", page(1), status="404 Not Found")
    crawl.answer("/film", os.urandom(LARGEST * 2), media_type="video/mp4")
    crawl.answer("/new", page(7))

    pages, broken = read(crawl.content())

    assert [found.url for found in pages] == ["https://delta.example/new"]
    assert broken == []


@pytest.mark.parametrize(
    ("name", "pack"),
    [
        ("gzip", gzip.compress),
        ("br", brotli.compress),
        ("deflate", zlib.compress),
        ("deflate", lambda body: zlib.compress(body)[2:-4]),
        ("gzip", lambda body: body),  # kept unpacked under the old header
    ],
)
def test_packed_and_chunked_bodies(name: str, pack: object) -> None:
    body = pack(page(3))  # type: ignore[operator]
    chunked = b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)
    encoding = ("Content-Encoding", name)
    crawl = Crawl().answer("/a", body, headers=(encoding,))
    crawl.answer("/b", chunked, headers=(encoding, ("Transfer-Encoding", "chunked")))

    pages, broken = read(crawl.content())

    assert broken == []
    assert [found.content for found in pages] == [page(3), page(3)]


@pytest.mark.parametrize("pack", [gzip.compress, brotli.compress])
def test_bombs_stop_at_the_limit(pack: object) -> None:
    name = "gzip" if pack is gzip.compress else "br"
    bomb = pack(b"x" * 50_000_000)  # type: ignore[operator]
    crawl = Crawl().answer("/bomb", bomb, headers=(("Content-Encoding", name),))
    crawl.answer("/large", b"<html>" + b"y" * (LARGEST * 2))
    crawl.answer("/after", page(1))

    pages, broken = read(crawl.content())

    assert [found.url for found in pages] == ["https://delta.example/after"]
    assert [one.number for one in broken] == [2, 4]
    assert all("larger than 1 MB" in one.reason for one in broken)


@pytest.mark.parametrize("is_packed", [True, False])
def test_a_file_that_breaks_off_loses_its_last_record_only(*, is_packed: bool) -> None:
    content = three(is_packed=is_packed)

    for lost in (5, 40, 300):
        pages, broken = read(content[:-lost])

        assert [one.reason for one in broken] == ["The file ends in the middle of it."]
        assert len(pages) >= 2
        assert pages[0].content == page(0)


@pytest.mark.parametrize("is_packed", [True, False])
def test_damage_in_the_middle_costs_one_record(*, is_packed: bool) -> None:
    content = bytearray(three(is_packed=is_packed))
    middle = content.index(b"\x1f\x8b\x08", 1200) + 40 if is_packed else content.index(b"killed 1")
    content[middle : middle + 6] = b"ZZZZZZ"

    pages, broken = read(bytes(content))

    assert len(broken) == 1
    assert len(pages) >= 2
    assert pages[-1].content == page(2)


def test_rubbish_between_records_is_one_failure() -> None:
    plain = three(is_packed=False)
    second = plain.index(b"WARC/1.0", plain.index(b"killed 0"))
    mixed = plain[:second] + b"not a record\r\nat all\r\n\r\n" + plain[second:]

    pages, broken = read(mixed)

    assert len(broken) == 1
    assert len(pages) == 2
    packed = three(is_packed=True)
    at = packed.index(b"\x1f\x8b\x08", 10)
    assert len(read(packed[:at] + b"rubbish" * 9 + packed[at:])[0]) == 3


def test_one_member_for_the_whole_file_is_read_too() -> None:
    pages, broken = read(repacked(three(is_packed=True)))

    assert (len(pages), broken) == (3, [])


@pytest.mark.parametrize(
    ("head", "reason"),
    [
        (b"WARC/9.9\r\nContent-Length: 0\r\n\r\n", "version"),
        (b"WARC/1.0\r\nWARC-Type: response\r\n\r\n", "length"),
        (b"WARC/1.0\r\nContent-Length: -5\r\n\r\n", "length"),
        (b"WARC/1.0\r\nContent-Length: 99999999999999999999\r\n\r\n", "length"),
        (b"WARC/1.0\r\nContent-Length: 99999\r\n\r\nshort", "ends"),
        (b"WARC/1.0\r\nX: " + b"y" * 300_000, "ends"),
        (b"WARC/1.0\r\n" + b"X: y\r\n" * 50_000, "ends"),
    ],
)
def test_impossible_headers_are_said(head: bytes, reason: str) -> None:
    _, broken = read(head)

    assert reason in broken[0].reason


def test_cut_off_by_its_maker() -> None:
    crawl = Crawl().answer("/1", page(1), warc_headers={"WARC-Truncated": "length"})

    assert [one.reason for one in read(crawl.content())[1]] == ["Whoever archived it cut it off."]


def test_is_warc_looks_at_the_beginning_only() -> None:
    assert is_warc(b"WARC/1.0\r\n")
    assert is_warc(Crawl().content()[:400])
    assert not is_warc(gzip.compress(b"{}"))
    assert not is_warc(b"\x1f\x8b\x08 broken")
    assert not is_warc(b"Text about WARC/1.0")


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    is_packed=st.booleans(),
    damages=st.lists(
        st.tuples(st.integers(0, 2500), st.binary(max_size=12)), min_size=1, max_size=4
    ),
)
def test_no_damage_escapes(*, is_packed: bool, damages: list[tuple[int, bytes]]) -> None:
    content = bytearray(three(is_packed=is_packed))
    for at, rubbish in damages:
        content[at : at + len(rubbish)] = rubbish

    found = list(read_pages(BytesIO(bytes(content)), largest=LARGEST))

    assert all(isinstance(one, ArchivedPage | Broken) for one in found)
