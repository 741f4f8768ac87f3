"""Names of private persons are marked, in invented sentences; what is public or no person stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.extraction.persons import private_names

KEPT = ("Nahr Rescue Service", "the Coalition", "Meridian Wire", "Ardesh")


def _marked(text: str, *, kept: tuple[str, ...] = KEPT) -> list[str]:
    return [text[a:b] for a, b in private_names(text, within=(0, len(text)), kept=kept)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "Seven died, among them Amina Quelltal, 34, and her son Idris, a medic said.",
            ["Amina Quelltal", "Idris"],
        ),
        (
            "Ahmed was killed in Aleppo, his brother Karim al-Masri said.",
            ["Ahmed", "Karim al-Masri"],
        ),
        ("Mahmoud Abd al-Rahman and Sara were found.", ["Mahmoud Abd al-Rahman", "Sara"]),
        ("“My daughter Noor was inside,” said Um Ahmad.", ["Noor", "Um Ahmad"]),
        ("Dr. Layla Nasser said 12 wounded came.", ["Dr. Layla Nasser"]),
        ("Abu Khalid bin Walid said he buried four.", ["Abu Khalid bin Walid"]),
        ("In Hassan's house five people died.", ["Hassan's"]),
        ("Quelltal, who lost two sisters, spoke.", ["Quelltal"]),
        ("Police chief Karim Sadiq was killed, officials said.", ["Karim Sadiq"]),
        ("The son of mayor Omar Haddad died, residents said.", ["Omar Haddad"]),
        ("ALI HASSAN AND TWO SONS DIED.", ["ALI HASSAN AND TWO SONS DIED"]),
        (
            "The blast hit Shifa Hospital and Palestine Street.",
            ["Shifa Hospital", "Palestine Street"],
        ),
        ("Idris, 9, died. Residents said so.", ["Idris"]),
        ("HAMMA - Seven died, Noor among them.", ["Noor"]),
        ("The council: “Amina is missing, many fled.”", ["Amina"]),
    ],
)
def test_names_of_victims_witnesses_and_finer_places_are_marked(
    text: str, names: list[str]
) -> None:
    assert _marked(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "An air strike on a market in Ardesh killed seven people on Tuesday, the Nahr Rescue "
        "Service said.",
        "Military spokesman Karim Sadiq said three fighters died.",
        "General Omar Haddad, the army's chief of staff, said on Monday nobody was harmed.",
        "Health Minister Firas al-Abyad told reporters 44 had died.",
        "SDF fighters and Syrian Army troops clashed near Raqqa on 3 March.",
        "The Syrian Observatory for Human Rights said two people were killed in Idlib province.",
        "Iraqi officials in Nineveh Governorate counted 14 dead in July.",
        "ARDESH, Nov. 12 (Meridian Wire) - Six people died.",
        "THE COALITION said so; the coalition denied it.",
        "Residents said shells fell. Shells fell again on Wednesday.",
    ],
)
def test_officials_bodies_days_towns_and_public_names_stay(text: str) -> None:
    assert _marked(text) == []


def test_only_what_touches_the_passage_is_given() -> None:
    text = "Amina Quelltal died. Idris Haddad lived."

    assert private_names(text, within=(6, 20)) == [(0, 14)]
    assert private_names(text, within=(20, 21)) == []


_NAMES = st.sampled_from(["Amina", "Idris", "Noor", "Quelltal", "al-Haddad", "Layla", "Ouardi"])


@given(
    name=st.lists(_NAMES, min_size=1, max_size=3, unique=True).map(" ".join),
    frame=st.sampled_from(
        [
            "{} was killed with two sons, the Nahr Rescue Service said.",
            "A shell killed {} and wounded four people in Ardesh.",
            "Two sisters of {}, a farmer, were wounded.",
            "“We heard the plane,” {} said.",
            "Among the dead was {}, aged nine.",
            "Rescuers pulled {}'s mother out on Tuesday.",
            "Witness {} told Meridian Wire that eight died.",
            "The body of {} was found near Raqqa.",
        ]
    ),
)
def test_no_part_of_a_name_is_left(name: str, frame: str) -> None:
    text = frame.format(name)
    left = list(text)
    for start, end in private_names(text, within=(0, len(text)), kept=KEPT):
        left[start:end] = [" "] * (end - start)

    assert not any(part in "".join(left) for part in name.split())
