"""Text to proposed claims: pure, without Django, usable from a notebook.

``extract(title=…, text=…)`` is all that others need; ``parse_figure`` reads a typed figure by the
same table.
"""

from tracker.extraction.extract import extract, read_positions
from tracker.extraction.figures.numbers import TABLE_VERSION, Figure, parse_figure
from tracker.extraction.model import Extraction, ProposedClaim, Relevance

__all__ = [
    "TABLE_VERSION",
    "Extraction",
    "Figure",
    "ProposedClaim",
    "Relevance",
    "extract",
    "parse_figure",
    "read_positions",
]
