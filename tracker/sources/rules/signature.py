"""The stored keys by which a text that shares wording is found again (pure).

Two kinds of keys, since each finds what the other misses (``docs/adr/0011``): 42 band keys of
three MinHash minima each, which texts of a like vocabulary share, and keys of sentences: one for
each sentence of eight words and more, and two for five-word phrases of it that stay where the rest
of the sentence was edited.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import xxhash

from tracker.sources.rules.lineage_text import FEWEST_OF_A_SENTENCE, mix, runs_of

if TYPE_CHECKING:
    from tracker.sources.rules.lineage_text import Hashes, PreparedText

#: Stored beside every signature. Frozen: another hash, seed or rule is another name, and every
#: stored text is signed again under it.
ALGORITHM = "xxh64-minhash-42x3-sentences-1"
BANDS = 42
PER_BAND = 3
PHRASE = 5
PHRASES_PER_SENTENCE = 2
#: Of a text longer than that only the first sentences are keys, and of even fewer the phrases: a
#: list of names has thousands.
MOST_SENTENCES = 200
MOST_PHRASED = 16
_AT_ONCE = 4096


def _seeds(purpose: str, count: int) -> Hashes:
    return np.array(
        [xxhash.xxh64_intdigest(f"{ALGORITHM}/{purpose}/{i}".encode()) for i in range(count)],
        dtype=np.uint64,
    )


_FACTORS = _seeds("factor", BANDS * PER_BAND) | np.uint64(1)
_TERMS = _seeds("term", BANDS * PER_BAND)
_BAND_SEEDS = _seeds("band", BANDS)


@dataclass(frozen=True, slots=True)
class Signature:
    """Keys as signed 64-bit numbers, as PostgreSQL's bigint holds them; empty for an empty text."""

    bands: tuple[int, ...] = ()
    sentences: tuple[int, ...] = ()

    def without(self, common: frozenset[int]) -> Signature:
        """The keys but those that half the world shares."""
        return Signature(
            bands=tuple(key for key in self.bands if key not in common),
            sentences=tuple(key for key in self.sentences if key not in common),
        )


def sign(text: PreparedText) -> Signature:
    """The keys of a text."""
    if not len(text.distinct):
        return Signature()
    return Signature(bands=_bands(text.distinct), sentences=_sentences(text))


def sentence_keys(text: PreparedText) -> list[int]:
    """The key of each sentence as it is stored; 0 where a sentence is too short to have one."""
    return _signed(text.keys)


def _bands(runs: Hashes) -> tuple[int, ...]:
    lowest = np.full(BANDS * PER_BAND, np.iinfo(np.uint64).max, dtype=np.uint64)
    for at in range(0, len(runs), _AT_ONCE):
        permuted = runs[at : at + _AT_ONCE, None] * _FACTORS + _TERMS
        lowest = np.minimum(lowest, permuted.min(axis=0))
    keys = _BAND_SEEDS
    for row in lowest.reshape(BANDS, PER_BAND).T:
        keys = mix(keys + row)
    return tuple(_signed(keys))


def _sentences(text: PreparedText) -> tuple[int, ...]:
    long_enough = text.lengths >= FEWEST_OF_A_SENTENCE
    long_enough &= np.cumsum(long_enough) <= MOST_SENTENCES
    phrased = long_enough & (np.cumsum(long_enough) <= MOST_PHRASED)
    phrases, phrase_of = runs_of(text.words, text.word_of, PHRASE)
    kept = phrased[phrase_of]
    phrases, phrase_of = phrases[kept], phrase_of[kept]
    order = np.lexsort((phrases, phrase_of))
    phrases, phrase_of = phrases[order], phrase_of[order]
    # The place of each phrase among those of its sentence, the lowest first.
    place = np.arange(len(phrases)) - np.searchsorted(phrase_of, phrase_of)
    keys = np.concatenate([text.keys[long_enough], phrases[place < PHRASES_PER_SENTENCE]])
    return tuple(sorted(set(_signed(keys))))


def _signed(keys: Hashes) -> list[int]:
    signed: list[int] = keys.view(np.int64).tolist()
    return signed
