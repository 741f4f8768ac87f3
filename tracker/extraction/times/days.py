"""Days that a report names, resolved by its own day, with their precision (pure).

The day of the report is what its head says, then the day it was published. A phrase is resolved by
the table of the methodology (7.3); what the table does not hold stays unresolved, and no day is
ever made up.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tracker.extraction.lexicon import any_of, topic
from tracker.extraction.times.calendar_words import WEEKDAY, number
from tracker.extraction.times.day_owners import owner_of
from tracker.extraction.times.day_phrases import KINDS, Window
from tracker.extraction.times.report_days import ReportDay, is_of_the_page, report_day

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

__all__ = ["DayStep", "NamedDay", "ReportDay", "find_days", "find_gaps", "find_steps", "report_day"]

_TERM_OF = {word: term for term, words in topic("days")["parts"].items() for word in words}
_PART = any_of(list(_TERM_OF))
_PART_AFTER = re.compile(
    rf"\s(?:at\s|before\s|around\s|in the\s)?(?:early\s|late\s)?(?P<part>{_PART})\b", re.IGNORECASE
)
_PART_BEFORE = re.compile(
    rf"\b(?:(?P<part>{_PART})\s(?:hours\s)?(?:(?:on|of|local time)\s)?|"
    r"(?:early|late|earlier|later)\s(?:on\s|in the day on\s)?)$",
    re.IGNORECASE,
)
#: What a sentence must hold to name a day: a quick look before the careful one.
_MAY_NAME_A_DAY = re.compile(
    r"\d|day|night|evening|hours|week|month|year|this\s|"
    + any_of([*topic("days")["months"], *topic("days")["feasts"]]),
    re.IGNORECASE,
)
#: What is to come, or only the end of a time, is no day of an event.
_TO_COME = re.compile(
    r"\b(?:next|coming|until|till|by|every|before|scheduled for|due)\s(?:the\s)?$",
    re.IGNORECASE,
)
_HABIT = re.compile(rf"\b(?:on|most)\s{WEEKDAY}s$", re.IGNORECASE)
_SINCE = re.compile(
    r"\b(?:since|(?:began|begun|started|erupted|broke\sout)(?:\son)?)\s(?:the\s|late\s|early\s)?$|^since\s",
    re.IGNORECASE,
)
#: "Since the 2019 operation": the year is the operation's.
_OF_A_YEAR = re.compile(r"the\s\d", re.IGNORECASE)
_TODAY = re.compile(r"today|tonight|this\s", re.IGNORECASE)
#: Years that a report can count in; others are made up.
_YEARS = range(1900, 2200)
_STEP = re.compile(
    r"\b(?:(?P<same>(?:the|that)\ssame\s(?:day|night|morning|afternoon|evening)|that\sday)|"
    r"(?P<before>the\sprevious\s(?:day|night|evening|morning)|(?:the|a|one)\sday\searlier|"
    r"the\s(?:day|night|evening)\sbefore(?=\s?[,.;)]|$|\s(?:and|in|at|near|by|when)\b))|"
    r"(?P<after>the\s(?:next|following)\s(?:day|morning|night)|(?:a|one)\sday\slater)|"
    rf"(?P<number>[2-9]|{any_of(topic('days')['numbers'][1:])})\sdays\s(?P<way>earlier|later))\b",
    re.IGNORECASE,
)
#: "one day after a raid": the raid was the day before what is told.
_GAP = re.compile(
    rf"\b(?P<number>a|one|[2-9]|{any_of(topic('days')['numbers'][1:])})\sdays?\safter\s"
    r"(?=an?\s|the\s|\w+\s(?:attack|strike|raid|operation))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class NamedDay:
    """What a phrase says of when: from ``first`` to ``last``, both the same for a day.

    ``day`` is the single day of the annotation guide, None where it gives none ("Friday and
    Saturday"). ``precision`` and ``time_term`` are words of the methodology, ``basis`` "STATED" or
    "RELATIVE_RESOLVED". ``of_statement``: the day when somebody spoke, not when it happened;
    ``is_governed``: words beside it say that something happened then.
    """

    first: date
    last: date
    precision: str
    basis: str
    start: int
    end: int
    of_statement: bool = False
    day: date | None = None
    time_term: str = ""
    is_governed: bool = False


@dataclass(frozen=True, slots=True)
class DayStep:
    """A phrase that counts from the event named before it: "two days later" is 2."""

    days: int
    start: int
    end: int


def find_days(text: str, report: ReportDay | None, *, offset: int = 0) -> Iterator[NamedDay]:
    """The phrases of ``text`` that name a time and can be resolved, in their order.

    Without a report's day only what stands with its year can be. ``offset`` is where ``text``
    begins in the article, so that the article's own dateline is not taken for a day it tells of.
    """
    anchor = report.day if report and report.day.year in _YEARS else None
    spoken: date | None = None
    pending: NamedDay | None = None
    for match, window in _phrases(text, anchor):
        if report and _is_dateline(report, match, offset):
            continue
        before = text[max(0, match.start() - 60) : match.start()]
        if _TO_COME.search(before) or _HABIT.search(before[-6:] + match.group()):
            continue
        found = _named(text, match, _since(window, before, match.group(), anchor))
        if found is None or (anchor is not None and found.first > anchor):
            continue  # a result in the future: a person decides
        if spoken and anchor and _TODAY.match(match.group()) and found.day == anchor:
            found = replace(found, first=spoken, last=spoken, day=spoken)
        if found.of_statement and found.day:
            spoken = found.day
        if pending is not None and pending.start < found.start:
            yield pending  # "overnight on Tuesday" is one phrase
        pending = found
    if pending is not None:
        yield pending


def _is_dateline(report: ReportDay, match: re.Match[str], offset: int) -> bool:
    return any(
        match.start() + offset < end and match.end() + offset > start for start, end in report.spans
    )


def find_steps(text: str) -> Iterator[DayStep]:
    """The phrases that count from the event named before them, in their order."""
    for match in _STEP.finditer(text):
        if match["number"]:
            steps = number(match["number"]) * (-1 if match["way"].lower() == "earlier" else 1)
        else:
            steps = 0 if match["same"] else -1 if match["before"] else 1
        yield DayStep(steps, match.start(), match.end())


def find_gaps(text: str) -> Iterator[DayStep]:
    """The phrases that say how long before what is told another event was: "a day after" is -1."""
    for match in _GAP.finditer(text):
        yield DayStep(-number(match["number"]), match.start(), match.end())


def _phrases(text: str, anchor: date | None) -> list[tuple[re.Match[str], Window]]:
    """The matches that can be resolved; of two that overlap, the first and longest."""
    if not _MAY_NAME_A_DAY.search(text):
        return []
    matches = [(match, rule) for kind, rule in KINDS for match in kind.finditer(text)]
    matches.sort(key=lambda found: (found[0].start(), -found[0].end()))
    phrases: list[tuple[re.Match[str], Window]] = []
    end = 0
    for match, rule in matches:
        if match.start() < end:
            continue
        window = rule(match, anchor)
        if window is not None:
            phrases.append((match, window))
            end = match.end()
    return phrases


def _since(window: Window, before: str, words: str, anchor: date | None) -> Window | None:
    if _OF_A_YEAR.match(words) or not (_SINCE.search(before) or _SINCE.match(words)):
        return window
    if anchor is None or window.first >= anchor or (anchor - window.first).days > 366:  # noqa: PLR2004
        return None
    return Window(window.first, anchor, window.basis)


def _named(text: str, match: re.Match[str], window: Window | None) -> NamedDay | None:
    if window is None:
        return None
    start, end, term = match.start(), match.end(), "DURING_NIGHT" if window.night else ""
    before = _PART_BEFORE.search(text, max(0, start - 30), start)
    after = _PART_AFTER.match(text, end)
    if before:
        start = before.start()
    if after:
        end = after.end()
    for part in (before, after):
        if part and part["part"]:
            term = _TERM_OF[part["part"].lower()]
    if not term:
        term = next((_TERM_OF[w] for w in match.group().lower().split() if w in _TERM_OF), "")
    owner = owner_of(text, start, end)
    return NamedDay(
        window.first,
        window.last,
        window.precision,
        window.basis,
        start,
        end,
        of_statement=owner == "statement" or is_of_the_page(text[:start]),
        day=window.day,
        time_term=term,
        is_governed=owner == "event",
    )
