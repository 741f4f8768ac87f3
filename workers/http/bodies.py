"""Bodies, unpacked as they come and never beyond the limit."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Protocol

import brotli

from workers.http.failures import UnableToFetch

if TYPE_CHECKING:
    from collections.abc import Iterable

LARGEST_BODY = 10 * 1024 * 1024
#: What servers are told that we unpack.
ACCEPTED_PACKING = "gzip, deflate, br"
#: The low four bits of a zlib stream's first byte; without them deflate comes bare.
_ZLIB_METHOD = 8
_GZIP_START = 0x1F
#: Each one costs time even where it holds nothing.
_MOST_MEMBERS = 100


class _Unpacker(Protocol):
    def unpack(self, chunk: bytes, room: int) -> bytes: ...

    @property
    def is_whole(self) -> bool: ...


def read_body(
    chunks: Iterable[bytes], *, encoding: str, largest: int = LARGEST_BODY, is_cut: bool = False
) -> bytes:
    """The whole body; ``is_cut`` = what goes beyond ``largest`` is left away, not refused.

    Neither what is received nor what it unpacks to goes beyond it. Raises UnableToFetch.
    """
    unpacker = _unpacker_for(encoding.strip().lower())
    received = 0
    body = bytearray()
    try:
        for chunk in chunks:
            received += len(chunk)
            body += unpacker.unpack(chunk, largest + 1 - len(body))
            if max(received, len(body)) > largest:
                if is_cut:
                    return bytes(body[:largest])
                raise UnableToFetch(
                    f"The page is larger than {largest // 1024**2} MB.", is_final=True
                )
    except (zlib.error, brotli.error) as failure:
        raise UnableToFetch("The page is packed wrongly.", is_final=False) from failure
    if not unpacker.is_whole:
        raise UnableToFetch("The page ended before it was whole.", is_final=False)
    return bytes(body)


def _unpacker_for(encoding: str) -> _Unpacker:
    if encoding in {"", "identity"}:
        return _Plain()
    if encoding in {"gzip", "x-gzip"}:
        return _Gzip()
    if encoding == "deflate":
        return _Deflate()
    if encoding == "br":
        return _Brotli()
    raise UnableToFetch("The page is packed in a way that is not read.", is_final=True)


class _Plain:
    is_whole = True

    def unpack(self, chunk: bytes, room: int) -> bytes:
        return chunk[:room]


class _Gzip:
    """One or a few gzip members after each other, as RFC 1952 allows; padding is left away."""

    def __init__(self) -> None:
        self._inner = zlib.decompressobj(wbits=31)
        self._members = 1

    def unpack(self, chunk: bytes, room: int) -> bytes:
        found = b""
        while chunk and len(found) < room:
            if self._inner.eof:
                if chunk[0] != _GZIP_START:
                    break
                self._members += 1
                if self._members > _MOST_MEMBERS:
                    raise zlib.error("too many members")
                self._inner = zlib.decompressobj(wbits=31)
            found += self._inner.decompress(chunk, room - len(found))
            chunk = self._inner.unused_data
        return found

    @property
    def is_whole(self) -> bool:
        return self._inner.eof


class _Deflate:
    """zlib's format, or bare as some servers send it."""

    def __init__(self) -> None:
        self._inner: zlib._Decompress | None = None

    def unpack(self, chunk: bytes, room: int) -> bytes:
        if self._inner is None:
            is_zlib = chunk[:1] != b"" and chunk[0] & 0x0F == _ZLIB_METHOD
            self._inner = zlib.decompressobj(wbits=15 if is_zlib else -15)
        return self._inner.decompress(chunk, room)

    @property
    def is_whole(self) -> bool:
        return self._inner is not None and self._inner.eof


class _Brotli:
    def __init__(self) -> None:
        self._inner = brotli.Decompressor()

    def unpack(self, chunk: bytes, room: int) -> bytes:
        found = self._inner.process(chunk, output_buffer_limit=room)
        while len(found) < room and not self._inner.can_accept_more_data():
            found += self._inner.process(b"", output_buffer_limit=room - len(found))
        return bytes(found)

    @property
    def is_whole(self) -> bool:
        return bool(self._inner.is_finished())
