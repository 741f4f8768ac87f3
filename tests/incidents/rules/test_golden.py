"""Small cases, one rule each."""

from __future__ import annotations

from datetime import date

import pytest

from tests.incidents.rules.scenarios import alone, ardesh, claim, ends
from tracker.incidents.rules import EvidenceFact, PartyFact, PositionFact, Scenario, assess
from tracker.incidents.rules.explanation import explain
from tracker.incidents.rules.wording import figure_words

COALITION = (PartyFact(id="coalition", accused=True, name="Coalition"),)


def test_an_upper_figure_alone_has_no_lower_end() -> None:
    answer = alone(claim("A", 1, speaker="M", figure=(None, 30)))

    assert ends(answer) == (None, 30)


def test_an_open_figure_keeps_the_highest_stated_beside_it() -> None:
    answer = alone(
        claim("A", 1, speaker="M", figure=(11, None)), claim("B", 1, speaker="N", figure=(14, 14))
    )

    assert ends(answer) == (11, None)
    assert answer.ranges["KILLED"]["civilians"].highest == 14


def test_dozens_and_thirty() -> None:
    answer = alone(
        claim("A", 1, speaker="M", figure=(24, None)), claim("B", 1, speaker="N", figure=(30, 30))
    )

    assert ends(answer) == (24, None)
    assert answer.ranges["KILLED"]["civilians"].highest == 30


def test_silence_is_never_zero() -> None:
    answer = alone()

    assert ends(answer) == (None, None)
    assert answer.grade == "UNASSESSED"
    assert answer.provisional


def test_fighters_say_nothing_about_civilians() -> None:
    answer = alone(
        claim(
            "A", 1, speaker="Command", party="coalition", subject_status="COMBATANT", figure=(2, 2)
        ),
        parties=COALITION,
    )

    assert ends(answer) == (None, None)
    assert ends(answer, "combatants") == (2, 2)
    assert ends(answer, "all_people") == (2, 2)
    assert answer.grade == "UNASSESSED"


def test_a_partys_zero_never_lowers_and_never_stands_alone() -> None:
    zero = claim(
        "A",
        1,
        speaker="Command",
        party="coalition",
        subject_status="CIVILIAN",
        figure=(0, 0),
        polarity="ASSERTS_NO_HARM",
    )

    answer = alone(zero, parties=COALITION)

    assert ends(answer) == (None, None)
    assert answer.taking.excluded == {"A": "PARTY_DENIAL"}


def test_parts_of_a_total_leave_a_remainder() -> None:
    rows = [
        claim("T", 1, speaker="M", figure=(12, 12), statement="S"),
        claim(
            "P1",
            1,
            speaker="M",
            subject_status="CIVILIAN",
            figure=(5, 5),
            statement="S",
            part_of="T",
        ),
        claim(
            "P2",
            1,
            speaker="M",
            subject_status="COMBATANT",
            figure=(2, 2),
            statement="S",
            part_of="T",
        ),
    ]

    answer = alone(*rows)

    assert ends(answer) == (10, 10)
    assert ends(answer, "combatants") == (2, 2)
    assert ends(answer, "all_people") == (12, 12)


def test_parts_declared_disjoint_add_up_and_wounds_move() -> None:
    rows = [
        claim("A", 1, speaker="Helmets", figure=(1, 1), covers_whole_incident=False),
        claim(
            "B",
            1,
            speaker="local officials",
            speaker_named=False,
            outcome="DIED_OF_WOUNDS",
            figure=(2, 2),
            covers_whole_incident=False,
            disjoint_with=("A",),
            died_of_wounds_of="C",
        ),
        claim("C", 1, speaker="Helmets", outcome="INJURED", figure=(2, 2)),
    ]

    answer = alone(*rows)

    assert ends(answer) == (3, 3)
    assert ends(answer, outcome="INJURED") == (0, 0)
    assert answer.independent_groups == 1


def test_a_part_without_another_is_left_out() -> None:
    answer = alone(claim("A", 1, speaker="M", figure=(1, 1), covers_whole_incident=False))

    assert answer.taking.excluded == {"A": "PARTIAL_FIGURE"}


def test_a_death_later_reported_alive_is_superseded() -> None:
    answer = alone(
        claim("A", 1, speaker="M", figure=(1, 1)),
        claim("B", 2, speaker="N", outcome="LATER_REPORTED_ALIVE", corrects="A"),
    )

    assert answer.taking.excluded == {"A": "SUPERSEDED"}
    assert ends(answer) == (None, None)


def test_generic_speakers_are_one_source_together() -> None:
    answer = alone(
        claim("A", 1, speaker="officials", speaker_named=False, figure=(3, 3)),
        claim("B", 1, speaker="residents", speaker_named=False, figure=(5, 5)),
    )

    assert ends(answer) == (3, 5)
    assert answer.independent_groups == 1
    assert answer.provisional


