"""Who gives each figure: the acts of speech of an article, and which of them holds a mention.

The rule of the annotation guide: nobody ("") where the outlet speaks in its own voice; the agency,
outlet or charity where one is quoted, whomever it quotes; otherwise who said so, under the fullest
name. What one act of speech does not settle, the other tellings of the same figure may.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from tracker.extraction.lexicon import any_of, topic
from tracker.extraction.model import Attribution, Evidence
from tracker.extraction.speakers.attributions import attributed
from tracker.extraction.speakers.retellings import named_later, told_again, with_runs
from tracker.extraction.speakers.sayings import Said, Sayings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.extraction.document import Document
    from tracker.extraction.model import Happening, Mention, Span

_LEXICON = topic("speech")
_NOT_ENDORSED = re.compile(rf"\b{any_of(_LEXICON['words']['not_endorsed'])}\b", re.IGNORECASE)
_OUTER = frozenset({"media", "charity"})
_NEAR_QUOTE = 60
#: What may stand between "the agency said" and "a doctor told it".
_RELAYED = re.compile(r"[\s,:\"“]{0,4}(?:that)?[\s,\"“]{0,4}(?:the|a|an|its)?\s{0,3}")
_LEAD = 3
_OWN = Attribution("", is_named=True, chain=(), evidence=Evidence("own voice"))


def read_speakers(
    document: Document, mentions: Sequence[Mention], happenings: Sequence[Happening]
) -> list[Attribution]:
    """For each mention who gives its figure."""
    reading = Sayings(document)
    found = [mention.attribution or _attribution(reading, mention) for mention in mentions]
    found = with_runs(reading, mentions, found)
    found = named_later(reading, mentions, found)
    return told_again(mentions, found, happenings)


def _attribution(reading: Sayings, mention: Mention) -> Attribution:
    said, rule = _holding(reading, mention)
    if said is None:
        return _OWN
    between = (
        reading.document.text[said.end : mention.core_start]
        if said.end <= mention.core_start
        else ""
    )
    if _NOT_ENDORSED.search(between) or said.act.verb in ("denied", "denies"):
        return Attribution(
            "", is_named=True, chain=(), evidence=Evidence("not endorsed", (said.who,))
        )
    return attributed(said, reading.document.outlet, rule)


def _holding(reading: Sayings, mention: Mention) -> tuple[Said | None, str]:
    """The act of speech that holds the figure, and the rule's name."""
    here = reading.by_sentence.get(mention.sentence, [])
    before = [s for s in here if s.act.after and s.end <= mention.figure_start]
    after = [s for s in here if s.act.before and s.start >= mention.figure_end]
    inner = before[-1] if before else (after[0] if after else None)
    outer = _outer(reading, after, before)
    quote = reading.quote_at(mention.core_start)
    if quote and (inner is None or (inner in before and inner.end < quote[0] - _NEAR_QUOTE)):
        around = _around_quote(reading, mention, quote)
        if around is not None:
            return around, "quotation"
    if inner is None:
        return None, "own voice"
    if outer is not None and outer.voice != inner.voice:
        origin = outer.act.origin or inner.voice.name
        return replace(outer, act=replace(outer.act, origin=origin)), outer.act.rule
    return inner, inner.act.rule


def _outer(reading: Sayings, after: list[Said], before: list[Said]) -> Said | None:
    """The agency, outlet or charity that relays what another says: after it, or right before."""
    for said in after:
        if said.voice.kind in _OUTER and not said.act.is_continued:
            return said
    for said, relayed in pairwise(before):
        between = reading.document.text[said.end : relayed.start]
        near = _RELAYED.fullmatch(between) or said.act.rule == "according to"
        if said.voice.kind in _OUTER and near and relayed is before[-1]:
            return said
    return None


def _around_quote(reading: Sayings, mention: Mention, quote: Span) -> Said | None:
    """Who says a quotation: named after it, before it, or in the sentences before."""
    start, end = quote
    nearby = [
        s
        for s in reading.near(mention.sentence)
        if start - 200 < s.end and s.start < end + _NEAR_QUOTE
    ]
    for said in nearby:
        if end - 1 <= said.start <= end + _NEAR_QUOTE and said.act.before:
            return said
    for said in reversed(nearby):
        if said.end <= start and start - said.end <= _NEAR_QUOTE:
            return said
    back = [
        s
        for s in reading.near(mention.sentence)
        if mention.sentence - _LEAD <= s.sentence and s.end <= start
    ]
    return back[-1] if back else None
