"""The body of an archived answer, unpacked within a limit."""

from __future__ import annotations

import zlib
from io import BytesIO

import brotli
from warcio.bufferedreaders import ChunkedDataException, ChunkedDataReader

_GZIP = b"\x1f\x8b"


def decoded(body: bytes, *, transfer: str, encoding: str, largest: int) -> bytes | None:
    """The body without chunks and packing; None where that is impossible.

    Stops soon after ``largest`` bytes: what is longer than that was cut. Some archives keep a body
    already unpacked under the old header, so one that is not packed is taken as it is.
    """
    if "chunked" in transfer.lower():
        body = _without_chunks(body)
    name = encoding.strip().lower()
    try:
        if name in {"gzip", "x-gzip"}:
            return _inflated(body, 31, largest) if body.startswith(_GZIP) else body
        if name == "deflate":
            return _deflated(body, largest)
        if name == "br":
            return bytes(brotli.Decompressor().process(body, output_buffer_limit=largest + 1))
    except (zlib.error, brotli.error):
        return None
    return body if name in {"", "identity"} else None


def _without_chunks(body: bytes) -> bytes:
    reader = ChunkedDataReader(BytesIO(body), raise_exceptions=True)
    try:
        return bytes(reader.read())
    except ChunkedDataException:
        return body


def _inflated(body: bytes, wbits: int, largest: int) -> bytes:
    return zlib.decompressobj(wbits=wbits).decompress(body, largest + 1)


def _deflated(body: bytes, largest: int) -> bytes:
    try:
        return _inflated(body, 15, largest)
    except zlib.error:  # many servers send the bare stream
        return _inflated(body, -15, largest)
