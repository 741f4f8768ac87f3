"""Every act of speech of an article with its speaker resolved, and its quotations."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tracker.extraction.lexicon import any_of, topic
from tracker.extraction.speakers.coreference import Cast, Voice
from tracker.extraction.speakers.names import clean, kind_of
from tracker.extraction.speakers.quotations import quotations
from tracker.extraction.speakers.speech import acts_of

if TYPE_CHECKING:
    from tracker.extraction.document import Document, Sentence
    from tracker.extraction.model import Span
    from tracker.extraction.speakers.speech import Act

_VERBS = topic("speech")["verbs"]
#: So many sentences away the speaker of a quotation may be named.
_NEAR = 12
_MAY_SPEAK = re.compile(
    rf"\b(?=[^\W\d_])(?:{any_of(_VERBS['say'])}|{any_of(_VERBS['quote'])}|"
    rf"{any_of(_VERBS['going_on'])}|according)\b|[:–—_-]\s{{0,3}}[\w’' ]{{3,60}}[.!]?$",
    re.IGNORECASE,
)
#: "Karim Sadiq, a teacher, lost two sons": he may speak next.
_INTRODUCED = re.compile(
    r"((?:[A-Z][\w’'-]{1,30}\s){1,3}[A-Z][\w’'-]{1,30}), (?:a|an|the|who|whose|\d\d)\b"
)


@dataclass(frozen=True, slots=True)
class Said:
    """An act of speech with its speaker; offsets into the text."""

    act: Act
    voice: Voice
    sentence: int
    start: int
    end: int
    who: Span


class Sayings:
    """The acts of speech of one article, in order."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.quotes = quotations(document.text)
        self._quote_starts = [start for start, _ in self.quotes]
        self.cast = Cast(document.text)
        self.said: list[Said] = []
        self.by_sentence: dict[int, list[Said]] = {}
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
            said = Said(
                act, voice, sentence.number, at + act.start, at + act.end,
                (at + act.who_start, at + act.who_end),
            )  # fmt: skip
            self.said.append(said)
            self.by_sentence.setdefault(sentence.number, []).append(said)

    def _voice(self, sentence: Sentence, act: Act) -> Voice | None:
        if not act.is_continued:
            return self.cast.resolve(
                act.who, is_definite=act.is_definite, at=sentence.start + act.start
            )
        earlier = self.by_sentence.get(sentence.number)
        if earlier:
            return earlier[-1].voice
        opening = re.match(r"(?:The\s)?((?:[A-Z][\w’'-]*\s?|(?:of|for)\s){1,6})", sentence.words)
        who = clean(opening[1]) if opening else ""
        return (
            self.cast.resolve(who, is_definite=False) if who and kind_of(who) != "other" else None
        )

    def near(self, sentence: int) -> list[Said]:
        """The acts of speech of the sentences around one, in order."""
        numbers = range(sentence - _NEAR, sentence + _NEAR + 1)
        return [said for number in numbers for said in self.by_sentence.get(number, [])]

    def quote_at(self, offset: int) -> Span | None:
        """The quotation that holds the offset."""
        at = bisect_right(self._quote_starts, offset) - 1
        if at >= 0 and self.quotes[at][0] <= offset < self.quotes[at][1]:
            return self.quotes[at]
        return None
