"""Sentences with exact offsets."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.extraction.sentences import split_sentences


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
        ("  \n\t\n", []),
    ],
)  # fmt: skip
def test_text_is_split_into_these(text: str, sentences: list[str]) -> None:
    assert split(text) == sentences


@given(st.text(max_size=400))
def test_sentences_are_in_order_apart_and_lose_no_word(text: str) -> None:
    spans = list(split_sentences(text))

    assert all(first[1] <= second[0] for first, second in pairwise(spans))
    assert all("\n" not in text[start:end] for start, end in spans)
    assert "".join("".join(text[a:b].split()) for a, b in spans) == "".join(text.split())
