"""Each count with its own harm, whatever the order of the words."""

from __future__ import annotations

import pytest

from tracker.extraction import extract


def rows(text: str) -> list[tuple[str, int | None, int | None]]:
    return [(c.outcome, c.minimum, c.maximum) for c in extract(title="", text=text).claims]


@pytest.mark.parametrize(
    "text",
    [
        "Shells killed five people and wounded nine.",
        "Five people were killed and nine others were wounded.",
        "Five people killed, nine wounded in shelling",
        "Shelling left five people dead and nine injured.",
        "Shelling killed five people wounding nine others.",
        "Shelling led to the death of five people and the injury of nine.",
        "Shelling claimed the lives of five people and injured nine.",
        "Shelling claimed five lives and left nine people hurt.",
        "The toll was put at five dead and nine wounded.",
        "There were five deaths and nine injuries.",
    ],
)
def test_five_dead_and_nine_injured_however_it_is_said(text: str) -> None:
    assert rows(text) == [("KILLED", 5, 5), ("INJURED", 9, 9)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The death toll has risen to at least 112.", [("KILLED", 112, None)]),
        ("The death toll may be as high as 400.", [("KILLED", None, 400)]),
        ("Hospitals put the dead at more than 230.", [("KILLED", 231, None)]),
        ("The number of wounded reached 70.", [("INJURED", 70, 70)]),
        ("The army lost 40 soldiers in the ambush.", [("KILLED", 40, 40)]),
        ("The war has claimed over 300,000 lives.", [("KILLED", 300_001, None)]),
        ("The raid resulted in 56 civilians dying.", [("KILLED", 56, 56)]),
        ("About 20 people suffered from suffocation.", [("INJURED", 20, 20)]),
        ("Over 60 militants were destroyed.", [("KILLED", 61, None)]),
        ("At least 45 rebels and 20 soldiers were killed.",
         [("KILLED", 45, None), ("KILLED", 20, None)]),
        ("The pilot was captured and then killed.", [("DETAINED", 1, 1), ("KILLED", 1, 1)]),
        ("Troops detained three men and killed two.", [("DETAINED", 3, 3), ("KILLED", 2, 2)]),
        ("A soldier killed three villagers.", [("KILLED", 3, 3)]),
        ("A resident said that the strike killed nine people.", [("KILLED", 9, 9)]),
    ],
)  # fmt: skip
def test_each_way_of_telling_harm_gives_its_rows(
    text: str, expected: list[tuple[str, int | None, int | None]]
) -> None:
    assert rows(text) == expected


def test_a_rising_toll_is_marked_as_replacing_the_earlier_figure() -> None:
    (claim,) = extract(title="", text="The death toll rose to 14, the ministry said.").claims

    assert claim.is_cumulative_update


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("No Russian servicemen died.", [("KILLED", "COMBATANT")]),
        ("Nobody was killed.", [("KILLED", "UNKNOWN")]),
        ("No civilians were harmed.", [("KILLED", "CIVILIAN"), ("INJURED", "CIVILIAN")]),
        (
            "The shell fell without any casualties among civilians.",
            [("KILLED", "CIVILIAN"), ("INJURED", "CIVILIAN")],
        ),
        ("There was no loss of life.", [("KILLED", "UNKNOWN")]),
        ("It was not clear if there were no casualties.", []),
    ],
)
def test_a_stated_none_tells_of_whom(text: str, expected: list[tuple[str, str]]) -> None:
    claims = extract(title="", text=text).claims

    assert [(c.outcome, c.subject_status) for c in claims] == expected
    assert all((c.minimum, c.maximum) == (0, 0) for c in claims)
