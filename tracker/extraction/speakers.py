"""Who gives each figure: the acts of speech of an article, and which of them holds a mention.

The rule of the annotation guide: nobody ("") where the outlet speaks in its own voice; the agency,
outlet or charity where one is quoted, whomever it quotes; otherwise who said so, under the fullest
name. What one act of speech does not settle, the other tellings of the same figure may.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tracker.extraction.coreference import Cast, Voice, clean, is_named, issuer, kind_of
from tracker.extraction.lexicon import any_of, topic
from tracker.extraction.model import Attribution, Evidence
from tracker.extraction.quotations import quotations
from tracker.extraction.speech import acts_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.extraction.document import Document, Sentence
    from tracker.extraction.model import Mention, Span
    from tracker.extraction.speech import Act

_LEXICON = topic("speech")
_OUTLETS: dict[str, list[str]] = _LEXICON["outlets"]
_REPORTERS = re.compile(rf"\b{any_of(_LEXICON['named']['reporters'])}\b", re.IGNORECASE)
_NOT_ENDORSED = re.compile(rf"\b{any_of(_LEXICON['words']['not_endorsed'])}\b", re.IGNORECASE)
_MAY_SPEAK = re.compile(
    rf"\b(?:{any_of(_LEXICON['verbs']['say'])}|{any_of(_LEXICON['verbs']['quote'])}|"
    rf"{any_of(_LEXICON['verbs']['going_on'])}|according)\b|[:–—_-]\s{{0,3}}[\w’' ]{{3,60}}[.!]?$",
    re.IGNORECASE,
)
_PART = re.compile(
    r"^(?:of (?:those|these|them|the)|among (?:those|them|the (?:dead|victims|wounded|killed|injured))|"
    r"(?:they|these|the (?:dead|victims|casualties|wounded|injured|fatalities)) (?:also\s)?(?:include[sd]?|were|are|comprise))\b",
    re.IGNORECASE,
)
#: The rule of a figure without a source of its own that is sourced elsewhere in the article.
TOLD_AGAIN = "told again with its source"
#: "Karim Sadiq, a teacher, lost two sons": he may speak next.
_INTRODUCED = re.compile(
    r"((?:[A-Z][\w’'-]{1,30}\s){1,3}[A-Z][\w’'-]{1,30}), (?:a|an|the|who|whose|\d\d)\b"
)
#: "Another 55 villagers were hurt.": a short sentence that goes on with the count before it.
_GOES_ON = re.compile(
    r"(?:(?:another|an?\sadditional|at\sleast|more\sthan|some|about)\s)*"
    r"[\w-]{1,20}(?:\s(?:other|more|others|people|civilians|villagers|residents|persons|additional))*\s"
    r"(?:\w+\s)?(?:was|were|had\sbeen|have\sbeen)\s(?:also\s)?(?:\w+ly\s)?"
    r"(?:wounded|injured|hurt|killed)[^.]{0,40}[.]?$",
    re.IGNORECASE,
)
_OUTER = frozenset({"media", "charity"})
_NEAR_QUOTE = 60
#: What may stand between "the agency said" and "a doctor told it".
_RELAYED = re.compile(r"[\s,:\"“]{0,4}(?:that)?[\s,\"“]{0,4}(?:the|a|an|its)?\s{0,3}")
_LEAD = 3
_SMALL = 2
_OWN = Attribution("", is_named=True, chain=(), evidence=Evidence("own voice"))


@dataclass(frozen=True, slots=True)
class _Said:
    """An act of speech with its speaker; offsets into the text."""

    act: Act
    voice: Voice
    sentence: int
    start: int
    end: int
    who: Span


class _Reading:
    """The acts of speech of one article, in order."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.quotes = quotations(document.text)
        self._quote_starts = [start for start, _ in self.quotes]
        self.cast = Cast(document.text)
        self.said: list[_Said] = []
        self.by_sentence: dict[int, list[_Said]] = {}
        for sentence in document.sentences:
            introduced = _INTRODUCED.match(sentence.words)
            if introduced:
                self.cast.introduce(introduced[1])
            if _MAY_SPEAK.search(sentence.words):
                self._read(sentence)

    def _read(self, sentence: Sentence) -> None:
        first = max(0, bisect_right(self._quote_starts, sentence.start) - 1)
        local: list[Span] = []
        for start, end in self.quotes[first : first + 40]:
            if start >= sentence.end:
                break
            if end > sentence.start:
                local.append((start - sentence.start, end - sentence.start))
        for act in acts_of(sentence.words, tuple(local)):
            voice = self._voice(sentence, act)
            if voice is None:
                continue
            at = sentence.start
            said = _Said(
                act, voice, sentence.number, at + act.start, at + act.end,
                (at + act.who_start, at + act.who_end),
            )  # fmt: skip
            self.said.append(said)
            self.by_sentence.setdefault(sentence.number, []).append(said)

    def _voice(self, sentence: Sentence, act: Act) -> Voice | None:
        if not act.is_continued:
            return self.cast.resolve(act.who, is_definite=act.is_definite)
        earlier = self.by_sentence.get(sentence.number)
        if earlier:
            return earlier[-1].voice
        opening = re.match(r"(?:The\s)?((?:[A-Z][\w’'-]*\s?|(?:of|for)\s){1,6})", sentence.words)
        who = clean(opening[1]) if opening else ""
        return (
            self.cast.resolve(who, is_definite=False) if who and kind_of(who) != "other" else None
        )

    def quote_at(self, offset: int) -> Span | None:
        """The quotation that holds the offset."""
        at = bisect_right(self._quote_starts, offset) - 1
        if at >= 0 and self.quotes[at][0] <= offset < self.quotes[at][1]:
            return self.quotes[at]
        return None


