"""Places: names that stand where places stand, whatever their spelling."""

from __future__ import annotations

import time

import pytest

from tracker.extraction.places.finding import find_places, place_key


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("Nine people were killed in Ardesh on Tuesday.", ["Ardesh"]),
        ("A strike near the town of Tel Marn killed two.", ["Tel Marn"]),
        ("Shells fell on the village of al-Qusra, killing three.", ["al-Qusra"]),
        ("Two died in Nahr province.", ["Nahr"]),
        ("Raids on Ardesh and Marnesh killed five.", ["Ardesh", "Marnesh"]),
        ("In the northern city of Sella's market, six died.", ["Sella"]),
        ("A raid in Nahrias Sella province killed two.", ["Nahrias", "Sella"]),
        ("Ardesh alone saw nine killed.", ["Ardesh"]),
        ("The Ardesh strike killed nine.", ["Ardesh"]),
        ("The massacre of Ardesh left nine dead.", ["Ardesh"]),
        ("In Nahr Countryside 9 persons were injured.", ["Nahr"]),
        ("An AFP reporter in Ardesh, where shells fell, counted nine dead.", ["Ardesh"]),
        ("Nine died in Ardesh, most of them in the Tel Marn quarter.", ["Ardesh"]),
        ("Gunmen infiltrated Ardesh and killed nine.", ["Ardesh"]),
        ("Three villages were shelled.", []),
        ("The London Based monitor said nine people were killed.", []),
        ("Members of the Islamic State in Nahria were killed.", []),
        ("Nine people were killed, a source at Ardesh Directorate told the agency.", []),
        ("The West blames it on Nahria President Omar Hadi.", []),
        ("Fighters of the Islamic Front were killed on Monday.", []),
        ("He was killed in March.", []),
        ("Nine killed in Ardesh Local reports.", ["Ardesh"]),
        ("Nine people were killed.", []),
    ],
)
def test_names_where_places_stand(sentence: str, names: list[str]) -> None:
    assert [place.name for place in find_places(sentence)] == names


def test_offsets_hold() -> None:
    sentence = "Shells fell in Ardesh and in Ardesh again."
    (place,) = find_places(sentence)

    assert sentence[place.start : place.end] == "Ardesh"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("al-Hasakah", "Hasakeh"),
        ("El Hasaka", "Al-Hasaka"),
        ("ar-Raqqah", "Raqqa"),
        ("Idlib", "Idleb"),
        ("Deir ez-Zor", "Deir al-Zour"),
        ("Ma'arat an-Nu'man", "Maarat al-Numan"),
        ("Šella", "Sella"),
        ("Nahrias", "Nahria"),
    ],
)
def test_spellings_of_one_name_share_a_key(one: str, other: str) -> None:
    assert place_key(one) == place_key(other)


def test_names_of_three_consonants_differ_by_how_many_vowels_they_have() -> None:
    assert place_key("Tigray") != place_key("Togora")


@pytest.mark.parametrize(
    ("one", "other"), [("Ardesh", "Marnesh"), ("Homs", "Hama"), ("Sella", "Salma"), ("Bab", "Baba")]
)
def test_other_names_have_other_keys(one: str, other: str) -> None:
    assert (place_key(one) == place_key(other)) is (one == "Bab")


def test_a_hostile_sentence_is_read_in_time() -> None:
    begun = time.monotonic()
    for sentence in ("in A" + "-ab" * 50_000, "in " + "Ab " * 50_000, "in the " * 50_000):
        find_places(sentence)

    assert time.monotonic() - begun < 2


@pytest.mark.parametrize(
    "sentence",
    [
        "Boko Haram killed nine people, President Muhammadu Buhari told reporters in Abuja.",
        "Nine were killed in Taliban attacks, the United Nations said.",
        "They died fighting against Daesh.",
        "Refugees fled to Ardesh.",
        "Bodies were taken to the Nahr Hospital.",
        "Nine fighters from the al-Marnesh clan were killed.",
        "Nine members of the Takfiri group were killed.",
        "A house belonging to Hassan Diab was hit.",
        "Nine members of the group, banned in Russia, were killed.",
        "The observatory, which monitors the fighting in Sudan, counted nine dead.",
    ],
)
def test_persons_parties_and_where_somebody_spoke_or_went_are_no_places(sentence: str) -> None:
    assert find_places(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "level", "cue"),
    [
        ("Nine died in the village of Ardesh.", 6, "in"),
        ("Nine died in Ardesh.", 4, "in"),
        ("Nine died near the town of Ardesh.", 5, "near"),
        ("Nine died in Ardesh province.", 2, "in"),
        ("Nine died in Sudan.", 1, "in"),
        ("Nine drowned in the Euphrates.", 2, "in"),
        ("Shells hit Ardesh a village near the border.", 6, "on"),
        ("Nine died in a village near Ardesh.", 4, "holds"),
        ("Nine died in a northern quarter of the city of Ardesh.", 5, "holds"),
        ("Nine died across Ardesh province.", 2, "spread"),
        ("Nine died in several parts of Ardesh.", 4, "spread"),
        ("Nine died in a car inside the town of Ardesh.", 5, "in"),
    ],
)
def test_how_exact_a_place_is(sentence: str, level: int, cue: str) -> None:
    (place,) = find_places(sentence)

    assert (place.level, place.cue) == (level, cue)


def test_what_holds_a_place_is_known() -> None:
    inner, outer = find_places("Nine died in the village of Ardesh in Nahr province.")

    assert inner.within == outer.key


@pytest.mark.parametrize(
    "sentence",
    [
        "Shells hit a market in Nahr city's rebel-held district of Ardesh.",
        "Shells hit a market in Nahr citys Ardesh quarter.",
    ],
)
def test_a_quarter_after_its_city_lies_in_it(sentence: str) -> None:
    city, quarter = find_places(sentence)

    assert (city.name, quarter.name, quarter.within) == ("Nahr", "Ardesh", city.key)


def test_a_mosque_is_a_house_and_a_square_is_none() -> None:
    mosque, square = find_places("Shells fell on the Hamid mosque and on Tahrir square.")

    assert (mosque.is_house, square.is_house) == (True, False)


def test_of_a_list_no_place_holds_another() -> None:
    places = find_places("Raids hit the outskirts of Sella, Ardesh and Nahr.")

    assert [place.within for place in places] == ["", "", ""]


def test_a_village_on_a_road_is_the_more_exact_place() -> None:
    village, road = find_places("A bomb in Sella village on the Ardesh-Nahr road killed two.")

    assert village.within == road.key


def test_words_that_the_report_writes_small_are_no_names_in_a_title() -> None:
    title = "Nine Killed in Crossfire Near Ardesh"

    assert [p.name for p in find_places(title, frozenset({"crossfire"}))] == ["Ardesh"]


@pytest.mark.parametrize(
    "where",
    [
        "Ardesh village in the countryside of Nahr city",
        "the Ardesh district in the city of Nahr",
        "Ardesh area in the northern town of Nahr",
    ],
)
def test_a_district_in_a_city_is_smaller_than_the_city(where: str) -> None:
    inner, outer = find_places(f"A mine killed nine people in {where}.")

    assert (inner.name, inner.within) == ("Ardesh", outer.key)
    assert inner.level > outer.level


def test_the_city_of_a_neighbourhood_is_none_itself() -> None:
    inner, outer = find_places("A blast killed nine in the Tel Marn neighbourhood of Ardesh.")

    assert (inner.name, outer.name, inner.within) == ("Tel Marn", "Ardesh", outer.key)
    assert inner.level > outer.level
