"""What is told of the news isn't said of what is recalled or counted over a time (pure)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tracker.extraction.events.context import EVENT, SUPPORT, WEAK

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.extraction.document import Document
    from tracker.extraction.model import Evidence, Happening, Mention

_FIELDS_OF: dict[str, tuple[str, ...]] = {
    "INCIDENT": (),
    "BACKGROUND": ("method",),
    "AGGREGATE": ("method", "place"),
}
#: From another figure or sentence of the event.
_BORROWED = frozenset({EVENT, EVENT + WEAK, SUPPORT, SUPPORT + WEAK})


def without_what_is_news(
    document: Document,
    mentions: Sequence[Mention],
    happenings: Sequence[Happening],
    scopes: Sequence[str],
) -> list[Happening]:
    """The happenings: means are taken from another figure only where it is told alike.

    A running total takes no place from one either.
    """
    alike: dict[tuple[int, str], set[int]] = {}
    for mention, happening, scope in zip(mentions, happenings, scopes, strict=True):
        alike.setdefault((happening.event, scope), set()).add(mention.sentence)
    return [
        _kept(document, happening, scope, alike[happening.event, scope])
        for happening, scope in zip(happenings, scopes, strict=True)
    ]


def _kept(document: Document, happening: Happening, scope: str, alike: set[int]) -> Happening:
    lost = {
        field
        for field in _FIELDS_OF[scope]
        if (evidence := happening.evidence.get(field)) is not None
        and evidence.rule in _BORROWED
        and not _is_in(document, evidence, alike)
    }
    if not lost:
        return happening
    return replace(
        happening,
        place=None if "place" in lost else happening.place,
        method=None if "method" in lost else happening.method,
        evidence={field: one for field, one in happening.evidence.items() if field not in lost},
    )


def _is_in(document: Document, evidence: Evidence, sentences: set[int]) -> bool:
    return any(
        document.sentences[number].start <= start < document.sentences[number].end
        for number in sentences
        for start, _ in evidence.spans
    )
