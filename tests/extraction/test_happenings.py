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


@pytest.mark.parametrize(
    "doubt",
    [
        "It was unclear what caused the explosion.",
        "It was not immediately known whether the blast was an accident.",
        "The cause of the explosion was not known.",
    ],
)
def test_a_blast_of_which_nobody_knows_the_cause_has_no_means(doubt: str) -> None:
    (told,) = happenings(f"Nine people were killed in a blast in Ardesh. {doubt}")

    assert told.method is None


def test_what_lies_farther_south_is_another_event() -> None:
    text = (
        "An air strike on a prison in the north killed 80 people on Thursday. "
        "Farther south, three boys were killed by an air strike on Sella."
    )
    prison, boys = happenings(text)

    assert (prison.event != boys.event, prison.place, boys.place) == (True, None, "Sella")


def test_a_sentence_that_only_says_attacked_tells_nothing_of_the_strike_before() -> None:
    text = (
        "An air strike in Nahr province killed nine people. "
        "The minister visited Sella after rebels seized it."
    )
    (told,) = happenings(text)

    assert told.place == "Nahr"


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


@pytest.mark.parametrize(
    ("figure", "method"), [("more than 100,000 people", None), ("2,100 people", "chemical")]
)
def test_the_dead_of_a_war_have_no_means_but_one_told_right_beside(
    figure: str, method: str | None
) -> None:
    (told,) = happenings(
        "The army is said to have used chlorine, in the third year of a conflict with rebels from "
        f"the north of the country that has killed {figure} since it began."
    )
    assert told.method == method


@pytest.mark.parametrize(
    ("landing", "method"),
    [("Soldiers landed there before the attack.", "raid"), ("Witnesses fled.", "airstrike")],
)
def test_a_helicopter_attack_is_a_raid_where_soldiers_land(landing: str, method: str) -> None:
    text = f"A militant was killed in a helicopter attack on the village of Ardesh. {landing}"

    assert [told.method for told in happenings(text)] == [method]


def test_a_figure_after_a_total_has_not_the_means_of_the_news() -> None:
    text = (
        "An air strike on the village of Ardesh killed nine people. "
        "More than 4,000 people have been killed in the country since the start of the war. "
        "On the other side, five soldiers have died."
    )
    assert [told.method for told in happenings(text)] == ["airstrike", None, None]


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


def test_a_place_joined_by_and_lies_in_no_other() -> None:
    text = (
        "Shells injured 19 people in the neighborhoods of Sella and injured 3 in Ardesh "
        "neighborhood."
    )

    assert [told.place for told in happenings(text)] == ["Sella", "Ardesh"]


def test_a_quarter_on_the_outskirts_of_a_town_is_where() -> None:
    text = (
        "Rebels hit with a rocket the Sella neighborhood on the eastern outskirts of Ardesh "
        "city injuring nine people."
    )

    assert happenings(text)[0].place == "Sella"


def test_what_stands_right_after_a_figure_is_where() -> None:
    text = "Gunmen killed nine farmers in Sella village and executed six others in Ardesh town."

    assert [told.place for told in happenings(text)] == ["Sella", "Ardesh"]


def test_what_lies_in_a_province_of_a_country_lies_in_the_province() -> None:
    text = (
        "A strike killed 18 people in the stronghold of Sella in Syria's Nahr province. "
        "At least 18 people were killed in the strike on Syria's Nahr province."
    )

    assert {told.place for told in happenings(text)} == {"Sella"}


def test_the_clinic_of_the_news_is_not_that_of_what_it_follows() -> None:
    text = (
        "Four medics were killed when an air strike hit a clinic in a village near Ardesh on "
        "Thursday, days after dozens of aid workers had been killed last month. "
        "The clinic in the village of Sella was levelled."
    )

    assert happenings(text)[0].place == "Sella"


def test_attacks_across_a_country_have_no_place_of_it() -> None:
    text = (
        "Shelling killed two people in the village of Sella. "
        "Seventeen others were wounded in attacks across the country."
    )

    assert [told.place for told in happenings(text)] == ["Sella", None]


def test_what_is_near_a_town_is_not_where_another_figure_is() -> None:
    text = (
        "Nine people died in a raid near the town of Sella. "
        "Six others were killed on Thursday in the village of Ardesh."
    )

    assert [told.place for told in happenings(text)] == ["Sella", "Ardesh"]


def test_the_sentence_that_says_where_says_how() -> None:
    text = (
        "Rebels fired rockets at the village of Sella on Thursday. "
        "The attack caused no casualties, a police source said."
    )

    assert {(told.place, told.method) for told in happenings(text)} == {("Sella", "shelling")}


def test_a_bomb_was_in_a_car_if_the_event_says_so() -> None:
    text = (
        "A car bomb killed nine people in Ardesh on Thursday. "
        "The bomb blast also wounded twenty. "
        "A doctor said twelve people had died in the attack."
    )

    assert {told.method for told in happenings(text)} == {"car bomb", "ied"}
    assert happenings(text)[-1].method == "car bomb"


def test_a_suicide_attack_is_a_car_bomb_where_it_is_said_what_blew_up() -> None:
    text = (
        "Nine people were killed in a suicide attack in Ardesh on Thursday. "
        "A doctor put the number of wounded in the attack at twenty. "
        "The militants blew up a car in the town of Ardesh."
    )
    assert happenings(text)[-1].method == "car bomb"


def test_what_rebels_often_do_is_not_how_it_happened() -> None:
    text = (
        "Nine people were killed when a blast ripped through a bus in Ardesh on Thursday. "
        "Rebels regularly fire rockets into the town."
    )
    assert [(told.method, told.actor) for told in happenings(text)] == [("ied", None)]
