"""When each mention's event happened: the day beside it, else that of its event.

A day in a mention's own sentence comes first, then one said with another mention of the same
event or in a sentence that takes the event up ("The incident occurred on April 11"), last the day
of the article's lead. A total over a time has no day. Nothing else makes a day.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from tracker.extraction.lexicon import any_of, topic
from tracker.extraction.model import Evidence, When
from tracker.extraction.scopes.totals import read_totals
from tracker.extraction.scopes.words import cue_of
from tracker.extraction.times.calendar_words import WEEKDAY
from tracker.extraction.times.day_counts import (
    DAY_IN_THE_SENTENCE,
    NOT_SAID,
    Days,
    day_before,
    day_counted,
)
from tracker.extraction.times.days import NamedDay, ReportDay, find_days
from tracker.extraction.times.same_events import (
    by_sentence,
    first_of_the_telling,
    groups_of_figures,
)
from tracker.extraction.times.taken_up import is_event_before, sentence_taken_up

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.extraction.document import Document, Sentence
    from tracker.extraction.model import Happening, Mention

#: The rule of a day that an event has from the article's lead.
DAY_OF_THE_LEAD = "day of the lead"
TAKEN_UP = "day where the event is taken up"
_WORDS = topic("whens")
_MAY_SAY_WHEN = re.compile(
    r"\d|day|night|week|month|year|this\s|" + any_of(topic("days")["months"]), re.IGNORECASE
)
#: Between a mention and a phrase: the phrase goes with something else.
_APART = re.compile(
    r"\b(?:(?:days?|weeks?|months?|hours|years?)\s(?:after|before|since)|since|until|"
    r"in retaliation|in response|ahead of|prior to|comes?\safter|came\safter)\b|;",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"\b(?:after|while|but|when|as|which|who|and)\b|[,\"“”]", re.IGNORECASE)
_TAKES_UP = re.compile(
    rf"\b(?:the|this|that|these|those)\s(?:[\w’'-]+\s){{0,3}}?{any_of(_WORDS['taken_up'])}\b",
    re.IGNORECASE,
)
_TAKES_UP_BY_DAY = re.compile(
    rf"\b{WEEKDAY}['’]?s\s(?:[\w’'-]+\s){{0,3}}?{any_of(_WORDS['taken_up'])}\b", re.IGNORECASE
)
_ATTACK = re.compile(rf"\b{any_of([*_WORDS['taken_up'], *_WORDS['attacked']])}\b", re.IGNORECASE)
_SINCE = re.compile(r"\bsince\b[^.;]{0,80}$", re.IGNORECASE)
_TURNS = re.compile(rf"[\"“'‘(\s]{{0,3}}{any_of(_WORDS['apart'])}\b", re.IGNORECASE)
#: Some pages lose the full stop before it, or set the name of a town there.
_TURNS_ASIDE = re.compile(rf"\b{any_of([word.capitalize() for word in _WORDS['aside']])}\b")
_MANY = re.compile(rf"\b{any_of(_WORDS['many'])}\b", re.IGNORECASE)
_WHEN = re.compile(r",?\swhen\s[^.;]{0,200}$", re.IGNORECASE)
_OPENING = re.compile(r"[\"“'‘(\s]{0,3}(?:(?:and|but|also),?\s)?", re.IGNORECASE)
_CLAUSE_COST = 40
_WINDOW_COST = 30
_NEAR_WINDOW = 200
_NEAR = 110
_LONG = timedelta(days=6)
#: So many sentences on an event is still taken up.
_REACH = 3
#: So many sentences a headline is before the lead.
_HEADLINE = 2
#: The sentences that an article leads with.
_LEAD = 4

#: Counts where no day is known, to find the words; its days are not kept.
_STAND_IN = ReportDay(date(2000, 12, 31), "PUBLICATION")


def read_whens(
    document: Document, mentions: Sequence[Mention], happenings: Sequence[Happening]
) -> list[When]:
    """For each mention the time of its event."""
    if not mentions:
        return []
    named = {s.number: said for s in document.sentences if (said := _days_of(document, s))}
    days = {number: _of_events(said) for number, said in named.items()}
    groups = groups_of_figures(mentions)
    events = [happening.event for happening in happenings]
    beside = by_sentence(mentions)
    own = [_own(document, mention, days.get(mention.sentence, ())) for mention in mentions]
    cues = [cue_of(document, mention, beside[mention.sentence])[0] for mention in mentions]
    totals = read_totals(document, mentions, own)
    lead = _lead(document, mentions, own, cues, days)
    whens: list[When] = []
    for index, mention in enumerate(mentions):
        found = own[index]
        if totals[index]:
            whens.append(_without_day(found) if found else NOT_SAID)
            continue
        found = found or day_before(document, mention, named, whens)
        found = found or day_counted(document, mention, named, whens)
        found = found or _of_its_event(index, mentions, groups, own, cues)
        found = found or _told_before(document, mention, mentions[:index], days, whens)
        if found is None or (found.day is not None and found.precision != "DAY"):
            found = _taken_up(document, mention, days, found, lead) or found
        if found is None and lead and not cues[index]:
            first = mentions[events.index(events[index])]
            goes_on = _goes_on(document, mention, lead) and not _turns_to(document, first, lead)
            found = lead.when if goes_on else None
        elif found is None and lead is None:
            found = _taken_up_by_day(document, mention, days)
        if found is None and not cues[index]:
            found = _of_its_event(index, mentions[: index + 1], events[: index + 1], own, cues)
        whens.append(found or _unresolved(document, mention))
    return whens


def _days_of(document: Document, sentence: Sentence) -> tuple[NamedDay, ...]:
    """The days that a sentence names, also of statements; offsets into the text."""
    if not _MAY_SAY_WHEN.search(sentence.words):
        return ()
    return tuple(
        replace(day, start=day.start + sentence.start, end=day.end + sentence.start)
        for day in find_days(sentence.words, document.report, offset=sentence.start)
    )


def _of_events(named: tuple[NamedDay, ...]) -> tuple[NamedDay, ...]:
    """What somebody reports of a month is no day of a statement."""
    return tuple(day for day in named if not day.of_statement or day.last - day.first >= _LONG)


def _own(document: Document, mention: Mention, days: tuple[NamedDay, ...]) -> When | None:
    """The phrase of its sentence that goes with the mention."""
    costs = [
        (cost, day)
        for day in days
        if (cost := _cost(document.text, mention, day)) is not None
        and (
            day.day is not None
            or day.precision == "FEW_DAYS"
            or cost <= _NEAR_WINDOW
            or _begins(document, mention, day)
        )
    ]
    if not costs:
        return None
    best = min(costs, key=lambda found: found[0])[1]
    if best.day is not None and best.precision != "DAY":
        # "in an overnight raid on Tuesday": the weekday says which night
        nights = [d for _, d in costs if d.precision == "DAY" and best.first <= d.last <= best.last]
        best = nights[0] if nights else best
    return _when(document, best, DAY_IN_THE_SENTENCE)


def _begins(document: Document, mention: Mention, day: NamedDay) -> bool:
    """ "In February, …", "… in 2019 when …": it holds for all of the clause that follows."""
    if day.end <= mention.core_start and _WHEN.match(document.text, day.end, mention.core_start):
        return True
    start = document.sentences[mention.sentence].start
    is_set_off = document.text[day.end : day.end + 1] == ","
    return is_set_off and _OPENING.fullmatch(document.text, start, day.start) is not None


def _cost(text: str, mention: Mention, day: NamedDay) -> int | None:
    """How far a phrase is from a mention; None = it goes with something else."""
    first, second = sorted(((day.start, day.end), (mention.core_start, mention.core_end)))
    between = text[first[1] : second[0]]
    if _APART.search(between):
        return None
    clauses = len(_CLAUSE.findall(between))
    return len(between) + _CLAUSE_COST * clauses + (0 if day.day else _WINDOW_COST)


def _when(document: Document, day: NamedDay, rule: str) -> When:
    report = document.report
    return When(
        day=day.day,
        first=day.first,
        last=day.last,
        precision=day.precision,
        basis=day.basis,
        phrase=document.text[day.start : day.end],
        anchor=report.day if report else None,
        anchor_kind=report.basis if report else "",
        time_term=day.time_term,
        evidence=Evidence(rule, ((day.start, day.end),)),
    )


def _without_day(when: When) -> When:
    """A total has a window at most."""
    if when.day is None:
        return when
    return replace(NOT_SAID, phrase=when.phrase)


def _of_its_event(
    index: int,
    mentions: Sequence[Mention],
    groups: Sequence[int],
    own: Sequence[When | None],
    cues: Sequence[str],
) -> When | None:
    """The day said nearest with another mention of the same event."""
    others = [
        (abs(mentions[other].sentence - mentions[index].sentence), other)
        for other, group in enumerate(groups)
        if group == groups[index] and own[other] is not None and cues[other] != "total"
    ]
    if len({when.day for _, other in others if (when := own[other])}) != 1:
        return None  # none is said, or what is linked is of several days
    when = own[min(others)[1]]
    return _by(when, "day of the same event") if when else None


def _taken_up(
    document: Document, mention: Mention, days: Days, found: When | None, lead: _Lead | None
) -> When | None:
    """A day said where the event is taken up again; within the night of ``found``, if any.

    "The July 2 attack" is another event where the article leads with one of another day.
    """
    for number, named in days.items():
        sentence = document.sentences[number]
        near = -1 <= number - mention.sentence <= _REACH and number != mention.sentence
        takes_up = _TAKES_UP.search(sentence.words) if near or found else None
        if takes_up is None:
            continue
        for day in named:
            if day.day is None or day.precision != "DAY":
                continue
            start, end = (sentence.start + at for at in takes_up.span())
            if start <= day.start < end and found is None and not _is_of_the_lead(day, lead):
                continue
            if found and not (found.first and found.last and found.first <= day.day <= found.last):
                continue
            if abs(day.start - sentence.start - takes_up.start()) <= _NEAR:
                return _when(document, day, TAKEN_UP)
    return None


def _is_of_the_lead(day: NamedDay, lead: _Lead | None) -> bool:
    if lead is None or lead.when.first is None or lead.when.last is None:
        return True
    return lead.when.first <= day.first and day.last <= lead.when.last


def _told_before(
    document: Document,
    mention: Mention,
    before: Sequence[Mention],
    days: Days,
    whens: Sequence[When],
) -> When | None:
    """The time said where the event was told of that the mention's sentence takes up."""
    for one, when in zip(reversed(before), reversed(whens), strict=True):
        if one.sentence < mention.sentence:
            if is_event_before(document, mention, one) and when.last:
                return _by(when, TAKEN_UP)
            break
    number = sentence_taken_up(document, mention)
    named = days.get(number, ()) if number is not None else ()
    return _when(document, named[0], TAKEN_UP) if len(named) == 1 else None


