"""When an event was: the phrase beside the figure, else its event's day, never a made up one."""

from __future__ import annotations

import time
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.extraction import extract

if TYPE_CHECKING:
    from tracker.extraction.model import When

#: A Friday.
FRIDAY = date(2026, 11, 13)


def when(text: str, published: date | None = FRIDAY, figure: int = 9) -> When:
    claims = extract(title="", text=text, published=published).claims
    (found,) = {c.when for c in claims if c.minimum == figure and c.outcome == "KILLED"}
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nine people were killed in Ardesh on Tuesday.", (11, 10)),
        ("Nine people were killed in Ardesh on Tuesday, police said on Thursday.", (11, 10)),
        ("Police said on Thursday that nine people were killed on Tuesday.", (11, 10)),
        ("On Tuesday, police said, gunmen killed nine people.", (11, 10)),
        ("Tuesday's strike on Ardesh killed nine people.", (11, 10)),
        ("Shelling killed nine people overnight.", (11, 13)),
        ("Shelling killed nine people last night.", (11, 12)),
        ("An overnight raid on Wednesday killed nine people.", (11, 11)),
        ("Nine people were killed at dawn on Tuesday.", (11, 10)),
        ("A blast claimed the lives of nine people on Monday.", (11, 9)),
        ("Nine people were killed on the 10th.", (11, 10)),
        ("Nine people were killed two days ago.", (11, 11)),
    ],
)
def test_the_day_beside_the_figure(text: str, expected: tuple[int, int]) -> None:
    assert when(text).day == date(2026, *expected)


@pytest.mark.parametrize(
    "text",
    [
        "Nine people were killed in Ardesh, police said on Tuesday.",
        "Police said in a statement on Tuesday that nine people were killed.",
        "Nine people were killed in Ardesh, according to a report published on Tuesday.",
        "The monitor on Tuesday raised the toll to nine people killed.",
        "Nine people were killed in Ardesh.",
        "Nine people were killed on Monday and Tuesday.",
        "Nine people were killed at the weekend.",
        "Nine people were killed in the past 24 hours.",
        "Strikes have killed nine people since the war began on Tuesday.",
    ],
)
def test_no_day_is_made_up(text: str) -> None:
    assert when(text).day is None


def test_a_window_stands_where_no_single_day_does() -> None:
    found = when("Nine people were killed on Monday and Tuesday.")

    assert (found.first, found.last) == (date(2026, 11, 9), date(2026, 11, 10))
    assert (found.precision, found.basis) == ("FEW_DAYS", "RELATIVE_RESOLVED")


def test_a_night_is_two_days_and_the_guides_one() -> None:
    found = when("Shelling killed nine people overnight.")

    assert (found.first, found.last) == (date(2026, 11, 12), FRIDAY)
    assert (found.precision, found.time_term) == ("FEW_DAYS", "DURING_NIGHT")
    assert (found.anchor, found.anchor_kind) == (FRIDAY, "PUBLICATION")


def test_phrase_and_place_of_the_words_are_kept() -> None:
    text = "Nine people were killed at dawn on Tuesday in Ardesh."
    found = when(text)

    assert found.phrase == "dawn on Tuesday"
    assert found.time_term == "AROUND_DAWN"
    ((start, end),) = found.evidence.spans
    assert text[start:end] == found.phrase


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # taken up again
        ("A raid on Ardesh killed nine people. The raid took place on November 10.", (11, 10)),
        ("Nine people died in Ardesh, medics said. Tuesday's strike hit a school.", (11, 10)),
        # the lead goes on
        (
            "A strike hit Ardesh on Tuesday, killing four people. A hospital said nine died.",
            (11, 10),
        ),
        (
            "In Ardesh on Tuesday, forces raided a house. During the raid they killed nine men.",
            (11, 10),
        ),
        # counted from what was named before
        ("Four people died in Sella on Monday. Nine people were killed the same day.", (11, 9)),
        ("Four people died in Sella on Monday. Two days later, nine people were killed.", (11, 11)),
        # a statement's own today
        ("In a statement on Wednesday the army said a strike killed nine people today.", (11, 11)),
    ],
)
def test_a_day_said_elsewhere(text: str, expected: tuple[int, int]) -> None:
    assert when(text).day == date(2026, *expected)


def test_a_step_names_the_event_it_counts_from() -> None:
    found = when("Four people died in Sella on Monday. Nine people were killed the next day.")

    assert (found.anchor, found.anchor_kind) == (date(2026, 11, 9), "EARLIER_EVENT")


