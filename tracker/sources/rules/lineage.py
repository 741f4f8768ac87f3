"""Which text descends from which (pure).

The question is whether about half or more of the shorter report's own sentences come from the
other. So each of its sentences is looked up in the other text by three-word runs; furniture is left
out; and the share of what is found decides. An outlet repeats its own phrases and its own
background from day to day, so within one outlet, and over days, only whole sentences count; between
outlets on the same days, where an agency's text is edited on every desk, sentences count that were
reworked. Quotations alone make no copy: two reporters may quote one statement.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from tracker.sources.rules.lineage_reasons import Reason, ReasonCode
from tracker.sources.rules.lineage_text import PreparedText, prepare

if TYPE_CHECKING:
    from datetime import date

#: Of the smaller text's runs: from here the published label is "copy", from here "near copy".
COPY = 0.8
NEAR_COPY = 0.5
#: Texts that share less are not worth telling a person about.
PARTIAL = 0.33
#: An agency's text reaches the desks within days; what recurs later is background.
DAYS_OF_ONE_TEXT = 3
FEWEST_OWN_WORDS = 20
_SAME_SENTENCE = 0.5
#: Of the sentences that were reworked; a list has thousands, and the first ones tell.
_LOOKED_AT = 100
_CUT = 0.7
_FEWEST_TOLD = 0.25


@dataclass(frozen=True, slots=True)
class Measure:
    """How much of a sentence must be found before it counts at all and in full, and what share of
    the sentences makes a copy."""

    nothing_below: float
    all_from: float
    copy_from: float


EDITED_ELSEWHERE = Measure(nothing_below=0.25, all_from=0.6, copy_from=0.45)
WHOLE_SENTENCES = Measure(nothing_below=0.4, all_from=0.8, copy_from=0.5)


@dataclass(frozen=True)
class TextToRelate:
    """A text without its furniture, with what is known of its coming.

    ``outlet`` "" = not known; two unknown ones are not the same. ``published`` None = not known.
    """

    name: str
    text: str
    title: str = ""
    outlet: str = ""
    published: date | None = None
    credit: str = ""

    @cached_property
    def prepared(self) -> PreparedText:
        """The text as numbers, worked out once."""
        return prepare(self.text)

    @cached_property
    def prepared_title(self) -> PreparedText:
        """The title as numbers, worked out once."""
        return prepare(self.title)


@dataclass(frozen=True, slots=True)
class LineageVerdict:
    """How a later text relates to an earlier one.

    ``overlap`` is the containment: the share of the smaller text's runs that both have.
    ``share`` is the share of the shorter text's own sentences that come from the other.
    """

    kind: str
    overlap: float
    share: float
    reasons: tuple[Reason, ...] = ()


def compare(
    earlier: TextToRelate, later: TextToRelate, *, furniture: frozenset[int] = frozenset()
) -> LineageVerdict:
    """How ``later`` relates to ``earlier``; ``furniture``: keys of sentences that recur in texts
    of other stories.

    A copy with other figures or days is an updated copy, even where nothing else was changed: it
    is new evidence.
    """
    first, second = earlier.prepared, later.prepared
    changed = _changed_figures(earlier, later)
    if first.wording == second.wording and first.size:
        kind = "UPDATED_COPY" if changed else "VERBATIM_COPY"
        return LineageVerdict(kind, 1.0, 1.0, _reasons(earlier, later, 1.0, 1.0, changed))
    overlap = containment(first, second)
    shorter, longer = sorted((first, second), key=lambda text: _own(text, furniture).sum())
    measure = _measure(earlier, later)
    share, told = _shares(shorter, longer, furniture, measure)
    if share >= measure.copy_from and told >= _FEWEST_TOLD:
        kind = _kind_of_copy(first, second, overlap, is_updated=bool(changed))
    elif max(share, overlap) >= PARTIAL:
        kind = "PARTIAL_OVERLAP"
    else:
        return LineageVerdict("UNRELATED", overlap, share)
    return LineageVerdict(kind, overlap, share, _reasons(earlier, later, overlap, share, changed))


def containment(first: PreparedText, second: PreparedText) -> float:
    """The share of the smaller text's runs that the other has; 0.0 where one is empty."""
    smaller = min(len(first.distinct), len(second.distinct))
    if not smaller:
        return 0.0
    shared = np.intersect1d(first.distinct, second.distinct, assume_unique=True)
    return len(shared) / smaller