def _taken_up_by_day(document: Document, mention: Mention, days: Days) -> When | None:
    """ "Tuesday's attack", said later, where nothing before says when."""
    for number in range(mention.sentence + 1, mention.sentence + _REACH + 1):
        for day in days.get(number, ()):
            if day.day and _TAKES_UP_BY_DAY.match(document.text, day.start):
                return _when(document, day, TAKEN_UP)
    return None


@dataclass(frozen=True, slots=True)
class _Lead:
    """The day an article leads with, from which sentence on; ``many``: of several events."""

    when: When
    sentence: int
    many: bool


def _lead(
    document: Document,
    mentions: Sequence[Mention],
    own: Sequence[When | None],
    cues: Sequence[str],
    days: Days,
) -> _Lead | None:
    """The first day beside a figure in the lead, else the first when something happened."""
    if not mentions:
        return None
    begin = first_of_the_telling(document)
    many = any(_MANY.search(s.words) for s in document.sentences[begin : begin + _LEAD])
    for mention, when, cue in zip(mentions, own, cues, strict=True):
        if mention.sentence >= begin + _LEAD and mention is not mentions[0]:
            break
        if when is not None and when.day is not None and not cue:
            return _Lead(_by(when, DAY_OF_THE_LEAD), mention.sentence, many)
    zone = range(begin, begin + _LEAD)
    for is_attack in (True, False):
        for number in zone:
            named = [day for day in days.get(number, ()) if _may_lead(document, day)]
            if named and is_attack == bool(_ATTACK.search(document.sentences[number].words)):
                day = _of_the_night(max(named, key=lambda day: day.last), zone, days)
                when = _when(document, day, DAY_OF_THE_LEAD)
                return _Lead(when, min(number, mentions[0].sentence), many)
    return None


