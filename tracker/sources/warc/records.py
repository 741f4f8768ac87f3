"""Records of a WARC one by one: whole ones, and a sentence for each that is broken."""

from __future__ import annotations

import base64
import hashlib
import zlib
from dataclasses import dataclass, field
from io import BytesIO
from typing import IO, TYPE_CHECKING

from warcio.bufferedreaders import BufferedReader
from warcio.statusandheaders import StatusAndHeadersParser, StatusAndHeadersParserException

from tracker.sources.warc.members import GZIP, Stretch, stretches

if TYPE_CHECKING:
    from collections.abc import Iterator

MARK = b"WARC/"
_VERSIONS = ["WARC/1.1", "WARC/1.0", "WARC/0.18", "WARC/0.17"]
#: Types whose content is looked at; the others are passed over unread.
READ_TYPES = frozenset({"request", "resource", "response", "warcinfo"})
_LONGEST_HEAD = 128 * 1024
_LONGEST_LINE = 64 * 1024
_PIECE = 256 * 1024
_MOST_DIGITS = 15
_ENDS = "The file ends in the middle of it."
_ALGORITHMS = {
    "md5": "md5",
    "sha1": "sha1",
    "sha-1": "sha1",
    "sha256": "sha256",
    "sha-256": "sha256",
    "sha512": "sha512",
    "sha-512": "sha512",
}


@dataclass(frozen=True, slots=True)
class Record:
    """A record that arrived whole. ``block`` holds its beginning only where ``is_whole`` is False:
    its type is not read, or it is too large.
    """

    number: int
    kind: str
    headers: dict[str, str]
    block: bytes = field(repr=False)
    is_whole: bool

    @property
    def url(self) -> str:
        """What it is about."""
        return self.headers.get("warc-target-uri", "").strip("<> ")


@dataclass(frozen=True, slots=True)
class Broken:
    """A record that can't be used, and why; the ones after it go on."""

    number: int
    reason: str


def is_warc(head: bytes) -> bool:
    """Whether a file that starts with ``head`` is a WARC, packed or plain."""
    if head.startswith(GZIP):
        try:
            head = zlib.decompressobj(wbits=31).decompress(head, 64)
        except zlib.error:
            return False
    return head.startswith(MARK)


def read_records(file: IO[bytes], *, largest: int) -> Iterator[Record | Broken]:
    """Every record in order; of a block above ``largest`` bytes only the beginning is kept."""
    number = 0
    for stretch in stretches(file):
        for found in _of_stretch(stretch, number, largest):
            number = found.number
            yield found


def _of_stretch(stretch: Stretch, number: int, largest: int) -> Iterator[Record | Broken]:
    reader = BufferedReader(stretch)
    held: Record | Broken | None = None
    is_lost = False  # what follows something broken is no failure of its own
    while line := reader.readline(_LONGEST_LINE):
        if not line.strip():
            continue
        is_record = line.startswith(MARK)
        if held is not None:
            if not is_record and isinstance(held, Record):
                held = Broken(held.number, "Its length is not what its header says.")
            is_lost = isinstance(held, Broken)
            yield held
            held = None
        if is_record:
            number += 1
            held = _record(reader, stretch, line, number, largest)
        elif not is_lost:
            number += 1
            is_lost = True
            yield Broken(number, "What is there is no record of a WARC.")
    if held is None and stretch.failure and not is_lost:
        held = Broken(number + 1, stretch.failure)
    if isinstance(held, Record) and stretch.failure:
        held = Broken(held.number, stretch.failure)
    if held is not None:
        yield held


def _record(
    reader: BufferedReader, stretch: Stretch, line: bytes, number: int, largest: int
) -> Record | Broken:
    head = _head(reader, line)
    if head is None:
        return Broken(number, stretch.failure or _ENDS)
    try:
        parsed = StatusAndHeadersParser(_VERSIONS).parse(BytesIO(head))
    except StatusAndHeadersParserException:
        return Broken(number, "It is of a version of WARC that is not read.")
    headers = {name.lower(): value for name, value in parsed.headers}
    length = headers.get("content-length", "")
    if not (length.isascii() and length.isdigit() and len(length) <= _MOST_DIGITS):
        return Broken(number, "Its header does not say its length.")
    size = int(length)
    kind = headers.get("warc-type", "").lower()
    wanted = size if size <= largest else min(size, _PIECE)
    block = _read(reader, wanted if kind in READ_TYPES else 0)
    rest = size - len(block)
    while rest and (piece := reader.read(min(rest, _PIECE))):
        rest -= len(piece)
    if rest:
        return Broken(number, stretch.failure or _ENDS)
    is_whole = len(block) == size
    if is_whole and not _holds(headers.get("warc-block-digest", ""), block):
        return Broken(number, "Its bytes are not those that its digest is of.")
    return Record(number, kind, headers, block, is_whole)


def _head(reader: BufferedReader, line: bytes) -> bytes | None:
    """The header with its blank line; None where the file ends in it or it is endless."""
    head = bytearray(line)
    while len(head) <= _LONGEST_HEAD and (part := reader.readline(_LONGEST_LINE)):
        head += part
        if not part.strip():
            return bytes(head)
    return None


def _read(reader: BufferedReader, size: int) -> bytes:
    return bytes(reader.read(size)) if size else b""


def _holds(said: str, block: bytes) -> bool:
    """Whether a digest is of these bytes; one in an unknown way of writing proves nothing."""
    name, _, value = said.partition(":")
    algorithm = _ALGORITHMS.get(name.strip().lower())
    if algorithm is None:
        return True
    found = hashlib.new(algorithm, block, usedforsecurity=False)
    return value.strip().lower() in {
        found.hexdigest(),
        base64.b32encode(found.digest()).decode().lower(),
    }
