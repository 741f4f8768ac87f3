"""A short run of many workers, and the judge of it, which must see a breach."""

from __future__ import annotations

import pytest

from tests.benchmarks.politeness import ADDRESSES, Arrival, Town, judge, measure


@pytest.mark.allow_hosts([f"127.0.0.{number}" for number in range(1, ADDRESSES + 10)])
@pytest.mark.django_db(transaction=True)
def test_many_workers_keep_every_rate() -> None:
    figures = measure(workers=8, processes=2, seconds=2.0, interval=0.1)

    gaps = [figure for figure in figures if "smallest gap" in figure.name]
    assert len(gaps) > 10
    assert [str(figure) for figure in gaps if not figure.is_reached] == []


@pytest.mark.parametrize(("at", "is_kept"), [(1.0, True), (0.99, False)])
@pytest.mark.parametrize("host", ["host00.example", "host16.example"])
def test_breach_is_seen(host: str, at: float, is_kept: bool) -> None:  # noqa: FBT001  # a table
    town = Town(port=80, interval=1.0)
    town.arrivals.extend(
        [
            Arrival(0.0, "host00.example", town.address_of(0), 1.0),
            Arrival(at, host, town.address_of(0), 1.0),
        ]
    )

    figures = judge(town, seconds=1.0, refused=0)

    gaps = [figure for figure in figures if "smallest gap" in figure.name]
    assert gaps
    assert all(figure.is_reached for figure in gaps) is is_kept
