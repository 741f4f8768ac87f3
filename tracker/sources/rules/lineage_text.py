"""A text made ready for comparison: its words, sentences and three-word runs as numbers (pure)."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import xxhash

if TYPE_CHECKING:
    import numpy.typing as npt

    Hashes = npt.NDArray[np.uint64]
    Places = npt.NDArray[np.int64]

#: Words of a run, and the fewest of a sentence that is a key of its own.
RUN = 3
FEWEST_OF_A_SENTENCE = 8
#: What is longer is no word of a language, and is known by its beginning.
_LONGEST_WORD = 64
_LONGEST_FIGURE = 18
_SEED = 0x5157
_WORD = re.compile(r"\w+")
_FOREIGN = re.compile(r"[^\x00-\x7f]+")
_END = "\x1e"
_WORD_OR_END = re.compile(rf"\w+|{_END}")
_SENTENCE_END = re.compile(r"(?<=[.!?؟。…])[\"”’»)\]]{0,3}\s+|\n+")
_QUOTED = re.compile(r"[“\"«][^“”\"«»\n]{20,900}[”\"»]")
#: Most texts are plain but for these, which end a word as their plain forms do.
_TYPOGRAPHY = re.compile("[\u00a0\u2010-\u2015\u2018-\u201f\u2022\u2026\u00ab\u00bb]")
_SHIFT = np.uint64(33)
_MIX = (np.uint64(0xFF51AFD7ED558CCD), np.uint64(0xC4CEB9FE1A85EC53))


@dataclass(frozen=True, slots=True, eq=False)
class PreparedText:
    """One text as numbers; positions count sentences from 0.

    ``runs`` are the three-word runs, none across the end of a sentence, ``run_of`` the sentence of
    each; ``distinct`` the same runs once each, in order. ``keys`` has a number for each sentence of
    eight words and more, 0 for the others. ``quoted``: most of the sentence is a quotation.
    """

    wording: int
    lengths: Places
    quoted: npt.NDArray[np.bool_]
    keys: Hashes
    words: Hashes
    word_of: Places
    runs: Hashes
    run_of: Places
    distinct: Hashes
    sentences: tuple[list[str], ...]

    @property
    def size(self) -> int:
        """How many words the text has."""
        return len(self.words)

    def figures(self, sentence: int) -> Counter[str]:
        """Figures and days of the week in a sentence, and how often it has each."""
        return _figures(self.sentences[sentence])


def words_of(text: str) -> list[str]:
    """The words without case, accents and punctuation."""
    return _WORD.findall(_fold(text))


def prepare(text: str) -> PreparedText:
    """Split into sentences and words, and number them."""
    text = text.replace(_END, " ")
    ends = [match.span() for match in _SENTENCE_END.finditer(text)]
    starts = [0, *(end for _, end in ends)]
    spans = list(zip(starts, [*(start for start, _ in ends), len(text)], strict=True))
    # One pass over the whole text, with a sign that is no word between the sentences.
    words = _WORD_OR_END.findall(_fold(_END.join([text[start:end] for start, end in spans])))
    sentences = _split(words)
    full = [at for at, sentence in enumerate(sentences) if sentence]
    sentences = [sentences[at] for at in full]
    flat = [word for sentence in sentences for word in sentence]
    lengths = np.array([len(sentence) for sentence in sentences], dtype=np.int64)
    numbers = np.array([_number(word[:_LONGEST_WORD]) for word in flat], dtype=np.uint64)
    word_of = np.repeat(np.arange(len(sentences), dtype=np.int64), lengths)
    runs, run_of = runs_of(numbers, word_of, RUN)
    return PreparedText(
        wording=xxhash.xxh64_intdigest(" ".join(flat).encode("utf-8", "surrogatepass"), _SEED),
        lengths=lengths,
        quoted=_quoted(text, [spans[at] for at in full]),
        keys=_sentence_keys(sentences),
        words=numbers,
        word_of=word_of,
        runs=runs,
        run_of=run_of,
        distinct=np.unique(runs),
        sentences=tuple(sentences),
    )


def _fold(text: str) -> str:
    if not text.isascii():
        text = _TYPOGRAPHY.sub(" ", text)
    if text.isascii():
        return text.lower()
    return _FOREIGN.sub(_without_accents, unicodedata.normalize("NFKD", text.casefold()))


def _without_accents(found: re.Match[str]) -> str:
    return "".join([c for c in found[0] if not unicodedata.combining(c)])


def _split(words: list[str]) -> list[list[str]]:
    sentences: list[list[str]] = []
    at = 0
    while True:
        try:
            end = words.index(_END, at)
        except ValueError:
            return [*sentences, words[at:]]
        sentences.append(words[at:end])
        at = end + 1


def _quoted(text: str, spans: list[tuple[int, int]]) -> npt.NDArray[np.bool_]:
    """Of each sentence whether most of it lies between quotation marks."""
    inside = [match.span() for match in _QUOTED.finditer(text)]
    if not inside:
        return np.zeros(len(spans), dtype=np.bool_)
    starts, ends = [start for start, _ in inside], [end for _, end in inside]
    spoken = [
        sum(
            min(end, b) - max(at, a)
            for a, b in inside[bisect_right(ends, at) : bisect_left(starts, end)]
        )
        for at, end in spans
    ]
    return np.array(
        [2 * said > end - at for said, (at, end) in zip(spoken, spans, strict=True)],
        dtype=np.bool_,
    )


def runs_of(words: Hashes, word_of: Places, length: int) -> tuple[Hashes, Places]:
    """The runs of so many words and the sentence of each; a shorter sentence is one run."""
    if len(words) == 0:
        return words, word_of
    padded = np.concatenate([words, np.zeros(length - 1, dtype=np.uint64)])
    sentence = np.concatenate([word_of, np.full(length - 1, -1, dtype=np.int64)])
    mixed = np.zeros(len(words), dtype=np.uint64)
    for offset in range(length):
        same = sentence[offset : offset + len(words)] == word_of
        mixed = mix(mixed + np.where(same, padded[offset : offset + len(words)], np.uint64(0)))
    starts = np.ones(len(words), dtype=np.bool_)
    starts[1:] = word_of[1:] != word_of[:-1]
    fits = sentence[length - 1 : length - 1 + len(words)] == word_of
    kept = fits | starts
    return mixed[kept], word_of[kept]


def mix(numbers: Hashes) -> Hashes:
    """Spread each number over all 64 bits (the finalizer of MurmurHash3)."""
    for factor in _MIX:
        numbers = (numbers ^ (numbers >> _SHIFT)) * factor
    return numbers ^ (numbers >> _SHIFT)


def _sentence_keys(sentences: list[list[str]]) -> Hashes:
    return np.array(
        [
            xxhash.xxh64_intdigest(" ".join(words).encode("utf-8", "surrogatepass"), _SEED)
            if len(words) >= FEWEST_OF_A_SENTENCE
            else 0
            for words in sentences
        ],
        dtype=np.uint64,
    )


@lru_cache(maxsize=1 << 16)
def _number(word: str) -> int:
    return xxhash.xxh64_intdigest(word.encode("utf-8", "surrogatepass"), _SEED)


_UNITS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEENS = (
    *("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen"),
    *("eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_WORTH = {
    **{word: value for value, word in enumerate(_UNITS, start=1)},
    **{word: value for value, word in enumerate(_TEENS, start=10)},
    **{word: 10 * value for value, word in enumerate(_TENS, start=2)},
}
_DAYS = frozenset(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"])


def _figures(words: list[str]) -> Counter[str]:
    """Words up to ninety-nine count as the digits they stand for."""
    found: list[str] = []
    tens = 0
    for word in words:
        worth = _WORTH.get(word)
        if worth is not None and tens and worth < 10:  # noqa: PLR2004  # a unit after "twenty"
            found[-1] = str(tens + worth)
        elif worth is not None:
            found.append(str(worth))
        elif word.isdecimal():
            found.append(str(int(word[:_LONGEST_FIGURE])))
        elif word in _DAYS:
            found.append(word)
        tens = worth if worth is not None and worth >= 20 else 0  # noqa: PLR2004
    return Counter(found)