def read_speakers(document: Document, mentions: Sequence[Mention]) -> list[Attribution]:
    """For each mention who gives its figure."""
    reading = _Reading(document)
    found = [mention.attribution or _attribution(reading, mention) for mention in mentions]
    found = _parts_and_runs(reading, mentions, found)
    found = _named_later(reading, mentions, found)
    return _told_again(mentions, found)


def _attribution(reading: _Reading, mention: Mention) -> Attribution:
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
    return _attributed(reading, said, rule)


def _attributed(reading: _Reading, said: _Said, rule: str) -> Attribution:
    voice, act = said.voice, said.act
    outlet = reading.document.outlet
    origin = issuer(clean(act.origin))
    if _is_outlet(outlet, voice.name):
        if not origin:
            return Attribution(
                "", is_named=True, chain=(), evidence=Evidence("own reporter", (said.who,))
            )
        return Attribution(
            origin, is_named(origin), (origin,), Evidence("quoted by the outlet", (said.who,))
        )
    carrier = clean(act.carrier)
    is_carried = bool(carrier) and kind_of(carrier) == "media" and not _is_outlet(outlet, carrier)
    chain = ((carrier,) if is_carried else ()) + (voice.name,) + ((origin,) if origin else ())
    return Attribution(voice.name, voice.is_named, chain, Evidence(rule, (said.who,)))


def _holding(reading: _Reading, mention: Mention) -> tuple[_Said | None, str]:
    """The act of speech that holds the figure, and the rule's name."""
    here = reading.by_sentence.get(mention.sentence, [])
    before = [s for s in here if s.act.after and s.end <= mention.core_start]
    after = [s for s in here if s.act.before and s.start >= mention.core_end - 1]
    inside = [
        s
        for s in here
        if mention.core_start < s.start and s.end < mention.core_end and s.act.before
    ]
    inner = before[-1] if before else (after[0] if after else (inside[0] if inside else None))
    outer = _outer(reading, after, before)
    quote = reading.quote_at(mention.core_start)
    if quote and (inner is None or (inner in before and inner.end < quote[0] - _NEAR_QUOTE)):
        around = _around_quote(reading, mention, quote)
        if around is not None:
            return around, "quotation"
    if inner is None:
        return None, "own voice"
    if outer is not None and outer is not inner:
        origin = outer.act.origin or inner.voice.name
        return replace(outer, act=replace(outer.act, origin=origin)), outer.act.rule
    return inner, inner.act.rule


def _outer(reading: _Reading, after: list[_Said], before: list[_Said]) -> _Said | None:
    """The agency, outlet or charity that relays what another says: after it, or right before."""
    for said in after:
        if said.voice.kind in _OUTER and not said.act.is_continued:
            return said
    for said, relayed in zip(before[:-1], before[1:], strict=True):
        between = reading.document.text[said.end : relayed.start]
        near = _RELAYED.fullmatch(between) or said.act.rule == "according to"
        if said.voice.kind in _OUTER and near and relayed is before[-1]:
            return said
    return None


