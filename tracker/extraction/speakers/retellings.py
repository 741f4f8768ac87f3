"""Who gives a figure that stands without a source, or under "a monitor", by its other tellings."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from tracker.extraction.lexicon import topic
from tracker.extraction.model import Attribution, Evidence
from tracker.extraction.speakers.attributions import attributed
from tracker.extraction.speakers.names import kind_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.extraction.model import Happening, Mention
    from tracker.extraction.speakers.sayings import Said, Sayings

_PART = re.compile(
    r"^(?:of (?:those|these|them|the)|"
    r"among (?:those|them|the (?:dead|victims|wounded|killed|injured))|"
    r"(?:they|these|the (?:dead|victims|casualties|wounded|injured|fatalities)) (?:also\s)?"
    r"(?:include[sd]?|were|are|comprise))\b",
    re.IGNORECASE,
)
#: The rule of a figure without a source of its own that is sourced elsewhere in the article.
TOLD_AGAIN = "told again with its source"
#: "Another 55 villagers were hurt.": a short sentence that goes on with the count before it.
_GOES_ON = re.compile(
    r"(?:(?:another|an?\sadditional|at\sleast|more\sthan|some|about)\s){0,4}"
    r"[\w-]{1,20}"
    r"(?:\s(?:other|more|others|people|civilians|villagers|residents|persons|additional)){0,3}\s"
    r"(?:\w+\s)?(?:was|were|had\sbeen|have\sbeen)\s(?:also\s)?(?:\w+ly\s)?"
    r"(?:wounded|injured|hurt|killed)[^.]{0,40}[.]?$",
    re.IGNORECASE,
)
_GROUPS = frozenset(topic("speech")["words"]["groups"])
_ONE_OUTLET = frozenset(topic("speech")["words"]["one_outlet"])
#: No watching group: "a rebel group".
_BEARING_ARMS = frozenset(topic("speech")["words"]["bearing_arms"])
_LEAD = 3
_SMALL = 2


def with_runs(
    reading: Sayings, mentions: Sequence[Mention], found: list[Attribution]
) -> list[Attribution]:
    """A figure without a source that splits up the one before it, or stands between two tellings
    by one speaker, is that speaker's."""
    answer = list(found)
    for at, (mention, own) in enumerate(zip(mentions, found, strict=True)):
        if own.evidence.rule != "own voice":
            continue
        words = reading.document.sentences[mention.sentence].words
        previous = (
            answer[at - 1] if at and mentions[at - 1].sentence == mention.sentence - 1 else None
        )
        if previous is not None and previous.speaker and _PART.match(words):
            answer[at] = replace(previous, evidence=Evidence("part of the figure before"))
            continue
        if previous is not None and previous.speaker and _GOES_ON.match(words):
            answer[at] = replace(previous, evidence=Evidence("goes on counting"))
            continue
        said = _between(reading, mention)
        if said is not None:
            answer[at] = attributed(said, reading.document.outlet, "between two tellings")
    return answer


def _between(reading: Sayings, mention: Mention) -> Said | None:
    """The speaker of both the sentence before and the one after, in one paragraph."""
    before = reading.by_sentence.get(mention.sentence - 1, [])
    after = reading.by_sentence.get(mention.sentence + 1, [])
    if reading.by_sentence.get(mention.sentence) or not before or not after:
        return None
    same = before[-1].voice.name == after[0].voice.name
    return before[-1] if same else None


def named_later(
    reading: Sayings, mentions: Sequence[Mention], found: list[Attribution]
) -> list[Attribution]:
    """ "A monitor" at the head of a report is the group that it names below."""
    answer = list(found)
    for at, generic in enumerate(found):
        if not generic.speaker or generic.is_named:
            continue
        later = _later_name(reading, mentions, found, at)
        if later is not None:
            answer[at] = Attribution(
                later.speaker,
                later.is_named,
                later.chain,
                Evidence("named later", generic.evidence.spans),
            )
    return answer


def _later_name(
    reading: Sayings, mentions: Sequence[Mention], found: list[Attribution], at: int
) -> Attribution | None:
    mention, generic = mentions[at], found[at]
    for other, later in zip(mentions[at + 1 :], found[at + 1 :], strict=True):
        if (
            later.is_named
            and later.speaker
            and _same_figure(mention, other)
            and _may_be(kind_of(generic.speaker), kind_of(later.speaker))
        ):
            return later
    titled = _titled(reading, mention, generic)
    if titled is not None:
        return titled
    kind = _kind_meant(generic.speaker)
    for said in reading.said if kind else ():
        if (
            said.voice.kind == kind
            and said.voice.is_named
            and (kind == "monitor" or said.sentence >= mention.sentence)
        ):
            name = said.voice.name
            return Attribution(name, is_named=True, chain=(name,), evidence=generic.evidence)
    return None


def _kind_meant(generic: str) -> str:
    """Of what kind the speaker is that "a monitor", "an activist group", "media" stands for; "" =
    it may stand for itself, as "local media" does."""
    words = generic.lower().split()
    if words == ["media"] or (kind_of(generic) == "media" and words[-1] in _ONE_OUTLET):
        return "media"
    watches = words[-1] in _GROUPS and _BEARING_ARMS.isdisjoint(words)
    return "monitor" if watches or kind_of(generic) == "monitor" else ""


def _may_be(generic: str, later: str) -> bool:
    """Whether one of the first kind may be named as one of the second: no official is a monitor."""
    return "media" not in (generic, later) or generic == later


def _titled(reading: Sayings, mention: Mention, generic: Attribution) -> Attribution | None:
    """ "A civic leader" of the lead, where "Karim Sadiq, a civic leader," follows."""
    words = set(generic.speaker.lower().split())
    if mention.sentence > _LEAD or len(words) < _SMALL or "in" in words:
        return None
    for said in reading.said:
        title = set(re.findall(r"[\w’'-]+", said.act.title.lower()))
        if said.sentence > mention.sentence and said.voice.is_named and words <= title:
            name = said.voice.name
            return Attribution(name, is_named=True, chain=(name,), evidence=generic.evidence)
    return None


def told_again(
    mentions: Sequence[Mention], found: list[Attribution], happenings: Sequence[Happening]
) -> list[Attribution]:
    """A figure without a source that the article sources elsewhere for the same event, first of
    all below."""
    answer = list(found)
    for at, (mention, own) in enumerate(zip(mentions, found, strict=True)):
        if own.evidence.rule != "own voice":
            continue
        order = [*range(at + 1, len(mentions)), *range(at - 1, -1, -1)]
        for other in order:
            is_same = _same_figure(mention, mentions[other])
            if found[other].speaker and is_same and happenings[other].event == happenings[at].event:
                far = abs(mentions[other].sentence - mention.sentence) > _LEAD
                if far and (mention.sentence >= _LEAD or (_number(mention) or 0) <= _SMALL):
                    continue
                answer[at] = replace(found[other], evidence=Evidence(TOLD_AGAIN))
                break
    return answer


def _number(mention: Mention) -> int | None:
    return mention.maximum if mention.minimum is None else mention.minimum


def _same_figure(first: Mention, second: Mention) -> bool:
    return (
        first.outcome == second.outcome
        and _number(first) == _number(second)
        and first.is_denial == second.is_denial
    )
