"""How a range is told: every case of its ends, and what changes nothing."""

from __future__ import annotations

import pytest

from tests.incidents.rules.scenarios import claim
from tracker.incidents.rules import ClaimFact, NamedVictims, Scenario, assess
from tracker.incidents.rules.explanation import Explanation, explain
from tracker.incidents.rules.wording import counted_words, days_between, listed


def told(*claims: ClaimFact, named: int = 0, outcome: str = "KILLED") -> Explanation:
    """How this outcome of these claims is told."""
    scenario = Scenario(id="x", claims=claims, named_victims=NamedVictims(killed=named))
    return explain(assess(scenario), scenario)[outcome]


def civilians(name: str, low: int | None, high: int | None, **fields: object) -> ClaimFact:
    fields.setdefault("speaker", f"Monitor {name}")
    return claim(name, 1, subject_status="CIVILIAN", figure=(low, high), **fields)


@pytest.mark.parametrize(
    ("claims", "named", "sentence"),
    [
        ((civilians("A", 5, 5),), 0, "5. One origin: Monitor A."),
        ((civilians("A", 5, 5),), 7, "7. One origin: Monitor A, 5; raised to 7 by seven named"
         " victims."),
        ((civilians("A", 5, 5),), 1, "5. One origin: Monitor A. One victim is named, which is not"
         " above 5 and changes nothing."),
        ((civilians("A", None, 30),), 0, "Up to 30. One origin: Monitor A."),
        ((civilians("A", None, 30),), 20, "20 to 30. One origin: Monitor A, up to 30; at least 20"
         " by 20 named victims."),
        ((), 2, "2+. At least 2 by two named victims."),
        ((civilians("A", 5, 5), civilians("B", 5, 5)), 0, "5. All two origins say 5."),
        ((civilians("A", None, 30), civilians("B", None, 20)), 0,
         "Up to 30. Highest: Monitor A, 30. No origin gives a lower figure."),
        ((civilians("A", 11, None), civilians("B", 14, 14)), 0,
         "11+. Highest: Monitor B, 14. Lowest figure: Monitor A, 11. Open above, for Monitor A"
         " names no upper end."),
        ((civilians("A", 0, 0, polarity="ASSERTS_NO_HARM"),), 0,
         "Said to be none. One origin: Monitor A."),
    ],
)  # fmt: skip
def test_the_ends(claims: tuple[ClaimFact, ...], named: int, sentence: str) -> None:
    assert told(*claims, named=named).sentence == sentence


def test_an_origin_of_disputed_people_alone_is_the_lowest_by_their_status() -> None:
    disputed = claim("B", 1, speaker="Clinic", subject_status="DISPUTED", figure=(3, 3))

    words = told(civilians("A", 5, 5), disputed).sentence

    assert "Lowest: 0, for Clinic names nobody who is surely a civilian." in words


def test_civilians_and_fighters_in_one_figure_are_told_so() -> None:
    mixed = claim("A", 1, speaker="Clinic", subject_status="MIXED", figure=(20, 20))

    assert told(mixed).sentence == (
        "0 to 20. One origin: Clinic, civilians and fighters counted together."
    )


def test_a_death_taken_back_is_told_with_the_correction() -> None:
    words = told(
        claim("A", 1, speaker="Council", figure=(1, 1)),
        claim("B", 3, speaker="Clinic", outcome="LATER_REPORTED_ALIVE", corrects="A"),
    )

    assert words.sentence == (
        "Not counted: a death told by Council (1), the person later reported alive."
    )
    assert words.steps[0] == ("Rule 1, correction: A (1) is out, for B reports the person alive.")


def test_equal_reasons_are_told_once_with_their_number() -> None:
    copies = [civilians(name, 5, 5, copy_of="A") for name in ("B", "C")]

    words = told(civilians("A", 5, 5), *copies).sentence

    assert words.endswith("Not counted: a copy of what Monitor A says (5), two times.")


def test_undecided_copies_and_totals_with_parts_have_steps() -> None:
    steps = told(
        civilians("T", 9, 9, speaker="Clinic", statement="S"),
        civilians("P", 4, 4, speaker="Clinic", statement="S", part_of="T"),
        civilians("K", 8, 8, copy_of="P"),
    ).steps

    assert any("K is a copy with another figure (8)" in step for step in steps)
    assert "Rule 3, parts of a total: T (9) stands as P and what remains." in steps


def test_what_outsiders_may_know_replaces_the_speakers() -> None:
    scenario = Scenario(id="x", claims=(civilians("A", 5, 5),))

    words = explain(assess(scenario), scenario, names={"A": "a witness"})["KILLED"]

    assert "Monitor" not in words.sentence + "".join(words.steps)
    assert "a witness" in words.sentence


def test_sub_groups_above_the_range_are_told() -> None:
    steps = told(civilians("A", 5, 5, children=(4, 4), women=(3, None))).steps

    assert "Rule 7, sub-groups: children 4, women 3+; 7 is above 5." in steps


def test_small_words() -> None:
    day = claim("A", 1).said_at
    assert listed(["a", "b", "a", "c"]) == "a, b and c"
    assert listed([]) == ""
    assert counted_words(0, "origin") == "no origins"
    assert counted_words(13, "origin") == "13 origins"
    assert days_between(day, day) == "the same day"
    assert days_between(day, claim("B", 4).said_at) == "3 days later"
