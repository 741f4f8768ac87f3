"""What is compared to find articles of one event, and how common its words are (pure)."""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from tracker.extraction.events.events import read_events
from tracker.extraction.places.known import PACKAGED, KnownPlaces
from tracker.incidents.rules.matching_words import COMMON

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_LEAD = 600
#: Texts that are imagined beside those at hand, so that what two of three say is not common.
_IMAGINED = 20
_RARE = 4
#: Sentences of harm that are compared; the first tell what a report is about.
_MOST = 40
_WORD = re.compile(r"[^\W\d_]{3,}|\d+")

Span = tuple[date, date]


def days_apart(one: Span, other: Span) -> int:
    """0 where they share a day."""
    return max(0, (one[0] - other[1]).days, (other[0] - one[1]).days)


@dataclass(frozen=True, slots=True)
class Happening:
    """Harm at a time and places; ``days`` empty = as the report's. ``places``: key to name."""

    days: tuple[Span, ...] = ()
    places: Mapping[str, str] = field(default_factory=dict)
    figures: frozenset[int] = frozenset()
    methods: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Account:
    """What is compared: an article's news, or an incident as people described it."""

    report: date | None
    happenings: tuple[Happening, ...]
    title: str
    lead: str

    @cached_property
    def words(self) -> Counter[str]:
        """The words of title and lead."""
        return Counter(words_of(f"{self.title} {self.lead}"))

    @cached_property
    def title_words(self) -> Counter[str]:
        """The words of the title."""
        return Counter(words_of(self.title))

    @cached_property
    def places(self) -> dict[str, str]:
        """All places of harm, key to name."""
        return {key: name for one in self.happenings for key, name in one.places.items()}


def account_of_article(
    *, title: str, text: str, published: date | None, known: KnownPlaces = PACKAGED
) -> Account:
    """What an article tells as news; without any such it has no happenings."""
    told = read_events(title=title, text=text, published=published, known=known)
    happenings = tuple(
        Happening(
            days=tuple(
                (day.first, day.last) for day in event.days if day.precision in {"DAY", "FEW_DAYS"}
            ),
            places={place.key: place.name for place in event.places},
            figures=event.figures,
            methods=event.methods,
        )
        for event in told.news[:_MOST]
    )
    return Account(told.report.day if told.report else None, happenings, title, text[:_LEAD])


def account_of_incident(
    *,
    title: str,
    summary: str,
    place_name: str,
    days: Span | None,
    known: KnownPlaces = PACKAGED,
) -> Account:
    """An incident by what people wrote of it."""
    places = place_names(place_name, known)
    happening = Happening(days=(days,) if days else (), places=places)
    return Account(days[1] if days else None, (happening,), title, summary[:_LEAD])


def place_names(place_name: str, known: KnownPlaces) -> dict[str, str]:
    """The parts of a place's name as people write it, key to name."""
    names = [part.strip() for part in re.split("[,،;()]", place_name) if part.strip()]
    return {known.key(name): name for name in names}


class Commonness:
    """How common words are among the texts at hand; names of places by their rarest word."""

    def __init__(self, texts: Iterable[Iterable[str]]) -> None:
        self._texts = _IMAGINED
        self._words: Counter[str] = Counter()
        for words in texts:
            self._texts += 1
            self._words.update(set(words))

    def weight(self, word: str) -> float:
        """Greater the rarer the word."""
        return math.log((self._texts + 1) / (self._words[word] + 0.5))

    def is_shared(self, word: str) -> bool:
        """Whether more than one text has it."""
        return self._words[word] > 1

    def worth(self, place: str) -> float:
        """Near 1 for a village that few name, near 0 for the country that most do."""
        share = min((self._words[word] for word in words_of(place)), default=0) / self._texts
        return float((1 - share) ** _RARE)

    def likeness(self, one: Counter[str], other: Counter[str]) -> float:
        """The cosine of two texts by the weight of their words."""
        shared = sum(
            _damped(count) * _damped(other[word]) * self.weight(word) ** 2
            for word, count in one.items()
            if word in other
        )
        size = math.sqrt(self._size(one) * self._size(other))
        return shared / size if size else 0.0

    def _size(self, words: Counter[str]) -> float:
        return sum((_damped(count) * self.weight(word)) ** 2 for word, count in words.items())


def words_of(text: str) -> list[str]:
    """The words of a text that may tell it from others, in small letters."""
    return [word for word in _WORD.findall(text.casefold()) if word not in COMMON]


def _damped(count: int) -> float:
    return 1 + math.log(count)
