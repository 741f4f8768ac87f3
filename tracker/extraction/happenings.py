"""Which mentions speak of one event, and where, by whom and how it is said to have happened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.extraction.methods import find_methods
from tracker.extraction.model import Evidence, Happening
from tracker.extraction.places import find_places

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.extraction.document import Document
    from tracker.extraction.model import Mention


def read_happenings(document: Document, mentions: Sequence[Mention]) -> list[Happening]:
    """For each mention its event's number and what is said of the event."""
    return [_happening(document, mention) for mention in mentions]


def _happening(document: Document, mention: Mention) -> Happening:
    sentence = document.sentences[mention.sentence]
    places = find_places(sentence.words)
    methods = sorted(find_methods(sentence.words))
    evidence = {}
    if places:
        span = (sentence.start + places[0].start, sentence.start + places[0].end)
        evidence["place"] = Evidence("place in the sentence", (span,))
    if methods:
        evidence["method"] = Evidence("word of a method in the sentence")
    return Happening(
        event=mention.sentence,
        place=places[0].name if places else None,
        actor=None,
        method=methods[0] if methods else None,
        evidence=evidence,
    )
