"""Known places by name: settlements, regions, countries, from a file that comes with the package.

The file is mapped, not read: blocks of lines sorted by key, each compressed by itself, so that a
look-up unpacks one block of names and one of places. ``training/build_gazetteer.py`` writes it. It
knows few villages: that a name is not in here says nothing against its being a place.
"""

from __future__ import annotations

import json
import mmap
import struct
import zlib
from bisect import bisect_right
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.extraction.places.name_keys import loose_key, name_key

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Where the file of the package is.
FILE = Path(__file__).parents[1] / "data" / "places.idx"
MAGIC = b"PLACES2\n"
HEADER_LENGTH = struct.Struct("<I")
_BLOCKS_KEPT = 64


class Kind(StrEnum):
    """What a place is; listed in the order in which a look-up gives them."""

    COUNTRY = "COUNTRY"
    ADMIN1 = "ADMIN1"
    SETTLEMENT = "SETTLEMENT"


#: Name, kind, country, admin1, lat, lon: a place has no number, for lists come in whole.
PlaceValues = tuple[str, Kind, str, str, float, float]


@dataclass(frozen=True, slots=True)
class Place:
    """``admin1`` "" = not known or not below a country; ``population`` 0 = not known.

    A country stands at its capital, a region in the middle of its known settlements; of a region
    the people of these settlements are counted.
    """

    name: str
    kind: Kind
    country: str
    admin1: str
    lat: float
    lon: float
    population: int

    @property
    def values(self) -> PlaceValues:
        """Which place it is, however many people it is thought to have."""
        return (self.name, self.kind, self.country, self.admin1, self.lat, self.lon)


class Gazetteer:
    """Reads one index file; cheap to open, safe to share, never changes."""

    def __init__(self, path: Path) -> None:
        """Map the file; raises OSError where it is not there, ValueError where it is another."""
        with path.open("rb") as file:
            self._bytes = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        if self._bytes[: len(MAGIC)] != MAGIC:
            raise ValueError(f"{path.name} is no index of places")
        start = len(MAGIC) + HEADER_LENGTH.size
        (length,) = HEADER_LENGTH.unpack(self._bytes[len(MAGIC) : start])
        header = json.loads(zlib.decompress(self._bytes[start : start + length]))
        self._data = start + length
        self._regions: list[str] = header["regions"]
        self._per_block: int = header["per_block"]
        self._places: list[list[int]] = header["places"]
        self._sections = {
            name: ([block[0] for block in header[name]], [block[1:] for block in header[name]])
            for name in ("names", "loose")
        }
        self._block = lru_cache(maxsize=_BLOCKS_KEPT)(self._unpack)
        self._lines = lru_cache(maxsize=_BLOCKS_KEPT)(self._unpack_lines)

    def look_up(self, name: str, *, country: str | None = None) -> tuple[Place, ...]:
        """The places of this name in any usual spelling or script, () where none is known.

        Countries first, then regions, then settlements, the largest first. With ``country`` (two
        letters) only its own; there a name may also differ in its short vowels.
        """
        found = self._in_country("names", name_key(name), country)
        if not found and country is not None:
            found = self._in_country("loose", loose_key(name), country)
        return tuple(found)

    def _in_country(self, section: str, key: str, country: str | None) -> list[Place]:
        places = (self._place(number) for number in self._numbers(section, key))
        return [place for place in places if country is None or place.country == country.upper()]

    def _numbers(self, section: str, key: str) -> Iterator[int]:
        firsts, blocks = self._sections[section]
        at = bisect_right(firsts, key) - 1
        if not key or at < 0:
            return
        block = self._block(*blocks[at])
        start = block.find(f"\n{key}\t".encode())
        if start >= 0:
            end = block.index(b"\n", start + 1)
            yield from map(int, block[start:end].split(b"\t")[1].split(b","))

    def _place(self, number: int) -> Place:
        block, line = divmod(number, self._per_block)
        parts = self._lines(*self._places[block])[line].split("\t")
        name, kind, country, region, lat, lon, population = parts
        return Place(
            name=name,
            kind=Kind(kind),
            country=country,
            admin1=self._regions[int(region)],
            lat=float(lat),
            lon=float(lon),
            population=int(population),
        )

    def _unpack(self, offset: int, length: int) -> bytes:
        start = self._data + offset
        return zlib.decompress(self._bytes[start : start + length])

    def _unpack_lines(self, offset: int, length: int) -> list[str]:
        return self._unpack(offset, length).decode().splitlines()


@cache
def packaged() -> Gazetteer:
    """The gazetteer that comes with the package, opened at the first call."""
    return Gazetteer(FILE)
