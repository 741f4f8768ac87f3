"""Mentions across the sentences of a document."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from tracker.extraction.document import read_document
from tracker.extraction.figures.mentions import find_mentions

if TYPE_CHECKING:
    from tracker.extraction.model import Mention


def mentions_of(text: str) -> list[Mention]:
    return find_mentions(read_document(title="", text=text, published=None, outlet=""))


@pytest.mark.parametrize(
    "later",
    [
        "Among the dead were four children.",
        "Four of them were children.",
        "Of those killed, four were children.",
        "Four children were among the dead.",
        "The dead included four children.",
    ],
)
def test_a_breakdown_in_a_later_sentence_is_folded_into_the_figure(later: str) -> None:
    (mention,) = mentions_of(f"Nine people were killed in Ardesh. {later}")

    assert (mention.minimum, mention.children_min, mention.children_max) == (9, 4, 4)


def test_others_right_after_civilians_are_civilians() -> None:
    killed, wounded = mentions_of("Nine civilians were killed. Dozens more were wounded.")

    assert (killed.subject_status, wounded.subject_status) == ("CIVILIAN", "CIVILIAN")
    assert wounded.status_rule == "others after civilians"


def test_other_people_are_of_no_said_kind() -> None:
    _, wounded = mentions_of("Nine civilians were killed and six other people were wounded.")

    assert wounded.subject_status == "UNKNOWN"


@pytest.mark.parametrize(
    "later",
    [
        "The victims were all civilians, he said.",
        "All of the dead were civilians.",
        "All those killed were unarmed civilians.",
    ],
)
def test_the_dead_may_all_be_called_civilians_right_after(later: str) -> None:
    (mention,) = mentions_of(f"Nine people were killed in Ardesh. {later}")

    assert mention.subject_status == "CIVILIAN"
    assert mention.status_rule == "said of all of them"


def test_what_is_said_of_all_does_not_reach_those_counted_long_before() -> None:
    text = (
        "Nine people were killed in Ardesh. It rained. Talks went on. All the dead were civilians."
    )
    (mention,) = mentions_of(text)

    assert mention.subject_status == "UNKNOWN"


@pytest.mark.parametrize(
    ("sentence", "status"),
    [
        ("The militia said nine of its members were killed.", "COMBATANT"),
        ("The choir said nine of its members were killed.", "UNKNOWN"),
        ("There were nine deaths among the rebels.", "COMBATANT"),
        ("Nine dock workers and a watchman were killed.", "CIVILIAN"),
    ],
)
def test_whose_members_and_among_whom(sentence: str, status: str) -> None:
    assert {mention.subject_status for mention in mentions_of(sentence)} == {status}


def test_spans_point_at_the_words() -> None:
    text = "It rained. At least nine people were killed in Ardesh."
    (mention,) = mentions_of(text)

    assert text[mention.figure_start : mention.figure_end] == "At least nine"
    assert text[mention.core_start : mention.core_end] == "At least nine people were killed"


def test_text_without_harm_has_none() -> None:
    assert mentions_of("Twelve people danced. The market was open.") == []


@pytest.mark.parametrize("width", [900_000, 1_990, 240])
@pytest.mark.parametrize(
    "unit",
    ["a man, ", "his wife and ", "toll was 5 ", "KILLED FIVE ", "12 34 56 killed ", "Aa ",
     "25 Sep 2014 ", "people of ", "among the dead were five children. ", "5\t6\tdead\t"],
)  # fmt: skip
def test_hostile_text_takes_time_by_its_length(unit: str, width: int) -> None:
    line = (unit * (width // len(unit)))[:width]
    text = "\n".join([line] * (900_000 // width))
    began = time.process_time()

    mentions_of(text)

    assert time.process_time() - began < 5


@pytest.mark.parametrize("later", ["the wounded had passed away", "both of the wounded later died"])
def test_the_wounded_who_have_died_are_as_many_dead(later: str) -> None:
    wounded, dead = mentions_of(f"A strike wounded two people. Officials said that {later}.")

    assert (wounded.outcome, dead.outcome) == ("INJURED", "KILLED")
    assert (dead.minimum, dead.maximum, dead.sentence) == (2, 2, 1)


def test_a_person_named_with_a_role_is_one() -> None:
    (mention,) = mentions_of("Karim Sadiq, the leader of the brigade, was killed in Ardesh.")

    assert (mention.minimum, mention.subject_status) == (1, "COMBATANT")


def test_whom_an_attack_is_attributed_to_is_no_victim() -> None:
    found = mentions_of("The loss of many lives was attributed to a member of the brigade.")

    assert all(mention.minimum != 1 for mention in found)


def test_a_day_may_stand_right_behind_a_number() -> None:
    killed, wounded = mentions_of("A bomber killed 16 people and wounded 40 Tuesday in Ardesh.")

    assert (killed.minimum, wounded.minimum) == (16, 40)
