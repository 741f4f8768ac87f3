"""All counts of people in one sentence, none overlapping another."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from tracker.extraction.figures.asked import is_asked
from tracker.extraction.figures.denials import denials
from tracker.extraction.figures.numbered import MOST_COUNTS, numbered, single
from tracker.extraction.figures.victims import named, plurals

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.extraction.figures.harms import Harm
    from tracker.extraction.figures.numbered import Count
    from tracker.extraction.figures.words import Found, Noun


def find_counts(sentence: str, nouns: Sequence[Found[Noun]], harms: Sequence[Harm]) -> list[Count]:
    """The counts in order: stated zeros first, then numbers, one person, unnumbered many, names."""
    kept: list[Count] = []
    for kind in (
        denials(sentence, nouns),
        numbered(sentence, nouns, harms),
        single(sentence, nouns, harms),
        plurals(sentence, nouns, harms),
        named(sentence, nouns, harms),
    ):
        for count in islice(kind, MOST_COUNTS):
            is_apart = all(count.end <= one.start or count.start >= one.end for one in kept)
            if is_apart and not is_asked(sentence, count):
                kept.append(count)
    return sorted(kept, key=lambda c: c.start)
