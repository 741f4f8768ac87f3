"""What accused parties say of their act, of harm and of responsibility, each on its own axis.

The axes and their values are those of the methodology (section 8): "we struck; no civilians were
harmed" acknowledges the act and denies the harm. A position is never turned into a lower figure.
The vocabulary is ``lexicon/en/positions.toml``; of its rules on one axis the first that fits
counts.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from tracker.extraction.lexicon import any_of, topic
from tracker.extraction.model import Evidence, ProposedPosition
from tracker.extraction.speakers.names import clean, issuer, kind_of
from tracker.extraction.speakers.phrases import DEMONYMS, phrase_after, tokens_of
from tracker.extraction.speakers.sayings import Sayings
from tracker.extraction.speakers.subjects import subject_of
from tracker.extraction.times.days import find_days

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from tracker.extraction.document import Document, Sentence
    from tracker.extraction.speakers.sayings import Said

_LEXICON = topic("positions")
_LISTS: dict[str, str] = _LEXICON["lists"]
_PARTY = re.compile(rf"\b{any_of(_LEXICON['parties']['words'])}\b", re.IGNORECASE)
_NO_PARTY = re.compile(rf"\b{any_of(_LEXICON['parties']['not_parties'])}\b", re.IGNORECASE)
_GOVERNMENT = frozenset(_LEXICON["parties"]["governments"])
_VERBS = frozenset(_LEXICON["verbs"]["positions"])
_MAY_HOLD = re.compile(
    rf"\b(?:{any_of(_LEXICON['verbs']['positions'])}|sa(?:id|ys?)|told|add(?:ed|s)|announced|stated|"
    r"according|comment|tweeted|wrote|reported)\b",
    re.IGNORECASE,
)
_NO_COMMENT_FROM = re.compile(
    r"\bno (?:immediate |official |further )?(?:comment|statement|response|reaction|word) from\b",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"\b(?:in (?:the )?(?:past|19\d\d|20\d\d)|previous(?:ly)?|earlier this|"
    r"last (?:week|month|year)|"
    r"in the past|repeatedly|has always|have always|ago)\b",
    re.IGNORECASE,
)
_AXES = ("act", "harm", "responsibility")
_ASSERTED = frozenset({"ACKNOWLEDGES", "ACCEPTS", "ACCEPTS_HARM"})
_NEGATED = re.compile(
    r"(?:\b(?:not|no|never|without|nor|yet to|refus\w+ to|declin\w+ to)\s(?:\w+\s){0,2}|"
    r"n['’]t\s|"
    r"\b(?:den(?:y|ied|ies|ying)|reject\w*|dismiss\w*)\b[^.;]{0,40})$",
    re.IGNORECASE,
)
_PERFORMED = re.compile(rf"{any_of(_LEXICON['verbs']['performed'])}\w*", re.IGNORECASE)
_REVIEWING = frozenset(_LEXICON["verbs"]["reviewing"])
_NOT_DONE = frozenset({"DENIES", "NO_RECORD", "NO_COMMENT"})
_FOR_A_PARTY = re.compile(r"\b(?:spokes\w+|officials?|commander|general|colonel)\b", re.IGNORECASE)
_OTHERS = frozenset({"monitor", "media", "charity", "person", "body"})
_LONGEST = 300
_MOST = 60


class _Rule(NamedTuple):
    axis: str
    value: str
    name: str
    pattern: re.Pattern[str]


def _compiled() -> tuple[_Rule, ...]:
    rules = []
    for rule in _LEXICON["rules"]:
        pattern = rule["pattern"]
        for name, words in _LISTS.items():
            pattern = pattern.replace("{" + name + "}", words)
        compiled = re.compile(pattern, re.IGNORECASE)
        rules.append(_Rule(rule["axis"], rule["value"], rule["name"], compiled))
    return tuple(rules)


_RULES = _compiled()


class _Told(NamedTuple):
    """What one party says in a sentence; offsets into the sentence."""

    party: str
    start: int
    end: int
    who: tuple[int, int]
    verb: str = ""


def find_positions(document: Document) -> list[ProposedPosition]:
    """The positions in the order of the text, one for each sentence and party."""
    found: list[ProposedPosition] = []
    sayings: Sayings | None = None
    for sentence in document.sentences:
        if not _MAY_HOLD.search(sentence.words):
            continue
        sayings = sayings or Sayings(document)
        by_party: dict[str, list[_Told]] = {}
        for told in _told_in(sentence, sayings):
            by_party.setdefault(told.party.lower(), []).append(told)
        positions = (_position(document, sentence, told) for told in by_party.values())
        found += [position for position in positions if position is not None]
        if len(found) >= _MOST:
            break
    return found


def is_party(who: str) -> bool:
    """Whether the words name somebody who uses force, or speaks for them."""
    if who.lower() in _GOVERNMENT:
        return True
    return (
        bool(_PARTY.search(who))
        and not _NO_PARTY.search(who)
        and kind_of(who) not in ("monitor", "charity", "media")
    )


def _told_in(sentence: Sentence, sayings: Sayings) -> Iterator[_Told]:
    """Each party's share of a sentence: what it says, or does with a verb of position."""
    said = sayings.by_sentence.get(sentence.number, [])
    for at, one in enumerate(said):
        party = _speaks_for(one, sentence)
        if not party:
            continue
        start = one.start - sentence.start
        if one.act.before:
            start = said[at - 1].end - sentence.start if at and not said[at - 1].act.before else 0
        others = (
            other.start - sentence.start
            for other in said[at + 1 :]
            if other.voice.name != one.voice.name and other.voice.kind in _OTHERS
        )
        stop = next(others, len(sentence.words))
        who = (one.who[0] - sentence.start, one.who[1] - sentence.start)
        yield _Told(party, max(0, start), max(0, stop), who)
    yield from _by_verb(sentence, sayings)
    for match in _NO_COMMENT_FROM.finditer(sentence.words):
        yield from _silent(sentence, match)


