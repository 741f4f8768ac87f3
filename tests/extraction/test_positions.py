"""What an accused party says of its act, of harm and of responsibility."""

from __future__ import annotations

from datetime import date

import pytest

from tracker.extraction.document import read_document
from tracker.extraction.positions import find_positions

_WEDNESDAY = date(2024, 3, 6)


def _positions(text: str) -> list[tuple[str, str, str, str]]:
    document = read_document(title="", text=text, published=_WEDNESDAY, outlet="")
    return [(p.party, p.act, p.harm, p.responsibility) for p in find_positions(document)]


@pytest.mark.parametrize(
    ("text", "party", "act", "harm", "responsibility"),
    [
        (
            "The army said it struck a weapons store and no civilians were harmed.",
            *("army", "ACKNOWLEDGES", "DENIES_HARM", ""),
        ),
        (
            "The coalition had no immediate comment but said it was looking into the reports.",
            *("coalition", "NO_COMMENT", "POSSIBLE_UNDER_REVIEW", ""),
        ),
        (
            "The military said there was no indication that civilians had been harmed.",
            *("military", "", "NO_INDICATION", ""),
        ),
        ("The government denied using cluster bombs.", "government", "DENIES", "", ""),
        (
            "The military said it had no record of any strike in the area.",
            *("military", "NO_RECORD", "", ""),
        ),
        (
            "The Nahr army acknowledged the deaths of four civilians in its raids.",
            *("Nahr army", "ACKNOWLEDGES", "ACCEPTS_HARM", "ACCEPTS"),
        ),
        (
            "The army accused militants of using civilians as human shields.",
            *("army", "", "", "ALTERNATIVE_EXPLANATION"),
        ),
        (
            "The army said it killed 12 militants in the raid.",
            *("army", "ACKNOWLEDGES", "SAYS_COMBATANTS", ""),
        ),
        (
            "The air strike was carried out by partner forces, the coalition said.",
            *("coalition", "ACKNOWLEDGES_BY_PARTNER_FORCE", "", ""),
        ),
        ("The junta dismissed the allegations.", "junta", "", "", "DENIES"),
        (
            "There was no immediate comment from the Velian air force.",
            *("Velian air force", "NO_COMMENT", "", ""),
        ),
    ],
)
def test_each_axis_is_read_by_itself(
    text: str, party: str, act: str, harm: str, responsibility: str
) -> None:
    assert _positions(text) == [(party, act, harm, responsibility)]


@pytest.mark.parametrize(
    "text",
    [
        "The hospital said no civilians were killed.",
        "The Nahr Observatory said the army struck a market.",
        "Residents denied that there were fighters in the village.",
        "The rebels did not claim responsibility for the blast.",
        "The strike killed 12 people.",
        "",
    ],
)
def test_nobody_else_takes_a_position(text: str) -> None:
    assert _positions(text) == []


@pytest.mark.parametrize(
    ("text", "said_on"),
    [
        ("The army said on Monday that it struck a weapons store.", date(2024, 3, 4)),
        ("The army said it struck a weapons store.", _WEDNESDAY),
        ("Last year the army admitted that its raids had killed civilians.", None),
    ],
)
def test_position_is_dated_by_the_statement(text: str, said_on: date | None) -> None:
    document = read_document(title="", text=text, published=_WEDNESDAY, outlet="")

    assert [p.said_on for p in find_positions(document)] == [said_on]


def test_passage_holds_the_words_of_the_position() -> None:
    text = "Shops were shut. The army said no civilians were harmed. It rained."
    document = read_document(title="", text=text, published=None, outlet="")

    (position,) = find_positions(document)

    assert text[position.start : position.end] == "The army said no civilians were harmed."
