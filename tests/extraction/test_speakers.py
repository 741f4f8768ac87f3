"""Who says so, and what is told twice."""

from __future__ import annotations

import pytest

from tracker.extraction import extract


@pytest.mark.parametrize(
    ("text", "speaker", "is_named"),
    [
        ("Five people died, according to the Nahr Rescue Service.", "Nahr Rescue Service", True),
        ("According to Meridian Wire, five people died.", "Meridian Wire", True),
        ("The Nahr Monitor, a group of volunteers, said five people died.", "Nahr Monitor", True),
        ("Five people died, the ministry said.", "ministry", False),
        ("Five people died, witnesses said.", "witnesses", False),
        ("Five people died, a source at Tavir Hospital said.", "source at Tavir Hospital", False),
        ("Five people, among them two drivers, died on Friday.", "", True),
        ("There were five people killed, and it was said so on Tuesday.", "", True),
        ("Five people died in Tavir.", "", True),
    ],
)
def test_speaker_is_named_as_the_text_does(text: str, speaker: str, is_named: bool) -> None:  # noqa: FBT001 - a table of cases
    claim = extract(title="", text=text).claims[0]

    assert (claim.speaker_text, claim.speaker_named) == (speaker, is_named)


def test_pronoun_speaks_for_whoever_spoke_before() -> None:
    text = "The Nahr Monitor said the road was hit. It said five people were killed."

    (claim,) = extract(title="", text=text).claims

    assert claim.speaker_text == "Nahr Monitor"


def test_sourced_telling_replaces_the_unsourced_one() -> None:
    text = "Five people were killed in Tavir.\n\nAt least five people died, the Nahr Monitor said."

    (claim,) = extract(title="", text=text).claims

    assert (claim.speaker_text, claim.minimum, claim.maximum) == ("Nahr Monitor", 5, None)
    assert text[claim.start : claim.end].startswith("At least five")


def test_two_speakers_with_one_figure_are_two_claims() -> None:
    text = "Five people were killed, the Nahr Monitor said. Five people died, Meridian Wire said."

    assert len(extract(title="", text=text).claims) == 2


def test_fighters_are_never_taken_for_the_people_of_another_sentence() -> None:
    text = "A raid killed one smuggler. Nahr TV said that one person was killed."

    assert {c.subject_status for c in extract(title="", text=text).claims} == {
        "COMBATANT",
        "UNKNOWN",
    }


def test_many_is_no_claim_beside_a_number() -> None:
    text = "Many residents were wounded. Twelve residents were wounded, the mayor said."

    assert [c.minimum for c in extract(title="", text=text).claims] == [12]


@pytest.mark.parametrize(
    ("text", "is_update"),
    [
        ("The death toll rose to 14 people killed.", True),
        ("Two more people died, bringing the toll to 14 dead.", True),
        ("Smoke rose over the town after five people were killed.", False),
    ],
)
def test_rising_toll_is_marked(text: str, is_update: bool) -> None:  # noqa: FBT001 - a table of cases
    assert {c.is_cumulative_update for c in extract(title="", text=text).claims} == {is_update}
