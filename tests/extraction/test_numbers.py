"""Words to numbers, by the published table."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.extraction.figures.numbers import Figure, find_figures, parse_figure


@pytest.mark.parametrize(
    ("words", "minimum", "maximum"),
    [
        ("12", 12, 12),
        ("twelve", 12, 12),
        ("1,200", 1200, 1200),
        ("one hundred and twelve", 112, 112),
        ("twenty-one", 21, 21),
        ("two thousand", 2000, 2000),
        ("at least 12", 12, None),
        ("no fewer than 12", 12, None),
        ("At least seven", 7, None),
        ("more than 12", 13, None),
        ("over twelve", 13, None),
        ("nearly 30", None, 30),
        ("up to 30", None, 30),
        ("as many as 30", None, 30),
        ("around 30", 30, 30),
        ("about thirty", 30, 30),
        ("some 30", 30, 30),
        ("between 10 and 15", 10, 15),
        ("10 to 15", 10, 15),
        ("5-7", 5, 7),
        ("5–7", 5, 7),
        ("5+", 5, None),
        ("٧", 7, 7),
        ("a couple", 2, 2),
        ("half a dozen", 6, 6),
        ("a dozen", 12, 12),
        ("two dozen", 24, 24),
        ("several", 3, None),
        ("tens of", 20, None),
        ("dozens", 24, None),
        ("scores", 40, None),
        ("hundreds", 200, None),
        ("thousands", 2000, None),
        ("a number of", 2, None),
        ("three dozen", 36, 36),
        ("several hundred", 300, None),
        ("tens", 20, None),
        ("tens of thousands", 20_000, None),
        ("a hundred and twelve", 112, 112),
        ("10 thousand", 10_000, 10_000),
        ("between five and seven", 5, 7),
        ("five or six", 5, 6),
        ("fewer than 10", None, 9),
        ("no more than 10", None, 10),
        ("5 or more", 5, None),
        ("an estimated 40", 40, 40),
        ("at least another 12", 12, None),
        (">5", 6, None),
        ("≥ 5", 5, None),
        ("<5", None, 4),
        ("≤5", None, 5),
        ("~5", 5, 5),
        ("٥-٧", 5, 7),
        ("١٬٢٠٠", 1200, 1200),
        ("1\u00a0200", 1200, 1200),
        ("none", 0, 0),
        ("0", 0, 0),
    ],
)
def test_wording_gives_the_ends_of_the_table(
    words: str, minimum: int | None, maximum: int | None
) -> None:
    assert parse_figure(words) == Figure(minimum, maximum)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "third",
        "a third",
        "7-5",
        "fish",
        "5 fish",
        "5th",
        "7%",
        "-",
        "1.5",
        "-3",
        "5--7",
        "ten and 12",
        "five and seven",
        "fewer than 0",
        "2000000",
        "²",
        "MQ-9",
        "01-11-2014",
    ],
)
def test_what_is_no_count_gives_none(words: str) -> None:
    assert parse_figure(words) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It killed 10 and 12 were hurt.", ["10", "12"]),
        ("five and seven", ["five", "seven"]),
        ("An MQ-9 of 01-11-2014, at 7:30, over $5 and 1.5 points; 12 died.", ["12"]),
        ("tens of thousands, hundreds", ["tens of thousands", "hundreds"]),
        ("50+ people and 20–30 more", ["50+", "20–30"]),
    ],
)
def test_figures_are_found_apart_and_whole(text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end, _ in find_figures(text)] == found


def test_an_ordinal_is_no_count() -> None:
    assert [f for _, _, f in find_figures("A third victim, the 5th, died on the second day.")] == []


@given(st.integers(min_value=0, max_value=999_999))
def test_every_plain_number_is_itself(number: int) -> None:
    assert parse_figure(str(number)) == Figure(number, number)
    assert parse_figure(f"{number:,}") == Figure(number, number)
    assert parse_figure(f"at least {number}") == Figure(number, None)


@given(st.text(max_size=300))
def test_no_text_makes_it_raise_or_reverse_a_range(text: str) -> None:
    for start, end, figure in find_figures(text):
        assert 0 <= start < end <= len(text)
        if figure.minimum is not None and figure.maximum is not None:
            assert figure.minimum <= figure.maximum
    parse_figure(text)
