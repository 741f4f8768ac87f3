"""What accused parties say of their act, of harm and of responsibility."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tracker.extraction.document import Document
    from tracker.extraction.model import ProposedPosition


def find_positions(document: Document) -> list[ProposedPosition]:
    """The positions in the order of the text."""
    del document
    return []
