"""Which place is which, and how far two lie apart."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tracker.extraction.places.gazetteer import Kind, Place
from tracker.places.rules.telling import are_far_apart, handle_of, km_between

VARDESH = Place("Vardesh", Kind.SETTLEMENT, "NH", "Nahr", 35.51, 36.62, 0)


def test_a_handle_is_of_all_values_but_the_number_of_people() -> None:
    assert handle_of(replace(VARDESH, population=400)) == handle_of(VARDESH)
    others = (
        replace(VARDESH, name="Vardish"),
        replace(VARDESH, kind=Kind.ADMIN1),
        replace(VARDESH, country="VE"),
        replace(VARDESH, admin1=""),
        replace(VARDESH, lat=35.510001),
        replace(VARDESH, lon=36.7),
    )
    assert len({handle_of(one) for one in (VARDESH, *others)}) == 7


@pytest.mark.parametrize(
    ("lat", "lon", "km"),
    [
        (35.51, 36.62, 0.0),
        (36.51, 36.62, 111.2),
        (35.51, 37.62, 90.5),
        (-35.51, -143.38, 20015.1),  # its antipode
    ],
)
def test_distances_are_along_the_earth(lat: float, lon: float, km: float) -> None:
    other = replace(VARDESH, lat=lat, lon=lon)

    assert km_between(VARDESH, other) == pytest.approx(km, abs=0.1)
    assert km_between(other, VARDESH) == pytest.approx(km, abs=0.1)


def test_the_date_line_is_no_distance() -> None:
    east, west = replace(VARDESH, lat=0.0, lon=179.99), replace(VARDESH, lat=0.0, lon=-179.99)

    assert km_between(east, west) == pytest.approx(2.2, abs=0.1)


def test_what_is_far_depends_on_what_it_is() -> None:
    village, region = replace(VARDESH, lat=35.7), replace(VARDESH, lat=35.7, kind=Kind.ADMIN1)

    assert are_far_apart(VARDESH, village)
    assert not are_far_apart(VARDESH, region)
    assert not are_far_apart(VARDESH, replace(VARDESH, lat=35.55))