def test_a_step_from_nothing_stays_unresolved() -> None:
    found = when("Nine people were killed two days earlier in Ardesh.")

    assert (found.day, found.phrase) == (None, "two days earlier")


def test_another_event_does_not_take_the_leads_day() -> None:
    text = (
        "A strike on Ardesh killed four people on Tuesday. "
        "Separately, nine people were killed in Sella, medics said."
    )

    assert when(text).day is None


def test_without_a_day_of_the_report_the_words_are_kept() -> None:
    found = when("Nine people were killed on Tuesday in Ardesh.", published=None)

    assert (found.day, found.first, found.precision) == (None, None, "UNKNOWN")
    assert found.phrase == "Tuesday"


def test_the_dateline_counts_before_publication() -> None:
    text = "ARDESH, Nov. 4 (Meridian Wire) - Nine people were killed on Tuesday."
    found = when(text)

    assert (found.day, found.anchor_kind) == (date(2026, 11, 3), "DATELINE")


@pytest.mark.parametrize("day", ["Monday", "Tuesday", "Wednesday", "Thursday"])
def test_changing_the_weekday_changes_the_day_alone(day: str) -> None:
    text = "At least nine civilians were killed in Ardesh on {}, medics said."
    (one,) = extract(title="", text=text.format(day), published=FRIDAY).claims
    (other,) = extract(title="", text=text.format("Sunday"), published=FRIDAY).claims

    assert one.when is not None
    assert other.when is not None
    assert one.when.day != other.when.day
    assert (one.minimum, one.scope, one.place) == (other.minimum, other.scope, other.place)


PIECES = st.sampled_from(
    ["Nine people", " were killed", " on Monday", " the same day", " overnight", " since May",
     " two days later", ", police said", " on 31 February", ". ", "\n", " in 2024", " yesterday"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=30).map("".join), st.dates() | st.none())
def test_any_text_gives_windows_in_order(text: str, published: date | None) -> None:
    for claim in extract(title="", text=text, published=published).claims:
        found = claim.when
        assert found is not None
        assert (found.first is None) == (found.last is None)
        if found.first is not None and found.last is not None:
            assert found.first <= found.last
            assert found.day is None or found.first <= found.day <= found.last
        else:
            assert found.day is None


def test_many_phrases_take_time_in_proportion() -> None:
    started = time.perf_counter()
    extract(title="", text="nine killed on Monday and Tuesday since May the same day, " * 4_000)

    assert time.perf_counter() - started < 10


@pytest.mark.parametrize("gap", ["a day after", "one day after"])
def test_an_earlier_event_is_counted_back_from_the_later_one(gap: str) -> None:
    found = when(f"A strike killed four people on Thursday, {gap} a raid killed nine fighters.")

    assert (found.day, found.basis) == (date(2026, 11, 11), "RELATIVE_RESOLVED")


def test_the_raid_was_when_a_raid_was_told_of() -> None:
    found = when(
        "A strike killed four people in Ardesh on Thursday. On Monday soldiers carried out a raid "
        "near Sella. Nine fighters were killed in the raid."
    )

    assert found.day == date(2026, 11, 9)


@pytest.mark.parametrize(
    "text",
    [
        "Nine people have been killed in two days of clashes. The army took a hill on Thursday.",
        "Nine people were killed in the last 24 hours. The army took a hill on Thursday.",
        "Shelling killed nine people over the past two days a monitor said on Thursday.",
        "Nine soldiers died in the fighting that began on Tuesday.",
    ],
)
def test_a_time_of_several_days_has_no_day(text: str) -> None:
    assert when(text).day is None


@pytest.mark.parametrize(
    "turn",
    ["Meanwhile ", "Ardesh In the same context ", "It was the worst raid Meanwhile in Nahr "],
)
def test_what_is_told_meanwhile_has_no_day_of_the_lead(turn: str) -> None:
    text = f"Shells killed six people in Sella on Tuesday. {turn}nine people were killed by a mine."

    assert when(text).day is None


def test_overnight_raids_are_the_events_night() -> None:
    text = (
        "Rebels said jets hit an outpost, killing nine fighters. "
        "They said several overnight raids hit the village of Ardesh."
    )

    assert when(text).day == FRIDAY


def test_the_day_named_beside_tells_which_night() -> None:
    text = (
        "The council condemned the overnight air strikes on Ardesh. "
        "Rockets hit homes in the town late on Thursday. Nine people were killed."
    )

    assert when(text).day == date(2026, 11, 12)


def test_what_a_group_does_every_day_is_no_event() -> None:
    text = (
        "Nine people were killed in the attack. "
        "On Thursday the group which monitors the violence quoted witnesses of the attack."
    )

    assert when(text).day is None
