"""Whether two reports, or a report and an incident, may be about one event: a score with reasons.

Two things decide. When it happened: the days that the reports name for the harm, resolved, and the
days of the reports. And what they have in common: words of title and lead, by how rare they are,
and the places they name for harm of the same days. Nothing is merged by it: it is an offer.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from tracker.incidents.rules.matching_accounts import days_apart

if TYPE_CHECKING:
    from tracker.incidents.rules.matching_accounts import Account, Commonness, Happening, Span

TEXT = """\
An article may report several incidents, one, or none. Incidents are offered to the researcher with
a likeness and its reasons, and nothing is linked or merged by machine. What counts: the days of the
harm as the text names them, resolved from the report's own day (the day in the head of the text,
else the day of publication), with their precision; places named for harm of these days, whatever
the spelling; figures; rare words of title and lead. What a report recalls beside something later,
and running totals, do not count. The weights stand in
[ADR 0012](adr/0012-incidents-are-offered-with-a-score.md).
"""

#: From this score on two reports count as of one incident.
SAME_INCIDENT = 0.5
#: Reports further apart than this are not compared.
WINDOW = timedelta(days=3)
#: Added up: a start, less what days and other places take, and more for what both have.
_START = 0.5
_A_DAY_BETWEEN_EVENTS = 0.3
_A_DAY_BETWEEN_REPORTS = 0.2
_TITLE = 0.5
_PLACE = 0.3
_FIGURE = 0.1
#: Taken where both say where in their first sentences of harm, and nothing of it is the same.
_ELSEWHERE = 0.15
_FIRST = 2
_SAYS_WHERE = 0.5
#: Nothing said of when is worth as much as a day apart.
_UNKNOWN_DAYS = 1
#: A place named for the day before or after counts that much.
_NEXT_DAY = 0.6
#: On the same day, but with less than this in common, two reports are of two events.
_LEAST_IN_COMMON = 0.1
_SHOWN = 5
#: Figures that many reports give.
_COMMON_FIGURE = 3


@dataclass(frozen=True, slots=True)
class Match:
    """How well two accounts fit, 0 to 1 or a little more, and why in numbers and names.

    ``days_between`` None = nothing says when.
    """

    score: float
    days_between: int | None
    places: tuple[str, ...]
    figures: tuple[int, ...]
    methods: tuple[str, ...]
    words: tuple[str, ...]

    @property
    def is_same(self) -> bool:
        """Whether both may well be of one incident."""
        return self.score >= SAME_INCIDENT


def match(one: Account, other: Account, common: Commonness) -> Match:
    """Compare two accounts."""
    apart = _days_between_events(one, other)
    between = _days_between(one, other)
    place_worth, places, figures, methods = _shared(one, other, common)
    in_common = (
        common.likeness(one.words, other.words)
        + _TITLE * common.likeness(one.title_words, other.title_words)
        + _PLACE * place_worth
        + _FIGURE * bool(figures)
    )
    score = (
        _START
        + in_common
        - _A_DAY_BETWEEN_EVENTS * (_UNKNOWN_DAYS if apart is None else apart)
        - _A_DAY_BETWEEN_REPORTS * (_UNKNOWN_DAYS if between is None else between)
        - _ELSEWHERE * _are_elsewhere(one, other, common)
    )
    words = sorted(one.words.keys() & other.words.keys(), key=lambda w: (-common.weight(w), w))
    is_enough = in_common >= _LEAST_IN_COMMON and one.happenings and other.happenings
    return Match(
        score=max(0.0, score) if is_enough else 0.0,
        days_between=apart,
        places=places,
        figures=figures,
        methods=methods,
        words=tuple(word for word in words if not word.isdigit())[:_SHOWN],
    )


def spans_of(account: Account) -> list[Span]:
    """The days named for the harm; the report's own where none is."""
    named = [span for happening in account.happenings for span in happening.days]
    return named or _own_day(account)


def _days_between(one: Account, other: Account) -> int | None:
    if one.report is None or other.report is None:
        return None
    return abs((one.report - other.report).days)


def _days_between_events(one: Account, other: Account) -> int | None:
    gaps = [days_apart(a, b) for a in spans_of(one) for b in spans_of(other)]
    return min(gaps, default=None)


def _own_day(account: Account) -> list[Span]:
    return [(account.report, account.report)] if account.report else []


def _shared(
    one: Account, other: Account, common: Commonness
) -> tuple[float, tuple[str, ...], tuple[int, ...], tuple[str, ...]]:
    """Of happenings that fit in time: the worth of the rarest shared place, and what is shared."""
    worth = 0.0
    places: dict[str, float] = {}
    figures: set[int] = set()
    methods: set[str] = set()
    for here in one.happenings:
        for there in other.happenings:
            spans = [(a, b) for a in _when(here, one) for b in _when(there, other)]
            gap = min((days_apart(a, b) for a, b in spans), default=_UNKNOWN_DAYS)
            if gap > 1:
                continue
            for key in here.places.keys() & there.places.keys():
                value = common.worth(here.places[key]) * (_NEXT_DAY if gap else 1)
                places[here.places[key]] = max(value, places.get(here.places[key], 0))
                worth = max(worth, value)
            figures |= {n for n in here.figures & there.figures if n > _COMMON_FIGURE}
            methods |= here.methods & there.methods
    named = sorted(places, key=lambda name: (-places[name], name))
    return worth, tuple(named[:_SHOWN]), tuple(sorted(figures)[:_SHOWN]), tuple(sorted(methods))


def _are_elsewhere(one: Account, other: Account, common: Commonness) -> bool:
    here, there = (
        {
            key
            for happening in account.happenings[:_FIRST]
            for key, name in happening.places.items()
            if common.worth(name) > _SAYS_WHERE
        }
        for account in (one, other)
    )
    return bool(here and there) and here.isdisjoint(there)


def _when(happening: Happening, account: Account) -> tuple[Span, ...] | list[Span]:
    return happening.days or _own_day(account)
