"""Who says so, where the sentence says it plainly."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tracker.extraction.model import Attribution, Evidence
from tracker.extraction.numbers import NUMBER
from tracker.extraction.words import GENERIC

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.extraction.document import Document
    from tracker.extraction.model import Mention

_SAYS = (
    r"(?:said|says|told|reported|reports|announced|confirmed|added|claimed|stated|noted|"
    r"quoted|put)"
)
_NAME = r"(?:(?:[A-Z][\w’'.-]*|of|the|for|and|in|al|de)\s+){0,7}[A-Z][\w’'.-]*"
_ROLE = (
    r"(?:(?:[a-zA-Z’'-]+\s+){0,4}(?:officials?|sources?|witness(?:es)?|residents?|activists?|"
    r"neighbou?rs?|relatives?|doctors?|nurses?|medics?|police|rescuers|villagers|authorities|mayor|"
    r"survivors?|director|directorate|hospital|ministry|monitor|agency|TV|media|service|council|office|"
    r"command|army|military|spokes\w+))"
)
_WHO = (
    rf"(?:(?:the|a|an|one|two|three)\s+)?"
    rf"(?P<who>{_NAME}(?:\s+{_ROLE})?|{_ROLE}(?:\s+(?:of|in|at|from)\s+(?:the\s+)?{_NAME})?)"
)
#: What may stand between the speaker and "said": a few words, or an apposition.
_BETWEEN = r"(?:[^.;“”\"]{0,40}?|,[^.;,“”\"]{0,100},\s*)"
_PATTERNS = (
    re.compile(rf"\b[Aa]ccording to (?:a statement (?:from|by) )?{_WHO}"),
    re.compile(rf"(?:^|[,;.”\"]\s*|\bthat\s+){_WHO}{_BETWEEN}\b{_SAYS}\b"),
    re.compile(rf"\b{_SAYS}\s+{_WHO}\s*[,.]"),
    re.compile(rf"\bstatement\b[^.;,]{{0,40}}?\b(?:from|by)\s+{_WHO}\s+{_SAYS}\b"),
    re.compile(rf"\b(?:the|a|an)\s+(?P<who>{_NAME}(?:\s+{_ROLE})?|{_ROLE})\s+{_SAYS}\b"),
)
_AGAIN = re.compile(
    r"\b(?:he|she|it|they|the (?:monitoring\s+)?(?:group|monitor|agency|observatory|watchdog|"
    r"official|statement|source|spokes\w+|organi[sz]ation))\s+(?:also\s+|later\s+|then\s+)?"
    rf"{_SAYS}\b",
    re.IGNORECASE,
)
_DATELINE = re.compile(r"^[A-Z][\w .,()’'-]{1,60}?\s[–—-]\s+")
_NUMBER_FIRST = re.compile(rf"^{NUMBER}\b", re.IGNORECASE)
_LEADING = re.compile(r"^(?:the|a|an|but|and|later|earlier|meanwhile)\s+", re.IGNORECASE)
#: Words that no speaker's name begins with.
_NEVER_FIRST = frozenset(
    {
        *("the", "that", "he", "she", "it", "they", "we", "his", "her", "its", "their", "i"),
        *("among", "amongst", "including", "of", "with", "while", "who", "which", "where"),
        *("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
        *("there", "this", "these", "those", "when", "after", "in", "on", "at", "since", "but"),
    }
)
_LONGEST = 120
#: How many sentences back "he said" may point.
_SPEAKER_BEFORE = 3


def read_speakers(document: Document, mentions: Sequence[Mention]) -> list[Attribution]:
    """For each mention who gives its figure."""
    return [mention.attribution or _attribution(document, mention) for mention in mentions]


def _attribution(document: Document, mention: Mention) -> Attribution:
    before = document.sentences[max(0, mention.sentence - _SPEAKER_BEFORE) : mention.sentence]
    speaker, named = speaker_of(
        document.sentences[mention.sentence].words, [sentence.words for sentence in before]
    )
    chain = (speaker,) if speaker else ()
    return Attribution(
        speaker, named, chain, Evidence("word of speech" if speaker else "own voice")
    )


def find_speaker(sentence: str) -> tuple[str, bool]:
    """The speaker's words and whether they name somebody; ("", True) = the outlet's own voice."""
    sentence = _DATELINE.sub("", sentence)
    for pattern in _PATTERNS:
        at = 0
        while match := pattern.search(sentence, at):
            at = match.start() + 1
            who = _clean(match["who"])
            if _may_speak(who):
                return who, who != who.lower() and not GENERIC.match(who)
    return "", True


def speaker_of(sentence: str, context: list[str]) -> tuple[str, bool]:
    """As ``find_speaker``, and for "it said that …" whoever spoke in the sentences before."""
    found = find_speaker(sentence)
    if (found[0] and found[1]) or not _AGAIN.search(sentence):
        return found
    spoken = (find_speaker(earlier) for earlier in reversed(context))
    return next((earlier for earlier in spoken if earlier[0]), found)


def _may_speak(who: str) -> bool:
    """A figure or a pronoun at the head of a sentence is nobody."""
    return (
        len(who) > 1
        and who.split(maxsplit=1)[0].lower() not in _NEVER_FIRST
        and not _NUMBER_FIRST.match(who)
    )


def _clean(who: str) -> str:
    who = " ".join(who.split())
    while (shorter := _LEADING.sub("", who)) != who:
        who = shorter
    return who.strip(" .,’'")[:_LONGEST]
