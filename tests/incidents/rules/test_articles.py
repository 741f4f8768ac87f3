"""Five articles as a careful person codes them; places, parties and speakers are invented."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from tests.incidents.rules.scenarios import claim, ends
from tracker.incidents.rules import Assessment, ClaimFact, PartyFact, PositionFact, Scenario, assess
from tracker.incidents.rules.explanation import Explanation, explain

ACCUSED = (PartyFact(id="coalition", accused=True, name="Coalition"),)


def command(name: str, figure: tuple[int, int], **fields: Any) -> ClaimFact:
    """A claim by the accused party."""
    fields.setdefault("speaker", "Coalition Command")
    fields.setdefault("party", "coalition")
    fields.setdefault("article", "agency report")
    return claim(name, 6, figure=figure, **fields)


def said(act: str, harm: str) -> tuple[PositionFact, ...]:
    return (PositionFact("coalition", date(2031, 3, 6), act=act, harm=harm),)


def told(*claims: ClaimFact, **fields: Any) -> tuple[Assessment, dict[str, Explanation]]:
    """The answer, and how it is told."""
    scenario = Scenario(id="article", claims=claims, parties=ACCUSED, **fields)
    answer = assess(scenario)
    return answer, explain(answer, scenario)


NO_CIVILIANS = {"polarity": "ASSERTS_NO_HARM", "subject_status": "CIVILIAN"}
RAID = (
    claim("third", 6, article="agency report", speaker="Hill Rescue", figure=(1, 1),
          covers_whole_incident=False),
    claim("wounded", 6, article="agency report", speaker="Hill Rescue", outcome="INJURED",
          figure=(2, 2)),
    claim("passed away", 6, article="agency report", speaker="town officials",
          speaker_named=False, outcome="DIED_OF_WOUNDS", figure=(2, 2), disjoint_with=("third",),
          covers_whole_incident=False, died_of_wounds_of="wounded"),
    command("fighters", (3, 3), subject_status="COMBATANT"),
    command("none hurt", (0, 0), outcome="INJURED", **NO_CIVILIANS),
)  # fmt: skip


def test_raid_three_dead_presumed_civilian_and_nobody_left_injured() -> None:
    answer, words = told(*RAID, positions=said("ACKNOWLEDGES", "DENIES_HARM"))

    assert (ends(answer), ends(answer, "combatants")) == ((3, 3), (3, 3))
    assert ends(answer, outcome="INJURED") == (0, 0)
    assert answer.ranges["KILLED"]["stated_civilians"].maximum is None
    assert answer.tasks == ("SAME_DEAD",)
    assert (answer.grade, answer.grading.strike_status) == ("WEAK", "DECLARED")
    assert (answer.independent_groups, answer.provisional) == (1, True)
    assert answer.position_summary == {"coalition": "ACKNOWLEDGED_ACT_DENIES_HARM"}
    assert words["KILLED"].headline == (
        "3 people reported killed, status not stated (presumed civilian)"
    )
    assert "Fighters reported killed: 3, by the party's own account." in words["KILLED"].sentence
    assert words["INJURED"].headline == "Civilians injured: none left, they died of wounds"


def test_raid_with_disputed_dead_begins_at_none() -> None:
    disputed = tuple(
        replace(c, subject_status="DISPUTED") if c.id in {"third", "passed away"} else c
        for c in RAID
    )

    answer, words = told(*disputed)

    assert ends(answer) == (0, 3)
    assert "of whom 3 are of disputed status" in words["KILLED"].sentence


def test_strike_on_a_fighter_says_nothing_of_civilians() -> None:
    answer, words = told(
        command("fighter", (1, 1), subject_status="COMBATANT"),
        command("over the years", (9, 9), scope="AGGREGATE", subject_status="COMBATANT"),
        claim("recalled", 6, figure=(1, 1), scope="BACKGROUND", linked=False),
    )

    assert (ends(answer), ends(answer, "combatants")) == ((None, None), (1, 1))
    assert (answer.grade, answer.grading.strike_status) == ("UNASSESSED", None)
    assert words["KILLED"].headline == "Civilians killed: no harm asserted"
    assert words["KILLED"].steps[-1] == "Result: no harm to civilians asserted."


def test_airstrike_with_a_partys_zero_is_an_empty_range() -> None:
    officials = {"speaker": "two Coalition officials", "speaker_named": False}
    answer, words = told(
        command("fighters", (2, 2), subject_status="COMBATANT", **officials),
        command("no dead", (0, 0), **NO_CIVILIANS, **officials),
        command("no hurt", (0, 0), outcome="INJURED", **NO_CIVILIANS, **officials),
        command("none of ours", (0, 0), outcome="INJURED", subject_status="COMBATANT",
                polarity="ASSERTS_NO_HARM", **officials),
        positions=said("ACKNOWLEDGES", "NO_INDICATION"),
    )  # fmt: skip

    assert answer.taking.excluded == {"no dead": "PARTY_DENIAL", "no hurt": "PARTY_DENIAL"}
    assert (ends(answer), ends(answer, "combatants")) == ((None, None), (2, 2))
    assert ends(answer, "all_people", "INJURED") == (None, None)
    assert (answer.grade, answer.grading.strike_status) == ("UNASSESSED", "DECLARED")
    assert "0" not in words["KILLED"].headline
    assert words["KILLED"].sentence.endswith("Not counted: the denial by two Coalition officials.")


def test_second_raid_asks_about_the_same_dead() -> None:
    television = claim("one", 6, article="agency report", speaker="State television", figure=(1, 1))
    answer, words = told(
        television,
        replace(television, id="carried off", outcome="ABDUCTED", minimum=3, maximum=None),
        command("official", (1, 1), subject_status="COMBATANT"),
        command("associate", (1, 1), outcome="INJURED"),
        command("no harm", (0, 0), **NO_CIVILIANS),
        positions=said("ACKNOWLEDGES", "DENIES_HARM"),
    )

    assert (ends(answer), ends(answer, "combatants")) == ((1, 1), (1, 1))
    assert ends(answer, outcome="INJURED") == (1, 1)
    assert answer.tasks == ("SAME_DEAD",)
    assert answer.independent_groups == 2
    assert (answer.grade, answer.grading.strike_status) == ("WEAK", "DECLARED")
    assert answer.grading.notes == ("NO_STRIKE_EVIDENCE", "NO_RATED_CLAIMS")
    assert words["KILLED"].headline == (
        "1 person reported killed, status not stated (presumed civilian)"
    )
    assert "Conceded by a party: Coalition Command, 1." in words["INJURED"].sentence


def test_recalled_attack_counts_its_interpreter_and_no_totals() -> None:
    recalled = {"scope": "BACKGROUND", "statement": "S", "article": "feature"}
    answer, words = told(
        claim("interpreter", 6, subject_status="CIVILIAN", figure=(1, 1), **recalled),
        claim("soldiers", 6, subject_status="COMBATANT", figure=(2, 2), **recalled),
        command("half a year", (14, 14), scope="AGGREGATE"),
    )

    assert (ends(answer), ends(answer, "combatants")) == ((1, 1), (2, 2))
    assert ends(answer, "all_people") == (3, 3)
    assert (answer.grade, answer.grading.strike_status) == ("WEAK", "SINGLE_SOURCE")
    assert words["KILLED"].headline == "1 civilian reported killed"


def test_totals_alone_are_no_incident() -> None:
    answer, words = told(
        command("all", (44, 44), scope="AGGREGATE"), command("north", (30, 30), scope="AGGREGATE")
    )

    assert ends(answer, "all_people") == (None, None)
    assert words["KILLED"].sentence == (
        "Not counted: a running total by Coalition Command (44); "
        "a running total by Coalition Command (30)."
    )
