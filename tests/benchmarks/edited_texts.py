"""Edits that news texts go through on their way from desk to desk, made by rule."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.benchmarks.invented_pages import report

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_FIGURE = re.compile(r"\d+")
_TAIL = (
    "Read also: what else happened on the coast this week. Follow us for more. Subscribe to the "
    "letter of the desk, and tell us what you saw. All rights reserved."
)


def _sentences(text: str) -> list[str]:
    return _SENTENCE.split(text)


def tail_added(text: str, _chance: random.Random) -> str:
    """Furniture of another page under it."""
    return f"{text} {_TAIL}"


def cut(text: str, _chance: random.Random) -> str:
    """The last 40 of 100 sentences are left out."""
    sentences = _sentences(text)
    return " ".join(sentences[: max(1, round(len(sentences) * 0.6))])


def words_changed(text: str, chance: random.Random) -> str:
    """15 of 100 words are others."""
    words = text.split()
    for at in chance.sample(range(len(words)), round(len(words) * 0.15)):
        words[at] = f"{words[at][::-1]}o"
    return " ".join(words)


def sentences_moved(text: str, chance: random.Random) -> str:
    """The sentences in another order."""
    sentences = _sentences(text)
    chance.shuffle(sentences)
    return " ".join(sentences)


def mixed(text: str, chance: random.Random) -> str:
    """70 of 100 sentences stay, among as many of another report's as are missing."""
    sentences = _sentences(text)
    kept = max(1, round(len(sentences) * 0.7))
    others = _sentences(report(chance.randrange(10**6), seed=99).text)
    merged = sentences[:kept] + others[: len(sentences) - kept]
    chance.shuffle(merged)
    return " ".join(merged)


def figures_changed(text: str, _chance: random.Random) -> str:
    """Every figure in digits is another."""
    return _FIGURE.sub(lambda found: str(int(found[0][:9]) * 3 + 11), text)


EDITS: dict[str, Callable[[str, random.Random], str]] = {
    "tail added": tail_added,
    "40 % cut": cut,
    "15 % of words changed": words_changed,
    "sentences moved": sentences_moved,
    "mixed with other text": mixed,
    "every figure changed": figures_changed,
}
