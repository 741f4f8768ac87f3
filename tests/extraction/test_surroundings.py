"""What was hit besides people, and second strikes on those who came to help."""

from __future__ import annotations

import pytest

from tracker.extraction.document import Document, read_document
from tracker.extraction.events.surroundings import (
    find_double_taps,
    find_infrastructure,
)


def document(text: str) -> Document:
    return read_document(title="", text=text, published=None, outlet="")


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("An air strike hit a crowded vegetable market.", ["market"]),
        ("Shells fell on the town's only hospital.", ["hospital"]),
        ("A school was hit on Monday.", ["school"]),
        ("Gunmen opened fire on a mosque and burned several houses.", ["worship", "home"]),
        ("The wounded were treated in a hospital.", []),
        ("The market was busy.", []),
    ],
)
def test_what_is_said_to_have_been_hit(text: str, kinds: list[str]) -> None:
    assert [one.kind for one in find_infrastructure(document(text))] == kinds


def test_the_span_holds_the_word() -> None:
    text = "Nine died. A rocket hit a bakery."
    (found,) = find_infrastructure(document(text))

    assert text[slice(*found.span)] == "bakery"
    assert found.sentence == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('Fifteen died in the "double-tap" strike.', True),
        ("A second strike hit as rescuers arrived.", True),
        ("A second strike hit the town.", False),
        ("Rescuers dug through the rubble.", False),
    ],
)
def test_a_second_strike_on_those_who_came_to_help(text: str, *, expected: bool) -> None:
    assert bool(find_double_taps(document(text))) is expected
