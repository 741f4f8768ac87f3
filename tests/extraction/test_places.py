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
        ("Fighters of the Islamic Front were killed on Monday.", []),
        ("He was killed in March.", []),
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
    ],
)
def test_how_exact_a_place_is(sentence: str, level: int, cue: str) -> None:
    (place,) = find_places(sentence)

    assert (place.level, place.cue) == (level, cue)


def test_what_holds_a_place_is_known() -> None:
    inner, outer = find_places("Nine died in the village of Ardesh in Nahr province.")

    assert inner.within == outer.key


def test_words_that_the_report_writes_small_are_no_names_in_a_title() -> None:
    title = "Nine Killed in Crossfire Near Ardesh"

    assert [p.name for p in find_places(title, frozenset({"crossfire"}))] == ["Ardesh"]
