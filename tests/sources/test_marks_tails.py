"""Furniture in and under a report is told by its words; the report itself is never marked."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.sources.invented_tails import PAGES
from tracker.sources.rules.marks import Mark, unmarked, without_marks
from tracker.sources.rules.marks_tails import tail_marks

if TYPE_CHECKING:
    from pathlib import Path

BODY = (
    "Shells killed six people in Sella on Tuesday, the harbour office said in a statement.",
    "“Follow the road to the mill,” a nurse told people who were looking for their children.",
    "The council subscribed to the view that more than forty houses will have to come down.",
)


def _words(text: str) -> int:
    return len(text.split())


def test_tails_are_marked_and_bodies_are_not() -> None:
    tails = marked_tails = bodies = marked_bodies = 0
    for body, tail in PAGES:
        text = f"{body}\n{tail}"
        left = unmarked(text, tail_marks(text))
        tails += _words(tail)
        marked_tails += _words(tail) - _words(left[len(body) :])
        bodies += _words(body)
        marked_bodies += _words(body) - _words(left[: len(body)])

    assert len(PAGES) == 10
    assert marked_tails / tails >= 0.98
    assert marked_bodies / bodies <= 0.01


@pytest.mark.parametrize("line", BODY)
def test_sentences_of_a_report_with_such_words_in_them_are_not_marked(line: str) -> None:
    assert tail_marks("\n".join([*BODY, line])) == []


def test_report_on_one_line_loses_only_the_sentences_that_are_furniture() -> None:
    told = " ".join(BODY * 3)
    text = f"{told} Follow us on Instagram."

    (mark,) = tail_marks(text)

    assert text[mark.start : mark.end].strip() == "Follow us on Instagram."


def test_box_in_the_middle_ends_where_the_report_goes_on() -> None:
    text = "\n".join([BODY[0], "Related stories", "Ferry late again", BODY[2], *BODY])

    (mark,) = tail_marks(text)

    assert text[mark.start : mark.end] == "Related stories\nFerry late again"


def test_blanks_keep_every_offset() -> None:
    text = "one\ntwo three\nfour"
    marks = [Mark(4, 13, "link")]

    assert unmarked(text, marks) == "one\n         \nfour"
    assert without_marks(text, marks) == "one\nfour"
    assert unmarked(text, []) == text


def test_reports_of_the_kit_lose_next_to_nothing(shared: Path) -> None:
    lines = (shared / "gold" / "articles.dev.jsonl").read_text(encoding="utf-8").splitlines()
    texts = [json.loads(line)["text"] for line in lines]
    lost = sum(m.end - m.start for text in texts for m in tail_marks(text))

    assert lost / sum(map(len, texts)) < 0.002
