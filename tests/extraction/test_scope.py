"""News, what is recalled, and running totals."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.extraction import extract

#: A Friday.
FRIDAY = date(2026, 11, 13)
NEWS = "A strike on Ardesh killed four people on Thursday, medics said. "


def scope(text: str, *, title: str = "Strike kills four in Ardesh", figure: int = 90) -> str:
    claims = extract(title=title, text=text, published=FRIDAY).claims
    (found,) = {c.scope for c in claims if c.minimum == figure and c.outcome == "KILLED"}
    return found


@pytest.mark.parametrize(
    "told",
    [
        "Strikes have killed 90 people since the war began.",
        "Some 90 people have been killed since September.",
        "Since the ceasefire took effect in October, 90 people have been killed.",
        "The offensive has killed 90 people over the past three weeks.",
        "Over the past three days, 90 people were killed.",
        "So far this year 90 people have been killed in the valley.",
        "In 12 years of war, 90 people were killed in the town.",
        "In the past year the army has stepped up its raids, killing 90 fighters who had fled "
        "after the town fell in 2024.",
        "The missions, led by the army, have resulted in the death of 90 fighters.",
        "Some 90 fighters have been killed in both valleys following the missions.",
    ],
)
def test_words_of_a_time_make_a_total(told: str) -> None:
    assert scope(NEWS + told) == "AGGREGATE"


def test_a_total_has_no_day() -> None:
    text = NEWS + "The monitor said on Friday that 90 people have been killed since September."
    claims = extract(title="", text=text, published=FRIDAY).claims
    (total,) = [claim for claim in claims if claim.minimum == 90]

    assert total.when is not None
    assert total.when.day is None


def test_so_many_die_in_a_war() -> None:
    assert scope(NEWS + "The war killed 300,000 people.", figure=300_000) == "AGGREGATE"


def test_many_attacks_that_have_killed_hundreds_are_a_total() -> None:
    text = NEWS + "The army denied it. Activists say the strikes have killed hundreds of civilians."

    assert scope(text, figure=200) == "AGGREGATE"


def test_what_stands_beside_a_total_is_one() -> None:
    text = NEWS + "Since September 90 people have been killed and 70 wounded in the valley."
    claims = extract(title="", text=text, published=FRIDAY).claims

    assert {c.scope for c in claims if c.minimum in {90, 70}} == {"AGGREGATE"}


@pytest.mark.parametrize(
    "told",
    [
        "An attack on a market in March killed 90 people.",
        "A bombing in Sella last year killed 90 people.",
        "In May 2024, a raid on the town killed 90 people.",
        "The strike came less than a week after a raid in Sella that killed 90 people.",
        "On Monday a bombing in Sella killed 90 people.",
    ],
)
def test_one_event_long_before_is_recalled(told: str) -> None:
    assert scope(NEWS + told) == "BACKGROUND"


@pytest.mark.parametrize(
    "text",
    [
        "A bombing in Sella killed 90 people on Thursday.",
        # the article's own event, however long ago
        "A bombing in Sella on Monday killed 90 people, rescuers said. They dug for survivors.",
        # one day before the report
        NEWS + "On Thursday a bombing in Sella killed 90 people.",
        # compared with the past, and news all the same
        "It was the deadliest attack since the war began, with 90 people killed on Thursday.",
        "A bombing in Sella killed 90 people over the weekend.",
        "Russian strikes killed 90 people in the past 24 hours.",
    ],
)
def test_news_stays_news(text: str) -> None:
    assert scope(text) == "INCIDENT"


def test_an_attack_named_beside_talks_is_recalled() -> None:
    text = (
        "The foreign ministers met on Thursday. They spoke of a ceasefire and of prisoners. "
        "Both sides sent envoys. They discussed the attack on Sella which killed 90 people."
    )

    assert scope(text, title="Ministers hold ceasefire talks") == "BACKGROUND"


def test_boilerplate_at_the_end_changes_nothing_before_it() -> None:
    text = "A bombing in Sella killed 90 people on Thursday. "
    closing = "More than 300,000 people have been killed since the war began in 2011."

    assert scope(text + closing) == scope(text) == "INCIDENT"


def test_the_words_are_named() -> None:
    text = NEWS + "Some 90 people have been killed since September."
    (claim,) = [c for c in extract(title="", text=text, published=FRIDAY).claims if c.minimum == 90]
    evidence = claim.evidence["scope"]

    assert evidence.rule == "words of a running total"
    assert [text[start:end] for start, end in evidence.spans] == ["since September"]


@given(
    st.lists(
        st.sampled_from(
            ["90 people ", "were killed ", "since May ", "last year ", "on Monday ", "alone ", ". ",
             "in 2024 ", "attack that ", "so far ", "\n", "weeks after ", "the deadliest "]
        ),
        max_size=30,
    ).map("".join)
)  # fmt: skip
def test_any_text_has_a_scope(text: str) -> None:
    for claim in extract(title="Talks", text=text, published=FRIDAY).claims:
        assert claim.scope in {"INCIDENT", "BACKGROUND", "AGGREGATE"}


def test_a_frame_of_months_ago_holds_for_the_whole_sentence() -> None:
    text = NEWS + (
        "In August, the army conducted a raid in the south of the Ardesh valley, in which "
        "Karim Sadiq, the commander of the brigade, was killed after he fired at the soldiers."
    )
    claims = extract(title="", text=text, published=FRIDAY).claims
    (found,) = [claim for claim in claims if claim.minimum == 1]

    assert (found.scope, found.when and found.when.day) == ("BACKGROUND", None)


def test_the_operation_that_a_superlative_counts_from_is_recalled() -> None:
    text = NEWS + "It was the largest raid since the 2019 operation that killed 90 fighters."

    assert scope(text) == "BACKGROUND"


def test_one_who_died_years_ago_is_no_part_of_the_total_in_the_sentence() -> None:
    text = NEWS + (
        "Several of its leaders have been killed in the past decade, including in 2019 when a "
        "commander was killed in a raid."
    )
    found = [c.scope for c in extract(title="", text=text, published=FRIDAY).claims]

    assert found == ["INCIDENT", "AGGREGATE", "BACKGROUND"]


def test_two_days_are_one_event() -> None:
    text = NEWS + "Some 90 people were killed in an operation near Sella during the past two days."

    assert scope(text) == "INCIDENT"


def test_deaths_that_something_follows_are_recalled() -> None:
    text = "The army stepped up its raids following the tragic deaths of 90 soldiers near Sella."

    assert scope(text, title="Army steps up raids") == "BACKGROUND"


@pytest.mark.parametrize(
    "told",
    [
        "The toll stands at 90 people killed since Tuesday of heavy shelling.",
        "Some 90 people were killed in past few days.",
        "Over a four-day stretch of fighting 90 people were killed.",
        "After days of fighting that killed 90 soldiers, the base fell.",
        "Since May rockets have hit the coast. In all 90 people were killed in such attacks.",
        "The battle for the hills has killed 90 fighters.",
    ],
)
def test_a_stretch_of_days_makes_a_total(told: str) -> None:
    assert scope(NEWS + told) == "AGGREGATE"


@pytest.mark.parametrize(
    "told",
    [
        "Some 90 people have been killed in Bani since Thursday.",
        "In two days of strikes on Bani 90 people were killed.",
        "Another 90 people were killed in a similar attack on Bani.",
    ],
)
def test_a_burst_is_no_total(told: str) -> None:
    assert scope(NEWS + told) == "INCIDENT"


@pytest.mark.parametrize(
    "told",
    [
        "In early November a double bombing at a school in Bani killed 90 people.",
        "In March two blasts near the cemetery of Bani killed 90 people.",
    ],
)
def test_one_event_of_a_long_time_is_recalled(told: str) -> None:
    assert scope(NEWS + told) == "BACKGROUND"
