"""The words of harm in a sentence, and which of them may have people as their object."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice

from tracker.extraction.figures.words import HARM_WORDS

_MOST_HARMS = 24
_LOOK_BACK = 48
_PASSIVE = re.compile(
    r"\b(?:were|was|been|being|be|are|is|got|get|getting)\s+(?:\w+ly\s+|"
    r"\w+\s+)?(?:\w+(?:\s+\w+)?\s+and\s+(?:then\s+)?)?$",
    re.IGNORECASE,
)
_THOSE = re.compile(r"\bthose\s+$", re.IGNORECASE)
_BY = re.compile(r"\s+(?:by|when|as|after|while|during)\b", re.IGNORECASE)
#: Harm that did not happen, or that is told of in general.
_ONLY_THOUGHT = re.compile(
    r"\b(?:could|would|might|(?-i:may|MAY)|can|cannot|will|should|not|never|if|avoid|avoiding|prevent|"
    r"threaten\w*|risk(?:ed|ing)?|"
    r"(?:from|of) being|danger of|intend\w*|plot\w*|plan(?:s|ned|ning)?|vow\w*|"
    r"order\w*|attempt\w*|tr(?:y|"
    r"ied|ying)|want\w*|"
    r"aim\w*|allow\w*|continue\w*|used)\s+(?:to\s+|the\s+)?(?:have\s+|be\s+|been\s+|also\s+)?$|"
    r"(?<!said\s)(?<!reported\s)(?<!believed\s)(?<!known\s)(?<!confirmed\s)\bto\s+(?:be\s+)?$|"
    r"\b(?:no|without)\s+(?:visible\s|serious\s|apparent\s)?$",
    re.IGNORECASE,
)
_INFINITIVE = re.compile(
    r"(?:kill|wound|injure|execute|arrest|detain|die|destroy|eliminate|hurt|behead)$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Harm:
    """A harm word at ``start``–``end`` of the sentence.

    ``takes_object``: the people harmed may come after it; ``is_thought``: it did not happen, or is
    told of in general.
    """

    start: int
    end: int
    outcome: str
    form: str
    takes_object: bool
    of_fighters: bool
    is_thought: bool


def read_harms(sentence: str) -> list[Harm]:
    """The harm words in order, the first ones of a table; a passive one takes no object."""
    harms = []
    for found in islice(HARM_WORDS.find(sentence), _MOST_HARMS):
        lead = sentence[max(0, found.start - _LOOK_BACK) : found.start]
        is_active = found.entry.word.endswith("ing") and lead.endswith("and ")
        is_passive = (
            (not is_active and _PASSIVE.search(lead))
            or _THOSE.search(lead)
            or _BY.match(sentence, found.end)
        )
        is_bare = _INFINITIVE.match(found.entry.word) is not None
        harms.append(
            Harm(
                start=found.start,
                end=found.end,
                outcome=found.entry.outcome,
                form=found.entry.form,
                takes_object=found.entry.form == "acts" and not is_passive,
                of_fighters=found.entry.of_fighters,
                is_thought=bool(_ONLY_THOUGHT.search(lead)) and (is_bare or " to" not in lead[-5:]),
            )
        )
    return harms
