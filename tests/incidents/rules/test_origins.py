"""One figure per origin: status, totals with parts, deaths of wounds, declared sums."""

from __future__ import annotations

from tests.incidents.rules.scenarios import alone, claim, ends
from tracker.incidents.rules import ClaimFact, NamedVictims, PartyFact


def died(name: str, day: int, number: int, **fields: object) -> ClaimFact:
    return claim(name, day, outcome="DIED_OF_WOUNDS", figure=(number, number), **fields)


def hurt(name: str, day: int, number: int, **fields: object) -> ClaimFact:
    return claim(name, day, outcome="INJURED", figure=(number, number), **fields)


def test_disputed_people_begin_at_none_where_the_origin_says_nothing_else() -> None:
    disputed = claim("A", 1, speaker="Monitor", subject_status="DISPUTED", figure=(3, 3))

    assert ends(alone(disputed)) == (0, 3)


def test_disputed_people_take_no_part_in_the_lower_end_of_their_origin() -> None:
    answer = alone(
        claim("A", 1, speaker="Rescue", group="g", subject_status="CIVILIAN", figure=(5, 5)),
        claim("B", 1, speaker="Clinic", group="g", subject_status="DISPUTED", figure=(3, 3)),
    )

    assert ends(answer) == (5, 5)


def test_disputed_people_beside_an_open_lower_end_leave_it_open() -> None:
    answer = alone(
        claim("A", 1, speaker="Monitor", statement="S", figure=(None, 10)),
        claim("B", 1, speaker="Monitor", statement="S", subject_status="DISPUTED", figure=(3, 3)),
    )

    assert ends(answer) == (None, 13)


def test_parts_within_parts_are_told_once() -> None:
    answer = alone(
        claim("T", 1, speaker="Monitor", statement="S", figure=(12, 12)),
        claim("P", 1, speaker="Monitor", statement="S", figure=(5, 5), part_of="T"),
        claim(
            "Q",
            1,
            speaker="Monitor",
            statement="S",
            subject_status="COMBATANT",
            figure=(2, 2),
            part_of="P",
        ),
    )

    assert (ends(answer), ends(answer, "all_people")) == ((10, 10), (12, 12))


def test_a_remainder_crosses_the_ends() -> None:
    answer = alone(
        claim("T", 1, speaker="Monitor", statement="S", figure=(10, 12)),
        claim(
            "P",
            1,
            speaker="Monitor",
            statement="S",
            subject_status="COMBATANT",
            figure=(3, None),
            part_of="T",
        ),
    )

    assert ends(answer) == (0, 9)
    assert ends(answer, "all_people") == (3, None)


def test_who_died_of_wounds_within_a_total_is_told_once() -> None:
    answer = alone(
        claim("T", 1, speaker="Clinic", statement="S", figure=(9, 9)),
        died("D", 1, 2, speaker="Clinic", statement="S", part_of="T"),
    )

    assert ends(answer) == (9, 9)


def test_deaths_of_wounds_cross_the_ends_of_the_injured() -> None:
    answer = alone(
        hurt("A", 1, 10, speaker="Clinic"),
        claim("D", 2, speaker="Clinic", outcome="DIED_OF_WOUNDS", figure=(2, 3)),
    )

    assert ends(answer) == (2, 3)
    assert ends(answer, outcome="INJURED") == (7, 8)


def test_deaths_of_wounds_are_not_taken_from_what_was_said_after_them() -> None:
    answer = alone(
        hurt("A", 3, 10, speaker="Clinic", group="g"), died("D", 2, 2, speaker="Rescue", group="g")
    )

    assert ends(answer, outcome="INJURED") == (10, 10)


def test_a_link_names_the_origin_even_when_the_figure_was_replaced() -> None:
    answer = alone(
        hurt("A", 1, 10, speaker="Clinic"),
        hurt("B", 2, 12, speaker="Clinic"),
        hurt("C", 1, 4, speaker="Rescue"),
        died("D", 2, 2, speaker="Rescue", died_of_wounds_of="A"),
    )

    assert answer.taking.excluded == {"A": "SUPERSEDED"}
    assert ends(answer, outcome="INJURED") == (4, 10)


def test_what_two_speakers_of_one_origin_say_of_the_dead_is_a_hull() -> None:
    answer = alone(
        hurt("A", 1, 10, speaker="Clinic", group="g"),
        died("D", 2, 2, speaker="Clinic", group="g"),
        died("E", 2, 3, speaker="Rescue", group="g"),
    )

    assert ends(answer) == (2, 3)
    assert ends(answer, outcome="INJURED") == (7, 8)


def test_deaths_linked_to_a_declared_part_are_taken_from_the_sum() -> None:
    answer = alone(
        hurt("A", 1, 4, speaker="Clinic", covers_whole_incident=False, disjoint_with=("B",)),
        hurt("B", 1, 5, speaker="Rescue", covers_whole_incident=False),
        died("D", 2, 2, speaker="Monitor", died_of_wounds_of="B"),
    )

    assert ends(answer) == (2, 2)
    assert ends(answer, outcome="INJURED") == (7, 7)


def test_a_sum_of_disputed_parts_begins_at_none() -> None:
    fields = {"subject_status": "DISPUTED", "covers_whole_incident": False}

    answer = alone(
        claim("A", 1, speaker="Clinic", figure=(2, 2), disjoint_with=("B",), **fields),
        claim("B", 1, speaker="Rescue", figure=(1, 1), **fields),
    )

    assert ends(answer) == (0, 3)


def test_harm_without_a_number_leaves_the_upper_end_open() -> None:
    answer = alone(claim("A", 1, speaker="Monitor", figure=(4, 4)), claim("B", 1, speaker="Clinic"))

    assert ends(answer) == (4, None)
    assert answer.independent_groups == 2


def test_a_partys_zero_of_children_is_no_figure() -> None:
    answer = alone(
        claim("A", 1, speaker="Monitor", figure=(4, 4), children=(2, 2)),
        claim("B", 1, speaker="Front", party="front", figure=(5, 5), children=(0, 0)),
        parties=(PartyFact("front", accused=True),),
    )

    assert ends(answer, "children") == (2, 2)


def test_named_victims_stand_where_nobody_gives_a_figure() -> None:
    answer = alone(named_victims=NamedVictims(killed=2))

    assert (ends(answer), ends(answer, "all_people")) == ((2, None), (2, None))
    assert ends(answer, outcome="INJURED") == (None, None)
    assert answer.tasks == ()


def test_the_floor_above_the_highest_takes_it_along_and_asks() -> None:
    answer = alone(
        claim("A", 1, speaker="Monitor", figure=(2, 3), women=(2, 2), children=(2, 2)),
        named_victims=NamedVictims(killed=5),
    )

    assert ends(answer) == (5, 5)
    assert answer.ranges["KILLED"]["civilians"].highest == 3
    assert answer.tasks == ("NAMED_ABOVE_MAX",)
