"""Which mentions speak of one event, and where, by whom and how it is said to have happened.

What a mention's own sentence says comes first, then what other mentions of its event say, then
what sentences without a figure say of it, last the title, for the event that is told first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.extraction.events.actor_of import read_actor
from tracker.extraction.events.context import OWN, WEAK, Context, evidence
from tracker.extraction.events.linking import link, tell
from tracker.extraction.events.method_of import read_method
from tracker.extraction.events.place_of import read_place
from tracker.extraction.events.readings import NO_BOOK, readings_of, title_of
from tracker.extraction.events.surroundings import find_double_taps, find_infrastructure
from tracker.extraction.model import Evidence, Happening

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.extraction.document import Document
    from tracker.extraction.events.context import Found
    from tracker.extraction.model import Mention


def read_happenings(document: Document, mentions: Sequence[Mention]) -> list[Happening]:
    """For each mention its event's number and what is said of the event."""
    if not mentions:
        return []
    readings = readings_of(document)
    told = tell(document, mentions, readings)
    events = link(mentions, told, readings)
    of_mention = {index: event for event in events for index in event.mentions}
    context = Context(
        mentions=mentions,
        readings=readings,
        told=told,
        event_of=[of_mention[index] for index in range(len(mentions))],
        title=title_of(document, readings[0].book if readings else NO_BOOK),
        infrastructure=find_infrastructure(document),
        double_taps=find_double_taps(document),
    )
    return [_happening(context, index) for index in range(len(mentions))]


def _happening(context: Context, index: int) -> Happening:
    found = {
        "place": read_place(context, index),
        "actor": read_actor(context, index),
        "method": read_method(context, index),
    }
    values = {field: one[0] if one else None for field, one in found.items()}
    told = {field: one[1] for field, one in found.items() if one}
    sentences = context.sentences(index)
    hit = [one for one in context.infrastructure if one.sentence in sentences]
    taps = [one for one in context.double_taps if one.sentence in sentences]
    if hit:
        told["infrastructure"] = Evidence("said to have been hit", tuple(one.span for one in hit))
    if taps:
        told["double_tap"] = Evidence("a second strike", tuple(one.span for one in taps))
    return Happening(
        event=context.event_of[index].number,
        place=values["place"],
        actor=values["actor"],
        method=values["method"] or None,
        evidence=told,
        infrastructure=tuple(dict.fromkeys(one.kind for one in hit)),
        is_double_tap=bool(taps),
        own=_own(context, index),
    )


def _own(context: Context, index: int) -> dict[str, Found]:
    """Place and method as the mention's own sentence has them."""
    told, reading = context.told[index], context.reading(index)
    own: dict[str, Found] = {}
    if told.place is not None and told.place_in is None:
        own["place"] = (told.place.name, evidence(OWN, reading, told.place))
    if told.method is not None and told.method.method:
        rule = OWN + (WEAK if told.method.is_weak else "")
        own["method"] = (told.method.method, evidence(rule, reading, told.method))
    return own
