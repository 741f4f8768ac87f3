"""Mentions that belong together, as far as days and scopes need it (pure)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.extraction.document import Document
    from tracker.extraction.model import Mention


#: Figures that many events have: none, one, and what "several" or "dozens" stand for.
_SAYS_LITTLE = frozenset({0, 1, 2, 3, 20, 24, 40, 200, 2000})


#: A line that ends otherwise is a headline or a press office's address.
_ENDS = frozenset('.!?…"”’)؟')


def groups_of_figures(mentions: Sequence[Mention]) -> list[int]:
    """For each mention the number of its group: those that give one figure again."""
    of_figure: dict[tuple[str, int | None], int] = {}
    groups: list[int] = []
    for index, mention in enumerate(mentions):
        figure = (mention.outcome, mention.minimum)
        group = of_figure.setdefault(figure, index) if says_much(mention) else index
        groups.append(group)
    return groups


def says_much(mention: Mention) -> bool:
    """Whether its figure is one that few events have."""
    return (mention.minimum or 0) not in _SAYS_LITTLE


def by_sentence(mentions: Sequence[Mention]) -> dict[int, list[Mention]]:
    """The mentions of each sentence that has any."""
    found: dict[int, list[Mention]] = {}
    for mention in mentions:
        found.setdefault(mention.sentence, []).append(mention)
    return found


def first_of_the_telling(document: Document) -> int:
    """The number of the first whole sentence behind the head with its dateline."""
    head = document.report.head_end if document.report else 0
    behind = [s for s in document.sentences if s.end > head]
    whole = (s.number for s in behind if s.words[-1:] in _ENDS)
    return next(whole, behind[0].number if behind else 0)
