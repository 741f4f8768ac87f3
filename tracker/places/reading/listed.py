"""Lines of a list to places: an operator's own CSV file, or a dump as GeoNames writes it."""

from __future__ import annotations

import csv
import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tracker.core.errors import InvalidInput
from tracker.extraction.places.name_keys import LONGEST, name_key
from tracker.places.choices import PlaceKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_COLUMNS = ("name", "latitude", "longitude", "country", "admin", "kind", "alternative names")
_NEEDED = _COLUMNS[:3]
_COUNTRY = re.compile(r"[A-Z]{2}")
_NORTHMOST, _EASTMOST = 90, 180
_MOST_SPELLINGS = 60
#: As the manual of GeoNames numbers the fields of its main table.
_GEONAMES_FIELDS = 19
_NAME, _OTHERS, _LAT, _LON, _CLASS, _CODE, _IN, _ADMIN1, _PEOPLE = 1, 3, 4, 5, 6, 7, 8, 10, 14
_KIND_OF_CODE = {"PCLI": PlaceKind.COUNTRY, "ADM1": PlaceKind.ADMIN1}
_GONE = frozenset({"PPLH", "PPLQ", "PPLW"})


@dataclass(frozen=True, slots=True)
class Listed:
    """One place of a list with the keys of its spellings."""

    name: str
    kind: str
    country: str
    admin1: str
    lat: float
    lon: float
    population: int
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unlisted:
    """A line that is no place; ``reason`` "" = of a kind that is left out."""

    number: int
    reason: str = ""


def read_own(lines: Iterable[str]) -> Iterator[Listed | Unlisted]:
    """The places of a CSV file with headings. Raises InvalidInput where a heading is missing."""
    rows = csv.DictReader(lines)
    headings = {name.strip().casefold(): name for name in rows.fieldnames or () if name}
    missing = [name for name in _NEEDED if name not in headings]
    if missing:
        raise InvalidInput(
            f"The list has no column headed “{missing[0]}”. It may have: {', '.join(_COLUMNS)}."
        )
    for number, row in enumerate(rows, start=2):
        values = {name: (row.get(headings.get(name, "")) or "").strip() for name in _COLUMNS}
        yield _own(number, values)


def read_geonames(lines: Iterable[str], *, country: str = "") -> Iterator[Listed | Unlisted]:
    """The countries, first divisions and settlements of a dump, or those of one country."""
    for number, line in enumerate(lines, start=1):
        fields = line.rstrip("\n").split("\t")
        if len(fields) != _GEONAMES_FIELDS:
            yield Unlisted(number, "It has not the fields of a GeoNames dump.")
            continue
        kind = _kind_of(fields[_CLASS], fields[_CODE])
        if kind is None or (country and fields[_IN] != country.upper()):
            yield Unlisted(number)
            continue
        people = fields[_PEOPLE]
        yield _listed(
            number,
            names=[fields[_NAME], *fields[_OTHERS].split(",")],
            kind=kind,
            where=(fields[_IN], fields[_ADMIN1]),
            point=(fields[_LAT], fields[_LON]),
            population=int(people) if people.isdecimal() else 0,
        )


def _own(number: int, values: dict[str, str]) -> Listed | Unlisted:
    kind = values["kind"].upper() or PlaceKind.SETTLEMENT.value
    if kind not in PlaceKind.values:
        known = ", ".join(PlaceKind.values)
        return Unlisted(number, f"The kind “{values['kind'][:40]}” is not among {known}.")
    others = re.split("[;|]", values["alternative names"])
    return _listed(
        number,
        names=[values["name"], *others],
        kind=PlaceKind(kind),
        where=(values["country"].upper(), values["admin"]),
        point=(values["latitude"], values["longitude"]),
        population=0,
    )


def _kind_of(feature_class: str, code: str) -> PlaceKind | None:
    """What of a dump is taken: nothing that is abandoned, destroyed or no place people live in."""
    if feature_class == "P":
        return None if code in _GONE else PlaceKind.SETTLEMENT
    return _KIND_OF_CODE.get(code) if feature_class == "A" else None


def _listed(
    number: int,
    *,
    names: list[str],
    kind: PlaceKind,
    where: tuple[str, str],
    point: tuple[str, str],
    population: int,
) -> Listed | Unlisted:
    name = " ".join(names[0].split())
    lat, lon = _degrees(point[0]), _degrees(point[1])
    if not name or len(name) > LONGEST or not name_key(name):
        return Unlisted(number, f"It has no name, or one of more than {LONGEST} characters.")
    if not (abs(lat) <= _NORTHMOST and abs(lon) <= _EASTMOST):
        return Unlisted(number, "Latitude and longitude are no place on earth, in degrees.")
    if where[0] and not _COUNTRY.fullmatch(where[0]):
        return Unlisted(number, f"The country “{where[0][:20]}” is no code of two letters.")
    keys = (name_key(other) for other in names if other.strip())
    spellings = tuple(dict.fromkeys(key for key in keys if key))[:_MOST_SPELLINGS]
    return Listed(name, kind.value, where[0], where[1][:200], lat, lon, population, spellings)


def _degrees(words: str) -> float:
    """The number; infinity, which is nowhere, for what is none."""
    try:
        value = float(words)
    except ValueError:
        return math.inf
    return value if math.isfinite(value) else math.inf
