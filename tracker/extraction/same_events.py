"""Mentions of one event, as far as days and scopes need it (pure)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.extraction.document import Document
    from tracker.extraction.model import Happening, Mention


#: Figures that many events have: none, one, and what "several" or "dozens" stand for.
_SAYS_LITTLE = frozenset({0, 1, 2, 3, 20, 24, 40, 200, 2000})


def groups_of_events(mentions: Sequence[Mention], happenings: Sequence[Happening]) -> list[int]:
    """For each mention the number of its group: one event, or the same figure given again."""
    groups: list[int] = []
    of_event: dict[int, int] = {}
    of_figure: dict[tuple[str, int | None], int] = {}
    for index, (mention, happening) in enumerate(zip(mentions, happenings, strict=True)):
        figure = (mention.outcome, mention.minimum)
        again = None if (mention.minimum or 0) in _SAYS_LITTLE else of_figure.get(figure)
        by_event = of_event.get(happening.event)
        group = by_event if by_event is not None else index if again is None else again
        of_event.setdefault(happening.event, group)
        of_figure.setdefault(figure, group)
        groups.append(group)
    return groups


def by_sentence(mentions: Sequence[Mention]) -> dict[int, list[Mention]]:
    """The mentions of each sentence that has any."""
    found: dict[int, list[Mention]] = {}
    for mention in mentions:
        found.setdefault(mention.sentence, []).append(mention)
    return found


def first_of_the_telling(document: Document) -> int:
    """The number of the first sentence behind the head with its dateline."""
    head = document.report.head_end if document.report else 0
    return next((s.number for s in document.sentences if s.end > head), 0)
