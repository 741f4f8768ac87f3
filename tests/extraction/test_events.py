"""Events: what is told as news, with its days, places, figures and methods."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.extraction.events.events import read_events
from tracker.extraction.events.methods import find_methods

FRIDAY = date(2026, 11, 13)


def test_an_event_has_its_day_place_figures_and_method() -> None:
    told = read_events(
        title="Strike",
        text="An air strike on Ardesh killed nine people and wounded 20 on Thursday, medics said.",
        published=FRIDAY,
    )

    (event,) = told.news
    assert [day.first for day in event.days] == [date(2026, 11, 12)]
    assert [place.name for place in event.places] == ["Ardesh"]
    assert event.figures == {9, 20}
    assert event.methods == {"airstrike"}


def test_what_is_recalled_beside_something_later_is_no_news() -> None:
    told = read_events(
        title="",
        text="Two people were killed in Sella on Friday. On Tuesday nine were killed in Ardesh. "
        "More than 4,000 people were killed since the start of the war.",
        published=FRIDAY,
    )

    assert [event.scope for event in told.events] == ["INCIDENT", "BACKGROUND", "AGGREGATE"]


def test_an_event_of_days_before_is_news_where_nothing_later_is_told() -> None:
    text = "Nine people were killed in Ardesh on {}."

    for day, expected in (("Tuesday", 1), ("October 3", 0)):
        told = read_events(title="", text=text.format(day), published=FRIDAY)
        assert len(told.news) == expected


def test_without_a_day_everything_stays_news() -> None:
    told = read_events(title="", text="Nine people were killed on Tuesday.", published=None)

    assert told.report is None
    assert len(told.news) == 1


def test_no_harm_is_no_event() -> None:
    assert read_events(title="", text="Talks went on in Sella.", published=FRIDAY).events == ()


def test_all_methods_of_a_sentence_are_kept() -> None:
    assert find_methods("A suicide car bomb exploded") == {"car bomb", "suicide attack"}
    assert find_methods("Nobody was hurt") == frozenset()


@pytest.mark.parametrize("part", ["12 Nov 2026 ", "in the ", "in Ab ", "said ", "al-", "and 9 "])
def test_a_hostile_text_is_read_in_time(part: str) -> None:
    line = f"Nine killed {part * 300}"[:1_900]
    begun = time.process_time()

    read_events(title="", text=f"{line}.\n" * 500, published=FRIDAY)

    assert time.process_time() - begun < 5


@given(st.text(max_size=400))
def test_any_text_is_read(text: str) -> None:
    read_events(title="", text=f"Nine were killed. {text}", published=FRIDAY)
