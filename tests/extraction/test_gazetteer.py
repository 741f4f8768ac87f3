"""Places by name: any usual spelling or script, in little memory and at once."""

from __future__ import annotations

import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.extraction.places.gazetteer import FILE, Gazetteer, Kind, packaged
from tracker.extraction.places.name_keys import name_key
from tracker.extraction.training.build_gazetteer import (
    admin1,
    countries,
    read_table,
    settlements,
    write,
)

if TYPE_CHECKING:
    from pathlib import Path

#: Megabytes that opening and a thousand look-ups may add to a process.
MOST_RESIDENT = 60
MEASURED = """
from pathlib import Path
from tracker.extraction.places.gazetteer import packaged
for number in range(1000):
    packaged().look_up(f"Tell {number}")
    packaged().look_up(chr(97 + number % 26) + chr(97 + number // 26 % 26))
(line,) = [x for x in Path("/proc/self/status").read_text().splitlines() if x[:6] == "VmRSS:"]
print(int(line.split()[1]) // 1024)
"""


def first(name: str, country: str | None = None) -> tuple[str, str, str]:
    place = packaged().look_up(name, country=country)[0]
    return (place.name, place.kind.value, place.country)


@pytest.mark.parametrize(
    ("spelling", "country"),
    [
        ("Idlib", "SY"), ("Idleb", "SY"), ("إدلب", "SY"), ("ادلب", "SY"), ("Идлиб", "SY"),
        ("IDLIB", "SY"), ("Deir ez-Zor", "SY"), ("Deir Ezzor", "SY"), ("Dayr az-Zawr", "SY"),
        ("al-Hasakah", "SY"), ("Hassakeh", "SY"), ("Al Hasaka", "SY"), ("Khan Sheikhoun", "SY"),
        ("Ar-Raqqah", "SY"), ("Raqqa", "SY"), ("Mosul", "IQ"), ("الموصل", "IQ"), ("Sana'a", "YE"),
        ("Sanaa", "YE"), ("صنعاء", "YE"), ("Kharkiv", "UA"), ("Kharkov", "UA"), ("Харків", "UA"),
        ("Bakhmut", "UA"), ("El Fasher", "SD"), ("El-Fasher", "SD"), ("Mogadishu", "SO"),
        ("Goma", "CD"), ("Sittwe", "MM"), ("Khan Younis", "PS"), ("Rafah", "PS"),
    ],
)  # fmt: skip
def test_spellings_and_scripts_of_one_place_find_it(spelling: str, country: str) -> None:
    assert country in {place.country for place in packaged().look_up(spelling)}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Syria", ("Syria", "COUNTRY", "SY")),
        ("DR Congo", ("Democratic Republic of the Congo", "COUNTRY", "CD")),
        ("Burma", ("Myanmar", "COUNTRY", "MM")),
        ("Nineveh", ("Nineveh", "ADMIN1", "IQ")),
        ("Anbar", ("Anbar", "ADMIN1", "IQ")),
        ("Tigray", ("Tigray", "ADMIN1", "ET")),
        ("North Kivu", ("North Kivu", "ADMIN1", "CD")),
        ("Donetsk", ("Donetsk", "ADMIN1", "UA")),
        ("Mekele", ("Mek'ele", "SETTLEMENT", "ET")),
    ],
)
def test_countries_come_before_regions_and_regions_before_settlements(
    name: str, expected: tuple[str, str, str]
) -> None:
    assert first(name) == expected


def test_settlement_tells_its_region_and_where_it_lies() -> None:
    place = next(p for p in packaged().look_up("Mosul") if p.kind is Kind.SETTLEMENT)
    assert (place.country, place.admin1) == ("IQ", "Nineveh")
    assert (round(place.lat), round(place.lon)) == (36, 43)
    assert place.population > 1_000_000


def test_short_vowels_may_differ_only_within_a_country() -> None:
    assert packaged().look_up("Maskane") == ()
    assert first("Maskane", "SY") == ("Maskanah", "SETTLEMENT", "SY")
    assert packaged().look_up("Bashar") == ()
    assert packaged().look_up("Putin") == ()


