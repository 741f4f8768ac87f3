"""Plain Arabic sentences: numbers are read whole or left alone."""

from __future__ import annotations

import pytest

from tracker.extraction import extract


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("أدى القصف إلى مقتل ثمانية مدنيين.", [("KILLED", 8, 8, "CIVILIAN")]),
        ("أدى القصف إلى مقتل أربعة عشر شخصا.", [("KILLED", 14, 14, "UNKNOWN")]),
        ("مقتل ثلاثة وعشرين شخصا", [("KILLED", 23, 23, "UNKNOWN")]),
        ("مقتل ما لا يقل عن 30 شخصا", [("KILLED", 30, None, "UNKNOWN")]),
        ("مقتل 12 شخصا على الأقل", [("KILLED", 12, None, "UNKNOWN")]),
        ("مقتل أكثر من 30 مسلحا", [("KILLED", 31, None, "COMBATANT")]),
        ("مقتل عشرات المدنيين", [("KILLED", 24, None, "CIVILIAN")]),
        (
            "قُتل ١٢ مدنياً وأصيب 7 أطفال.",
            [("KILLED", 12, 12, "CIVILIAN"), ("INJURED", 7, 7, "CIVILIAN")],
        ),
        (
            "أوقع القصف ثلاثة قتلى وأربعة جرحى.",
            [("KILLED", 3, 3, "UNKNOWN"), ("INJURED", 4, 4, "UNKNOWN")],
        ),
    ],
)
def test_arabic_sentence_gives_these_rows(
    text: str, expected: list[tuple[str, int | None, int | None, str]]
) -> None:
    claims = extract(title="", text=text).claims

    assert [(c.outcome, c.minimum, c.maximum, c.subject_status) for c in claims] == expected


@pytest.mark.parametrize(
    "text",
    [
        "قتل خمسة آلاف شخص",
        "مقتل مئة وعشرين شخصا",
        "مقتل 3 آلاف شخص",
        "لم يقتل 3 أشخاص",
        "عاد 5 أشخاص",
    ],
)
def test_number_that_is_not_plain_is_left_to_people(text: str) -> None:
    assert extract(title="", text=text).claims == ()


def test_speaker_ends_where_the_statement_begins() -> None:
    (named,) = extract(title="", text="أعلنت وزارة الصحة مقتل 30 شخصا").claims
    (generic,) = extract(title="", text="قال سكان إن القصف أدى إلى مقتل 3 أشخاص").claims

    assert (named.speaker_text, named.speaker_named) == ("وزارة الصحة", True)
    assert (generic.speaker_text, generic.speaker_named) == ("سكان", False)
