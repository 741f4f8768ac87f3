"""What a whole report says of its places."""

from __future__ import annotations

import pytest

from tracker.extraction.places.book import book_of
from tracker.extraction.places.countries import country_at_war
from tracker.extraction.places.finding import PlaceName, find_places
from tracker.extraction.places.known import PACKAGED
from tracker.extraction.places.words import COUNTRY, PROVINCE, SETTLEMENT, UNKNOWN


def settled(sentence: str, *others: str) -> list[PlaceName]:
    book = book_of(place for words in (sentence, *others) for place in find_places(words))
    return [book.settled(place) for place in find_places(sentence)]


def test_a_name_is_a_province_where_another_sentence_says_so() -> None:
    (place,) = settled("Nine people were killed in Ardesh.", "Shells fell in Ardesh province.")

    assert place.level == 2


def test_a_name_that_is_town_and_province_stays_open() -> None:
    (place,) = settled("Nine died in Ardesh.", "It hit Ardesh province.", "It hit Ardesh city.")

    assert place.level == 4


def test_what_lies_in_a_town_once_lies_there_always() -> None:
    (place,) = settled("Nine people were killed in Sella.", "Shells fell on Sella in Ardesh.")

    assert place.within == "ardsh"


@pytest.mark.parametrize(
    ("sentence", "region"),
    [
        ("Nine died in the town of Saraqib in Syria.", "Idlib"),
        ("Nine died in Idlib province in Syria.", "Idlib"),
        ("Nine died in the town of Sella in Syria.", ""),
        ("Nine died in the town of Saraqib.", ""),  # no country is named
    ],
)
def test_the_gazetteer_says_in_which_region_a_town_lies(sentence: str, region: str) -> None:
    book = book_of(find_places(sentence))
    town = book.settled(find_places(sentence)[0])

    assert town.region == region


def test_a_lost_apostrophe_is_no_part_of_the_name() -> None:
    (place,) = settled("Nine people were killed in Ardeshs centre.", "They fought in Ardesh.")

    assert (place.name, place.end - place.start) == ("Ardesh", 6)


def test_the_country_of_a_report_is_the_one_that_it_names_most() -> None:
    sentences = ["Nine died in Sudan.", "Talks were held in Chad.", "War goes on in Sudan."]
    book = book_of(place for words in sentences for place in find_places(words))

    assert book.country == "Sudan"


def test_the_country_of_a_report_may_be_named_only_by_its_people() -> None:
    book = book_of((), ["Sudanese troops and the Sudanese air force fought.", "Chad sent aid."])

    assert book.country == "Sudan"


def test_what_something_is_called_after_is_a_place_where_the_report_says_so() -> None:
    (place,) = find_places("The Ardesh strike killed nine.")
    (known,) = find_places("Shells fell on Ardesh.")

    assert not book_of([place]).knows(place)
    assert book_of([place, known]).knows(place)


@pytest.mark.parametrize(
    ("name", "country", "level"),
    [
        ("Mekele", "Ethiopia", SETTLEMENT),
        ("Tigray", "Ethiopia", PROVINCE),
        ("Aleppo", "Syria", UNKNOWN),
        ("Syria", "", COUNTRY),
        ("Ardesh", "Syria", UNKNOWN),
    ],
)
def test_the_gazetteer_tells_the_level_of_a_name_of_one_kind(
    name: str, country: str, level: int
) -> None:
    assert PACKAGED.level(name, country) == level


@pytest.mark.parametrize(
    ("sentence", "country"),
    [
        ("Thousands have died since Sudans conflict erupted.", "Sudan"),
        ("Thousands have died in the Yemeni civil war.", "Yemen"),
        ("Thousands have died since the war in Ukraine began.", "Ukraine"),
        ("Thousands have died in the Ukrainian conflict.", "Ukraine"),
        ("Thousands have died in Sudan.", None),
    ],
)
def test_whose_war_it_is(sentence: str, country: str | None) -> None:
    found = country_at_war(sentence)

    assert (found.name if found else None) == country
