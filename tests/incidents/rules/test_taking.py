"""Which claims count: copies, parts, later figures and zeros in combination."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.incidents.rules.scenarios import alone, claim, ends
from tracker.incidents.rules import ClaimFact, PartyFact

PARTY = (PartyFact(id="front", accused=False, name="Front"),)


def front(name: str, day: int, number: int, status: str = "CIVILIAN") -> ClaimFact:
    """A figure by the spokesman of a party."""
    return claim(
        name,
        day,
        speaker="Front spokesman",
        party="front",
        subject_status=status,
        figure=(number, number),
        polarity="ASSERTS_HARM" if number else "ASSERTS_NO_HARM",
    )


def part(name: str, figure: tuple[int, int], *disjoint: str, **fields: object) -> ClaimFact:
    fields.setdefault("speaker", f"Witness group {name}")
    return claim(
        name, 1, figure=figure, covers_whole_incident=False, disjoint_with=disjoint, **fields
    )


def test_a_copy_of_a_copy_stands_behind_the_first_origin() -> None:
    answer = alone(
        claim("A", 1, speaker="Monitor", figure=(5, 5)),
        claim("B", 2, speaker="Gazette desk", figure=(6, 6), copy_of="A", copy_decided="update"),
        claim("C", 3, speaker="Herald desk", figure=(5, 5), copy_of="B"),
    )

    assert answer.taking.excluded == {"A": "SUPERSEDED", "C": "COPY_OF_ORIGIN"}
    assert ends(answer) == (6, 6)
    assert answer.independent_groups == 1


def test_a_copy_speaks_for_the_party_it_copies() -> None:
    answer = alone(
        front("A", 1, 3),
        claim("B", 2, speaker="Gazette desk", figure=(0, 0), copy_of="A"),
        parties=PARTY,
    )

    assert answer.taking.excluded == {"B": "PARTY_DENIAL"}
    assert ends(answer) == (3, 3)
    assert answer.tasks == ("COPY_NUMBER_CHANGED",)


def test_copies_in_a_circle_end() -> None:
    answer = alone(
        claim("A", 1, speaker="Monitor", figure=(5, 5), copy_of="B"),
        claim("B", 1, speaker="Monitor", figure=(5, 5), copy_of="A"),
    )

    assert answer.taking.excluded == {"B": "COPY_OF_ORIGIN"}
    assert ends(answer) == (5, 5)


def test_an_undecided_copy_neither_supersedes_nor_is_superseded() -> None:
    answer = alone(
        claim("A", 1, speaker="Monitor", figure=(5, 5)),
        claim("B", 2, speaker="Gazette desk", figure=(8, 8), copy_of="A"),
        claim("C", 3, speaker="Monitor", figure=(6, 6)),
    )

    assert answer.taking.excluded == {"A": "SUPERSEDED"}
    assert ends(answer) == (6, 8)


def test_a_declaration_carries_on_though_its_middle_is_left_out() -> None:
    answer = alone(
        part("A", (2, 2), "B"),
        part("B", (50, 50), state="REJECTED"),
        part("C", (3, 3), "B"),
    )

    assert answer.taking.excluded == {"B": "REJECTED"}
    assert ends(answer) == (5, 5)
    assert answer.independent_groups == 2


@pytest.mark.parametrize(
    "second",
    [
        part("B", (1, 1), "A", state="RETRACTED"),
        part("B", (0, 0), "A", party="front", polarity="ASSERTS_NO_HARM"),
        part("B", (1, 1), "A", outcome="INJURED"),
    ],
)
def test_a_part_alone_again_is_a_partial_figure_again(second: ClaimFact) -> None:
    answer = alone(part("A", (2, 2)), second, parties=PARTY)

    assert answer.taking.excluded["A"] == "PARTIAL_FIGURE"
    assert ends(answer) == (None, None)


def test_a_corrected_part_leaves_the_other_alone() -> None:
    answer = alone(
        part("A", (1, 1), "B"),
        part("B", (2, 2)),
        claim("R", 3, speaker="Monitor", outcome="LATER_REPORTED_ALIVE", corrects="A"),
    )

    assert answer.taking.excluded == {"A": "SUPERSEDED", "B": "PARTIAL_FIGURE"}
    assert answer.grade == "UNASSESSED"


def test_fighters_alone_and_civilians_alone_leave_each_other_be() -> None:
    answer = alone(
        front("A", 1, 2),
        front("B", 2, 5, "COMBATANT"),
        parties=PARTY,
    )

    assert answer.taking.excluded == {}
    assert (ends(answer), ends(answer, "combatants")) == ((2, 2), (5, 5))


def test_a_figure_of_people_replaces_one_of_fighters() -> None:
    answer = alone(
        front("A", 1, 2, "COMBATANT"),
        front("B", 2, 5, "UNKNOWN"),
        parties=PARTY,
    )

    assert answer.taking.excluded == {"A": "SUPERSEDED"}


def test_a_zero_beside_fighters_does_not_take_back_a_concession() -> None:
    zero = replace(front("B1", 2, 0), statement="B")
    fighters = replace(front("B2", 2, 4, "COMBATANT"), statement="B")

    answer = alone(front("A", 1, 2), zero, fighters, parties=PARTY)

    assert answer.taking.excluded == {"B1": "PARTY_DENIAL"}
    assert (ends(answer), ends(answer, "combatants")) == ((2, 2), (4, 4))


def test_a_partys_zero_is_replaced_by_its_later_concession() -> None:
    answer = alone(
        front("A", 1, 0),
        front("B", 2, 2),
        parties=PARTY,
    )

    assert answer.taking.excluded == {"A": "SUPERSEDED"}


def test_the_later_word_counts_by_the_day_it_was_said() -> None:
    late_print = replace(
        claim("A", 9, speaker="Monitor", figure=(4, 4)), said_at=claim("x", 1).said_at
    )

    answer = alone(late_print, claim("B", 5, speaker="Monitor", figure=(6, 6)))

    assert answer.taking.excluded == {"A": "SUPERSEDED"}


def test_an_outlets_own_voice_is_one_speaker_per_outlet() -> None:
    answer = alone(
        claim("A", 1, outlet="Gazette", figure=(4, 4)),
        claim("B", 2, outlet="Gazette", figure=(6, 6)),
        claim("C", 3, outlet="Herald", figure=(5, 5)),
    )

    assert answer.taking.excluded == {"A": "SUPERSEDED"}
    assert ends(answer) == (5, 6)
    assert answer.independent_groups == 1


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"state": "REJECTED"}, "REJECTED"),
        ({"state": "RETRACTED", "scope": "AGGREGATE"}, "RETRACTED"),
        ({"scope": "AGGREGATE"}, "AGGREGATE"),
        ({"scope": "BACKGROUND", "linked": False}, "BACKGROUND"),
        ({"scope": "BACKGROUND"}, None),
        ({"state": "PROPOSED"}, None),
        ({"polarity": "SILENT"}, None),
        ({"outcome": "ABDUCTED"}, None),
    ],
)
def test_the_first_reason_that_fits(fields: dict[str, object], reason: str | None) -> None:
    answer = alone(claim("A", 1, speaker="Monitor", figure=(4, 4), **fields))

    assert answer.taking.excluded == ({"A": reason} if reason else {})


def test_a_reviewers_word_comes_before_the_scope() -> None:
    answer = alone(
        claim("A", 1, speaker="Monitor", figure=(4, 4), scope="AGGREGATE"),
        excluded_by_reviewer=frozenset({"A"}),
    )

    assert answer.taking.excluded == {"A": "EXCLUDED_BY_REVIEWER"}
