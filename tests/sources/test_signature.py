"""Keys that texts share where they share wording, and that never change."""

from __future__ import annotations

import re

from tests.benchmarks.invented_pages import report
from tracker.sources.rules.lineage_text import prepare
from tracker.sources.rules.signature import ALGORITHM, BANDS, MOST_SENTENCES, Signature, sign

FROZEN = (
    6240348930439337805,
    6944525879718092599,
    (2716811524743648119, 4078034914362763367, 7252054398995718167),
)


def _shared(first: str, second: str) -> tuple[int, int]:
    one, other = sign(prepare(first)), sign(prepare(second))
    return (
        len(set(one.bands) & set(other.bands)),
        len(set(one.sentences) & set(other.sentences)),
    )


def test_the_keys_are_frozen() -> None:
    signature = sign(prepare("The bridge at Ardesh was closed on Friday after two shells fell."))

    assert ALGORITHM == "xxh64-minhash-42x3-sentences-1"
    assert len(signature.bands) == BANDS
    assert (signature.bands[0], signature.bands[-1], signature.sentences) == FROZEN


def test_a_tail_leaves_most_keys_and_a_cut_leaves_its_sentences() -> None:
    text = report(1).text

    bands, sentences = _shared(text, f"{text} Read also: more news of the day.")
    assert bands > BANDS // 2
    assert _shared(text, text[: len(text) * 4 // 10])[1] > sentences // 4


def test_edited_sentences_keep_phrases() -> None:
    text = report(1, sentences=8).text
    edited = re.sub(r"(\w+)[.]", r"\1 that day.", text)

    assert _shared(text, edited)[1] >= 8


def test_strangers_share_nothing() -> None:
    assert _shared(report(1).text, report(2).text) == (0, 0)


def test_hardly_a_word_is_enough_for_a_key_and_none_for_none() -> None:
    assert sign(prepare("Three died.")).bands
    assert sign(prepare("...")) == Signature()


def test_keys_are_signed_and_bounded() -> None:
    endless = " ".join(
        f"Name {n} was on the list of that day and no other list." for n in range(900)
    )
    signature = sign(prepare(endless))

    assert len(signature.sentences) <= 3 * MOST_SENTENCES
    assert all(-(2**63) <= key < 2**63 for key in (*signature.bands, *signature.sentences))


def test_common_keys_are_left_out() -> None:
    signature = Signature(bands=(1, 2), sentences=(3, 4))

    assert signature.without(frozenset({2, 3})) == Signature(bands=(1,), sentences=(4,))