def _speaks_for(said: Said, sentence: Sentence) -> str:
    """The party that speaks: the speaker, whom an agency quotes, or whose spokesman it is."""
    for who in (said.voice.name, issuer(clean(said.act.origin))):
        if who and is_party(who):
            return who
    own = _PARTY.search(sentence.words[: said.start - sentence.start])
    if own and said.act.is_definite and _FOR_A_PARTY.search(said.voice.name):
        return own[0]
    return ""


def _by_verb(sentence: Sentence, sayings: Sayings) -> Iterator[_Told]:
    tokens = tokens_of(sentence.words)
    for at, token in enumerate(tokens):
        is_silent = (
            token.lower in ("had", "has", "gave")
            and tokens[at + 1 : at + 2]
            and (tokens[at + 1].lower == "no")
        )
        if token.lower not in _VERBS and not is_silent:
            continue
        is_passive = at + 1 < len(tokens) and tokens[at + 1].lower == "by"
        before = tokens[at - 1].lower if at else ""
        subject = (
            phrase_after(tokens, at + 2)
            if is_passive
            else subject_of(tokens, _over_being(before, at))
        )
        if subject is None:
            continue
        first, last = tokens[subject.first], tokens[subject.last]
        words = issuer(clean(sentence.words[first.start : last.end]))
        party = _resolved(words, sentence, sayings)
        if party and is_party(party):
            span = (first.start, last.end)
            yield _Told(party, token.start, len(sentence.words), span, token.lower)


def _over_being(before: str, at: int) -> int:
    """From "investigating" to "is" in "is investigating"."""
    return at - 1 if before in ("is", "was", "are", "were", "been", "be") else at


