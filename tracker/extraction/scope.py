"""Whether a figure is of an event told as news, of one recalled, or a running total."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.extraction.model import Evidence
from tracker.extraction.words import AGGREGATE, BACKGROUND

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.extraction.document import Document
    from tracker.extraction.model import Happening, Mention, When


def read_scopes(
    document: Document,
    mentions: Sequence[Mention],
    happenings: Sequence[Happening],
    whens: Sequence[When],
) -> list[tuple[str, Evidence]]:
    """For each mention "INCIDENT", "BACKGROUND" or "AGGREGATE", and why."""
    del happenings, whens
    return [_scope_of(document.sentences[mention.sentence].words) for mention in mentions]


def _scope_of(sentence: str) -> tuple[str, Evidence]:
    if AGGREGATE.search(sentence):
        return "AGGREGATE", Evidence("words of a running total")
    if BACKGROUND.search(sentence):
        return "BACKGROUND", Evidence("words of something recalled")
    return "INCIDENT", Evidence("told as news")
