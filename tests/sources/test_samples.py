"""The invented articles are what their README says, and each difficulty is in them."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tracker.sources.choices import SourceKind

SAMPLES = Path(__file__).parents[1] / "samples"
FIELDS = {"id", "source", "published", "title", "text"}


def _lines(name: str) -> list[dict[str, Any]]:
    text = (SAMPLES / name).read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


ARTICLES = {article["id"]: article for article in _lines("articles.jsonl")}
FURTHER_ALONG: dict[str, Any] = json.loads(
    (SAMPLES / "further_along.json").read_text(encoding="utf-8")
)


def _shingles(article_id: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", ARTICLES[article_id]["text"].casefold())
    return set(zip(words, words[1:], words[2:], strict=False))


def _contained(copy: str, origin: str) -> float:
    """Share of the shorter text's word triples that the other text has too."""
    first, second = _shingles(copy), _shingles(origin)
    return len(first & second) / min(len(first), len(second))


def test_there_are_enough_articles_and_no_id_twice() -> None:
    ids = [article["id"] for article in _lines("articles.jsonl")]

    assert len(ids) >= 28
    assert max(Counter(ids).values()) == 1
    assert all(re.fullmatch(r"sample-\d{3}", name) for name in ids)


@pytest.mark.parametrize("article", ARTICLES.values(), ids=lambda article: article["id"])
def test_article_is_well_formed(article: dict[str, Any]) -> None:
    assert set(article) == FIELDS
    assert all(isinstance(value, str) and value.strip() == value for value in article.values())
    published = dt.date.fromisoformat(article["published"])
    assert dt.date(2026, 11, 1) <= published < dt.date(2026, 11, 20)
    assert 120 <= len(article["text"].split()) <= 350


def test_readme_describes_every_article() -> None:
    readme = (SAMPLES / "README.md").read_text(encoding="utf-8")

    assert set(re.findall(r"^\| (\d{3}) \|", readme, re.MULTILINE)) == {
        name.removeprefix("sample-") for name in ARTICLES
    }


@pytest.mark.parametrize(
    ("copy", "origin", "least"),
    [
        ("sample-018", "sample-016", 1.0),  # verbatim
        ("sample-017", "sample-016", 0.8),  # another figure
        ("sample-007", "sample-006", 0.6),  # edited, another headline
        ("sample-003", "sample-001", 0.7),  # shortened
        ("sample-025", "sample-024", 0.7),  # shortened, another headline
    ],
)
def test_copies_descend_from_their_origin(copy: str, origin: str, least: float) -> None:
    assert _contained(copy, origin) >= least


def test_reports_of_one_event_by_other_authors_are_no_copies() -> None:
    assert _contained("sample-008", "sample-006") < 0.2
    assert _contained("sample-020", "sample-016") < 0.2


def test_copy_with_a_changed_figure_differs_in_it() -> None:
    assert "killed eight civilians" in ARTICLES["sample-016"]["text"]
    assert "killed 18 civilians" in ARTICLES["sample-017"]["text"]


def test_one_speaker_raises_the_toll_on_three_days() -> None:
    tolls = [("sample-004", "At least 17"), ("sample-005", "21"), ("sample-006", "24 civilians")]

    for name, toll in tolls:
        assert toll in ARTICLES[name]["text"]
        assert "Nahr Rescue Service" in ARTICLES[name]["text"]
    assert len({ARTICLES[name]["published"] for name, _ in tolls}) == 3


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("sample-021", "No civilian was harmed"),
        ("sample-029", "Sixty-three people have been killed"),
        ("sample-014", "overnight on Wednesday"),
        ("sample-012", "dawn on Tuesday"),
        ("sample-024", "three days ago"),
        ("sample-026", "including five civilians and two fighters"),
        ("sample-004", "Dozens were wounded"),
        ("sample-008", "Up to 50 people were wounded"),
        ("sample-010", "Between three and five people"),
        ("sample-016", "In a separate incident on Thursday"),
        ("sample-017", "Read also:"),
        ("sample-003", "Share this article"),
        ("sample-030", "killed two birds"),
    ],
)
def test_difficulty_is_in_its_article(name: str, words: str) -> None:
    assert words in ARTICLES[name]["text"]


@pytest.mark.parametrize("name", ["sample-013", "sample-019"])
def test_arabic_article_is_in_arabic(name: str) -> None:
    letters = [letter for letter in ARTICLES[name]["text"] if letter.isalpha()]

    assert sum("\u0600" <= letter <= "\u06ff" for letter in letters) / len(letters) > 0.95


def test_decided_incidents_refer_to_articles_that_exist() -> None:
    incidents = FURTHER_ALONG["incidents"]

    assert {incident["target_status"] for incident in incidents} == {"PUBLISHED", "IN_REVIEW"}
    for incident in incidents:
        assert set(incident["article_ids"]) <= set(ARTICLES)
        assert set(incident["decided"]) == set(incident["article_ids"])
        assert dt.date.fromisoformat(incident["date_start"]) <= dt.date.fromisoformat(
            incident["date_end"]
        )
        parties = {party["name"] for party in incident["parties"]}
        said = [*incident["positions"], *incident["strike_evidence"]]
        assert {statement["party"] for statement in said} <= parties
        assert {statement["article"] for statement in said} <= set(ARTICLES)


def test_decided_claims_stand_in_their_articles_and_speak_by_known_names() -> None:
    names = {source["name"] for source in FURTHER_ALONG["sources"]}

    for incident in FURTHER_ALONG["incidents"]:
        for article_id, claims in incident["decided"].items():
            for claim in claims:
                assert claim["quote"] in ARTICLES[article_id]["text"]
                assert claim["speaker_text"] in names
                assert claim["quantifier_raw"] in claim["quote"]


def test_every_outlet_has_a_source_with_a_known_kind() -> None:
    sources = FURTHER_ALONG["sources"]

    assert {article["source"] for article in ARTICLES.values()} <= {s["name"] for s in sources}
    assert {source["kind"] for source in sources} <= set(SourceKind.values)
    assert len({source["name"] for source in sources}) == len(sources)
    assert any(source["reliability"] is None for source in sources)
    assert {note["audience"] for source in sources for note in source["notes"]} == {
        "STAFF",
        "PARTNERS",
    }


def test_every_rating_has_a_note_that_says_why() -> None:
    unexplained = [
        source["name"]
        for source in FURTHER_ALONG["sources"]
        if source["reliability"] is not None and not source["notes"]
    ]

    assert unexplained == []


def test_bad_input_is_bad_in_the_way_its_name_says() -> None:
    bad = SAMPLES / "bad"

    assert (bad / "empty.txt").read_bytes() == b""
    assert (bad / "blank.txt").read_text().strip() == ""
    assert b"\0" in (bad / "binary.bin").read_bytes()
    with pytest.raises(UnicodeDecodeError):
        (bad / "not-utf8.txt").read_text(encoding="utf-8")
    good, half = (bad / "half-line.jsonl").read_text(encoding="utf-8").splitlines()
    assert set(json.loads(good)) == FIELDS
    with pytest.raises(json.JSONDecodeError):
        json.loads(half)


def test_bad_dates_and_repeated_ids_are_there() -> None:
    dates = {line["published"] for line in _lines("bad/dates.jsonl")}
    first, second = _lines("bad/same-id.jsonl")

    assert {"yesterday", "2023-02-30"} <= dates
    assert first["id"] == second["id"]
    assert first["text"] != second["text"]