def _resolved(words: str, sentence: Sentence, sayings: Sayings) -> str:
    if words.lower() not in ("he", "she", "it", "they", "statement"):
        return words
    before = [one for one in sayings.said if sentence.number - 2 <= one.sentence <= sentence.number]
    return before[-1].voice.name if before else ""


def _silent(sentence: Sentence, match: re.Match[str]) -> Iterator[_Told]:
    """ "There was no immediate comment from the army"."""
    tokens = tokens_of(sentence.words)
    at = next((k for k, token in enumerate(tokens) if token.start >= match.end()), len(tokens))
    phrase = phrase_after(tokens, at)
    if phrase is not None:
        who = (tokens[phrase.first].start, tokens[phrase.last].end)
        party = clean(sentence.words[who[0] : who[1]])
        if is_party(party):
            yield _Told(party, match.start(), who[1], who)


def _position(
    document: Document, sentence: Sentence, tellings: list[_Told]
) -> ProposedPosition | None:
    values = dict.fromkeys(_AXES, "")
    names: list[str] = []
    party = tellings[0].party
    spans = [(sentence.start + told.who[0], sentence.start + told.who[1]) for told in tellings[:1]]
    for rule in _RULES:
        match = None if values[rule.axis] else _match(rule, sentence, tellings)
        if match is None or (rule.value == "SAYS_COMBATANTS" and values["act"] in _NOT_DONE):
            continue
        values[rule.axis] = rule.value
        names.append(rule.name)
        spans.append((sentence.start + match.start(), sentence.start + match.end()))
    if not names:
        return None
    start, end = _passage(sentence, spans)
    return ProposedPosition(
        start=start,
        end=end,
        party=party,
        act=values["act"],
        harm=values["harm"],
        responsibility=values["responsibility"],
        said_on=_said_on(document, sentence),
        evidence=Evidence(names[0], tuple(spans)),
    )


def _match(rule: _Rule, sentence: Sentence, tellings: list[_Told]) -> re.Match[str] | None:
    """The words of the party's own that the rule fits.

    What somebody performs by a verb ("denied", "accepted") has to be that very verb, not one of
    somebody else in the words told.
    """
    for told in tellings:
        for match in rule.pattern.finditer(sentence.words, told.start, told.end):
            performed = _PERFORMED.match(match[0])
            if performed and (not told.verb or match.start() != told.start):
                continue
            if told.verb in _REVIEWING and rule.value != "POSSIBLE_UNDER_REVIEW":
                continue
            if rule.value in _ASSERTED and _NEGATED.search(
                sentence.words[max(0, match.start() - 60) : match.start()]
            ):
                continue
            doer = match.groupdict().get("doer")
            if doer is None or _is_own(doer, told.party):
                return match
    return None


def _is_own(doer: str, party: str) -> bool:
    """Whether "US forces" are those of the party that speaks of them."""
    own = set(party.lower().split())
    words = doer.lower().split()
    if own & set(words):
        return True
    return not own & (DEMONYMS | _GOVERNMENT) and "coalition" not in words


def _passage(sentence: Sentence, spans: list[tuple[int, int]]) -> tuple[int, int]:
    """The whole sentence where it is short enough, else the words the position rests on."""
    if sentence.end - sentence.start <= _LONGEST:
        return sentence.start, sentence.end
    start = min(span[0] for span in spans)
    end = max(span[1] for span in spans)
    if end - start > _LONGEST:
        start, end = spans[-1]
    return start, min(end, start + _LONGEST)


def _said_on(document: Document, sentence: Sentence) -> date | None:
    """The day the sentence names for the statement, else the report's own; None if it is older."""
    days = list(find_days(sentence.words, document.report))
    spoken = [day for day in days if day.of_statement and day.precision == "DAY"]
    if spoken:
        return spoken[0].first
    is_older = any(day.precision not in ("DAY", "FEW_DAYS") for day in days)
    if is_older or _PAST.search(sentence.words) or document.report is None:
        return None
    return document.report.day
