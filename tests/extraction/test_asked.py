"""What is only asked, or left open, is no figure; a number that is said stays one."""

from __future__ import annotations

from datetime import date

import pytest

from tracker.extraction import extract


def figures(text: str) -> list[tuple[str, int | None, int | None]]:
    found = extract(title="", text=text, published=date(2026, 11, 13))
    return [(claim.outcome, claim.minimum, claim.maximum) for claim in found.claims]


@pytest.mark.parametrize(
    "text",
    [
        "The ministry did not say how many had died in the strike.",
        "The ministry did not say how many people had been killed in the strike.",
        "It was not clear how many were wounded.",
        "It was not immediately clear how many of the civilians were killed in Ardesh.",
        "Asked how many had been injured, he gave no figure.",
        "Nobody knows how many children have died in the siege.",
        "No one knows how many more were killed.",
        "It was not clear whether any civilians were killed.",
        "It is not known whether people were injured in the blast.",
        "He declined to say if soldiers were killed.",
        "The ministry denied that civilians had been killed in the strike.",
        "The spokesman refused to confirm that civilians were killed.",
    ],
)
def test_what_is_asked_is_no_figure(text: str) -> None:
    assert figures(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Many were killed in Ardesh.", [("KILLED", 2, None)]),
        ("However, many were wounded.", [("INJURED", 2, None)]),
        ("As many as 30 people were killed.", [("KILLED", None, 30)]),
        ("It was not clear how many of the 12 people killed were civilians.", [("KILLED", 12, 12)]),
        (
            "He did not say how many fighters were killed but said five were wounded.",
            [("INJURED", 5, 5)],
        ),
        ("It was unclear whether the 12 people killed were civilians.", [("KILLED", 12, 12)]),
        ("They ask whether the strike that killed civilians was lawful.", [("KILLED", 2, None)]),
        ("It is not clear who fired, but civilians were killed.", [("KILLED", 2, None)]),
    ],
)
def test_what_is_said_beside_a_question_stays(
    text: str, expected: list[tuple[str, int | None, int | None]]
) -> None:
    assert figures(text) == expected
