"""The model of relevance: fitted, its threshold set for recall, and tried on articles left out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tracker.extraction.confidence import with_confidence
from tracker.extraction.document import read_document
from tracker.extraction.relevance_features import FEATURES, features_of
from tracker.extraction.training.logistic import fit, sigmoid
from tracker.extraction.training.reliability import Forecast

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.extraction.confidence import Table
    from tracker.extraction.training.gold import Annotated

#: Holds weights small, so that a feature seldom seen gets no loud voice.
PENALTY = 1.0
#: Of the reports of harm, so many must be found among the articles left out of the fit: the .97
#: that is asked of other articles, and what chance may take away.
RECALL = 0.985
_PARTS = 10


@dataclass(frozen=True, slots=True)
class Model:
    """Weights of features that are measured from their mean over the articles learned from."""

    bias: float
    threshold: float
    weights: dict[str, float]
    means: dict[str, float]

    def chance(self, features: dict[str, float]) -> float:
        """That an article with these features reports harm to civilians."""
        moves = (self.weights[name] * (features[name] - self.means[name]) for name in FEATURES)
        return sigmoid(self.bias + sum(moves))


@dataclass(frozen=True, slots=True)
class Case:
    """One labelled article, as the model sees it."""

    id: str
    features: dict[str, float]
    is_harm: bool


def case_of(annotated: Annotated, table: Table) -> Case:
    """The features of an annotated article, its claims as sure as the table says."""
    article = annotated.article
    document = read_document(
        title=article.title,
        text=article.text,
        published=article.published,
        outlet=article.outlet,
    )
    claims = with_confidence(annotated.found.claims, table)
    return Case(article.id, features_of(document, claims), annotated.is_harm)


def learn(cases: Sequence[Case]) -> tuple[Model, list[Forecast]]:
    """The model of all cases, and what models of nine tenths said of the tenth left out."""
    forecasts: list[Forecast] = []
    for part in range(_PARTS):
        rest = [case for number, case in enumerate(cases) if number % _PARTS != part]
        model = _fitted(rest, threshold=0.5)
        forecasts += [
            Forecast(model.chance(case.features), case.is_harm) for case in cases[part::_PARTS]
        ]
    return _fitted(cases, _threshold(forecasts)), forecasts


def scores(forecasts: Sequence[Forecast], threshold: float) -> tuple[float, float, float]:
    """Precision, recall and F1 of the verdicts at a threshold."""
    found = sum(f.chance >= threshold for f in forecasts)
    true = sum(f.came_true for f in forecasts)
    hits = sum(f.came_true and f.chance >= threshold for f in forecasts)
    return hits / max(1, found), hits / max(1, true), 2 * hits / max(1, found + true)


def _fitted(cases: Sequence[Case], threshold: float) -> Model:
    means = {name: sum(case.features[name] for case in cases) / len(cases) for name in FEATURES}
    rows = [[case.features[name] - means[name] for name in FEATURES] for case in cases]
    bias, weights = fit(rows, [case.is_harm for case in cases], penalty=PENALTY)
    named = {name: round(weight, 4) for name, weight in zip(FEATURES, weights, strict=True)}
    rounded = {name: round(mean, 4) for name, mean in means.items()}
    return Model(round(bias, 4), threshold, named, rounded)


def _threshold(forecasts: Sequence[Forecast]) -> float:
    """The highest hundredth at which enough is found; the lowest tried where none finds it."""
    candidates = [step / 100 for step in range(5, 61)]
    return max(
        (at for at in candidates if scores(forecasts, at)[1] >= RECALL), default=candidates[0]
    )
