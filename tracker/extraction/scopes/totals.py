"""Which figures are running totals over a time, a campaign or a war, and why (pure).

Told by words ("since the war began"), by a long time that is named ("in February"), by a size no
single event has, by many attacks that "have killed hundreds", and by standing beside such a
figure or being said to be a part of it.
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from tracker.extraction.lexicon import any_of, topic
from tracker.extraction.model import Evidence
from tracker.extraction.scopes.words import cue_of, has_parts, has_totals
from tracker.extraction.times.same_events import by_sentence, first_of_the_telling, says_much

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.extraction.document import Document
    from tracker.extraction.model import Mention, When

_WORDS = topic("scope")
_WAR: int = _WORDS["size"]["war"]
_HUGE: int = _WORDS["size"]["huge"]
_MANY_DEAD: int = _WORDS["size"]["many"]
#: "Two blasts", at one time and place, are one event.
_PAIR = r"(?:two|twin)\s"
_SINGLE = re.compile(
    rf"\b(?:{any_of(_WORDS['single']['words'])}|{_PAIR}{any_of(_WORDS['single']['many'])})\b",
    re.IGNORECASE,
)
_MANY = re.compile(
    rf"(?<!\btwo\s)(?<!\btwin\s)\b{any_of(_WORDS['single']['many'])}\b", re.IGNORECASE
)
_HAVE = re.compile(
    rf"\b(?:have|has)\s(?:also\s)?{any_of(_WORDS['perfect']['words'])}\b", re.IGNORECASE
)
_HAVE_BEEN = re.compile(
    rf"\b(?:have|has)\sbeen\s{any_of(_WORDS['perfect']['words'])}\b", re.IGNORECASE
)
_LASTING = re.compile(
    rf"\b{any_of(_WORDS['lasting']['words'])}\b[^.;]{{0,120}}?\b(?:have|has)\s(?:also\s)?"
    rf"{any_of(_WORDS['perfect']['words'])}\b|"
    rf"\b(?:have|has)\sbeen\s{any_of(_WORDS['perfect']['words'])}\b[^.;]{{0,90}}?"
    rf"\b{any_of(_WORDS['lasting']['words'])}\b",
    re.IGNORECASE,
)
_ONGOING = re.compile(rf"\b{any_of(_WORDS['ongoing']['words'])}\b", re.IGNORECASE)
#: A time up to the report's day of so many days is no burst.
_RUNNING = timedelta(days=3)
_LONG = timedelta(days=6)
#: As far as the words of a figure's own event stand from it.
_NEAR = 100


def read_totals(
    document: Document, mentions: Sequence[Mention], own: Sequence[When | None]
) -> list[Evidence | None]:
    """For each mention why it is a running total, None where it is none.

    ``own`` is the time that stands beside each mention in its sentence.
    """
    beside = by_sentence(mentions)
    begin = first_of_the_telling(document)
    totals: list[Evidence | None] = []
    for mention, when in zip(mentions, own, strict=True):
        total = _by_words(document, mention, beside[mention.sentence], when)
        if total is None and (when is None or when.day is None):
            total = _of_lasting(document, mention)
            if total is None and mention.sentence > begin + 1:
                total = _of_many_attacks(document, mention)
        if total is None:
            index = max(0, len(totals) - 1)
            before = totals[index] if totals else None
            total = _as_part(document, mention, mentions[index], before, when)
        totals.append(total)
    return _with_neighbours(document, mentions, own, totals)


def is_long_ago(document: Document, mention: Mention, when: When | None) -> bool:
    """Whether a month or a year is named for a single event, or one that is over for few dead."""
    window = _long_window(document, when)
    if not window:
        return False
    if mention.minimum == 1 and window == "past":
        return True
    start = max(mention.start, mention.core_start - _NEAR)
    words = document.text[start : mention.core_end + _NEAR]
    single, many = (_gap(found, words, mention.core_start - start) for found in (_SINGLE, _MANY))
    if single == many:  # neither is said
        return window == "past" and (mention.minimum or mention.maximum or 0) < _MANY_DEAD
    return single < many


def _gap(pattern: re.Pattern[str], words: str, at: int) -> int:
    return min((abs(match.start() - at) for match in pattern.finditer(words)), default=len(words))


def _by_words(
    document: Document, mention: Mention, beside: Sequence[Mention], when: When | None
) -> Evidence | None:
    cue, span = cue_of(document, mention, beside)
    if cue == "total":
        return Evidence("words of a running total", (span,))
    if mention.outcome == "KILLED" and (mention.minimum or mention.maximum or 0) >= _WAR:
        return Evidence("as many as a war kills", ((mention.figure_start, mention.figure_end),))
    if when and _long_window(document, when) and not is_long_ago(document, mention, when):
        return Evidence("a long time is named", when.evidence.spans)
    return None


def _long_window(document: Document, when: When | None) -> str:
    """ "past" or "running" for a window of weeks and more, else ""."""
    if when is None or when.first is None or when.last is None:
        return ""
    report = document.report.day if document.report else None
    if report is not None and when.last >= report:
        return "running" if when.last - when.first >= _RUNNING else ""
    return "past" if when.last - when.first >= _LONG else ""


def _of_lasting(document: Document, mention: Mention) -> Evidence | None:
    """ "The missions have resulted in the death of 44 fighters"."""
    sentence = document.sentences[mention.sentence]
    for found in _LASTING.finditer(sentence.words):
        start, end = sentence.start + found.start(), sentence.start + found.end()
        if start <= mention.core_end <= end or start - _NEAR <= mention.core_start <= end + _NEAR:
            return Evidence("many attacks have killed", ((start, end),))
    return None


def _of_many_attacks(document: Document, mention: Mention) -> Evidence | None:
    """ "the strikes have killed hundreds of civilians", told after the news."""
    if (mention.minimum or mention.maximum or 0) < _MANY_DEAD:
        return None
    start = max(document.sentences[mention.sentence].start, mention.core_start - _NEAR)
    words = document.text[start : mention.core_end]
    if (mention.minimum or mention.maximum or 0) >= _HUGE and not _SINGLE.search(words):
        figure = (mention.figure_start, mention.figure_end)
        return Evidence("so many, and no single event is named", (figure,))
    have = _HAVE.search(words)
    passive = _HAVE_BEEN.search(document.text, start, mention.core_end)
    if passive and _ONGOING.search(document.text, start, mention.core_end + _NEAR):
        return Evidence("many attacks have killed", (passive.span(),))
    if have is None or not _MANY.search(words, 0, have.start()):
        return None
    return Evidence("many attacks have killed", ((start + have.start(), start + have.end()),))


def _as_part(
    document: Document,
    mention: Mention,
    before: Mention,
    total: Evidence | None,
    when: When | None,
) -> Evidence | None:
    """ "The capital alone saw 90 dead": of the kind of the total just before."""
    if when is not None or mention.sentence == 0:
        return None
    is_after = total is not None and mention.sentence - before.sentence == 1
    if not is_after and not has_totals(document.sentences[mention.sentence - 1].words):
        return None
    if not has_parts(document.sentences[mention.sentence].words):
        return None
    return Evidence("part of a running total", total.spans if total and is_after else ())


def _with_neighbours(
    document: Document,
    mentions: Sequence[Mention],
    own: Sequence[When | None],
    totals: list[Evidence | None],
) -> list[Evidence | None]:
    """What stands beside a total, or gives its figure, without a day of its own, is one too."""
    figures = {
        (mention.outcome, mention.minimum)
        for mention, total in zip(mentions, totals, strict=True)
        if total is not None and says_much(mention)
    }
    of_sentence = {
        mention.sentence: total
        for mention, total in zip(mentions, totals, strict=True)
        if total is not None and total.rule == "words of a running total"
    }
    found: list[Evidence | None] = []
    for mention, when, total in zip(mentions, own, totals, strict=True):
        beside = of_sentence.get(mention.sentence)
        is_own = when is not None and (when.day or is_long_ago(document, mention, when))
        if total is None and beside is not None and not is_own:
            found.append(Evidence("beside a running total", beside.spans))
        elif total is None and when is None and (mention.outcome, mention.minimum) in figures:
            found.append(Evidence("the figure of a running total"))
        else:
            found.append(total)
    return found
