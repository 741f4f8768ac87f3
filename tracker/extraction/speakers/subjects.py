"""Whose verb it is: the subject of a verb of speech, found from the words around it (pure)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.extraction.lexicon import topic
from tracker.extraction.speakers.phrases import (
    QUOTE_MARKS,
    Phrase,
    is_capital,
    phrase_after,
    phrase_before,
)

if TYPE_CHECKING:
    from tracker.extraction.speakers.phrases import Token

_WORDS = {kind: frozenset(words) for kind, words in topic("speech")["words"].items()}
#: So far back a speaker may stand from the verb.
_FURTHEST = 28


def subject_of(tokens: list[Token], verb: int) -> Phrase | None:
    """The noun phrase, or the pronoun, that is the subject of the verb."""
    at = _over_adverbs(tokens, verb - 1)
    if at < 0:
        return None
    token = tokens[at]
    if token.lower in ("he", "she", "it", "they"):
        return Phrase(at, at)
    if token.lower in _WORDS["relatives"]:
        at -= 2 if lower_at(tokens, at - 1) == "," else 1
        return phrase_before(tokens, at)
    if token.text == ",":
        return _over_parenthesis(tokens, at)
    phrase = phrase_before(tokens, at)
    antecedent = _antecedent(tokens, phrase, at)
    if antecedent is None and phrase is None:
        return _opening(tokens, verb)
    return antecedent or (_with_coordinate(tokens, phrase) if phrase else None)


def _opening(tokens: list[Token], verb: int) -> Phrase | None:
    """ "Residents fleeing the old town said": who opens the sentence, with no verb between."""
    phrase = phrase_after(tokens, 0)
    if phrase is None or phrase.last >= verb or not has_source(tokens, phrase):
        return None
    between = tokens[phrase.last + 1 : verb]
    if not between or not (between[0].kind == "preposition" or between[0].lower.endswith("ing")):
        return None
    is_one = all(t.kind not in ("verb", "mark") and t.lower not in _WORDS["being"] for t in between)
    return phrase if is_one else None


def _with_coordinate(tokens: list[Token], phrase: Phrase) -> Phrase:
    """ "a monitor and rebels": both speak."""
    at = phrase.first - 1
    if lower_at(tokens, at) in ("the", "a", "an"):
        at -= 1
    if at < 1 or tokens[at].lower != "and" or tokens[at - 1].kind != "source":
        return phrase
    first = phrase_before(tokens, at - 1)
    return Phrase(first.first, phrase.last) if first is not None else phrase


def _over_adverbs(tokens: list[Token], at: int) -> int:
    """From the word before the verb back over "has also", "later on Tuesday", "(NRS)"."""
    for _ in range(6):
        if at < 0:
            return at
        token = tokens[at]
        if token.text == ")":
            opening = next((k for k in range(at, max(-1, at - 8), -1) if tokens[k].text == "("), -1)
            if opening < 0:
                return at
            at = opening - 1
        elif (
            (token.lower in _WORDS["auxiliaries"] and token.kind == "other")
            or token.kind in ("time", "number")
            or (token.kind == "preposition" and tokens[at + 1].kind == "time")
            or (token.kind == "word" and token.lower.endswith("ly"))
        ):
            at -= 1
        else:
            return at
    return at


def _over_parenthesis(tokens: list[Token], comma: int) -> Phrase | None:
    """The phrase before ", a group of volunteers," or ", citing doctors,"."""
    for at in range(comma - 1, max(-1, comma - _FURTHEST), -1):
        if tokens[at].text in ";:" or tokens[at].text in QUOTE_MARKS:
            break
        if tokens[at].text == ",":
            phrase = phrase_before(tokens, at - 1)
            if phrase is not None:
                return _with_name_after(tokens, phrase, comma)
            if tokens[at + 1].lower in ("who", "which", "whose"):
                return None
    return phrase_before(tokens, comma - 1)


def _with_name_after(tokens: list[Token], phrase: Phrase, comma: int) -> Phrase:
    """ "the governor, Petra Dorn, said": the name itself."""
    inner = phrase_before(tokens, comma - 1)
    if inner is None or inner.first <= phrase.last + 1:
        return phrase
    role = tokens[phrase.first].text.islower() or tokens[phrase.last].text.islower()
    between = tokens[phrase.last + 1 : inner.first]
    named = all(is_capital(t) or t.text == "." for t in tokens[inner.first : inner.last + 1])
    is_title = bool(between) and between[0].text == "," and len(between) == 1
    return Phrase(phrase.first, inner.last) if role and named and is_title else phrase


def _antecedent(tokens: list[Token], phrase: Phrase | None, last: int) -> Phrase | None:
    """The group of "the group which watches the war said"; ``phrase`` is what ends at ``last``."""
    first = phrase.first if phrase else last
    for at in range(first - 1, max(-1, first - _FURTHEST), -1):
        token = tokens[at]
        is_relative = token.kind == "verb" and lower_at(tokens, at - 1) in _WORDS["relatives"]
        if (
            (token.kind == "verb" and not is_relative)
            or token.text in ";:,"
            or token.text in QUOTE_MARKS
        ):
            return None
        is_participle = (
            token.lower in _WORDS["participles"] and at > 0 and tokens[at - 1].kind == "source"
        )
        if not is_participle and token.lower not in ("who", "which", "whose"):
            continue
        if at + 1 >= first and not is_participle:
            return None
        group = phrase_before(tokens, at - 1)
        if group is None or not has_source(tokens, group):
            return None
        is_other = phrase is not None and has_source(tokens, phrase)
        is_new = lower_at(tokens, first - 1) in ("a", "an") and (
            tokens[first - 2].kind != "preposition"
        )
        return None if is_other and (is_new or not opens(tokens, group)) else group
    return None


def has_source(tokens: list[Token], phrase: Phrase) -> bool:
    """Whether a noun of those who speak is in the phrase."""
    return any(token.kind == "source" for token in tokens[phrase.first : phrase.last + 1])


def opens(tokens: list[Token], phrase: Phrase) -> bool:
    """Nothing that could be given by the speaker stands before the phrase."""
    return not any(
        t.kind in ("word", "verb") or t.lower in _WORDS["being"] for t in tokens[: phrase.first]
    )


def token_at(tokens: list[Token], at: int) -> Token | None:
    """The token at a place that may lie outside; then None."""
    return tokens[at] if 0 <= at < len(tokens) else None


def kind_at(tokens: list[Token], at: int) -> str:
    """Its kind; "" outside."""
    token = token_at(tokens, at)
    return token.kind if token else ""


def lower_at(tokens: list[Token], at: int) -> str:
    """The word in lower case; "" outside."""
    token = token_at(tokens, at)
    return token.lower if token else ""
