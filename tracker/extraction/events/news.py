"""What is told of the news isn't said of what is recalled or counted over a time (pure)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tracker.extraction.events.context import EVENT, SUPPORT, WEAK

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.extraction.document import Document
    from tracker.extraction.model import Evidence, Happening, Mention

#: The rules by which a field is taken from another figure or sentence of the event.
_BORROWED = frozenset({EVENT, EVENT + WEAK, SUPPORT, SUPPORT + WEAK})
#: By scope, the fields that it takes from figures of the same scope alone.
_OWN_FIELDS: dict[str, tuple[str, ...]] = {
    "INCIDENT": (),
    "BACKGROUND": ("method",),
    "AGGREGATE": ("method", "place"),
}


def without_what_is_news(
    document: Document,
    mentions: Sequence[Mention],
    happenings: Sequence[Happening],
    scopes: Sequence[tuple[str, Evidence]],
) -> list[Happening]:
    """The happenings: what is recalled has its means, a total also its place, from no news."""
    alike: dict[tuple[int, str], set[int]] = {}
    for mention, happening, (scope, _) in zip(mentions, happenings, scopes, strict=True):
        alike.setdefault((happening.event, scope), set()).add(mention.sentence)
    return [
        _without(happening, _taken(document, happening, scope, alike[happening.event, scope]))
        for happening, (scope, _) in zip(happenings, scopes, strict=True)
    ]


def _taken(document: Document, happening: Happening, scope: str, alike: set[int]) -> set[str]:
    """The fields that rest on a sentence without a figure of the same scope."""
    return {
        field
        for field in _OWN_FIELDS[scope]
        if (evidence := happening.evidence.get(field)) is not None
        and evidence.rule in _BORROWED
        and not _is_in(document, evidence, alike)
    }


def _without(happening: Happening, fields: set[str]) -> Happening:
    """The happening with what the mention's own sentence says in the place of these fields."""
    if not fields:
        return happening
    own = {name: one for name, one in happening.own.items() if name in fields}
    kept = {name: one for name, one in happening.evidence.items() if name not in fields}
    values = {name: own[name][0] if name in own else None for name in fields}
    return replace(
        happening,
        place=values.get("place", happening.place),
        method=values.get("method", happening.method),
        evidence=kept | {name: found[1] for name, found in own.items()},
    )


def _is_in(document: Document, evidence: Evidence, sentences: set[int]) -> bool:
    """Whether the words it rests on stand in one of the sentences."""
    return any(
        document.sentences[number].start <= start < document.sentences[number].end
        for number in sentences
        for start, _ in evidence.spans
    )
