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
