"""What changed from one version of a text to the next (pure)."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from tracker.extraction.figures.numbers import find_figures

if TYPE_CHECKING:
    from collections.abc import Sequence

_DAYS = re.compile(
    r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\b(?:january|february|march|april|may|june"
    r"|july|august|september|october|november|december)\b|\b(?:yesterday|today|overnight)\b",
    re.IGNORECASE,
)
_WORDS = re.compile(r"\s*\S+")
#: Paragraphs that share less are not one that was changed, but one gone and another come.
_SAME = 0.4


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that stayed ("same"), went ("gone") or came ("new")."""

    what: str
    words: str


def evidence_changed(before: str, after: str) -> bool:
    """Whether a figure or a day is in one text and not, or not as often, in the other."""
    return _evidence(before) != _evidence(after)


def changed_paragraphs(before: str, after: str) -> list[list[Piece]]:
    """The paragraphs that differ, in order, each as pieces; those that stayed are left out."""
    old, new = _paragraphs(before), _paragraphs(after)
    changed: list[list[Piece]] = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind != "equal":
            changed += _compared(old[a:b], new[c:d])
    return changed


def _compared(old: Sequence[str], new: Sequence[str]) -> list[list[Piece]]:
    """Paragraphs that took each other's place, side by side where they are alike."""
    rows: list[list[Piece]] = []
    left = list(old)
    for paragraph in new:
        partner = next((o for o in left if _alike(o, paragraph)), None)
        if partner is None:
            rows.append([Piece("new", paragraph)])
            continue
        rows += [[Piece("gone", gone)] for gone in left[: left.index(partner)]]
        left = left[left.index(partner) + 1 :]
        rows.append(_words(partner, paragraph))
    return rows + [[Piece("gone", gone)] for gone in left]


def _words(old: str, new: str) -> list[Piece]:
    first, second = _WORDS.findall(old), _WORDS.findall(new)
    pieces: list[Piece] = []
    for kind, a, b, c, d in SequenceMatcher(None, first, second, autojunk=False).get_opcodes():
        if kind == "equal":
            pieces.append(Piece("same", "".join(first[a:b])))
            continue
        if b > a:
            pieces.append(Piece("gone", "".join(first[a:b])))
        if d > c:
            pieces.append(Piece("new", "".join(second[c:d])))
    return pieces


def _alike(old: str, new: str) -> bool:
    matcher = SequenceMatcher(None, old.split(), new.split(), autojunk=False)
    return matcher.quick_ratio() >= _SAME and matcher.ratio() >= _SAME


def _paragraphs(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


def _evidence(text: str) -> Counter[object]:
    figures: Counter[object] = Counter(figure for _, _, figure in find_figures(text))
    return figures + Counter(day.group().casefold() for day in _DAYS.finditer(text))
