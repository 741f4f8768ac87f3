"""What may leave: rounded places, speakers as outsiders may know them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.incidents.choices import GeoPrecision
from tracker.publication.rules.location import GRID, SETTLEMENT_RADIUS_M, coarsen
from tracker.publication.rules.speaker import OWN_VOICE, UNNAMED, public_speaker

lats = st.floats(min_value=-90, max_value=90)
lons = st.floats(min_value=-180, max_value=180)


@pytest.mark.parametrize("precision", ["EXACT", "LANDMARK", "STREET", "NEIGHBOURHOOD"])
def test_nothing_finer_than_a_settlement_leaves(precision: str) -> None:
    found = coarsen(
        name="house by the mill", lat=12.3456, lon=45.6789, precision=precision, radius_m=10
    )

    assert (found.name, found.precision, found.radius_m) == (
        None,
        "SETTLEMENT",
        SETTLEMENT_RADIUS_M,
    )
    assert (found.lat, found.lon) == (12.325, 45.675)


def test_a_settlement_keeps_its_name_and_an_area_has_no_point() -> None:
    assert (
        coarsen(name="Ardesh", lat=None, lon=None, precision="SETTLEMENT", radius_m=None).name
        == "Ardesh"
    )
    assert coarsen(name="", lat=None, lon=None, precision="UNKNOWN", radius_m=None).name is None


@given(lats, lons, st.sampled_from(GeoPrecision.values))
def test_the_same_place_always_leaves_as_the_same_cell(
    lat: float, lon: float, precision: str
) -> None:
    first = coarsen(name="x", lat=lat, lon=lon, precision=precision, radius_m=None)
    again = coarsen(
        name="x", lat=first.lat, lon=first.lon, precision=first.precision, radius_m=None
    )

    assert (first.lat, first.lon) == (again.lat, again.lon)
    assert first.lat is not None
    assert abs(first.lat - lat) <= GRID
    assert -90 <= first.lat <= 90


@pytest.mark.parametrize(
    ("name", "kind", "words", "shown"),
    [
        ("Veria Monitor", "MONITOR", "Veria Monitor", "Veria Monitor"),
        ("Mara of the mill", "WITNESS", "Mara of the mill", "a witness"),
        (None, None, "his aunt Mara", UNNAMED),
        (None, None, "", OWN_VOICE),
    ],
)
def test_private_people_are_shown_by_kind_only(
    name: str | None, kind: str | None, words: str, shown: str
) -> None:
    assert public_speaker(source_name=name, source_kind=kind, words=words) == shown