def test_country_given_keeps_the_others_out() -> None:
    assert {place.country for place in packaged().look_up("Tripoli")} >= {"LY", "LB"}
    assert {place.country for place in packaged().look_up("Tripoli", country="ly")} == {"LY"}


@pytest.mark.parametrize("name", ["", " ", "-", "Zxqvwk", "\0", "'", "al-", "Zelensky", "x" * 9999])
def test_what_is_no_known_place_finds_none(name: str) -> None:
    assert packaged().look_up(name) == ()


@given(st.text(max_size=200))
def test_any_text_may_be_asked_for(name: str) -> None:
    for place in packaged().look_up(name):
        assert place.name
        assert -90 <= place.lat <= 90


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=60))
def test_key_of_a_name_ignores_case_and_is_one_word(name: str) -> None:
    assert "\n" not in name_key(name)
    assert "\t" not in name_key(name)
    assert name_key(name) == name_key(name)


def test_opens_at_once_and_answers_quickly() -> None:
    started = time.process_time()
    gazetteer = Gazetteer(FILE)
    opened = time.process_time() - started
    assert opened < 0.3
    started = time.process_time()
    for number in range(500):
        gazetteer.look_up(f"Wad {number % 50}")
    assert time.process_time() - started < 0.5


def test_resident_memory_stays_small() -> None:
    found = subprocess.run(  # noqa: S603
        [sys.executable, "-c", MEASURED], check=True, capture_output=True, text=True
    )
    assert int(found.stdout) <= MOST_RESIDENT


def test_another_file_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "other.idx"
    other.write_bytes(b"PK\x03\x04 something else")
    with pytest.raises(ValueError, match="no index of places"):
        Gazetteer(other)


CITIES: list[dict[str, Any]] = [
    {"name": "Sella", "countrycode": "SY", "admin1code": "12", "population": 700, "latitude": 35.5,
     "longitude": 36.5, "alternatenames": ["سلا", "Silla", "SLA", "sella ya"]},
    {"name": "Nahr", "countrycode": "SY", "admin1code": "12", "population": 90_000,
     "latitude": 36.5, "longitude": 37.5, "alternatenames": []},
    {"name": "Smallham", "countrycode": "NZ", "admin1code": "E7", "population": 900,
     "latitude": -40.0, "longitude": 175.0, "alternatenames": []},
    {"name": "Bigham", "countrycode": "NZ", "admin1code": "E7", "population": 20_000,
     "latitude": -41.0, "longitude": 175.0, "alternatenames": ["Bashar"]},
]  # fmt: skip


def test_index_is_built_from_tables_and_always_the_same(tmp_path: Path) -> None:
    table = tmp_path / "regions.tsv"
    table.write_text("# a remark\nSY.12\tIdlib\tIdleb\nSY.\tThe Hills\t\tSella\nSY.99\tNone\t\n")
    regions = read_table(table)
    states = [
        {"iso": "SY", "name": "Syria", "capital": "Nahr", "population": 17},
        {"iso": "AQ", "name": "Nowhere", "capital": "", "population": 0},
    ]
    named = [
        *countries(states, [["SY", "Syrian Arab Republic"]], CITIES),
        *admin1(regions, CITIES),
        *settlements(CITIES, {"SY.12": "Idlib"}),
    ]
    one, other = tmp_path / "one.idx", tmp_path / "other.idx"
    write(one, named)
    write(other, list(reversed(named)))
    assert one.read_bytes() == other.read_bytes()
    gazetteer = Gazetteer(one)
    kinds = {
        name: [place.kind.value for place in gazetteer.look_up(name)]
        for name in (
            *("Syria", "Syrian Arab Republic", "Idleb", "The Hills", "Nowhere", "None", "sella"),
            *("سلا", "SLA", "sella ya", "Smallham", "Bigham", "Bashar"),
        )
    }
    assert {name for name, kind in kinds.items() if kind == ["COUNTRY"]} == {
        *("Syria", "Syrian Arab Republic"),
    }
    assert {name for name, kind in kinds.items() if kind == ["ADMIN1"]} == {"Idleb", "The Hills"}
    assert {name for name, kind in kinds.items() if kind == ["SETTLEMENT"]} == {
        *("sella", "سلا", "Bigham"),
    }
