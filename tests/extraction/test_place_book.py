"""What a whole report says of its places."""

from __future__ import annotations

from tracker.extraction.places.book import book_of
from tracker.extraction.places.finding import PlaceName, find_places


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


def test_a_lost_apostrophe_is_no_part_of_the_name() -> None:
    (place,) = settled("Nine people were killed in Ardeshs centre.", "They fought in Ardesh.")

    assert (place.name, place.end - place.start) == ("Ardesh", 6)


def test_the_country_of_a_report_is_the_one_that_it_names_most() -> None:
    sentences = ["Nine died in Sudan.", "Talks were held in Chad.", "War goes on in Sudan."]
    book = book_of(place for words in sentences for place in find_places(words))

    assert book.country == "Sudan"
