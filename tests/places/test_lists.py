"""Lists come in whole, replace what was there, and say which lines they refuse."""

from __future__ import annotations

import json
from io import StringIO
from typing import TYPE_CHECKING, Any

import pytest
from django.core.management import CommandError, call_command

from tests.places.lists import VILLAGES, own_list
from tracker.audit.models import AuditEvent
from tracker.places.models import KnownPlace, PlaceList
from tracker.places.reading.listed import Listed, Unlisted, read_geonames, read_own
from tracker.places.selectors.places import find_places_named

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.django_db

HEAD = "name,latitude,longitude,country,kind\n"


def _dumped(name: str, feature: str, code: str, country: str = "NH", others: str = "") -> str:
    fields = ["1", name, name, others, "35.5", "36.5", feature, code, country, ""]
    return "\t".join([*fields, "02", "", "", "", "1200", "", "400", "Asia/Nahr", "2026-01-01\n"])


def _run(path: Path, *more: str) -> tuple[list[dict[str, Any]], str]:
    out, err = StringIO(), StringIO()
    call_command("import_places", str(path), *more, stdout=out, stderr=err)
    return [json.loads(line) for line in out.getvalue().splitlines()], err.getvalue()


def test_a_place_is_found_by_every_spelling() -> None:
    own_list()

    for name in ("Vardesh", "al-Vardesh", "VARDISH", "فاردش"):
        found = find_places_named(name)[0]
        assert (found.name, found.country, found.lat) == ("Vardesh", "NH", 35.51)
    assert [place.country for place in find_places_named("Qellan")] == ["NH", "VE"]
    assert find_places_named("Qellan", country="ve")[0].admin1 == "Delta"


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (",35,36,NH,", "no name"),
        ("Ardesh,95,36,NH,", "no place on earth"),
        ("Ardesh,north,36,NH,", "no place on earth"),
        ("Ardesh,nan,36,NH,", "no place on earth"),
        ("Ardesh,35,36,Nahria,", "no code of two letters"),
        ("Ardesh,35,36,NH,hill", "“hill” is not among"),
        ("A" * 121 + ",35,36,NH,", "more than 120"),
    ],
)
def test_lines_that_are_no_place_are_refused(line: str, why: str) -> None:
    (refused,) = read_own([HEAD, f"{line}\n"])

    assert isinstance(refused, Unlisted)
    assert (refused.number, why in refused.reason) == (2, True)


def test_of_a_dump_only_places_where_people_live_are_taken() -> None:
    lines = [
        _dumped("Vardesh", "P", "PPL", others="Vardish,فاردش"),
        _dumped("Old Vardesh", "P", "PPLQ"),
        _dumped("Mount Var", "T", "MT"),
        _dumped("Nahr", "A", "ADM1"),
        _dumped("Nahr District", "A", "ADM2"),
        _dumped("Nahria", "A", "PCLI"),
        _dumped("Elsewhere", "P", "PPL", country="VE"),
        "half a line\n",
    ]

    read = list(read_geonames(lines, country="nh"))

    taken = [one for one in read if isinstance(one, Listed)]
    assert [(one.name, one.kind, one.population) for one in taken] == [
        ("Vardesh", "SETTLEMENT", 1200),
        ("Nahr", "ADMIN1", 1200),
        ("Nahria", "COUNTRY", 1200),
    ]
    assert len(taken[0].keys) == 3
    refused = [one for one in read if isinstance(one, Unlisted) and one.reason]
    assert [(one.number, one.reason) for one in refused] == [
        (8, "It has not the fields of a GeoNames dump.")
    ]


def test_the_next_file_replaces_the_list_and_the_same_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "villages.csv"
    path.write_text(VILLAGES, encoding="utf-8")
    options = ("--list", "Villages", "--licence", "ours")
    first, _ = _run(path, *options)
    again, told = _run(path, *options)
    path.write_text(HEAD + "Sellan,35,36,NH,\n", encoding="utf-8")
    last, _ = _run(path, *options)

    assert first == [{"list": "Villages", "taken": 4, "left_out": 0, "refused": 0}]
    assert (again, "nothing changed" in told) == ([{"list": "Villages"}], True)
    assert last[0]["taken"] == 1
    assert [place.name for place in KnownPlace.objects.all()] == ["Sellan"]
    lines = AuditEvent.objects.filter(action="place.bring_in_list").order_by("pk")
    assert [line.changes["before"] for line in lines] == [0, 4]


def test_a_dump_comes_with_its_licence(tmp_path: Path) -> None:
    path = tmp_path / "NH.txt"
    path.write_text(_dumped("Vardesh", "P", "PPL"), encoding="utf-8")

    _run(path, "--list", "GeoNames NH", "--geonames", "--country", "NH")

    assert "CC BY 4.0" in PlaceList.objects.get().licence


def test_refused_lines_are_said_and_end_with_a_failure(tmp_path: Path) -> None:
    path = tmp_path / "villages.csv"
    path.write_text(HEAD + "Sellan,35,36,NH,\nArdesh,95,36,NH,\n", encoding="utf-8")
    out = StringIO()

    with pytest.raises(CommandError, match="1 lines are refused"):
        call_command(
            *("import_places", str(path), "--list", "Villages", "--licence", "ours"),
            stdout=out,
            stderr=StringIO(),
        )

    assert json.loads(out.getvalue().splitlines()[0])["row"] == 3
    assert KnownPlace.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "more", "why"),
    [
        (b"name,latitude\n", ("--licence", "ours"), "no column headed “longitude”"),
        (HEAD.encode(), ("--licence", "ours"), "no place in the file"),
        (b"\xff\xfe\xfa", ("--licence", "ours"), "can't be read as a list in UTF-8"),
        (HEAD.encode(), (), "--licence"),
        (HEAD.encode(), ("--licence", "ours", "--country", "NH"), "dump of GeoNames only"),
    ],
)
def test_what_is_no_list_is_refused(
    tmp_path: Path, content: bytes, more: tuple[str, ...], why: str
) -> None:
    path = tmp_path / "villages.csv"
    path.write_bytes(content)

    with pytest.raises(CommandError, match=why):
        _run(path, "--list", "Villages", *more)
    assert not PlaceList.objects.exists()