def _measure(earlier: TextToRelate, later: TextToRelate) -> Measure:
    same_outlet = earlier.outlet and earlier.outlet == later.outlet
    return WHOLE_SENTENCES if same_outlet or _days_apart(earlier, later) else EDITED_ELSEWHERE


def _days_apart(earlier: TextToRelate, later: TextToRelate) -> bool:
    if earlier.published is None or later.published is None:
        return False
    return abs((later.published - earlier.published).days) > DAYS_OF_ONE_TEXT


def _kind_of_copy(
    first: PreparedText, second: PreparedText, overlap: float, *, is_updated: bool
) -> str:
    if is_updated:
        return "UPDATED_COPY"
    if second.size <= _CUT * first.size and overlap >= COPY:
        return "EXCERPT"
    return "EDITED_COPY"


def _own(
    text: PreparedText, furniture: frozenset[int]
) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """The words of each sentence, 0 for furniture; all of them where hardly a word would stay."""
    if not furniture or not len(text.lengths):
        return text.lengths
    stays = np.array([key not in furniture for key in text.keys.view(np.int64).tolist()])
    own = np.where(stays, text.lengths, 0)
    return own if own.sum() >= FEWEST_OWN_WORDS else text.lengths


def _shares(
    shorter: PreparedText, longer: PreparedText, furniture: frozenset[int], measure: Measure
) -> tuple[float, float]:
    """The share of the shorter text's own words whose sentences come from the longer; the second
    figure is the same of what it tells in its own voice, outside quotations."""
    weights = _own(shorter, furniture)
    if not weights.sum():
        return 0.0, 0.0
    credit = weights * np.clip(
        (_found(shorter, longer) - measure.nothing_below)
        / (measure.all_from - measure.nothing_below),
        0.0,
        1.0,
    )
    share = float(credit.sum() / weights.sum())
    told = weights[~shorter.quoted].sum()
    if told < FEWEST_OWN_WORDS:
        return share, share
    return share, float(credit[~shorter.quoted].sum() / told)


def _found(text: PreparedText, other: PreparedText) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """For each sentence the share of its runs that the other text has."""
    count = len(text.lengths)
    hits = np.bincount(text.run_of, weights=np.isin(text.runs, other.distinct), minlength=count)
    return hits / np.bincount(text.run_of, minlength=count)


def _changed_figures(earlier: TextToRelate, later: TextToRelate) -> tuple[str, str] | None:
    """Figures or days that replaced each other in what is otherwise the same sentence, or None."""
    return _changed(earlier.prepared, later.prepared) or _changed(
        earlier.prepared_title, later.prepared_title
    )


def _changed(earlier: PreparedText, later: PreparedText) -> tuple[str, str] | None:
    if earlier.wording == later.wording or not len(earlier.runs) or not len(later.runs):
        return None
    found = _found(later, earlier)
    for sentence in np.flatnonzero((found >= _SAME_SENTENCE) & (found < 1.0)).tolist()[:_LOOKED_AT]:
        after = later.figures(sentence)
        if not after:
            continue
        shared = np.isin(earlier.runs, later.runs[later.run_of == sentence])
        before = earlier.figures(int(np.bincount(earlier.run_of[shared]).argmax()))
        gone, new = before - after, after - before
        if gone and new:
            return ", ".join(sorted(gone)), ", ".join(sorted(new))
    return None


def _reasons(
    earlier: TextToRelate,
    later: TextToRelate,
    overlap: float,
    share: float,
    changed: tuple[str, str] | None,
) -> tuple[Reason, ...]:
    reasons = [Reason(ReasonCode.SHARE, figure=round(share, 2))]
    if overlap >= NEAR_COPY:
        code = ReasonCode.COPY if overlap >= COPY else ReasonCode.NEAR_COPY
        reasons.append(Reason(code, figure=round(overlap, 2)))
    if changed:
        reasons.append(Reason(ReasonCode.FIGURES, words=f"{changed[0]} → {changed[1]}"))
    if later.credit and later.credit.casefold() == earlier.outlet.casefold():
        reasons.append(Reason(ReasonCode.CREDITS_ORIGIN, words=later.credit))
    elif later.credit and later.credit == earlier.credit:
        reasons.append(Reason(ReasonCode.SAME_CREDIT, words=later.credit))
    elif later.credit:
        reasons.append(Reason(ReasonCode.CREDIT, words=later.credit))
    if earlier.published is not None and later.published is not None:
        days = (later.published - earlier.published).days
        reasons.append(Reason(ReasonCode.DAYS, figure=days))
    return tuple(reasons)