@pytest.mark.parametrize(
    ("harm", "responsibility", "grade"),
    [("ACCEPTS_HARM", "ACCEPTS", "CONFIRMED"), ("ACCEPTS_HARM", None, "FAIR")],
)
def test_confirmed_needs_harm_and_responsibility(
    harm: str, responsibility: str | None, grade: str
) -> None:
    said = PositionFact("coalition", date(2031, 3, 9), harm=harm, responsibility=responsibility)

    assert assess(ardesh(positions=(said,))).grade == grade


def test_two_accused_make_it_contested() -> None:
    parties = (*COALITION, PartyFact(id="front", accused=True, name="Front"))

    answer = assess(ardesh(parties=parties, positions=(), strike_evidence=()))

    assert (answer.grade, answer.grading.strike_status) == ("CONTESTED", "CONTESTED")


def test_a_reversal_is_told() -> None:
    said = (
        PositionFact("coalition", date(2031, 3, 6), harm="ACCEPTS_HARM", responsibility="ACCEPTS"),
        PositionFact("coalition", date(2031, 3, 9), harm="DENIES_HARM"),
    )

    answer = assess(ardesh(positions=said))

    assert "POSITION_REVERSED" in answer.tasks
    assert answer.grade == "FAIR"


@pytest.mark.parametrize(
    ("fields", "summary"),
    [
        ({"act": "DENIES"}, "DENIES_ACT"),
        ({"act": "NO_COMMENT"}, "NO_COMMENT"),
        ({"act": "NOT_ASKED"}, "NOT_ASKED"),
        ({"harm": "POSSIBLE_UNDER_REVIEW"}, "UNDER_REVIEW"),
        ({"responsibility": "DENIES"}, "DENIES_RESPONSIBILITY"),
        ({"responsibility": "ALTERNATIVE_EXPLANATION"}, "ALTERNATIVE_EXPLANATION"),
        ({"act": "ACKNOWLEDGES"}, "ACKNOWLEDGED_ACT"),
        ({"harm": "NO_STATEMENT"}, None),
    ],
)
def test_position_summary_is_the_first_line_that_fits(
    fields: dict[str, str], summary: str | None
) -> None:
    said = PositionFact("coalition", date(2031, 3, 9), **fields)

    assert alone(positions=(said,)).position_summary == {"coalition": summary}


def test_conflicting_statements_of_one_day_are_mixed() -> None:
    day = date(2031, 3, 9)
    said = (
        PositionFact("coalition", day, act="ACKNOWLEDGES"),
        PositionFact("coalition", day, act="DENIES"),
    )

    assert alone(positions=said).position_summary == {"coalition": "MIXED"}


def test_the_same_dead_are_asked_about() -> None:
    answer = alone(
        claim(
            "A", 1, speaker="Command", party="coalition", subject_status="COMBATANT", figure=(1, 1)
        ),
        claim("B", 1, speaker="State television", figure=(1, 1)),
        parties=COALITION,
        strike_evidence=(EvidenceFact("PARTY_ACKNOWLEDGES"),),
    )

    assert "SAME_DEAD" in answer.tasks
    assert ends(answer) == (1, 1)
    assert answer.ranges["KILLED"]["stated_civilians"].highest is None
    assert (answer.grade, answer.grading.strike_status) == ("WEAK", "DECLARED")


@pytest.mark.parametrize(
    ("minimum", "maximum", "words"),
    [(7, None, "7+"), (6, 14, "6–14"), (None, 30, "up to 30"), (4, 4, "4"), (None, None, "")],
)
def test_figures_read_as_people_write_them(
    minimum: int | None, maximum: int | None, words: str
) -> None:
    assert figure_words(minimum, maximum) == words


@pytest.mark.parametrize(
    ("claims", "headline"),
    [
        ((), "Civilians killed: no harm asserted"),
        ((claim("A", 1, speaker="M"),), "Civilians killed: no figure"),
        (
            (claim("A", 1, speaker="M", figure=(0, 0), subject_status="CIVILIAN",
                   polarity="ASSERTS_NO_HARM"),),
            "No civilian reported killed: said to be none",
        ),
        (
            (claim("A", 1, speaker="M", figure=(1, 1)),),
            "1 person reported killed, status not stated (presumed civilian)",
        ),
        (
            (claim("A", 1, speaker="M", figure=(None, 30), subject_status="CIVILIAN"),),
            "up to 30 civilians reported killed",
        ),
    ],
)  # fmt: skip
def test_headline_never_says_zero_for_silence(claims: tuple[object, ...], headline: str) -> None:
    scenario = Scenario(id="x", claims=claims)  # type: ignore[arg-type]

    assert explain(assess(scenario), scenario)["KILLED"].headline == headline
