"""Days: the head of the text comes first, phrases count from it, and none is made up."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.extraction.times.days import ReportDay, find_days, find_steps, report_day

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
        "Ardesh, SANA – 12 November 2026",
        "ARDESH, November 12 (Meridian Wire) -",
        "NAHR CITY, Nov. 12 -",
        "ARDESH, Nahr (Nov. 12, 2026) -",
        "Evening Operational Update, Nov. 12",
        "2026-11-S-018\nFor Immediate Release\n\nARDESH, Nahr (Nov. 12) -",
        "Nov. 12: Operations in two provinces\n",
    ],
)
def test_day_in_the_head_comes_before_publication(head: str) -> None:
    assert report_day(f"{head} Nine people died.", FRIDAY) == ReportDay(
        date(2026, 11, 12), "DATELINE"
    )


def test_a_dateline_without_its_year_takes_it_from_what_is_at_hand() -> None:
    head = "ARDESH, Nahr (Dec. 30) - Nine died."

    assert report_day(head, date(2027, 1, 2)) == ReportDay(date(2026, 12, 30), "DATELINE")
    assert report_day(head, None) is None
    assert report_day("2027-01-S-001\n" + head, None) == ReportDay(date(2026, 12, 30), "DATELINE")


def test_a_page_without_a_date_may_name_it_at_its_end() -> None:
    text = "Nine people died in Ardesh. " * 20 + "Last updated: Friday 13 November 2026"

    assert report_day(text, None) == ReportDay(FRIDAY, "DATELINE")


def test_the_dateline_is_no_day_of_an_event() -> None:
    text = "ARDESH, November 13, 2026 - Nine people were killed."
    report = report_day(text, None)

    assert list(find_days(text, report)) == []


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
        ("in mid-February", (2, 1), (2, 28), "MONTH"),
        ("on the 10th", (11, 10), (11, 10), "DAY"),
        ("on the 20th of this month", (10, 20), (10, 20), "DAY"),
        ("on New Year's Day", (1, 1), (1, 1), "DAY"),
        ("on Monday and Tuesday", (11, 9), (11, 10), "FEW_DAYS"),
        ("from Sunday to Tuesday", (11, 8), (11, 10), "FEW_DAYS"),
        ("at the weekend", (11, 7), (11, 8), "FEW_DAYS"),
        ("on November 3-5", (11, 3), (11, 5), "FEW_DAYS"),
        ("in the past 24 hours", (11, 12), (11, 13), "FEW_DAYS"),
        ("since Tuesday", (11, 10), (11, 13), "FEW_DAYS"),
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


@pytest.mark.parametrize(
    ("phrase", "term", "words"),
    [
        ("at dawn on Tuesday", "AROUND_DAWN", "dawn on Tuesday"),
        ("on Tuesday night local time", "DURING_NIGHT", "Tuesday night"),
        ("in the early hours of Tuesday", "AFTER_MIDNIGHT", "early hours of Tuesday"),
        ("late on Tuesday evening", "EVENING", "late on Tuesday evening"),
        ("overnight on Tuesday", "DURING_NIGHT", "overnight on Tuesday"),
        ("earlier on Tuesday", "", "earlier on Tuesday"),
    ],
)
def test_the_part_of_the_day_is_kept(phrase: str, term: str, words: str) -> None:
    text = f"Nine people were killed {phrase}"
    (found,) = find_days(text, REPORT)

    assert (found.day, found.time_term) == (date(2026, 11, 10), term)
    assert text[found.start : found.end] == words


@pytest.mark.parametrize("phrase", ["next Tuesday", "by Tuesday", "until Tuesday", "on Tuesdays"])
def test_what_is_to_come_or_a_habit_is_no_day(phrase: str) -> None:
    assert list(find_days(f"Nine people may be killed {phrase}", REPORT)) == []


@pytest.mark.parametrize(
    ("text", "of_statement"),
    [
        ("Troops killed 32 in the early hours of Tuesday morning a group said.", False),
        ("Nine were killed, police said late on Monday", True),
        ("Police told reporters on Monday that nine were killed", True),
        ("In a statement on Monday the army said nine were killed", True),
        ("The monitor on Monday accused the army of the attack", True),
        ("Ministers met on Monday to discuss the attack", True),
        ("Police said the attack on Monday killed nine", False),
        ("Police said that on Monday nine were killed", False),
        ("The army denied Monday's attack", False),
        ("The army condemned the blast on Monday", False),
        ("A blast claimed nine lives on Monday", False),
        ("A blast in Port Said killed nine on Monday", False),
        ("Nine were found dead in Port Said on Monday", False),
        ("Nine Killed in Blast, Police Say Monday", True),
    ],
)
def test_the_governing_word_tells_whose_day_it_is(text: str, *, of_statement: bool) -> None:
    (found,) = find_days(text, REPORT)

    assert found.of_statement is of_statement


@pytest.mark.parametrize(
    ("phrase", "days"),
    [
        ("the same day", 0),
        ("the previous day", -1),
        ("a day earlier", -1),
        ("the next day", 1),
        ("a day later", 1),
        ("two days later", 2),
        ("3 days earlier", -3),
    ],
)
def test_steps_count_from_the_event_before(phrase: str, days: int) -> None:
    (step,) = find_steps(f"nine were killed {phrase}")

    assert step.days == days


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
