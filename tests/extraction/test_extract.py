"""One article to proposed claims: exact passages, plain figures, no guesses."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.extraction import ProposedClaim, extract

SAMPLES = Path(__file__).resolve().parents[1] / "samples" / "articles.jsonl"


#: What a page may throw at it, and the words that make it look closer.
ODD_TEXT = st.one_of(
    st.text(alphabet=st.characters(codec="utf-8"), max_size=500),
    st.lists(
        st.sampled_from(
            ["five", "12", "people", "civilians", "killed", "and", "wounded", ",", ".", "\n", "no",
             "were", "said", "Nahr",
             "including", "children", "his", "at least", "\0", "مقتل", "ثلاثة"]
        ),
        max_size=40,
    ).map(" ".join),
)  # fmt: skip


def only(text: str) -> ProposedClaim:
    (claim,) = extract(title="", text=text).claims
    return claim


def figures(text: str) -> list[tuple[str, int | None, int | None, str]]:
    return [
        (c.outcome, c.minimum, c.maximum, c.subject_status)
        for c in extract(title="", text=text).claims
    ]


def test_a_plain_sentence_gives_figure_status_and_speaker() -> None:
    claim = only("At least seven civilians were killed in Ardesh, the Nahr Rescue Service said.")

    assert (claim.outcome, claim.minimum, claim.maximum) == ("KILLED", 7, None)
    assert claim.subject_status == "CIVILIAN"
    assert claim.speaker_text == "Nahr Rescue Service"
    assert claim.speaker_named
    assert claim.quantifier_raw == "At least seven"
    assert claim.polarity == "ASSERTS_HARM"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The strike killed 12 people.", [("KILLED", 12, 12, "UNKNOWN")]),
        ("The raid killed two fighters.", [("KILLED", 2, 2, "COMBATANT")]),
        (
            "Six people were killed and about ten wounded.",
            [("KILLED", 6, 6, "UNKNOWN"), ("INJURED", 10, 10, "UNKNOWN")],
        ),
        (
            "No civilians were killed or wounded, officials said.",
            [("KILLED", 0, 0, "CIVILIAN"), ("INJURED", 0, 0, "CIVILIAN")],
        ),
        ("The raid kidnapped several people.", [("ABDUCTED", 3, None, "UNKNOWN")]),
        ("A woman was killed.", [("KILLED", 1, 1, "CIVILIAN")]),
        ("قال سكان إن القصف أدى إلى مقتل ثمانية مدنيين.", [("KILLED", 8, 8, "CIVILIAN")]),
    ],
)
def test_sentence_gives_these_rows(
    text: str, expected: list[tuple[str, int | None, int | None, str]]
) -> None:
    assert figures(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The road was closed for 30 kilometres.",
        "Mourners met on 7 July where he died.",
        "Prices rose by 12 per cent.",
        "In 2019 the bridge was rebuilt.",
        "Talks about the dead continue.",
    ],
)
def test_what_counts_no_people_proposes_nothing(text: str) -> None:
    assert figures(text) == []


def test_rows_of_one_utterance_share_a_statement() -> None:
    claims = extract(title="", text="No civilians were killed or wounded.").claims

    assert len({c.statement for c in claims}) == 1
    assert {c.polarity for c in claims} == {"ASSERTS_NO_HARM"}


def test_a_generic_speaker_is_no_named_one() -> None:
    claim = only("Four people were killed, two officials said.")

    assert claim.speaker_text
    assert not claim.speaker_named


def test_a_breakdown_is_folded_into_its_figure() -> None:
    claim = only("The strike killed 18 civilians, three of them children.")

    assert (claim.minimum, claim.children_min, claim.children_max) == (18, 3, 3)


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("Sixty-three people have been killed since the war began.", "AGGREGATE"),
        ("In March 2019, a strike on a market killed at least ten people.", "BACKGROUND"),
        ("A strike killed ten people on Friday.", "INCIDENT"),
    ],
)
def test_scope_follows_the_words(text: str, scope: str) -> None:
    assert only(text).scope == scope


def test_the_same_figure_of_the_same_speaker_is_proposed_once() -> None:
    text = "Six people were killed, the mayor said.\nSix people were killed, the mayor said."

    assert len(extract(title="", text=text).claims) == 1


def test_every_sample_gives_exact_passages() -> None:
    proposed = 0
    for line in SAMPLES.read_text(encoding="utf-8").splitlines():
        article = json.loads(line)
        for claim in extract(title=article["title"], text=article["text"]).claims:
            proposed += 1
            assert 0 <= claim.start < claim.end <= len(article["text"])
            assert claim.end - claim.start <= 300
            assert claim.start <= claim.figure_start < claim.figure_end <= claim.end
            printed = article["text"][claim.figure_start : claim.figure_end]
            assert printed.startswith(claim.quantifier_raw)
            assert "\n" not in article["text"][claim.start : claim.end]

    assert proposed >= 50


def test_the_real_articles_give_the_passages_people_need(shared: Path) -> None:
    found = {}
    for number in range(5):
        text = (shared / "articles" / "seeds" / f"00{number}.txt").read_text(encoding="utf-8")
        found[number] = extract(title="", text=text).claims

    assert all(found.values())
    rows = {(c.outcome, c.minimum, c.maximum, c.subject_status) for c in found[2]}
    assert {
        ("KILLED", 2, 2, "COMBATANT"),
        ("KILLED", 0, 0, "CIVILIAN"),
        ("INJURED", 0, 0, "CIVILIAN"),
        ("KILLED", 1, 1, "UNKNOWN"),
        ("INJURED", 1, 1, "UNKNOWN"),
        ("ABDUCTED", 3, None, "UNKNOWN"),
    } <= rows


@given(ODD_TEXT)
def test_no_text_makes_it_raise_or_miss_its_passage(text: str) -> None:
    for claim in extract(title=text, text=text).claims:
        assert 0 <= claim.start <= claim.figure_start < claim.figure_end <= claim.end <= len(text)
        assert claim.end - claim.start <= 300
        assert claim.quantifier_raw
        if claim.minimum is not None and claim.maximum is not None:
            assert claim.minimum <= claim.maximum


def test_a_long_sentence_is_quoted_where_figure_and_harm_are() -> None:
    text = (
        "The road " + "and the road " * 40 + "was hit and twelve people were killed" + " there" * 40
    )

    claim = only(text + ".")

    quote = text[claim.start : claim.end]
    assert len(quote) <= 300
    assert "twelve people were killed" in quote


@pytest.mark.parametrize("width", [200_000, 1_990, 240])
@pytest.mark.parametrize(
    "unit",
    ["killed ", "five people were killed and ", "(", "said A B C D E F G H ", "1,", "5-",
     "at least ", "one hundred and ", "A. B. C. said that no civilians or soldiers were ",
     ".", "!\u201d", "five ", "killed, or wounded and ", "a woman ", "between 5 and ",
     "\u0645\u0642\u062a\u0644 "],
)  # fmt: skip
def test_four_times_the_text_takes_no_more_than_eight_times_as_long(unit: str, width: int) -> None:
    """A ratio, for a bound in seconds would judge the machine; quadratic work would take 16."""
    few, many = (_seconds_to_read(unit, width, letters) for letters in (50_000, 200_000))

    assert many < 8 * few + 0.2


def _seconds_to_read(unit: str, width: int, letters: int) -> float:
    wide = min(width, letters)
    text = "\n".join([(unit * (wide // len(unit)))[:wide]] * (letters // wide))
    began = time.process_time()
    extract(title="", text=text)
    return time.process_time() - began
