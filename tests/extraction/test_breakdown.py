"""Which counts of a sentence belong together, and to which harm."""

from __future__ import annotations

import pytest

from tracker.extraction import ProposedClaim, extract


def claims_of(text: str) -> tuple[ProposedClaim, ...]:
    return extract(title="", text=text).claims


def rows(text: str) -> list[tuple[str, int | None, int | None, str]]:
    return [(c.outcome, c.minimum, c.maximum, c.subject_status) for c in claims_of(text)]


@pytest.mark.parametrize(
    "text",
    [
        "At least 12 people, including five children and three women, were killed.",
        "At least 12 people were killed, among them five children and three women.",
        "The strike killed at least 12 people, including five children and three women.",
    ],
)
def test_children_and_women_are_folded_into_the_whole(text: str) -> None:
    (claim,) = claims_of(text)

    assert (claim.minimum, claim.maximum) == (12, None)
    assert (claim.children_min, claim.children_max) == (5, 5)
    assert (claim.women_min, claim.women_max) == (3, 3)


def test_part_of_another_status_is_a_claim_besides_the_whole() -> None:
    assert rows("The raid killed 12 people, including two rebels and five civilians.") == [
        ("KILLED", 12, 12, "UNKNOWN"),
        ("KILLED", 2, 2, "COMBATANT"),
        ("KILLED", 5, 5, "CIVILIAN"),
    ]


def test_part_of_the_same_status_is_no_claim() -> None:
    assert rows("Seventeen soldiers died, among them two officers.") == [
        ("KILLED", 17, 17, "COMBATANT")
    ]


def test_victims_picked_out_elsewhere_are_no_claim() -> None:
    assert rows("Nine people were killed. Four children were among the dead.") == [
        ("KILLED", 9, 9, "UNKNOWN")
    ]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("A man and his three sons were killed.", 4),
        ("A woman and her child were killed.", 2),
    ],
)
def test_relatives_are_counted_together(text: str, number: int) -> None:
    (claim,) = claims_of(text)

    assert (claim.minimum, claim.maximum) == (number, number)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "About 40 fighters and two civilians were killed.",
            [("KILLED", 40, 40, "COMBATANT"), ("KILLED", 2, 2, "CIVILIAN")],
        ),
        (
            "The attack killed 10 and 12 were wounded.",
            [("KILLED", 10, 10, "UNKNOWN"), ("INJURED", 12, 12, "UNKNOWN")],
        ),
        (
            "5 killed, 10 injured in blast",
            [("KILLED", 5, 5, "UNKNOWN"), ("INJURED", 10, 10, "UNKNOWN")],
        ),
        (
            "The blast left five dead and 20 injured.",
            [("KILLED", 5, 5, "UNKNOWN"), ("INJURED", 20, 20, "UNKNOWN")],
        ),
        (
            "Shells killed four civilians and wounded six others.",
            [("KILLED", 4, 4, "CIVILIAN"), ("INJURED", 6, 6, "CIVILIAN")],
        ),
        ("Two gunmen killed three villagers.", [("KILLED", 3, 3, "CIVILIAN")]),
        (
            "Forty people, mostly women and children, were killed.",
            [("KILLED", 40, 40, "CIVILIAN")],
        ),
        ("Forty people, mostly civilians, were killed.", [("KILLED", 40, 40, "MIXED")]),
    ],
)
def test_each_count_goes_with_its_own_harm(
    text: str, expected: list[tuple[str, int | None, int | None, str]]
) -> None:
    assert rows(text) == expected


def test_one_number_for_both_harms_numbers_neither() -> None:
    both = claims_of("Dozens of people were killed and wounded.")

    assert [(c.outcome, c.minimum, c.maximum) for c in both] == [
        ("KILLED", 2, None),
        ("INJURED", 2, None),
    ]
    assert {c.quantifier_raw for c in both} == {"Dozens"}
    assert rows("The strikes killed or wounded 12 people.") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("There were no casualties.", ["KILLED", "INJURED"]),
        ("No civilian casualties were reported.", ["KILLED", "INJURED"]),
        ("There were no deaths.", ["KILLED"]),
        ("Nobody was hurt.", ["INJURED"]),
        ("There are no casualty figures yet.", []),
    ],
)
def test_a_stated_none_is_zero(text: str, expected: list[str]) -> None:
    claims = claims_of(text)

    assert [c.outcome for c in claims] == expected
    assert all((c.minimum, c.maximum) == (0, 0) for c in claims)
    assert all(c.polarity == "ASSERTS_NO_HARM" for c in claims)


