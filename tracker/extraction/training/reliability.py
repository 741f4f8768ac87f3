"""How well chances that were named agree with what came true."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_BANDS = 5


@dataclass(frozen=True, slots=True)
class Forecast:
    """A chance that was named beforehand, and whether it came true."""

    chance: float
    came_true: bool


def brier(forecasts: Sequence[Forecast]) -> float:
    """The mean squared distance of chance and truth; 0 is perfect, .25 what "a half" earns.

    >>> brier([Forecast(1.0, True), Forecast(0.5, False)])
    0.125
    """
    return sum((f.chance - f.came_true) ** 2 for f in forecasts) / max(1, len(forecasts))


def expected_error(forecasts: Sequence[Forecast]) -> float:
    """Over bands of chances: how far their mean is from the share that came true, weighted.

    >>> expected_error([Forecast(0.9, True), Forecast(0.9, True)])  # doctest: +ELLIPSIS
    0.09999...
    """
    total = 0.0
    for band in _bands(forecasts):
        if band:
            total += abs(sum(f.chance - f.came_true for f in band))
    return total / max(1, len(forecasts))


def table(forecasts: Sequence[Forecast]) -> list[str]:
    """A Markdown table, one line for each band of chances."""
    lines = ["| chance named | cases | mean chance | came true |", "|---|---|---|---|"]
    for number, band in enumerate(_bands(forecasts)):
        if band:
            mean = sum(f.chance for f in band) / len(band)
            true = sum(f.came_true for f in band) / len(band)
            name = f"{number / _BANDS:.1f} to {(number + 1) / _BANDS:.1f}"
            lines.append(f"| {name} | {len(band)} | {mean:.2f} | {true:.2f} |")
    return lines


def _bands(forecasts: Sequence[Forecast]) -> list[list[Forecast]]:
    bands: list[list[Forecast]] = [[] for _ in range(_BANDS)]
    for forecast in forecasts:
        bands[min(_BANDS - 1, int(forecast.chance * _BANDS))].append(forecast)
    return bands
