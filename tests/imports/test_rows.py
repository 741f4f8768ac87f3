"""What a row says: read as people mean it, or refused with a sentence."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest

from tracker.imports.rows.days import days_of
from tracker.imports.rows.figures import count_of, whole_count
from tracker.imports.rows.points import point_of
from tracker.imports.rows.refused import RowRefused
from tracker.imports.rows.words import geo_precision_of, rating_of, status_of

TODAY = date(2026, 11, 21)


def _days(start: object, end: object = None, order: str = "") -> tuple[str, str, str]:
    found = days_of(start, end, order=order, today=TODAY)  # type: ignore[arg-type]  # any cell
    return str(found.first), str(found.last), found.precision


@pytest.mark.parametrize(
    ("cell", "order", "first", "last", "precision"),
    [
        (datetime(2019, 3, 4), "", "2019-03-04", "2019-03-04", "DAY"),  # noqa: DTZ001  # a cell
        ("2019-03-04", "", "2019-03-04", "2019-03-04", "DAY"),
        ("2019-03-04T00:00:00", "", "2019-03-04", "2019-03-04", "DAY"),
        ("03/04/2019", "DAY_FIRST", "2019-04-03", "2019-04-03", "DAY"),
        ("03/04/2019", "MONTH_FIRST", "2019-03-04", "2019-03-04", "DAY"),
        ("25.04.2019", "", "2019-04-25", "2019-04-25", "DAY"),
        ("04-25-2019", "", "2019-04-25", "2019-04-25", "DAY"),
        ("05/05/2019", "", "2019-05-05", "2019-05-05", "DAY"),
        ("4 March 2019", "", "2019-03-04", "2019-03-04", "DAY"),
        ("March 4, 2019", "", "2019-03-04", "2019-03-04", "DAY"),
        ("٢٠١٩-٠٣-٠٤", "", "2019-03-04", "2019-03-04", "DAY"),
        ("Feb 2020", "", "2020-02-01", "2020-02-29", "MONTH"),
        ("2020-02", "", "2020-02-01", "2020-02-29", "MONTH"),
        ("2020", "", "2020-01-01", "2020-12-31", "YEAR"),
        (2020, "", "2020-01-01", "2020-12-31", "YEAR"),
        ("2026", "", "2026-01-01", "2026-11-21", "YEAR"),
        ("", "", "None", "None", "UNKNOWN"),
        (None, "", "None", "None", "UNKNOWN"),
    ],
)
def test_days_are_read(cell: object, order: str, first: str, last: str, precision: str) -> None:
    assert _days(cell, order=order) == (first, last, precision)


@pytest.mark.parametrize(
    ("start", "end", "precision"),
    [
        ("2019-03-04", "2019-03-04", "DAY"),
        ("2019-03-04", "2019-03-06", "FEW_DAYS"),
        ("2019-03-04", "2019-03-10", "WEEK"),
        ("2019-03-04", "2019-03-20", "MONTH"),
        ("2019-03", "2019-06", "YEAR"),
    ],
)
def test_a_window_has_its_precision(start: str, end: str, precision: str) -> None:
    assert _days(start, end)[2] == precision


@pytest.mark.parametrize(
    ("start", "end", "why"),
    [
        ("03/04/2019", None, "may be two days"),
        ("30/02/2019", None, "no day that can be read"),
        ("last spring", None, "no day that can be read"),
        (43528, None, "is a number and no day"),
        (True, None, "is a number and no day"),
        (time(3, 4), None, "is a number and no day"),
        ("0219-03-04", None, "before 1900"),
        ("2031-01-01", None, "in the future"),
        ("2026-11-20", "2026-12-24", "in the future"),
        ("2019-03-04", "2019-03-01", "before the first one"),
        (None, "2019-03-01", "without a first one"),
        ("2019-03-04", "2021-03-01", "more than a year"),
    ],
)
def test_days_that_can_t_be_are_refused(start: object, end: object, why: str) -> None:
    with pytest.raises(RowRefused, match=why):
        _days(start, end)


@pytest.mark.parametrize(
    ("cell", "minimum", "maximum"),
    [
        ("12", 12, 12),
        (12, 12, 12),
        (12.0, 12, 12),
        ("12+", 12, None),
        ("5-7", 5, 7),
        ("at least five", 5, None),
        ("up to 30", None, 30),
        ("1,200", 1200, 1200),
        ("dozens", 24, None),
        ("١٢", 12, 12),
        ("0", 0, 0),
    ],
)
def test_figures_are_read_as_in_articles(
    cell: str | float, minimum: int | None, maximum: int | None
) -> None:
    count = count_of(cell, "Killed")

    assert count is not None
    assert (count.figure.minimum, count.figure.maximum) == (minimum, maximum)


@pytest.mark.parametrize("cell", [None, "", "-", "?", "n/a", "Unknown"])
def test_nothing_said_is_no_figure(cell: str | None) -> None:
    assert count_of(cell, "Killed") is None


@pytest.mark.parametrize("cell", ["12 or so", "7-5", 1.5, True, datetime(2026, 7, 5), -3])  # noqa: DTZ001  # a cell
def test_what_is_no_figure_is_refused(cell: object) -> None:
    with pytest.raises(RowRefused, match="Killed"):
        count_of(cell, "Killed")  # type: ignore[arg-type]  # any cell


def test_two_cells_are_one_figure() -> None:
    least, most, late = (count_of(words, "Killed") for words in ("5", "9", "3"))

    whole = whole_count(None, least, most, "Killed")
    assert whole is not None
    assert (whole.figure.minimum, whole.figure.maximum, whole.words) == (5, 9, "5 – 9")
    open_above = whole_count(None, least, None, "Killed")
    assert open_above is not None
    assert (open_above.figure.minimum, open_above.figure.maximum) == (5, None)
    with pytest.raises(RowRefused, match="above the higher one"):
        whole_count(None, least, late, "Killed")
    with pytest.raises(RowRefused, match="give one of them"):
        whole_count(most, least, None, "Killed")


@pytest.mark.parametrize(
    ("lat", "lon", "point"),
    [
        ("35.5", "36.5", (35.5, 36.5)),
        (35.5, -36, (35.5, -36.0)),
        ("35,5", "\u221236,5°", (35.5, -36.5)),
        ("", None, None),
    ],
)
def test_points_are_read(lat: object, lon: object, point: object) -> None:
    assert point_of(lat, lon) == point  # type: ignore[arg-type]  # any cell


@pytest.mark.parametrize(
    ("lat", "lon", "why"),
    [
        ("35.5", "", "latitude without a longitude"),
        (None, 36.5, "longitude without a latitude"),
        ("95", "36", "Latitude is -90 to 90"),
        ("0", "0", "no place"),
        ("35°30'N", "36", "no number of degrees"),
        (float("inf"), 36, "no number of degrees"),
    ],
)
def test_points_that_can_t_be_are_refused(lat: object, lon: object, why: str) -> None:
    with pytest.raises(RowRefused, match=why):
        point_of(lat, lon)  # type: ignore[arg-type]  # any cell


def test_words_are_those_of_the_vocabulary_in_any_case() -> None:
    assert status_of("Civilians", "Status") == "CIVILIAN"
    assert status_of("directly participating", "Status") == "DIRECTLY_PARTICIPATING"
    assert status_of(" ", "Status") == ""
    assert geo_precision_of("Village, town or city", "Precision") == "SETTLEMENT"
    assert rating_of("HIGH", "SFM", "Trust") == "high"
    with pytest.raises(RowRefused, match="“soldier” is not among"):
        status_of("soldier", "Status")
    with pytest.raises(RowRefused, match="no scale"):
        rating_of("high", "", "Trust")
