"""Figures of a row, by the table that articles are read by: "12+", "5-7", "at least five"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tracker.extraction.figures.numbers import Figure, parse_figure
from tracker.imports.choices import Refusal
from tracker.imports.rows.refused import RowRefused

if TYPE_CHECKING:
    from tracker.imports.reading.table import Cell

_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
#: What teams write where nothing is known; an empty cell says the same.
_NOT_KNOWN = frozenset(
    {"", "-", "–", "—", "?", "n/a", "na", "n.a.", "unknown", "not known", "null"}
)


@dataclass(frozen=True, slots=True)
class Count:
    """A figure and the words it was read from."""

    figure: Figure
    words: str


def count_of(value: Cell, heading: str) -> Count | None:
    """The figure of a cell; None = nothing is said. Raises RowRefused."""
    if isinstance(value, bool) or (value is not None and not isinstance(value, str | int | float)):
        raise RowRefused(
            Refusal.FIGURE,
            f"“{heading}” holds {'yes or no' if isinstance(value, bool) else 'a day'} instead of "
            "a figure; a spreadsheet program makes a day of 5-7.",
        )
    words = _plain(value)
    if words.casefold() in _NOT_KNOWN:
        return None
    figure = parse_figure(words)
    if figure is None:
        raise RowRefused(
            Refusal.FIGURE,
            f"“{heading}”: “{words[:40]}” is no figure; write 12, 12+, 5-7 or “at least 5”.",
        )
    return Count(figure, words)


def whole_count(
    one: Count | None, least: Count | None, most: Count | None, heading: str
) -> Count | None:
    """One cell, or a lower and an upper one, as one figure. Raises RowRefused."""
    if least is None and most is None:
        return one
    if one is not None:
        raise RowRefused(
            Refusal.FIGURE,
            f"“{heading}” stands beside a lower or upper figure of the same; give one of them.",
        )
    low = least.figure.minimum if least else None
    high = most.figure.maximum if most else None
    if low is not None and high is not None and low > high:
        raise RowRefused(
            Refusal.FIGURE, f"The lower figure ({low}) is above the higher one ({high})."
        )
    words = " – ".join(part.words for part in (least, most) if part)
    return Count(Figure(low, high), words)


def _plain(value: Cell) -> str:
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else str(value)
    return " ".join(str(value if value is not None else "").translate(_DIGITS).split())
