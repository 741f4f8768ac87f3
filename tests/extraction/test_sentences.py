"""Sentences with exact offsets."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.extraction.sentences import split_sentences

#: A line's end that is none of a line broken for its width.
_BROKEN_LINE = re.compile(r"\n(?![a-z])")


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text)]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        ("Gen. Ader met Dr. Sam Oto of the U.N. in Tavir. He left.",
         ["Gen. Ader met Dr. Sam Oto of the U.N. in Tavir.", "He left."]),
        ("“It was five.” The rest slept.", ["“It was five.”", "The rest slept."]),
        ("A title\n\nA line without an end\nNext.", ["A title", "A line without an end", "Next."]),
        ("Prices rose 1.5 points. 12 died.", ["Prices rose 1.5 points.", "12 died."]),
        ("هل عاد؟ عاد سريعا.", ["هل عاد؟", "عاد سريعا."]),
        ("A line broken\nfor its width.\nNext.", ["A line broken\nfor its width.", "Next."]),
        ("AFP Thursday 25 Sep 2014 A strike hit.", ["AFP Thursday 25 Sep 2014", "A strike hit."]),
        ("It began on 25 Sep 2014 A day on.", ["It began on 25 Sep 2014 A day on."]),
        ("  \n\t\n", []),
    ],
)  # fmt: skip
def test_text_is_split_into_these(text: str, sentences: list[str]) -> None:
    assert split(text) == sentences


@given(st.text(max_size=400))
def test_sentences_are_in_order_apart_and_lose_no_word(text: str) -> None:
    spans = list(split_sentences(text))

    assert all(first[1] <= second[0] for first, second in pairwise(spans))
    assert all(_BROKEN_LINE.search(text[start:end]) is None for start, end in spans)
    assert "".join("".join(text[a:b].split()) for a, b in spans) == "".join(text.split())


def test_a_headline_repeated_at_the_start_is_a_sentence_of_its_own() -> None:
    headline = "Strike on Ardesh market kills four"
    text = f"{headline} A strike hit the market."

    spans = split_sentences(text, headline)

    assert [text[start:end] for start, end in spans] == [headline, "A strike hit the market."]
