"""Packed bodies unpack to what they held; bombs stop at the limit, soon and small."""

from __future__ import annotations

import gzip
import subprocess
import sys
import time
import zlib

import brotli
import pytest

from tests.workers.processes import ROOT
from workers.http.bodies import LARGEST_BODY, read_body
from workers.http.failures import UnableToFetch

PAGE = b"<p>Shells fell near the mill.</p>" * 500
MB = 1024 * 1024


def _bare(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


_PACKED = {
    "": PAGE,
    "identity": PAGE,
    "gzip": gzip.compress(PAGE),
    "GZIP ": gzip.compress(PAGE),
    "x-gzip": gzip.compress(PAGE[:100]) + gzip.compress(PAGE[100:]) + b"\0" * 30,
    "deflate": zlib.compress(PAGE),
    "br": brotli.compress(PAGE),
}


def _pieces(data: bytes, size: int) -> list[bytes]:
    return [data[at : at + size] for at in range(0, len(data), size)]


@pytest.mark.parametrize("size", [1, 7, 1_000_000])
@pytest.mark.parametrize("encoding", _PACKED)
def test_body_in_pieces(encoding: str, size: int) -> None:
    assert read_body(_pieces(_PACKED[encoding], size), encoding=encoding) == PAGE


def test_bare_deflate() -> None:
    assert read_body([_bare(PAGE)], encoding="deflate") == PAGE


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br"])
def test_body_that_is_cut_off_or_packed_wrongly(encoding: str) -> None:
    packed = _PACKED[encoding]
    with pytest.raises(UnableToFetch, match="before it was whole"):
        read_body([packed[:-12]], encoding=encoding)
    with pytest.raises(UnableToFetch, match="packed wrongly"):
        read_body([b"\x08 this is not packed at all, it is text"], encoding=encoding)


@pytest.mark.parametrize("encoding", ["zstd", "compress", "gzip, gzip", "br, gzip", "aes128gcm"])
def test_packing_that_is_not_read(encoding: str) -> None:
    with pytest.raises(UnableToFetch, match="in a way that is not read"):
        read_body([b""], encoding=encoding)


def test_just_as_large_as_allowed() -> None:
    assert len(read_body([b"a" * 1000], encoding="", largest=1000)) == 1000
    with pytest.raises(UnableToFetch, match="larger than"):
        read_body([b"a" * 1001], encoding="", largest=1000)
    packed = gzip.compress(b"a" * 5000)
    assert read_body([packed], encoding="gzip", largest=1000, is_cut=True) == b"a" * 1000


def test_what_is_received_is_bounded_where_it_unpacks_to_nothing() -> None:
    empty_members = gzip.compress(b"") * 90

    with pytest.raises(UnableToFetch, match="larger than"):
        read_body([empty_members], encoding="gzip", largest=1000)


def test_many_members_are_no_way_to_spend_our_time() -> None:
    started = time.monotonic()

    with pytest.raises(UnableToFetch, match="packed wrongly"):
        read_body(_pieces(gzip.compress(b"") * 400_000, 65536), encoding="gzip")

    assert time.monotonic() - started < 1


def _bomb(encoding: str, size: int) -> bytes:
    """``size`` zeros, packed without holding them."""
    if encoding == "br":
        brotli_packer = brotli.Compressor(quality=5, lgwin=24)
        body = b"".join(brotli_packer.process(b"\0" * MB) for _ in range(size // MB))
        return bytes(body + brotli_packer.finish())
    packer = zlib.compressobj(1, wbits=31 if encoding == "gzip" else 15)
    return b"".join(packer.compress(b"\0" * MB) for _ in range(size // MB)) + packer.flush()


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br"])
def test_bomb_stops_at_the_limit(encoding: str) -> None:
    """In a process of its own, so that its peak of memory is its own."""
    bomb = _bomb(encoding, 1024 * MB)
    program = (
        "import re, sys, time\n"
        "from pathlib import Path\n"
        "from workers.http.bodies import read_body\n"
        "from workers.http.failures import UnableToFetch\n"
        "def peak():\n"
        "    status = Path('/proc/self/status').read_text()\n"
        "    return int(re.search(r'VmHWM:\\s+(\\d+) kB', status)[1])\n"
        "bomb = sys.stdin.buffer.read()\n"
        "pieces = [bomb[at : at + 65536] for at in range(0, len(bomb), 65536)]\n"
        "base, began = peak(), time.monotonic()\n"
        "try:\n"
        f"    read_body(pieces, encoding={encoding!r})\n"
        "except UnableToFetch as refusal:\n"
        "    print(str(refusal))\n"
        "print(peak() - base)\n"
        "print(time.monotonic() - began)\n"
    )

    done = subprocess.run(  # noqa: S603  # our own program
        [sys.executable, "-c", program], input=bomb, capture_output=True, check=True, cwd=ROOT
    )

    said, grown, seconds = done.stdout.decode().splitlines()
    assert said == f"The page is larger than {LARGEST_BODY // MB} MB."
    assert 5 * MB < int(grown) * 1024 <= 64 * MB, "the limit itself is 10 MB"
    assert float(seconds) <= 2
