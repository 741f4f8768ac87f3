"""The worked example of the method, whole and with one rule left out at a time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.incidents.rules.scenarios import ARDESH, STRUCK, ardesh, ends
from tracker.incidents.rules import NamedVictims, PositionFact, assess
from tracker.incidents.rules.explanation import explain


def test_the_example_gives_10_to_14() -> None:
    answer = assess(ardesh())

    assert ends(answer) == (10, 14)
    assert answer.ranges["KILLED"]["civilians"].highest == 14
    assert ends(answer, "children") == (3, None)
    assert answer.ranges["KILLED"]["children"].highest == 4
    assert answer.independent_groups == 3
    assert not answer.provisional
    assert answer.taking.excluded == {
        "C1": "SUPERSEDED",
        "C3": "COPY_OF_ORIGIN",
        "C6": "PARTY_DENIAL",
        "C7": "AGGREGATE",
    }
    assert answer.grade == "FAIR"
    assert answer.grading.strike_status == "DECLARED"
    assert answer.position_summary == {"coalition": "ACKNOWLEDGED_ACT_DENIES_HARM"}


def test_unrated_it_is_weak_and_says_why() -> None:
    unrated = {name: replace(c, credibility=None) for name, c in ARDESH.items()}

    answer = assess(ardesh(claims=unrated))

    assert (answer.grade, answer.grading.notes) == ("WEAK", ("NO_RATED_CLAIMS",))


@pytest.mark.parametrize(
    ("left_out", "changes", "expected"),
    [
        (
            "lineage",
            {"claims": {"C3": replace(ARDESH["C3"], copy_of=None, copy_decided=None)}},
            (10, 17),
        ),
        (
            "aggregate scope",
            {"claims": {"C7": replace(ARDESH["C7"], scope="INCIDENT")}},
            (10, 64),
        ),
        (
            "disputed status read as combatant",
            {"claims": {"C5b": replace(ARDESH["C5b"], subject_status="COMBATANT")}},
            (10, 11),
        ),
        ("the named floor", {"named_victims": NamedVictims()}, (9, 14)),
        (
            "party zeros, no named victims",
            {
                "claims": {"C6": replace(ARDESH["C6"], party=None)},
                "named_victims": NamedVictims(),
            },
            (0, 14),
        ),
        (
            "supersession",
            {"claims": {"C1": replace(ARDESH["C1"], speaker="Another rescuer")}},
            (10, None),
        ),
    ],
)
def test_each_rule_left_out_changes_the_range(
    left_out: str, changes: dict[str, object], expected: tuple[int, int | None]
) -> None:
    assert ends(assess(ardesh(**changes))) == expected, left_out


def test_an_undecided_copy_spans_both_figures_and_asks() -> None:
    undecided = replace(ARDESH["C3"], copy_decided=None)

    answer = assess(ardesh(claims={"C3": undecided}))

    assert ends(answer) == (10, 17)
    assert "COPY_NUMBER_CHANGED" in answer.tasks


def test_the_explanation_names_ends_and_what_was_left_out() -> None:
    scenario = ardesh()

    words = explain(assess(scenario), scenario)["KILLED"]

    assert words.headline == "10–14 civilians reported killed"
    assert words.sentence == (
        "10 to 14. Highest: Veria Monitor, 14, of whom 3 are of disputed status. Lowest figure: "
        "Ardesh Hospital, 9; raised to 10 by ten named victims. Among them: children 3+. "
        "Not counted: an earlier figure of Nahr Rescue Service (7+); a copy with another number "
        "of what Nahr Rescue Service says (17); the denial by Coalition press office; a running "
        "total by Health Ministry (64)."
    )


def test_the_steps_follow_the_rules_in_their_order() -> None:
    scenario = ardesh()

    assert explain(assess(scenario), scenario)["KILLED"].steps == (
        "Rule 1, latest figure per speaker: C1 (7+) is replaced by C2 (11), same speaker, "
        "a day later.",
        "Rule 1, scope: C7 (64) is a running total: shown beside the range and never added.",
        "Rule 2, copies: C3 (17) copies C2 (11), whose figure stands.",
        "Rule 2, one figure per origin: Ardesh Hospital 9, from C4.",
        "Rule 2, one figure per origin: Nahr Rescue Service 11, from C2.",
        "Rule 2, one figure per origin: Veria Monitor 11–14, from C5a and C5b.",
        "Rule 3, status within a statement: C5a (11) civilians, for lowest and highest; C5b (3) "
        "of disputed status, for highest only.",
        "Rule 4, all origins together: 9, 11, 11–14: lowest 9, highest 14.",
        "Rule 5, zeros: C6 (0 said) comes from a party: shown beside the range, never inside.",
        "Rule 6, named floor: 10 named; the lowest becomes 10.",
        "Rule 7, sub-groups: children 3+; 3 fits within 14.",
        "Result: 10–14, highest stated 14.",
    )


def test_the_grade_tells_each_rule_it_tried() -> None:
    tried = assess(ardesh()).grading.tried

    assert [(rule.number, rule.grade, rule.held) for rule in tried] == [
        (1, "CONFIRMED", False),
        (4, "CONTESTED", False),
        (2, "FAIR", True),
    ]
    assert [rule.why for rule in tried] == [
        "no belligerent's position in force accepts both harm and responsibility",
        "one belligerent accused or claiming",
        "three independent origins with a claim rated 1 to 3; evidence of a strike is recorded",
    ]


def test_words_of_harm_and_responsibility_confirm() -> None:
    accepts = PositionFact(
        "coalition", date(2031, 3, 9), harm="ACCEPTS_HARM", responsibility="ACCEPTS"
    )

    answer = assess(ardesh(positions=(STRUCK, accepts)))

    assert answer.grade == "CONFIRMED"
    assert answer.grading.tried[-1].why == "harm and responsibility are accepted by Coalition"
    assert answer.position_summary == {"coalition": "ACCEPTED"}


def test_an_update_supersedes_what_it_copied() -> None:
    later = ARDESH["C3"].published_at + timedelta(hours=2)
    update = replace(ARDESH["C3"], copy_decided="update", published_at=later)

    answer = assess(ardesh(claims={"C3": update}))

    assert ends(answer) == (10, 17)
    assert answer.taking.excluded["C2"] == "SUPERSEDED"
    assert answer.taking.superseded_by == {"C1": "C3", "C2": "C3"}
    assert answer.tasks == ()
