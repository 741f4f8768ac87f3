"""Days that count from another event: "two days later", "a day after a raid" (pure).

Where the other event has no day, neither has this one.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from tracker.extraction.model import Evidence, When
from tracker.extraction.times.calendar_words import shifted
from tracker.extraction.times.day_owners import owner_of
from tracker.extraction.times.days import DayStep, NamedDay, find_gaps, find_steps

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from tracker.extraction.document import Document, Sentence
    from tracker.extraction.model import Mention

NOT_SAID = When(None, None, None, "UNKNOWN", "", "", None, "", "", Evidence("no day said"))
#: The rule of a day that stands beside the figure.
DAY_IN_THE_SENTENCE = "day in the sentence"
#: By sentence, the days that it names.
Days = dict[int, tuple[NamedDay, ...]]
_AWAY = re.compile(r"[.;,]|\b(?:and|but|while)\b", re.IGNORECASE)
#: So many sentences back an event still is "the event before".
_BACK = 4


def day_counted(
    document: Document, mention: Mention, named: Days, before: Sequence[When]
) -> When | None:
    """ "two days later": counted from the event named before, unresolved if that one is."""
    sentence = document.sentences[mention.sentence]
    for step in find_steps(sentence.words):
        if owner_of(sentence.words, step.start, step.end) != "statement":
            told = before[-1].day if before else None
            anchor = _named_before(sentence.start + step.start, mention.sentence, named) or told
            return _counted(document, sentence, step, anchor)
    return None


def day_before(
    document: Document, mention: Mention, named: Days, before: Sequence[When]
) -> When | None:
    """ "… on Thursday, one day after a raid that killed nine": the raid was on Wednesday."""
    sentence = document.sentences[mention.sentence]
    for step in find_gaps(sentence.words):
        end = sentence.start + step.end
        if end > mention.core_start or _AWAY.search(document.text, end, mention.core_start):
            continue
        told = before[-1] if before else None
        beside = told.day if told and told.evidence.rule == DAY_IN_THE_SENTENCE else None
        anchor = _named_before(sentence.start + step.start, mention.sentence, named) or beside
        return _counted(document, sentence, step, anchor)
    return None


def _counted(document: Document, sentence: Sentence, step: DayStep, anchor: date | None) -> When:
    start, end = sentence.start + step.start, sentence.start + step.end
    evidence = Evidence("counted from the event before", ((start, end),))
    phrase = document.text[start:end]
    day = shifted(anchor, step.days) if anchor else None
    if day is None or (document.report and day > document.report.day):
        return replace(NOT_SAID, phrase=phrase, evidence=evidence)
    found = When(day, day, day, "DAY", "RELATIVE_RESOLVED", phrase, anchor, "", "", evidence)
    return replace(found, anchor_kind="EARLIER_EVENT")


def _named_before(start: int, sentence: int, named: Days) -> date | None:
    """The day of the event that the text names last before ``start``, not far back."""
    for number in range(sentence, max(-1, sentence - _BACK), -1):
        before = [
            day.day
            for day in named.get(number, ())
            if day.end <= start and day.day and (number == sentence or not day.of_statement)
        ]
        if before:
            return before[-1]
    return None
