"""Two recorded incidents that may be one: days, distance, names, figures, sources."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tracker.incidents.rules.likeness import Likeness, Recorded, likeness

DAY = date(2026, 11, 4)
MARKET = Recorded(
    days=(DAY, DAY),
    point=(35.51, 36.62),
    places={"ardesh": "Ardesh"},
    ranges={"KILLED": (12, 14), "INJURED": (30, None)},
    sources={1: "Nahr Rescue Service", 2: "Coast Herald"},
)


def test_all_that_both_have_in_common_is_said() -> None:
    other = replace(
        MARKET,
        days=(date(2026, 11, 5), date(2026, 11, 6)),
        point=(35.53, 36.62),
        ranges={"KILLED": (14, None), "INJURED": (5, 20)},
        sources={2: "Coast Herald", 3: "Delta Post"},
    )

    found = likeness(MARKET, other)

    assert found is not None
    assert found.km == pytest.approx(2.2, abs=0.1)
    assert replace(found, km=None) == Likeness(1, None, ("Ardesh",), ("KILLED",), ("Coast Herald",))


@pytest.mark.parametrize(
    ("changed", "is_alike"),
    [
        ({}, True),
        ({"places": {}}, True),  # near by their points
        ({"point": None}, True),  # one name, no known distance
        ({"point": (35.61, 36.62)}, True),  # one name, 11 km apart
        ({"point": (35.61, 36.62), "places": {}}, False),
        ({"point": (35.91, 36.62)}, False),  # a namesake 44 km away
        ({"point": None, "places": {"sella": "Sella"}}, False),
        ({"days": (date(2026, 11, 6), date(2026, 11, 7))}, False),
        ({"days": (date(2026, 10, 1), date(2026, 11, 30))}, True),
        ({"days": None}, False),
    ],
)
def test_days_and_place_decide(changed: dict[str, object], *, is_alike: bool) -> None:
    other = replace(MARKET, **changed)  # type: ignore[arg-type]  # by name

    assert (likeness(MARKET, other) is not None) is is_alike
    assert (likeness(other, MARKET) is not None) is is_alike


@pytest.mark.parametrize(
    ("one", "other", "overlap"),
    [
        ((3, 5), (5, 9), True),
        ((3, 5), (6, 9), False),
        ((12, None), (1, 11), False),
        ((12, None), (40, 50), True),
        ((None, 10), (1, 2), True),
        ((0, 0), (1, None), False),
    ],
)
def test_ranges_overlap_where_one_number_can_be_true_of_both(
    one: tuple[int | None, int | None], other: tuple[int | None, int | None], *, overlap: bool
) -> None:
    found = likeness(
        replace(MARKET, ranges={"KILLED": one}), replace(MARKET, ranges={"KILLED": other})
    )

    assert found is not None
    assert (found.outcomes == ("KILLED",)) is overlap
