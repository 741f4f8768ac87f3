"""The stretches a WARC is made of: one per gzip member, or the whole file where it is plain."""

from __future__ import annotations

import zlib
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

GZIP = b"\x1f\x8b\x08"
_BLOCK = 64 * 1024
#: How much a read may unpack to: a packed bomb costs time, never memory.
_PIECE = 256 * 1024


class Stretch:
    """A part of the file that records are read from; ``failure`` "" = it ended as it should."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.failure = ""

    def read(self, size: int = -1) -> bytes:
        """Some of what is left; nothing at its end, whole or broken."""
        return self._file.read(_PIECE if size < 0 else size)

    def finish(self) -> None:
        """Go to where the next stretch may begin."""


class GzipMember(Stretch):
    """One gzip member, unpacked piece by piece."""

    def __init__(self, file: IO[bytes]) -> None:
        super().__init__(file)
        self._begin = file.tell()
        self._unpacker = zlib.decompressobj(wbits=31)
        self._packed = b""

    def read(self, size: int = -1) -> bytes:
        """As the base says; a member that breaks off or is damaged ends there, with a failure."""
        room = _PIECE if size < 0 else min(size, _PIECE)
        while not self._unpacker.eof and not self.failure:
            packed = self._packed or self._file.read(_BLOCK)
            if not packed:
                self.failure = "The file ends in the middle of it."
                break
            try:
                unpacked = self._unpacker.decompress(packed, room)
            except zlib.error:
                self.failure = "Its packing is damaged."
                break
            self._packed = self._unpacker.unconsumed_tail
            if unpacked:
                return unpacked
        return b""

    def finish(self) -> None:
        """Unpack the rest unread; after damage look for the next member's beginning."""
        while self.read():
            pass
        if self.failure:
            self._file.seek(self._begin + 1)
            _seek_to(self._file, GZIP)
        else:
            self._file.seek(-len(self._unpacker.unused_data), 1)


def stretches(file: IO[bytes]) -> Iterator[Stretch]:
    """Every stretch, one at a time; the next one is found when the caller asks for it."""
    while head := file.read(len(GZIP)):
        file.seek(-len(head), 1)
        stretch: Stretch
        if head == GZIP:
            stretch = GzipMember(file)
        elif file.tell() == 0:
            stretch = Stretch(file)
        else:  # bytes that belong to no member
            _seek_to(file, GZIP)
            continue
        yield stretch
        stretch.finish()


def _seek_to(file: IO[bytes], mark: bytes) -> None:
    """Go to the next place that looks like ``mark``, or to the end."""
    kept = b""
    while block := file.read(_BLOCK):
        found = (kept + block).find(mark)
        if found >= 0:
            file.seek(found - len(kept) - len(block), 1)
            return
        kept = block[1 - len(mark) :]
