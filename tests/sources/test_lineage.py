"""Copies by shingle containment."""

from __future__ import annotations

import json
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from tracker.sources.rules.lineage import compare, containment, sampled, shingles

SAMPLES = Path(__file__).resolve().parents[1] / "samples" / "articles.jsonl"
TEXT = (
    "An air strike that hit two houses beside a bakery killed 8 civilians, the rescue service "
    "said on Friday. Neighbours said the bakery had opened early because of a power cut."
)


def test_the_same_words_are_a_verbatim_copy_whatever_the_case() -> None:
    verdict = compare(TEXT, TEXT.upper().replace(",", ""))

    assert (verdict.kind, verdict.overlap, verdict.figures_differ) == ("VERBATIM_COPY", 1.0, False)


def test_a_cut_copy_is_contained_in_its_origin() -> None:
    assert compare(TEXT, TEXT[: len(TEXT) // 2]).kind == "EDITED_COPY"


def test_a_copy_with_another_figure_says_so() -> None:
    verdict = compare(TEXT, TEXT.replace("8", "18"))

    assert verdict.kind == "EDITED_COPY"
    assert verdict.figures_differ


def test_a_toll_told_in_words_is_a_figure_too() -> None:
    earlier = TEXT.replace("8 civilians", "eight civilians")

    assert not compare(earlier, TEXT).figures_differ
    assert compare(earlier, TEXT.replace("8 civilians", "nine civilians")).figures_differ


def test_what_a_cut_leaves_out_is_no_other_figure() -> None:
    longer = TEXT + " Four others were taken to Tavir, where 30 beds are free."

    assert not compare(longer, TEXT).figures_differ
    assert not compare(TEXT, longer).figures_differ


def test_short_texts_are_sampled_too() -> None:
    assert sampled(shingles("Three people died."))
    assert sampled(shingles("")) == ()


def test_other_reports_of_the_same_event_are_no_copies() -> None:
    other = "Four people died when a drone struck a minibus on the road to Tavir, hospitals say."

    assert compare(TEXT, other).kind == "UNRELATED"


def test_sampling_keeps_what_copies_share() -> None:
    texts = [json.loads(line)["text"] for line in SAMPLES.read_text("utf-8").splitlines()]
    for text in texts:
        if len(text.split()) > 100:
            assert set(sampled(shingles(text))) & set(sampled(shingles(text + " Read also: more.")))


@given(st.text(max_size=400), st.text(max_size=400))
def test_containment_is_a_share_and_symmetric(first: str, second: str) -> None:
    a, b = shingles(first), shingles(second)

    assert 0.0 <= containment(a, b) <= 1.0
    assert containment(a, b) == containment(b, a)
    assert all(-(2**63) <= value < 2**63 for value in a)


def test_the_hash_is_frozen() -> None:
    assert sorted(shingles("one two three")) == [7274879177180986167]
