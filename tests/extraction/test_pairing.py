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


def test_who_tells_how_the_wounded_were_carried_is_not_one_of_them() -> None:
    assert rows("A nurse has described to the paper how the wounded were carried on doors.") == []


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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Five civilians killed nine others injured in shelling of Ardesh.",
            [("KILLED", 5, 5), ("INJURED", 9, 9)],
        ),
        ("Child killed nine villagers injured in shelling.", [("INJURED", 9, 9)]),
        ("The blast left nine injured and killed five.", [("INJURED", 9, 9), ("KILLED", 5, 5)]),
        ("As well as those killed at least 90 people were injured.", [("INJURED", 90, None)]),
        (
            "Four medics were killed and a nurse critically wounded.",
            [("KILLED", 4, 4), ("INJURED", 1, 1)],
        ),
        (
            "A battle that cost the lives of 30 soldiers and 29 insurgents.",
            [("KILLED", 30, 30), ("KILLED", 29, 29)],
        ),
        (
            "Clashes killed at least 40 fighters from rebel groups as well as 12 soldiers.",
            [("KILLED", 40, None), ("KILLED", 12, 12)],
        ),
        (
            "At least 29 fighters of the front were killed along with six soldiers.",
            [("KILLED", 29, None), ("KILLED", 6, 6)],
        ),
        (
            "The plane crashed, killing all 74 people on board, among them 65 captured soldiers.",
            [("KILLED", 74, 74), ("KILLED", 65, 65)],
        ),
        ("The shelling brought to 49 the number killed in the town.", [("KILLED", 49, 49)]),
        ("The army raised to 70 its toll of the wounded.", [("INJURED", 70, 70)]),
        ("War planes have killed 400 civilians in Ardesh.", [("KILLED", 400, 400)]),
        ("Three gunmen were said to be killed in Ardesh.", [("KILLED", 3, 3)]),
        ("The army destroyed a post and 80 militants.", [("KILLED", 80, 80)]),
        (
            "A total of 70 rebels later identified as nationals of Velia were eliminated.",
            [("KILLED", 70, 70)],
        ),
        ("The death toll was confirmed to a doctor.", []),
        ("They lay on the floor, 12 people with no visible wounds.", []),
    ],
)
def test_every_count_keeps_its_own_harm(
    text: str, expected: list[tuple[str, int | None, int | None]]
) -> None:
    assert rows(text) == expected
