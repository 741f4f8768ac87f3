"""Figures, grades and states in words and shapes; unknown is never zero."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from tracker.extraction.figures.numbers import Figure
from tracker.incidents.choices import ClaimState, Grade, IncidentStatus, Outcome, Polarity
from tracker.verification.choices import TaskState
from tracker.web.forms.figure import FigureField
from tracker.web.languages import direction_of, language_words
from tracker.web.templatetags import figures

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("minimum", "maximum", "words"),
    [(7, None, "7+"), (6, 14, "6–14"), (5, 5, "5"), (None, 30, "up to 30"), (0, 0, "0")],
)
def test_range_is_a_left_to_right_isolate(
    minimum: int | None, maximum: int | None, words: str
) -> None:
    assert figures.figure(minimum, maximum) == f'<span class="t-range">{words}</span>'


def test_no_figure_a_stated_none_and_silence_are_three_texts() -> None:
    shown = {
        figures.figure(None, None),
        figures.figure(0, 0, Polarity.ASSERTS_NO_HARM),
        figures.silent(),
        figures.figure(None, None, Polarity.CANNOT_DETERMINE),
    }
    assert len(shown) == 4
    assert not any(">0<" in words for words in shown)


def test_sub_count_of_zero_is_said_and_none_is_silent() -> None:
    assert "0 said" in figures.sub_figure(0, 0)
    assert "silent" in figures.sub_figure(None, None)
    assert "3+" in figures.sub_figure(3, None)


@pytest.mark.parametrize("grade", list(Grade))
def test_grade_has_a_shape_and_a_word(grade: Grade) -> None:
    assert str(grade.label) in figures.grade(grade.value)
    assert "t-grade--" in figures.grade(grade.value, box=True)


def test_not_rated_differs_from_judged_unknowable() -> None:
    unrated, judged = figures.rating(None, None), figures.rating("F", 6)
    assert unrated.count("is-unrated") == 2
    assert "not rated" in unrated
    assert "is-unrated" not in judged


def test_every_state_has_a_class_and_words() -> None:
    for state in ClaimState:
        assert str(state.label) in figures.claim_state(state.value)
    for task in TaskState:
        assert str(task.label) in figures.task_state(task.value)
    for status in IncidentStatus:
        assert str(status.label) in figures.incident_status(status.value)


def test_killed_is_filled_and_a_stated_none_is_dashed() -> None:
    assert "t-harm--killed" in figures.harm(Outcome.KILLED)
    assert "t-harm--injured" in figures.harm(Outcome.ABDUCTED)
    assert "t-harm--none" in figures.harm(Outcome.KILLED, Polarity.ASSERTS_NO_HARM)


def test_hold_says_whose_and_how_long() -> None:
    mine = figures.hold(NOW + timedelta(minutes=12, seconds=30), NOW)
    assert "Yours for 12 more min" in mine
    theirs = figures.hold(NOW + timedelta(minutes=3), NOW, "<Otter>")
    assert "&lt;Otter&gt;" in theirs
    assert "3 min left" in theirs
    assert "t-lease--late" in theirs


def test_waiting_time_is_short() -> None:
    assert figures.waited(NOW - timedelta(minutes=5), NOW) == "5 min"
    assert figures.waited(NOW - timedelta(hours=6), NOW) == "6 h"
    assert figures.waited(NOW - timedelta(days=3), NOW) == "3 d"
    assert figures.waited(NOW + timedelta(days=3), NOW) == "0 min"


def test_days_are_joined_where_they_can_be() -> None:
    assert figures.days(None, None) == "days not known"
    assert figures.days(date(2026, 11, 4), date(2026, 11, 4)) == "4 Nov 2026"
    assert figures.days(date(2026, 11, 11), date(2026, 11, 12)) == "11–12 Nov 2026"
    assert figures.days(date(2026, 10, 30), date(2026, 11, 2)) == "30 Oct – 2 Nov 2026"
    assert figures.days(date(2025, 12, 30), date(2026, 1, 2)) == "30 Dec 2025 – 2 Jan 2026"


@pytest.mark.parametrize(
    ("typed", "figure"),
    [
        ("", Figure(None, None)),
        ("5", Figure(5, 5)),
        (" 5+ ", Figure(5, None)),
        ("5 +", Figure(5, None)),
        ("5-7", Figure(5, 7)),
        ("5–7", Figure(5, 7)),
        ("5 to 7", Figure(5, 7)),
        ("between 5 and 7", Figure(5, 7)),
        ("up to 30", Figure(None, 30)),
        ("at least 5", Figure(5, None)),
        ("More than 5", Figure(6, None)),
        ("about 9", Figure(9, 9)),
        ("1,200", Figure(1200, 1200)),
        ("none", Figure(0, 0)),
        ("0 said", Figure(0, 0)),
        ("٥", Figure(5, 5)),
        ("dozens", Figure(24, None)),
        ("forty-one", Figure(41, 41)),
    ],
)
def test_figure_is_read_as_people_write_it(typed: str, figure: Figure) -> None:
    assert FigureField().clean(typed) == figure


@pytest.mark.parametrize("figure", [Figure(7, None), Figure(6, 14), Figure(None, 30), Figure(2, 2)])
def test_figure_shown_in_a_box_is_read_back_the_same(figure: Figure) -> None:
    field = FigureField()
    assert field.clean(field.prepare_value(figure)) == figure


@pytest.mark.parametrize(
    "typed", ["7-5", "a lot", "99999999999", "-3", "1.5", "5--7", "²", "5 or so"]
)
def test_figure_that_can_not_be_is_refused_with_a_sentence(typed: str) -> None:
    with pytest.raises(ValidationError, match=r"Write a figure|highest figure"):
        FigureField().clean(typed)


def test_languages_have_a_name_and_a_direction() -> None:
    assert language_words("ar") == "Arabic"
    assert language_words("xx-unknown") == "xx-unknown"
    assert direction_of("ar") == direction_of("fa-AF") == "rtl"
    assert direction_of("en") == "ltr"
    assert direction_of("") == "auto"


def test_figure_box_works_in_arabic() -> None:
    field = FigureField()
    with translation.override("ar"):
        shown = figures.figure_words(None, 30)
        assert field.clean(field.prepare_value(Figure(None, 30))) == Figure(None, 30)
        assert field.clean(shown) == Figure(None, 30)
        assert field.clean("٦–١٤") == Figure(6, 14)


def test_figure_in_a_sentence_is_isolated_only_where_text_runs_the_other_way() -> None:
    assert figures.figure_in_text(6, 14) == "6–14"
    with translation.override("ar"):
        assert figures.figure_in_text(6, 14) == "\u20666–14\u2069"
        assert figures.figure_in_text(None, None) == ""
