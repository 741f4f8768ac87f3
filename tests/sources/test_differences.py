"""What changed between two versions: figures and days first, then paragraph by paragraph."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.sources.rules.differences import Piece, changed_paragraphs, evidence_changed

BEFORE = "Six people were killed in Sella on Tuesday.\n\nThe bridge is closed.\nThe mill burnt."


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (BEFORE, False),
        (BEFORE.replace("Six", "6"), False),
        (BEFORE.replace("closed", "shut"), False),
        (BEFORE + "\nFerries run again.", False),
        (BEFORE.replace("Six", "Nine"), True),
        (BEFORE.replace("Tuesday", "Monday"), True),
        (BEFORE + "\nTwo of them were children.", True),
    ],
)
def test_only_figures_and_days_are_evidence(after: str, expected: bool) -> None:  # noqa: FBT001  # a parameter of the table
    assert evidence_changed(BEFORE, after) is expected


def test_changed_words_stand_in_their_paragraph() -> None:
    after = BEFORE.replace("Six", "Nine").replace("The mill burnt.", "Ferries run again today.")

    assert changed_paragraphs(BEFORE, after) == [
        [
            Piece("gone", "Six"),
            Piece("new", "Nine"),
            Piece("same", " people were killed in Sella on Tuesday."),
        ],
        [Piece("new", "Ferries run again today.")],
        [Piece("gone", "The mill burnt.")],
    ]


def test_same_text_has_no_differences() -> None:
    assert changed_paragraphs(BEFORE, BEFORE.replace("\n\n", "\n")) == []


@given(st.lists(st.text("ab \n", max_size=30), min_size=2, max_size=2))
def test_pieces_hold_every_word_that_went_or_came(texts: list[str]) -> None:
    before, after = texts
    pieces = [piece for row in changed_paragraphs(before, after) for piece in row]

    gone = sum(len(p.words.split()) for p in pieces if p.what != "new")
    new = sum(len(p.words.split()) for p in pieces if p.what != "gone")
    assert gone <= len(before.split())
    assert new <= len(after.split())
    assert new - gone == len(after.split()) - len(before.split())
