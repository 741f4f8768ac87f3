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

from tracker.extraction.figures.words import MAY_TELL_HARM
from tracker.extraction.lexicon import any_of, topic
from tracker.extraction.model import Evidence
from tracker.extraction.scopes.totals import is_long_ago, read_totals
from tracker.extraction.scopes.words import cue_of
from tracker.extraction.times.day_counts import DAY_IN_THE_SENTENCE
from tracker.extraction.times.same_events import (
    by_sentence,
    first_of_the_telling,
    groups_of_figures,
)
from tracker.extraction.times.whens import DAY_OF_THE_LEAD

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from tracker.extraction.document import Document
    from tracker.extraction.model import Happening, Mention, When

_WORDS = topic("scope")
_DIPLOMACY = re.compile(rf"\b{any_of(_WORDS['diplomacy']['words'])}(?!\w)", re.IGNORECASE)
_PASSING = re.compile(
    rf"\b{any_of(_WORDS['single']['words'] + _WORDS['single']['many'])}\b[^.;]{{0,90}}?"
    rf"\b{any_of(_WORDS['passing']['words'])}\b",
    re.IGNORECASE,
)
_RECALLED_AFTER = timedelta(days=2)
#: As far as the words of a figure's own event stand from it.
_NEAR = 100
_OLD = timedelta(days=7)
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
    del happenings
    groups = groups_of_figures(mentions)
    own = [when if when.evidence.rule == DAY_IN_THE_SENTENCE else None for when in whens]
    totals = read_totals(document, mentions, own)
    beside = by_sentence(mentions)
    scopes: list[Scope | None] = [
        ("AGGREGATE", total) if total else _recalled(document, mention, beside, when)
        for mention, when, total in zip(mentions, whens, totals, strict=True)
    ]
    main = _main(document, mentions, groups, scopes, whens)
    about_harm = MAY_TELL_HARM.search(document.title) is not None
    begin = first_of_the_telling(document)
    for index, mention in enumerate(mentions):
        if scopes[index] is not None:
            continue
        leads = groups[index] == main.group and mention.sentence <= begin + 1
        if not about_harm and not leads:
            scopes[index] = _in_passing(document, mention, whens[index])
        if scopes[index] is None and groups[index] != main.group:
            scopes[index] = _by_day(document, whens[index], main)
    return [scope or ("INCIDENT", Evidence("told as news")) for scope in scopes]


def _recalled(
    document: Document, mention: Mention, beside: Mapping[int, Sequence[Mention]], when: When
) -> Scope | None:
    if is_long_ago(document, mention, when):
        return "BACKGROUND", Evidence("a time long ago is named", when.evidence.spans)
    cue, words = cue_of(document, mention, beside[mention.sentence])
    if cue == "recalled" and not _is_fresh(document, when):
        return "BACKGROUND", Evidence("words of something recalled", (words,))
    return None


def _is_fresh(document: Document, when: When) -> bool:
    """A day right before the report stands beside the figure."""
    report = document.report.day if document.report else None
    if report is None or when.day is None or when.evidence.rule != DAY_IN_THE_SENTENCE:
        return False
    return report - when.day < _RECALLED_AFTER


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
    if main.day is None:
        led = (when.day for when in whens if when.evidence.rule == DAY_OF_THE_LEAD)
        main = _Main(main.group, next(led, None))
    return main


def _in_passing(document: Document, mention: Mention, when: When) -> Scope | None:
    """An attack named for context where the article is about what is said or done after it."""
    begin = first_of_the_telling(document)
    report = document.report.day if document.report else None
    old = when.day is not None and report is not None and report - when.day >= _OLD
    words = document.text[document.sentences[mention.sentence].start : mention.core_end]
    passing = _PASSING.search(words, max(0, len(words) - 2 * _NEAR))
    aside = passing and mention.sentence > begin + 1 and _DIPLOMACY.search(document.title)
    if old or (aside and (when.day is None or when.evidence.rule != DAY_IN_THE_SENTENCE)):
        return "BACKGROUND", Evidence("named in passing", when.evidence.spans)
    return None


def _leads(document: Document, mention: Mention) -> bool:
    before = document.text[document.sentences[mention.sentence].start : mention.core_end]
    return not (_PASSING.search(before) and _DIPLOMACY.search(document.title or before))


def _by_day(document: Document, when: When, main: _Main) -> Scope | None:
    report = document.report.day if document.report else None
    if report is None or when.last is None or main.day is None or when.last >= main.day:
        return None
    if report - (when.day or when.last) >= _RECALLED_AFTER:
        return "BACKGROUND", Evidence("days before, beside the main event", when.evidence.spans)
    return None
