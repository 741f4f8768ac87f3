"""Days: the head of the text comes first, phrases count from it, and none is made up."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.extraction.days import ReportDay, find_days, report_day

#: A Friday.
FRIDAY = date(2026, 11, 13)
REPORT = ReportDay(FRIDAY, "PUBLICATION")


@pytest.mark.parametrize(
    "head",
    [
        "12 November 2026 Strike kills nine",
        "Thu Nov 12 2026 Strike kills nine",
        "Strike kills nine 12-11-2026 0147 PM",
        "12.11.2026Get short URL",
        "2026-11-12 Ardesh",
        "Last updated at Nov 122026 ARDESH",
        "Posted on November 12, 2026 by a reporter",
        "ARDESH, 12th November 2026 (Meridian Wire) -",
    ],
)
def test_day_in_the_head_comes_before_publication(head: str) -> None:
    assert report_day(f"{head} Nine people died.", FRIDAY) == ReportDay(
        date(2026, 11, 12), "DATELINE"
    )


@pytest.mark.parametrize(
    "text",
    [
        "The strike on 12 November 2026 killed nine.",
        "Fighting since November 12, 2026 goes on.",
        "31 February 2026 is no day.",
        "Nine died. " + "x" * 300 + " 12 November 2026",
    ],
)
def test_a_day_in_the_telling_is_not_the_reports(text: str) -> None:
    assert report_day(text, FRIDAY) == ReportDay(FRIDAY, "PUBLICATION")
    assert report_day(text, None) is None


@pytest.mark.parametrize(
    ("phrase", "first", "last", "precision"),
    [
        ("on Tuesday", (11, 10), (11, 10), "DAY"),
        ("on Friday", (11, 13), (11, 13), "DAY"),
        ("last Friday", (11, 6), (11, 6), "DAY"),
        ("today", (11, 13), (11, 13), "DAY"),
        ("yesterday", (11, 12), (11, 12), "DAY"),
        ("three days ago", (11, 10), (11, 10), "DAY"),
        ("2 days ago", (11, 11), (11, 11), "DAY"),
        ("overnight", (11, 12), (11, 13), "FEW_DAYS"),
        ("last night", (11, 12), (11, 13), "FEW_DAYS"),
        ("on July 7", (7, 7), (7, 7), "DAY"),
        ("on the 7th of July", (7, 7), (7, 7), "DAY"),
        ("on 3 May 2026", (5, 3), (5, 3), "DAY"),
        ("last week", (11, 2), (11, 8), "WEEK"),
        ("in February", (2, 1), (2, 28), "MONTH"),
    ],
)
def test_phrases_resolve_by_the_table(
    phrase: str, first: tuple[int, int], last: tuple[int, int], precision: str
) -> None:
    (found,) = find_days(f"Nine people were killed {phrase} in Ardesh", REPORT)

    assert (found.first, found.last) == (date(2026, *first), date(2026, *last))
    assert found.precision == precision


def test_a_day_of_the_year_that_is_to_come_was_last_years() -> None:
    (found,) = find_days("killed on December 24", REPORT)
    (month,) = find_days("killed in December", REPORT)

    assert found.first == date(2025, 12, 24)
    assert (month.first, month.last) == (date(2025, 12, 1), date(2025, 12, 31))


@pytest.mark.parametrize(
    "phrase",
    ["the previous day", "soon", "on 31 June", "on 20 November 2026", "in may"],
)
def test_what_can_not_be_resolved_stays_so(phrase: str) -> None:
    assert [d for d in find_days(f"killed {phrase}", REPORT) if d.precision == "DAY"] == []


def test_without_a_day_of_the_report_only_a_whole_date_counts() -> None:
    found = list(find_days("killed on Tuesday, on July 7 and on 3 May 2026, in June", None))

    assert [day.first for day in found] == [date(2026, 5, 3)]


def test_the_day_somebody_spoke_is_marked() -> None:
    (said, done) = find_days("A doctor said on Thursday that nine were killed on Monday", REPORT)

    assert said.of_statement
    assert not done.of_statement


@given(st.text(max_size=300), st.dates() | st.none())
def test_any_text_is_read(text: str, published: date | None) -> None:
    report = report_day(text, published)

    for day in find_days(text, report):
        assert day.first <= day.last
        assert report is None or day.first <= report.day
