"""An article's mentions with their events and sentences, as the fields of a happening are read."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property, wraps
from typing import TYPE_CHECKING, Protocol

from tracker.extraction.model import Evidence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from tracker.extraction.events.linking import Event, Told
    from tracker.extraction.events.readings import Reading
    from tracker.extraction.events.surroundings import DoubleTap, Infrastructure
    from tracker.extraction.model import Mention
    from tracker.extraction.places.finding import PlaceName

#: Why a field has its value: how far from the figure it is said.
OWN = "said in the sentence"
EVENT = "said with another figure of the event"
SUPPORT = "said of the event elsewhere"
TITLE = "said in the title"
BEFORE = "said of what is told before"
#: Added where the words only may mean it.
WEAK = ", by a weak word"
#: So many sentences back what is told before still holds for a figure that says nothing itself.
_REACH = 2
#: What stands later in a longer text is not looked through.
_MOST_READ = 150

Found = tuple[str, Evidence]


class HasSpan(Protocol):
    """What stands somewhere in a sentence."""

    @property
    def start(self) -> int:
        """Its first letter."""

    @property
    def end(self) -> int:
        """The letter after its last."""


@dataclass(frozen=True)
class Context:
    """``told`` and ``event_of`` have an entry for each mention."""

    mentions: Sequence[Mention]
    readings: Sequence[Reading]
    told: Sequence[Told]
    event_of: Sequence[Event]
    title: Reading
    infrastructure: Sequence[Infrastructure] = ()
    double_taps: Sequence[DoubleTap] = ()
    known: dict[tuple[str, int], Found | None] = field(default_factory=dict)

    def sentences(self, index: int) -> frozenset[int]:
        """The numbers of all sentences that tell of its event."""
        event = self.event_of[index]
        return frozenset([*(self.mentions[i].sentence for i in event.mentions), *event.support])

    def reading(self, index: int) -> Reading:
        """The sentence of a mention."""
        return self.readings[self.mentions[index].sentence]

    def core(self, index: int) -> tuple[int, int]:
        """Where figure and harm stand in the sentence of a mention."""
        mention, offset = self.mentions[index], self.reading(index).offset
        return mention.core_start - offset, mention.core_end - offset

    def others(self, index: int) -> list[int]:
        """The other mentions of its event, those of the nearest sentences first."""
        here = self.mentions[index].sentence
        return sorted(
            (other for other in self.event_of[index].mentions if other != index),
            key=lambda other: (abs(self.mentions[other].sentence - here), other),
        )

    def support(self, index: int) -> Iterator[tuple[Reading, str]]:
        """What tells of its event without a figure: the nearest sentences first, then the title."""
        here, event = self.mentions[index].sentence, self.event_of[index]
        for number in sorted(event.support, key=lambda number: (abs(number - here), number)):
            yield self.readings[number], SUPPORT
        if event.number == 0:
            yield self.title, TITLE

    @cached_property
    def untold(self) -> list[Reading]:
        """The sentences that no event has: they speak of what the article is about."""
        having = {number for event in self.event_of for number in event.support}
        having |= {mention.sentence for mention in self.mentions}
        told = enumerate(self.readings[:_MOST_READ])
        return [reading for number, reading in told if number not in having]

    @cached_property
    def named(self) -> dict[str, PlaceName]:
        """By its key each place, as it is named first."""
        found: dict[str, PlaceName] = {}
        for reading in self.readings[:_MOST_READ]:
            for place in reading.places:
                found.setdefault(place.key, place)
        return found

    def told_before(self, index: int) -> int | None:
        """The mention before, where this one goes on from it."""
        if index == 0 or self.told[index].cue or self.event_of[index - 1].is_sum:
            return None
        gap = self.mentions[index].sentence - self.mentions[index - 1].sentence
        if gap > _REACH or (gap and self.reading(index).turns):
            return None
        return None if self.told[index - 1].cue else index - 1

    def main_event(self, index: int) -> int | None:
        """The first mention of what is told first, for one of which nothing else is said."""
        event, told = self.event_of[index], self.told[index]
        if event.number == 0 or self.event_of[0].cue or self.event_of[0].is_sum:
            return None
        is_bare = not (told.place or told.days or told.cue or told.method)
        return 0 if is_bare and not event.exact and not self.reading(index).turns else None


def read_once(
    read: Callable[[Context, int], Found | None],
) -> Callable[[Context, int], Found | None]:
    """Remember what was read for a mention: the mentions after it that say nothing ask again."""

    @wraps(read)
    def once(context: Context, index: int) -> Found | None:
        key = (read.__name__, index)
        if key not in context.known:
            context.known[key] = read(context, index)
        return context.known[key]

    return once


def evidence(rule: str, reading: Reading, found: HasSpan) -> Evidence:
    """The rule with the words in the text; a title's words are not in it."""
    if reading.start is None:
        return Evidence(rule)
    return Evidence(rule, ((reading.start + found.start, reading.start + found.end),))
