"""Logistic regression for a few features and a few hundred cases, without a library."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_STEPS = 40
_SMALL = 1e-9


def sigmoid(score: float) -> float:
    """A chance from a score, whatever its size.

    >>> sigmoid(0.0), sigmoid(-1000.0), sigmoid(1000.0)
    (0.5, 0.0, 1.0)
    """
    if score >= 0:
        return 1 / (1 + math.exp(-score))
    grown = math.exp(score)
    return grown / (1 + grown)


def fit(
    rows: Sequence[Sequence[float]], truths: Sequence[bool], *, penalty: float
) -> tuple[float, list[float]]:
    """Bias and weights by Newton's method; ``penalty`` holds the weights, not the bias, small."""
    width = len(rows[0]) + 1
    cases = [[1.0, *row] for row in rows]
    weights = [0.0] * width
    for _ in range(_STEPS):
        slope = [0.0] + [-penalty * weight for weight in weights[1:]]
        curve = [[0.0] * width for _ in range(width)]
        for place in range(1, width):
            curve[place][place] = penalty
        for case, truth in zip(cases, truths, strict=True):
            chance = sigmoid(sum(w * x for w, x in zip(weights, case, strict=True)))
            spread = max(chance * (1 - chance), _SMALL)
            for i, value in enumerate(case):
                slope[i] += (truth - chance) * value
                for j in range(width):
                    curve[i][j] += spread * value * case[j]
        step = _solved(curve, slope)
        weights = [weight + change for weight, change in zip(weights, step, strict=True)]
        if max(abs(change) for change in step) < _SMALL:
            break
    return weights[0], weights[1:]


def _solved(matrix: list[list[float]], values: list[float]) -> list[float]:
    """Gauss's elimination with the largest pivot; the matrix is positive definite."""
    size = len(values)
    rows = [[*row, value] for row, value in zip(matrix, values, strict=True)]
    for column in range(size):
        pivot = max(range(column, size), key=lambda row: abs(rows[row][column]))
        rows[column], rows[pivot] = rows[pivot], rows[column]
        for row in range(column + 1, size):
            factor = rows[row][column] / rows[column][column]
            for place in range(column, size + 1):
                rows[row][place] -= factor * rows[column][place]
    solution = [0.0] * size
    for row in reversed(range(size)):
        known = sum(rows[row][place] * solution[place] for place in range(row + 1, size))
        solution[row] = (rows[row][size] - known) / rows[row][row]
    return solution
