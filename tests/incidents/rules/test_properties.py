"""What holds for every scenario: order never matters, ends never cross, zeros never lower."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from tests.incidents.rules.scenarios import claim
from tracker.incidents.choices import (
    Grade,
    Outcome,
    Polarity,
    Scope,
    SubjectStatus,
)
from tracker.incidents.rules import ClaimFact, PartyFact, PositionFact, Scenario, assess
from tracker.incidents.rules.explanation import explain

if TYPE_CHECKING:
    import random

counts = st.one_of(st.none(), st.integers(min_value=0, max_value=40))


@st.composite
def claims(draw: st.DrawFn) -> tuple[ClaimFact, ...]:
    """Up to eight claims that people could have accepted."""
    made: list[ClaimFact] = []
    for number in range(draw(st.integers(0, 8))):
        low, high = draw(counts), draw(counts)
        if low is not None and high is not None and low > high:
            low, high = high, low
        copied = draw(st.sampled_from([None, *(c.id for c in made)]))
        made.append(
            claim(
                f"K{number}",
                draw(st.integers(1, 9)),
                speaker=draw(st.sampled_from([None, "Monitor", "Rescue", "officials"])),
                speaker_named=draw(st.booleans()),
                party=draw(st.sampled_from([None, None, "coalition"])),
                outcome=draw(st.sampled_from(Outcome.values)),
                subject_status=draw(st.sampled_from(SubjectStatus.values)),
                polarity=draw(st.sampled_from(Polarity.values)),
                scope=draw(st.sampled_from(Scope.values)),
                statement=draw(st.sampled_from([f"K{number}", "S1", "S2"])),
                story=draw(st.sampled_from(["story 1", "story 2"])),
                figure=(low, high),
                children=(draw(st.sampled_from([None, 0, 2])), None),
                covers_whole_incident=draw(st.booleans()),
                disjoint_with=tuple(c.id for c in made[-1:]),
                part_of=draw(st.sampled_from([None, *(c.id for c in made[-1:])])),
                copy_of=copied,
                copy_decided=draw(st.sampled_from([None, "origin_stands", "update"]))
                if copied
                else None,
                corrects=draw(st.sampled_from([None, *(c.id for c in made)])),
                died_of_wounds_of=draw(st.sampled_from([None, *(c.id for c in made)])),
                group=draw(st.sampled_from([None, None, "g"])),
                credibility=draw(st.sampled_from([None, 2, 5])),
            )
        )
    return tuple(made)


SAID = tuple(
    PositionFact("coalition", date(2031, 3, day), act=act, harm=harm, responsibility=word)
    for day, act, harm, word in (
        (1, "NO_COMMENT", None, None),
        (4, "ACKNOWLEDGES", "ACCEPTS_HARM", "ACCEPTS"),
        (4, "DENIES", None, None),
        (6, None, "DENIES_HARM", None),
    )
)
SPOKEN_BY = {"KILLED": {"KILLED", "DIED_OF_WOUNDS"}, "INJURED": {"INJURED"}}
FED_BY = {
    "civilians": {"CIVILIAN", "UNKNOWN", "DISPUTED", "MIXED"},
    "stated_civilians": {"CIVILIAN"},
    "combatants": {"COMBATANT"},
    "directly_participating": {"DIRECTLY_PARTICIPATING"},
    "all_people": set(SubjectStatus.values),
}


def scenario(rows: tuple[ClaimFact, ...]) -> Scenario:
    parties = (PartyFact("coalition", accused=True), PartyFact("front", accused=False))
    return Scenario(id="any", claims=rows, parties=parties)


@given(claims(), st.randoms(use_true_random=False))
def test_the_order_of_facts_never_matters(
    rows: tuple[ClaimFact, ...], chance: random.Random
) -> None:
    given_facts = replace(scenario(rows), positions=SAID)
    shuffled = replace(
        given_facts,
        claims=tuple(chance.sample(rows, len(rows))),
        parties=given_facts.parties[::-1],
        positions=tuple(chance.sample(SAID, len(SAID))),
    )
    answer, other = assess(given_facts), assess(shuffled)

    assert answer == other
    assert explain(answer, given_facts) == explain(other, shuffled)


@given(claims())
def test_a_range_that_nobody_spoke_of_is_empty(rows: tuple[ClaimFact, ...]) -> None:
    answer = assess(scenario(rows))

    for outcome, outcomes in SPOKEN_BY.items():
        spoken = {c.subject_status for c in answer.taking.counted if c.outcome in outcomes}
        for name, statuses in FED_BY.items():
            if not spoken & statuses:
                found = answer.ranges[outcome][name]
                assert (found.minimum, found.maximum, found.highest) == (None, None, None)


@given(claims())
def test_ends_never_cross_and_every_answer_can_be_told(rows: tuple[ClaimFact, ...]) -> None:
    given_facts = scenario(rows)
    answer = assess(given_facts)

    for ranges in answer.ranges.values():
        for found in ranges.values():
            if found.minimum is not None and found.maximum is not None:
                assert found.minimum <= found.maximum
    assert answer.grade in Grade.values
    assert set(answer.taking.excluded) <= {c.id for c in rows}
    assert not {c.id for c in answer.taking.counted} & set(answer.taking.excluded)
    for words in explain(answer, given_facts).values():
        assert words.headline
        assert words.steps


@given(claims())
def test_a_partys_zero_changes_no_range(rows: tuple[ClaimFact, ...]) -> None:
    denial = replace(
        claim("Z", 9, speaker="Press office", party="front", figure=(0, 0)),
        subject_status="CIVILIAN",
        polarity="ASSERTS_NO_HARM",
        statement="Z",
    )

    assert assess(scenario(rows)).ranges == assess(scenario((*rows, denial))).ranges
