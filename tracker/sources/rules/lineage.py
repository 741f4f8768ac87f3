"""Which text descends from which: shingle containment (pure).

Method: three-word shingles of the folded text; containment of the smaller text in the larger
finds cuts and extensions that Jaccard does not. At 0.8 and more one text is a copy of the other,
from 0.5 a near copy.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tracker.extraction.numbers import Figure, find_figures

if TYPE_CHECKING:
    from collections.abc import Iterable

#: Stored beside nothing and never changed in place: a new hash is a new name and a new pass.
ALGORITHM = "shingle3-blake2b-1"
WORDS = 3
COPY = 0.8
NEAR_COPY = 0.5
_KEEP_ONE_IN = 8
_FEWEST = 12
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class LineageVerdict:
    """How a later text relates to an earlier one; ``overlap`` is the containment, 0 to 1.

    ``figures_differ``: the shorter text has a figure, in digits or words, that the longer has not
    (False where they are unrelated).
    """

    kind: str
    overlap: float
    figures_differ: bool


def words_of(text: str) -> list[str]:
    """The words without case, accents and punctuation."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(c for c in decomposed if not unicodedata.combining(c))
    return _WORD.findall(plain)


def shingles(text: str) -> frozenset[int]:
    """The hashes of all three-word runs, as signed 64-bit numbers; a short text is one shingle."""
    words = words_of(text)
    if not words:
        return frozenset()
    runs = (words[i : i + WORDS] for i in range(max(1, len(words) - WORDS + 1)))
    return frozenset(_hash(" ".join(run)) for run in runs)


def sampled(hashes: Iterable[int]) -> tuple[int, ...]:
    """A sample that two texts share where they share text: the same hashes are kept everywhere."""
    ordered = sorted(hashes)
    kept = [h for h in ordered if h % _KEEP_ONE_IN == 0]
    return tuple(kept if len(kept) >= _FEWEST else sorted({*kept, *ordered[:_FEWEST]}))


def containment(first: frozenset[int], second: frozenset[int]) -> float:
    """The share of the smaller text's shingles that the other has; 0.0 where one is empty."""
    smaller = min(len(first), len(second))
    return len(first & second) / smaller if smaller else 0.0


def compare(earlier: str, later: str) -> LineageVerdict:
    """How ``later`` relates to ``earlier``; a copy with other numbers is new evidence."""
    overlap = containment(shingles(earlier), shingles(later))
    if words_of(earlier) == words_of(later):
        kind = "VERBATIM_COPY"
    elif overlap >= COPY:
        kind = "EDITED_COPY"
    elif overlap >= NEAR_COPY:
        kind = "PARTIAL_OVERLAP"
    else:
        kind = "UNRELATED"
    shorter, longer = sorted((earlier, later), key=len)
    figures_differ = kind != "UNRELATED" and bool(_figures_of(shorter) - _figures_of(longer))
    return LineageVerdict(kind=kind, overlap=overlap, figures_differ=figures_differ)


def _figures_of(text: str) -> Counter[Figure]:
    return Counter(figure for _, _, figure in find_figures(text))


def _hash(run: str) -> int:
    digest = hashlib.blake2b(run.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)
