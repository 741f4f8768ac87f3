"""Whether an article reports harm to civilians, how surely, and why.

A logistic model over the few numbers of ``relevance_features``, with the weights of
``weights/relevance.toml``; an article that may report harm must not be missed, so the threshold
lies low.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from tracker.extraction.learned import learned
from tracker.extraction.model import Relevance
from tracker.extraction.relevance_features import SAYINGS, features_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tracker.extraction.document import Document
    from tracker.extraction.model import ProposedClaim

#: What moves the score less than this gives no reason.
_SLIGHT = 0.15
_MOST_REASONS = 4
_HALF = 0.5


def read_relevance(document: Document, claims: Sequence[ProposedClaim]) -> Relevance:
    """A chance between 0 and 1, its reasons, and the verdict at the default threshold."""
    model = learned("relevance")
    features = features_of(document, claims)
    if not model:
        told = features["number"] > 0
        return Relevance(is_harm=told, probability=_HALF + (0.4 if told else -0.4))
    moves = {
        name: weight * (features[name] - model["means"][name])
        for name, weight in model["weights"].items()
        if name in features  # a feature given up since the last training
    }
    score = model["bias"] + sum(moves.values())
    chance = 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))
    return Relevance(
        is_harm=chance >= model["threshold"],
        probability=round(chance, 3),
        reasons=_reasons(moves),
    )


def _reasons(moves: Mapping[str, float]) -> tuple[str, ...]:
    """What moved the chance away from that of a usual article, the strongest first."""
    strongest = sorted(moves.items(), key=lambda move: -abs(move[1]))
    return tuple(
        f"for: {SAYINGS[name][0]}" if move > 0 else f"against: {SAYINGS[name][1]}"
        for name, move in strongest[:_MOST_REASONS]
        if abs(move) >= _SLIGHT
    )
