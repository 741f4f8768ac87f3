"""Figures as they are printed: each with its limit and whether it was reached."""

from __future__ import annotations

import sys
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure; exactly one of ``at_least`` and ``at_most`` is its limit, or neither
    where it is told for orientation only."""

    name: str
    value: float
    at_least: float | None = None
    at_most: float | None = None
    unit: str = ""

    @property
    def is_reached(self) -> bool:
        """Whether the limit, if any, is kept."""
        return (self.at_least is None or self.value >= self.at_least) and (
            self.at_most is None or self.value <= self.at_most
        )

    def __str__(self) -> str:
        said = f"{self.name}: {self.value:.4g}{self.unit and ' ' + self.unit}"
        if self.at_least is not None:
            said += f" (at least {self.at_least:g}: {self._verdict})"
        if self.at_most is not None:
            said += f" (at most {self.at_most:g}: {self._verdict})"
        return said

    @property
    def _verdict(self) -> str:
        return "reached" if self.is_reached else "missed"


def print_figures(figures: list[Figure]) -> int:
    """One line each on standard output; 0 where every limit is kept, else 1."""
    for figure in figures:
        sys.stdout.write(f"{figure}\n")
    sys.stdout.flush()
    return 0 if all(figure.is_reached for figure in figures) else 1
