"""Who speaks: the forms in which news says so, with commas and where an archive has lost them."""

from __future__ import annotations

import pytest

from tracker.extraction import extract


def _speakers(text: str, outlet: str = "") -> set[str]:
    return {claim.speaker_text for claim in extract(title="", text=text, outlet=outlet).claims}


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Nine people died, Reuters reported, citing local officials.", "Reuters"),
        ("A source at Tavir hospital told Reuters nine people died.", "source at Tavir hospital"),
        ("The agency Saba quoted a medic as saying that nine people died.", "agency Saba"),
        ("Nine people were killed, said Karim Sadiq, a rescuer.", "Karim Sadiq"),
        (
            "Nine people were killed in Tavir a doctor in the town said on Friday.",
            "doctor in the town",
        ),
        ("In Tavir, officials said nine people died.", "officials"),
        ("The Nahr Monitor, which has staff in Tavir, said nine people died.", "Nahr Monitor"),
        ("Police spoke of nine dead people.", "Police"),
        ("A report by the Nahr Monitor says nine people were killed.", "Nahr Monitor"),
        ("Nine people died in Tavir. Rebels claimed responsibility for the blast.", ""),
        ("The army denied that nine civilians were killed.", ""),
    ],
)
def test_form_of_speech_names_its_speaker(text: str, speaker: str) -> None:
    assert _speakers(text) == {speaker}


def test_head_speaks_for_a_monitoring_group_under_its_fullest_name() -> None:
    text = (
        "The Nahr Observatory for Human Rights watches the war. "
        "Nine people died, Observatory director Karim Sadiq said. Sadiq said 12 people were hurt."
    )

    assert _speakers(text) == {"Nahr Observatory for Human Rights"}


def test_monitor_of_the_lead_is_the_one_named_below() -> None:
    text = (
        "Nine people were killed in Tavir, a monitor said.\n"
        "The Nahr Observatory for Human Rights said the strike hit a market."
    )

    assert _speakers(text) == {"Nahr Observatory for Human Rights"}


def test_own_reporter_is_the_outlet_itself() -> None:
    text = "Meridian correspondent said nine people were killed in Tavir."

    assert _speakers(text, "meridian") == {""}
    assert _speakers(text, "ledger") == {"Meridian correspondent"}


def test_quotation_over_sentences_is_of_whom_the_end_names() -> None:
    text = '"The shell hit the shop. Nine people were killed," Karim Sadiq said.'

    assert _speakers(text) == {"Karim Sadiq"}


def test_chain_keeps_who_quotes_whom() -> None:
    (claim,) = extract(title="", text="Nine people died, Reuters reported, citing a medic.").claims

    assert claim.speaker_chain == ("Reuters", "medic")


@pytest.mark.parametrize(
    "text", ['"' * 5_000, "said " * 5_000, ", " * 5_000, "according to " * 900]
)
def test_any_text_is_read(text: str) -> None:
    assert _speakers(text + " nine people were killed") is not None
