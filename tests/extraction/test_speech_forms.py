"""Who speaks, in the harder forms: tolls given, speakers far from their verb, lost commas."""

from __future__ import annotations

import pytest

from tracker.extraction import extract


def _speakers(text: str, outlet: str = "") -> set[str]:
    return {claim.speaker_text for claim in extract(title="", text=text, outlet=outlet).claims}


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("State media gave a toll of nine dead in the blast.", "State media"),
        ("The ministry raised the death toll to nine people killed.", "ministry"),
        ("The U.N. in August said that nine people were killed.", "U.N."),
        ("The air force acknowledged the deaths of nine civilians.", "air force"),
        ("Nine people were killed, Tavir police claimed, including two children.", "Tavir police"),
        ("Nine people were killed Friday Tavir police said most of them women.", "Tavir police"),
        ("Nine people died in strikes which Tavir police said were Ruritanian.", "Tavir police"),
        ("Shells hit a market killing nine people a medic said in a statement to Saba.", "medic"),
        (
            "A medic in Tavir who spoke by phone told Reuters nine men were killed.",
            "medic in Tavir",
        ),
        ("Survivors who spoke to foreign media said nine people died.", "Survivors"),
        ("Residents fleeing to Dorn in lorries said nine people died.", "Residents"),
        ("Fire killed nine near the town of Tavir media reported Sunday.", "media"),
        ("Nine people were killed, Reuters cited the army as saying on Friday.", "Reuters"),
        ("According to SANA al-Masir fighters killed nine civilians.", "SANA"),
        ("Shells hit Tavir SANA reported, adding that nine people were killed.", "SANA"),
    ],
)
def test_form_of_speech_names_its_speaker(text: str, speaker: str) -> None:
    assert _speakers(text) == {speaker}


@pytest.mark.parametrize(
    "text",
    [
        "Nine people were killed according to the latest death toll.",
        "It would be the most serious report since nine people were killed in Tavir.",
        "The war in the hills has claimed the lives of nine people.",
    ],
)
def test_what_is_told_of_does_not_speak(text: str) -> None:
    assert _speakers(text) == {""}


def test_number_may_stand_right_before_its_speaker() -> None:
    text = "The blast killed nine people and wounded dozens opposition activists said."

    assert _speakers(text) == {"opposition activists"}


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Karim Sadiq the director of a clinic told Reuters nine people died.", "Karim Sadiq"),
        ("Karim Sadiq of the Tavir town council said nine people died.", "Karim Sadiq"),
        ("Nine people were killed, said Karim Sadiq of the town council.", "Karim Sadiq"),
    ],
)
def test_person_with_a_post_is_named(text: str, speaker: str) -> None:
    (found,) = _speakers(text)

    assert found.startswith(speaker)


def test_member_of_a_watching_group_speaks_for_it() -> None:
    text = "Nine people were killed, said Karim Sadiq of the Nahr Observatory for Human Rights."

    assert _speakers(text) == {"Nahr Observatory for Human Rights"}


def test_source_is_the_one_that_spoke_last() -> None:
    text = (
        "A source at Nahr Police Command said two shells fell on a school. "
        "A source at Tavir Police said a mine exploded. The source added that nine people died."
    )

    assert _speakers(text) == {"source at Tavir Police"}


def test_official_at_an_office_is_the_person_a_pronoun_points_to() -> None:
    text = (
        "A resident said the ground shook. An official at the office in Tavir said rockets fell. "
        "He said nine people died."
    )

    assert _speakers(text) == {"official at the office in Tavir"}


def test_head_named_by_one_word_of_the_group_speaks_for_that_group() -> None:
    text = (
        "The Nahr Observatory for Human Rights said shells fell. Karim Sadiq, the Observatory "
        "chief, confirmed it. The Tavir Monitor said mines exploded. Sadiq said nine people died."
    )

    assert _speakers(text) == {"Nahr Observatory for Human Rights"}


@pytest.mark.parametrize(
    ("generic", "later", "speaker"),
    [
        ("an organisation watching the war", "The Nahr Monitor said", "Nahr Monitor"),
        ("the state news agency", "According to SANA,", "SANA"),
        ("local media", "According to SANA,", "local media"),
        ("a rebel group", "The Nahr Monitor said", "rebel group"),
    ],
)
def test_generic_speaker_is_the_one_named_below(generic: str, later: str, speaker: str) -> None:
    text = f"Nine people were killed in Tavir, {generic} said. {later} the strike hit a market."

    assert _speakers(text) == {speaker}


def test_agency_is_not_who_it_is_told_by() -> None:
    text = (
        "Nine people were killed in Tavir, an official said. "
        "The toll of nine people killed was reported by Reuters."
    )

    assert "official" in _speakers(text)


def test_group_is_the_charity_named_before_it() -> None:
    text = "Nine men of the White Helmets were killed in Tavir, the group said."

    assert _speakers(text) == {"White Helmets"}


def test_figure_of_another_event_lends_no_speaker() -> None:
    text = (
        "Three boys were killed by a strike in Tavir on Friday, Oxfam said.\n"
        "Fighting flared in Dorn last month, when a drone killed three civilians."
    )

    assert _speakers(text) == {"Oxfam", ""}


def test_network_of_the_outlet_is_the_outlet_itself() -> None:
    text = "Nine people were killed in Tavir, Meridian News Network reports."

    assert _speakers(text, "meridian") == {""}
