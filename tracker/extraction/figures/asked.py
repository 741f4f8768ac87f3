"""What is asked or left open and not said: "how many had died", "whether anyone was hurt"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tracker.extraction.figures.numbered import UNNUMBERED
from tracker.extraction.lexicon import any_of, topic

if TYPE_CHECKING:
    from tracker.extraction.figures.numbered import Count

_WORDS = topic("figures")["open"]
#: So far back the word that opens a question stands.
_LOOK_BACK = 80
#: "How many civilians": right before the number, or a few words before the group.
_HOW_MANY = re.compile(r"\bhow\s(?:many\b(?:\s(?:of\s)?[\w’'-]{1,20}){0,3}\s)?$", re.IGNORECASE)
#: The clause that a question opens goes on to its end.
_QUESTION = re.compile(
    rf"\b{any_of(_WORDS['asks'])}\s(?:(?!{any_of(_WORDS['goes_on'])}\b)[^\s,;:.()]{{1,30}}\s){{0,10}}$",
    re.IGNORECASE,
)
_ASKS = re.compile(rf"\b(?:how\smany|{any_of(_WORDS['asks'])})\b", re.IGNORECASE)


def is_asked(sentence: str, count: Count) -> bool:
    """Whether the count is no figure, as it is only asked for: a number that is said stays one."""
    if count.is_denial:
        return _ASKS.search(count.words) is not None
    if not (count.is_vague or count.rule == UNNUMBERED):
        return False
    lead = sentence[max(0, count.start - _LOOK_BACK) : count.start]
    return _HOW_MANY.search(lead) is not None or _QUESTION.search(lead) is not None
