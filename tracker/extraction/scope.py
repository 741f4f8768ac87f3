"""Whether a figure is of an event told as news, of one recalled, or a running total.

Words of a total come first, then words of something recalled, then the day: an event two days and
more before the report is recalled where the article's main thread is something else. The main
thread is the event the article leads with.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from tracker.extraction.lexicon import any_of, topic
from tracker.extraction.model import Evidence
from tracker.extraction.same_events import by_sentence, first_of_the_telling, groups_of_events
from tracker.extraction.scope_words import cue_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from tracker.extraction.document import Document
    from tracker.extraction.model import Happening, Mention, When

_WORDS = topic("scope")
_WAR: int = _WORDS["size"]["war"]
_SINGLE = re.compile(rf"\b{any_of(_WORDS['single']['words'])}\b", re.IGNORECASE)
_MANY = re.compile(rf"\b{any_of(_WORDS['single']['many'])}\b", re.IGNORECASE)
_DIPLOMACY = re.compile(rf"\b{any_of(_WORDS['diplomacy']['words'])}(?!\w)", re.IGNORECASE)
_PASSING = re.compile(rf"\b{any_of(_WORDS['passing']['phrases'])}\b", re.IGNORECASE)
_RECALLED_AFTER = timedelta(days=2)
_LONG = timedelta(days=6)
#: The sentences that an article leads with.
_LEAD = 3

Scope = tuple[str, Evidence]


def read_scopes(
    document: Document,
    mentions: Sequence[Mention],
    happenings: Sequence[Happening],
    whens: Sequence[When],
) -> list[Scope]:
    """For each mention "INCIDENT", "BACKGROUND" or "AGGREGATE", and why."""
    beside = by_sentence(mentions)
    groups = groups_of_events(mentions, happenings)
    scopes = [
        _by_words(document, mention, beside[mention.sentence], when)
        for mention, when in zip(mentions, whens, strict=True)
    ]
    main = _main(document, mentions, groups, scopes, whens)
    for index, when in enumerate(whens):
        if scopes[index] is None and groups[index] != main.group:
            scopes[index] = _by_day(document, when, main)
    return [scope or ("INCIDENT", Evidence("told as news")) for scope in scopes]


def _by_words(
    document: Document, mention: Mention, beside: Sequence[Mention], when: When
) -> Scope | None:
    cue, words_of_it = cue_of(document, mention, beside)
    if cue == "total":
        return "AGGREGATE", Evidence("words of a running total", (words_of_it,))
    if mention.outcome == "KILLED" and (mention.minimum or mention.maximum or 0) >= _WAR:
        span = (mention.figure_start, mention.figure_end)
        return "AGGREGATE", Evidence("as many as a war kills", (span,))
    words = document.text[mention.start : mention.end]
    long = _long_window(document, when)
    if long:
        single = _SINGLE.search(words) and not _MANY.search(words)
        scope = "BACKGROUND" if single and long == "past" else "AGGREGATE"
        return scope, Evidence("a long time is named", when.evidence.spans)
    if cue == "recalled":
        return "BACKGROUND", Evidence("words of something recalled", (words_of_it,))
    return None


def _long_window(document: Document, when: When) -> str:
    """ "past" or "running" for a window of weeks and more, else ""."""
    if when.first is None or when.last is None or when.last - when.first < _LONG:
        return ""
    report = document.report.day if document.report else None
    return "running" if report is not None and when.last >= report else "past"


@dataclass(frozen=True, slots=True)
class _Main:
    """The event that an article leads with; None where it leads with none."""

    group: int | None = None
    day: date | None = None


def _main(
    document: Document,
    mentions: Sequence[Mention],
    groups: Sequence[int],
    scopes: Sequence[Scope | None],
    whens: Sequence[When],
) -> _Main:
    begin = first_of_the_telling(document)
    main = _Main()
    for index, mention in enumerate(mentions):
        if scopes[index] is not None:
            continue
        if mention.sentence >= begin + _LEAD or not _leads(document, mention):
            break
        group = groups[index] if main.group is None else main.group
        main = _Main(group, main.day or whens[index].day)
    return main


def _leads(document: Document, mention: Mention) -> bool:
    before = document.text[document.sentences[mention.sentence].start : mention.core_end]
    return not (_PASSING.search(before) and _DIPLOMACY.search(document.title or before))


def _by_day(document: Document, when: When, main: _Main) -> Scope | None:
    report = document.report.day if document.report else None
    if report is None or when.last is None or (main.day and when.day == main.day):
        return None
    if report - (when.day or when.last) >= _RECALLED_AFTER:
        return "BACKGROUND", Evidence("days before, beside the main event", when.evidence.spans)
    return None
