"""Where an event was: which of the places that an article names is its own."""

from __future__ import annotations

from datetime import date

import pytest

from tracker.extraction.document import read_document
from tracker.extraction.events.happenings import read_happenings
from tracker.extraction.figures.mentions import find_mentions

FRIDAY = date(2026, 11, 13)


def places(text: str, title: str = "") -> list[str | None]:
    document = read_document(title=title, text=text, published=FRIDAY, outlet="")
    return [told.place for told in read_happenings(document, find_mentions(document))]


def test_near_a_town_says_more_than_the_country() -> None:
    text = (
        "The gang has killed 33 young men in eastern Yemen. "
        "Gunmen slit the throats of the men near the town of Ardesh in Nahr province."
    )
    assert places(text) == ["Ardesh"]


@pytest.mark.parametrize(
    ("town", "expected"),
    [
        ("Saraqib", "Saraqib"),  # which lies in Idlib
        ("Tadmur", "Idlib"),  # which lies in Homs
    ],
)
def test_a_town_said_to_be_in_the_country_is_of_the_province_it_lies_in(
    town: str, expected: str
) -> None:
    text = (
        "An explosion at a mosque in Syria's Idlib province killed at least 25 fighters. "
        f"The blast in the town of {town} in northwestern Syria went off as they ate."
    )
    assert places(text) == [expected]


def test_a_part_counted_beside_the_whole_is_where_the_whole_is() -> None:
    text = (
        "At least 20 people including 10 civilians were killed in Nahr province. "
        "Air strikes on the town of Sella killed at least 20 people, a group said."
    )
    assert places(text) == ["Sella", "Sella", "Sella"]


def test_the_attack_in_a_quarter_is_the_one_in_its_town() -> None:
    text = (
        "Nine people were killed in shelling of the city of Sella on Thursday. "
        "The shelling hit a wedding in the Tel Marn neighbourhood."
    )
    assert places(text) == ["Tel Marn"]


def test_the_same_figure_of_the_attack_is_the_same_event_in_a_quarter() -> None:
    text = (
        "Two civilians were killed in rocket attacks on quarters in Sella city. "
        "A source said rebels fired rockets on the Tel Marn neighbourhood in the city. "
        "The attacks claimed the lives of two people."
    )
    assert places(text) == ["Tel Marn", "Tel Marn"]


@pytest.mark.parametrize("house", ["Hamid mosque", "Salem school"])
def test_the_settlement_counts_for_more_than_a_house_in_it(house: str) -> None:
    text = f"Nine people died in an explosion in the {house} in the town of Ardesh."

    assert places(text) == ["Ardesh"]


def test_a_house_is_the_place_where_no_settlement_is_named() -> None:
    assert places("Shells on the Hamid mosque in Nahr province killed nine.") == ["Hamid"]


def test_a_headline_over_several_provinces_is_of_none_of_them() -> None:
    headline = "Five killed in rocket attacks in Ardesh province and Sella city"
    text = (
        f"{headline}. Two people were killed when rockets hit the village of Tel Marn. "
        "Meanwhile three people were killed by a rocket in Sella city."
    )
    assert places(text, title=headline) == [None, "Tel Marn", "Sella"]


def test_an_exact_number_of_another_place_is_no_part_of_a_provinces_number() -> None:
    text = (
        "Eleven fighters were killed by missiles in Nahr province on Thursday. "
        "Missiles killed 14 fighters in the village of Ardesh."
    )
    assert places(text)[0] == "Nahr"


def test_the_place_of_a_sentence_without_a_figure_is_that_of_the_deed() -> None:
    text = (
        "A source in Marnesh said rebels fired rockets on the Tel Marn neighbourhood. "
        "The attack killed nine people."
    )
    assert places(text) == ["Tel Marn"]


def test_the_city_may_be_one_of_which_only_the_name_is_known() -> None:
    text = (
        "Planes bombed markets in Ardesh on Thursday, residents said. "
        "Nine people were killed in the city."
    )
    assert places(text) == ["Ardesh"]


def test_what_follows_and_is_not_of_the_place_before() -> None:
    text = (
        "They crucified two men in the city of Sella and two others were beheaded for a crime "
        "in the nearby town of Ardesh."
    )
    assert places(text) == ["Sella", "Ardesh"]


def test_another_group_that_speaks_is_no_other_event() -> None:
    text = (
        "An air strike on the village of Ardesh killed nine people. "
        "Another activist group said dozens of civilians were killed."
    )
    assert places(text) == ["Ardesh", "Ardesh"]


def test_war_planes_are_no_war_of_a_country() -> None:
    text = "Russian war planes have killed 4,000 civilians since they first intervened in Yemen."

    assert places(text) == ["Yemen"]


def test_a_town_in_a_district_that_nobody_places_lies_in_the_province() -> None:
    text = (
        "Air strikes killed at least 20 people in the province of Nahr on Thursday. "
        "The toll of strikes on the town of Ardesh in Jebel Marn rose to at least 20 people."
    )
    assert places(text) == ["Ardesh", "Ardesh"]


def test_a_smaller_number_is_a_part_of_at_least_so_many() -> None:
    text = (
        "Rockets killed at least 14 people in Nahr province on Thursday. "
        "Rockets on the village of Ardesh killed 13 people."
    )
    assert places(text) == ["Nahr", "Ardesh"]


@pytest.mark.parametrize("kind", ["neighbourhood", "rebel-held village"])
def test_another_place_is_none_of_those_that_are_named(kind: str) -> None:
    text = (
        "Rockets fell on Nahr province on Thursday. Rockets on the village of Ardesh killed 13. "
        f"Rockets on another {kind} killed one person."
    )
    assert places(text)[-1] != "Ardesh"


def test_what_names_no_place_is_of_the_town_rather_than_of_the_country() -> None:
    text = (
        "Gunmen launched an offensive on Thursday, leaving eleven dead. "
        "Gunmen attacked near the town of Ardesh. The clashes killed eleven gunmen in Yemen."
    )
    assert places(text)[0] == "Ardesh"


def test_what_happened_on_another_day_says_nothing_of_where() -> None:
    text = (
        "Planes killed eight civilians in Nahr province on Wednesday. "
        "The raids went on on Thursday. Strikes hit the village of Ardesh."
    )
    assert places(text) == ["Nahr"]


def test_a_sentence_of_what_happens_again_and_again_tells_of_no_event() -> None:
    text = (
        "A blast killed nine people in Nahr province on Thursday. "
        "Rebels regularly fire rockets at the town of Ardesh."
    )
    assert places(text) == ["Nahr"]


def test_a_town_of_a_known_city_lies_in_no_other_province() -> None:
    text = (
        "Troops killed 12 people in Nahr province on Thursday. "
        "Fighting also erupted in the Tel Marn neighbourhood of Damascus."
    )
    assert places(text) == ["Nahr"]