def _around_quote(reading: _Reading, mention: Mention, quote: Span) -> _Said | None:
    """Who says a quotation: named after it, before it, or in the sentences before."""
    start, end = quote
    nearby = [s for s in reading.said if start - 200 < s.end and s.start < end + _NEAR_QUOTE]
    for said in nearby:
        if end - 1 <= said.start <= end + _NEAR_QUOTE and said.act.before:
            return said
    for said in reversed(nearby):
        if said.end <= start and start - said.end <= _NEAR_QUOTE:
            return said
    back = [s for s in reading.said if mention.sentence - _LEAD <= s.sentence and s.end <= start]
    return back[-1] if back else None


def _is_outlet(outlet: str, who: str) -> bool:
    """The outlet itself or one of its own reporters."""
    words = re.sub(r"[^a-z ]", "", who.lower().replace("-", " "))
    if re.match(r"^(?:our|the|this)?\s?(?:own\s)?(?:correspondents?|reporters?)$", words):
        return True
    slug = re.sub(r"[^a-z]", "", outlet.lower())
    if not slug:
        return False
    names = [slug, *_OUTLETS.get(slug, [])]
    rest = _REPORTERS.sub("", words).replace("newspaper", "").replace("news agency", "")
    rest = " ".join(re.sub(r"\s(?:in|at|on)\s.*", "", rest).split())
    joined = rest.replace(" ", "").removeprefix("al")
    return any(
        joined in (n, n + "s") for n in (name.replace(" ", "").removeprefix("al") for name in names)
    )


def _parts_and_runs(
    reading: _Reading, mentions: Sequence[Mention], found: list[Attribution]
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
            answer[at] = _attributed(reading, said, "between two tellings")
    return answer


def _between(reading: _Reading, mention: Mention) -> _Said | None:
    """The speaker of both the sentence before and the one after, in one paragraph."""
    before = reading.by_sentence.get(mention.sentence - 1, [])
    after = reading.by_sentence.get(mention.sentence + 1, [])
    if reading.by_sentence.get(mention.sentence) or not before or not after:
        return None
    same = before[-1].voice.name == after[0].voice.name
    return before[-1] if same else None


def _named_later(
    reading: _Reading, mentions: Sequence[Mention], found: list[Attribution]
) -> list[Attribution]:
    """ "A monitor" at the head of a report is the group that it names below."""
    answer = list(found)
    for at, (mention, generic) in enumerate(zip(mentions, found, strict=True)):
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
    reading: _Reading, mentions: Sequence[Mention], found: list[Attribution], at: int
) -> Attribution | None:
    mention, generic = mentions[at], found[at]
    for other, later in zip(mentions[at + 1 :], found[at + 1 :], strict=True):
        if later.is_named and later.speaker and _same_figure(mention, other):
            return later
    titled = _titled(reading, mention, generic)
    if titled is not None:
        return titled
    if kind_of(generic.speaker) == "monitor" or generic.speaker.lower().endswith("group"):
        for said in reading.said:
            if said.voice.kind == "monitor" and said.voice.is_named:
                return Attribution(
                    said.voice.name,
                    is_named=True,
                    chain=(said.voice.name,),
                    evidence=generic.evidence,
                )
    return None


def _titled(reading: _Reading, mention: Mention, generic: Attribution) -> Attribution | None:
    """ "A civil society leader" of the lead, where "Karim Sadiq, a civil society leader," follows."""
    words = set(generic.speaker.lower().split())
    if mention.sentence > _LEAD or len(words) < _SMALL or "in" in words:
        return None
    for said in reading.said:
        title = set(re.findall(r"[\w’'-]+", said.act.title.lower()))
        if said.sentence > mention.sentence and said.voice.is_named and words <= title:
            name = said.voice.name
            return Attribution(name, is_named=True, chain=(name,), evidence=generic.evidence)
    return None


def _told_again(mentions: Sequence[Mention], found: list[Attribution]) -> list[Attribution]:
    """A figure without a source that is sourced elsewhere in the article, first of all below."""
    answer = list(found)
    for at, (mention, own) in enumerate(zip(mentions, found, strict=True)):
        if own.evidence.rule != "own voice":
            continue
        order = [*range(at + 1, len(mentions)), *range(at - 1, -1, -1)]
        for other in order:
            if found[other].speaker and _same_figure(mention, mentions[other]):
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
