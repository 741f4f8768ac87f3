"""The event that "the raid" or "that operation" speaks of, as far as days need it (pure).

"The raid" is the last one that the text told of as "a raid"; "the operation" is what the sentence
before told of, by whatever word; "that operation" is the event of the figure before.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tracker.extraction.lexicon import any_of, topic

if TYPE_CHECKING:
    from tracker.extraction.document import Document
    from tracker.extraction.model import Mention

_WORDS = topic("whens")
_EVENT = any_of(_WORDS["taken_up"])
_ANY: frozenset[str] = frozenset(_WORDS["any_event"])
_TAKES_UP = re.compile(
    rf"\b(?P<which>the|this|that)\s(?:same\s)?(?P<event>{_EVENT})\b(?!\s(?:on|of|against)\b)",
    re.IGNORECASE,
)
_TOLD = re.compile(
    rf"\b(?:an?|another)\s(?:[\w’'-]+\s){{0,4}}?(?P<event>{_EVENT})\b", re.IGNORECASE
)
#: So many sentences back "a raid" is told of.
_BACK = 5
#: So far from its figure the event is taken up.
_NEAR = 100


def sentence_taken_up(document: Document, mention: Mention) -> int | None:
    """The number of the sentence that told of the event which the mention's sentence takes up."""
    sentence = document.sentences[mention.sentence]
    start = max(0, mention.core_start - sentence.start - _NEAR)
    end = mention.core_end - sentence.start + _NEAR
    taken = _TAKES_UP.search(sentence.words, start, end)
    if taken is None or mention.sentence == 0:
        return None
    event = taken["event"].lower()
    if event in _ANY:
        before = document.sentences[mention.sentence - 1].words
        return mention.sentence - 1 if _TOLD.search(before) else None
    for number in range(mention.sentence - 1, max(-1, mention.sentence - _BACK - 1), -1):
        told = _TOLD.finditer(document.sentences[number].words)
        if any(one["event"].lower() == event for one in told):
            return number
    return None


def is_event_before(document: Document, mention: Mention, before: Mention) -> bool:
    """ "In that operation": the event of the figure in the sentence before."""
    taken = _TAKES_UP.search(document.sentences[mention.sentence].words)
    if taken is None or taken["which"].lower() == "the":
        return False
    return mention.sentence - before.sentence == 1
