"""Events of an article: which figures belong together, and what is said of each event."""

from __future__ import annotations

import time
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.extraction.document import read_document
from tracker.extraction.events.happenings import read_happenings
from tracker.extraction.figures.mentions import find_mentions

if TYPE_CHECKING:
    from tracker.extraction.model import Happening

FRIDAY = date(2026, 11, 13)


def happenings(text: str, title: str = "") -> list[Happening]:
    document = read_document(title=title, text=text, published=FRIDAY, outlet="")
    return read_happenings(document, find_mentions(document))


def test_place_actor_and_method_of_one_sentence() -> None:
    (told,) = happenings("A Russian air strike on the village of Ardesh killed nine people.")

    assert (told.place, told.actor, told.method) == ("Ardesh", "Russian", "airstrike")


def test_what_is_said_once_holds_for_all_figures_of_the_event() -> None:
    text = (
        "Nine people were killed in shelling of the town of Ardesh on Thursday. "
        "Twenty others were wounded in the attack, doctors said."
    )
    killed, wounded = happenings(text)

    assert killed.event == wounded.event
    assert (wounded.place, wounded.method) == ("Ardesh", "shelling")
    assert wounded.evidence["place"].rule == "said with another figure of the event"


def test_a_sentence_without_a_figure_says_where() -> None:
    text = (
        "Air strikes in Nahr province killed nine people on Thursday. "
        "The strikes hit the village of Ardesh in Nahr."
    )
    (told,) = happenings(text)

    assert told.place == "Ardesh"
    assert text[slice(*told.evidence["place"].spans[0])] == "Ardesh"


def test_other_places_are_other_events() -> None:
    text = (
        "Nine people were killed in an air strike on the town of Ardesh. "
        "Elsewhere, a car bomb killed six in the city of Sella."
    )
    first, second = happenings(text)

    assert first.event != second.event
    assert (second.place, second.method) == ("Sella", "car bomb")


def test_a_sum_over_several_places_has_none_of_them() -> None:
    text = (
        "Thirteen people were killed in air strikes in Nahr province on Thursday. "
        "Five people were killed in the village of Ardesh. "
        "Eight people were killed in the village of Sella."
    )
    assert [told.place for told in happenings(text)] == ["Nahr", "Ardesh", "Sella"]


@pytest.mark.parametrize(
    ("town", "other"), [("Ardesh", "Sella"), ("Kibumba", "Mweso"), ("Pazigon", "Monywa")]
)
def test_another_town_changes_the_place_and_nothing_else(town: str, other: str) -> None:
    text = "Rebels shelled the town of {}, killing nine people and wounding 20."
    one, changed = happenings(text.format(town)), happenings(text.format(other))

    assert {told.place for told in one} == {town}
    assert {told.place for told in changed} == {other}
    assert [(t.actor, t.method) for t in one] == [(t.actor, t.method) for t in changed]


def test_the_fuller_name_of_a_party_is_given() -> None:
    text = (
        "A US-led coalition air strike killed nine people in the town of Ardesh. "
        "Six people were wounded in the coalition strike."
    )
    assert [told.actor for told in happenings(text)] == ["US-led coalition", "US-led coalition"]


def test_a_weak_word_means_what_the_event_says_plainly() -> None:
    text = (
        "A suicide attack killed nine people in Ardesh on Thursday. "
        "Twenty people were wounded in the blast."
    )
    assert [told.method for told in happenings(text)] == ["suicide attack", "suicide attack"]


def test_what_was_hit_stands_with_the_event() -> None:
    (told,) = happenings("An air strike hit a market in Ardesh, killing nine people.")

    assert told.infrastructure == ("market",)
    assert not told.is_double_tap


def test_the_title_tells_of_the_first_event_where_the_text_does_not() -> None:
    (told,) = happenings("Nine people were killed on Thursday.", title="Air strike on Ardesh")

    assert (told.place, told.method) == ("Ardesh", "airstrike")
    assert told.evidence["place"].spans == ()


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (
            "A woman was killed in a town near Sella on Thursday. The bomb went off in Ardesh.",
            "Ardesh",
        ),
        (
            "Nine people were killed across Nahr province on Thursday. "
            "Shells hit the village of Ardesh in Nahr.",
            "Nahr",
        ),
        ("Jets struck a clinic in the town of Ardesh. Nine people were killed.", "Ardesh"),
        (
            "Shells hit the town of Ardesh. The front is near Tel Marn village. "
            "Later nine people were killed in the town.",
            "Ardesh",
        ),
        (
            "Fighting goes on in Sudan. More than 20,000 people have been killed since the "
            "conflict began.",
            "Sudan",
        ),
        ("Jets hit the town of Ardesh. More than 20,000 died in Sudans civil war.", "Sudan"),
    ],
)
def test_the_place_of_the_last_figure(text: str, place: str) -> None:
    assert happenings(text)[-1].place == place


def test_what_is_called_after_a_place_happened_there() -> None:
    text = (
        "A strike on the village of Sella killed two people. "
        "Jets hit the town of Ardesh. The Ardesh strike killed nine people, doctors said."
    )
    assert [told.place for told in happenings(text)] == ["Sella", "Ardesh"]


def test_a_total_of_several_places_is_of_the_town() -> None:
    text = (
        "Twenty people were killed and dozens were wounded in rocket attacks in the city of "
        "Ardesh. Rockets on the Sella quarter in Ardesh killed eight people. "
        "Snipers in the Tel Marn quarter in Ardesh killed six people."
    )
    assert [told.place for told in happenings(text)] == ["Ardesh", "Ardesh", "Sella", "Tel Marn"]


def test_a_sentence_that_lists_the_place_of_an_event_tells_of_it() -> None:
    text = (
        "Enemy warplanes raided the outskirts of Sella, Ardesh and Nahr last night. "
        "A house in Ardesh was hit, killing four people."
    )
    (told,) = happenings(text)

    assert (told.place, told.method) == ("Ardesh", "airstrike")


def test_where_it_was_said_to_be_tells_the_next_place_apart() -> None:
    text = (
        "Jets hit an outpost in Nahr province killing one fighter. "
        "The raids hit the village of Sella in Nahr. "
        "Jets also struck the town of Ardesh in Nahr, where five civilians were killed."
    )
    assert [told.place for told in happenings(text)] == ["Sella", "Ardesh"]


def test_nothing_said_is_nothing() -> None:
    (told,) = happenings("Nine people were killed.")

    assert (told.place, told.actor, told.method) == (None, None, None)
    assert told.evidence == {}


@pytest.mark.parametrize("part", ["in Ab ", "by the army ", "the attack ", "in the town of Ab-"])
def test_a_long_hostile_text_is_read_in_time(part: str) -> None:
    line = f"Nine people were killed {part * 200}"[:1_900]
    document = read_document(title="", text=f"{line}.\n" * 30, published=None, outlet="")
    mentions = find_mentions(document)
    begun = time.process_time()

    read_happenings(document, mentions)

    assert time.process_time() - begun < 8


@given(st.text(max_size=300))
def test_any_text_is_read(text: str) -> None:
    for told in happenings(f"Nine people were killed. {text} Six were wounded.", title=text):
        assert told.event >= 0