def test_others_along_with_a_person_named_are_counted_with_them() -> None:
    assert rows("Soldiers killed a rebel leader, Karim Sadiq, along with two other fighters.") == [
        ("KILLED", 3, 3, "COMBATANT")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "At least 36 people including 11 children and five women were killed in raids.",
        "At least 36 people were killed, 11 children among them. The dead included five women.",
    ],
)
def test_parts_before_the_verb_are_folded_in(text: str) -> None:
    (claim,) = claims_of(text)

    assert (claim.minimum, claim.children_min, claim.women_min) == (36, 11, 5)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A woman and child were killed.", [2]),
        ("Shells killed a man and a woman injuring five others.", [2, 5]),
        ("Strikes kill 10 children 5 women in Ardesh.", [15]),
        ("Strikes kill 10 children 5 women injured in Ardesh.", [10, 5]),
        ("Five civilians of one family were killed.", [5]),
        ("A commander as well as five of his entourage were killed.", [6]),
        ("Hospitals received the bodies of 44 victims as well as 140 injured people.", [140]),
        ("There are 56 dead including 11 children and dozens more wounded.", [56, 24]),
        ("The strike killed 15 civilians including women as well as three fighters.", [15, 3]),
        ("Of the 22 injured, most are students and five of them are in critical condition.", [22]),
    ],
)
def test_who_is_added_up_and_who_is_not(text: str, expected: list[int]) -> None:
    assert [row[1] for row in rows(text)] == expected


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("The raid killed at least 25 Velian Army soldiers.", "COMBATANT"),
        ("Clashes killed 12 IS fighters.", "COMBATANT"),
        ("The raid killed 12 Islamic Front (IF) fighters.", "COMBATANT"),
        ("Three members of the Popular Defence Forces were killed.", "COMBATANT"),
        ("The blast killed 15 members of the column including four commanders.", "COMBATANT"),
        ("The number of rebel fighters killed has risen to 39.", "COMBATANT"),
        ("The group updated to 18 its toll of rebels killed.", "COMBATANT"),
        ("The army struck the militants, killing 40 of them.", "COMBATANT"),
        ("The shells caused 30 cases of suffocation among civilians.", "CIVILIAN"),
        ("At least 40 people including civilians were killed.", "MIXED"),
        ("The blast left 40 people dead including soldiers.", "MIXED"),
        ("At least 40 people nearly all civilians were killed.", "MIXED"),
        ("A video showed 90 bodies, many of them children.", "UNKNOWN"),
        ("Gunmen killed two men from the Banu clan.", "UNKNOWN"),
    ],
)
def test_whom_the_words_around_a_number_tell_of(text: str, status: str) -> None:
    assert {row[3] for row in rows(text)} == {status}


def test_a_bare_number_is_of_those_harmed_beside_it() -> None:
    assert rows("The army killed 28 and wounded 30 militants.") == [
        ("KILLED", 28, 28, "COMBATANT"),
        ("INJURED", 30, 30, "COMBATANT"),
    ]


def test_parts_of_a_number_of_civilians_are_civilians() -> None:
    text = (
        "Shelling of Ardesh killed 13 civilians. Rockets killed nine people and injured 28 others "
        "in the east. Four people died in the west."
    )

    assert {row[3] for row in rows(text)} == {"CIVILIAN"}


def test_other_people_beside_a_part_may_be_anybody() -> None:
    text = (
        "Shelling of Ardesh killed 13 civilians. Rockets killed nine people and injured four other "
        "people in the east."
    )

    assert rows(text)[-1] == ("INJURED", 4, 4, "UNKNOWN")


def test_where_fighters_are_told_of_no_part_is_presumed_civilian() -> None:
    text = (
        "Shelling of Ardesh killed 13 civilians. Rockets killed nine people in the east. "
        "Six soldiers died in the west."
    )

    assert ("KILLED", 9, 9, "UNKNOWN") in rows(text)