def _of_the_night(night: NamedDay, zone: range, days: Days) -> NamedDay:
    """The day named beside it, where "overnight" leaves open which of two it was."""
    if night.precision == "DAY":
        return night
    named = (day for number in zone for day in days.get(number, ()) if day.precision == "DAY")
    return next((day for day in named if night.first <= day.last <= night.last), night)


def _may_lead(document: Document, day: NamedDay) -> bool:
    if day.day is None or not day.is_governed:
        return False
    return _SINCE.search(document.text, max(0, day.start - 100), day.start) is None


def _goes_on(document: Document, mention: Mention, lead: _Lead) -> bool:
    """Whether a sentence still tells of the lead's day; a headline just before it does."""
    if mention.sentence < lead.sentence:
        return lead.sentence - mention.sentence <= _HEADLINE
    if lead.many:
        return True
    return not _TURNS.match(document.sentences[mention.sentence].words)


def _turns_to(document: Document, first: Mention, lead: _Lead) -> bool:
    """Whether the article turns from the lead to an event, told first with ``first``."""
    if first.sentence <= lead.sentence:
        return False
    start = document.sentences[first.sentence].start
    return _TURNS_ASIDE.search(document.text, start, first.core_start) is not None


def _by(when: When, rule: str) -> When:
    return replace(when, evidence=Evidence(rule, when.evidence.spans))


def _unresolved(document: Document, mention: Mention) -> When:
    """Nothing resolved; the words are kept where only the report's own day is missing."""
    if document.report is not None:
        return NOT_SAID
    sentence = document.sentences[mention.sentence]
    for day in find_days(sentence.words, _STAND_IN):
        if not day.of_statement:
            start, end = sentence.start + day.start, sentence.start + day.end
            evidence = Evidence("the report's day is not known", ((start, end),))
            return replace(NOT_SAID, phrase=document.text[start:end], evidence=evidence)
    return NOT_SAID
