"""Whether a verb of speech tells something, and may have a noun as its subject (pure)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.extraction.lexicon import topic
from tracker.extraction.speakers.phrases import SOURCES, is_capital
from tracker.extraction.speakers.subjects import has_source, lower_at

if TYPE_CHECKING:
    from tracker.extraction.speakers.phrases import Phrase, Token

_VERBS = {kind: frozenset(words) for kind, words in topic("speech")["verbs"].items()}
#: So near "lives" stands where it is claimed: "claimed the lives", "claimed at least 20 lives".
_NEAR_OBJECT = 5


def has_content(tokens: list[Token], at: int) -> bool:
    """Something is told: not "claimed responsibility", "reported killed", "put out a fire"."""
    verb, following = tokens[at].lower, lower_at(tokens, at + 1)
    is_by = verb == "claimed" and following == "by"
    if following in _VERBS["no_content"] or is_by or takes_lives(tokens, at):
        return False
    if verb in _VERBS["passive_by"] and following in _VERBS["passive_before"]:
        return False
    if verb in _VERBS["putting"]:
        return any(token.lower in _VERBS["tolls"] for token in tokens[at + 1 : at + 8])
    if verb in _VERBS["speaking"]:
        return following == "of"
    return verb not in _VERBS["finding"] or following in ("that", "out")


def takes_lives(tokens: list[Token], at: int) -> bool:
    """ "claimed the lives of"."""
    near = {token.lower for token in tokens[at + 1 : at + _NEAR_OBJECT]}
    return tokens[at].lower.startswith("claim") and bool(near & _VERBS["taken"])


def may_say(tokens: list[Token], phrase: Phrase, verb: int) -> bool:
    """A pronoun, a source or a name; "counts" and "claims" are nouns after others."""
    whole = tokens[phrase.first : phrase.last + 1]
    if whole[0].lower in ("he", "she", "it", "they"):
        return True
    last = whole[-1]
    if tokens[verb].lower in _VERBS["plural"] and not last.lower.endswith(("s", "media", "police")):
        return False
    if tokens[verb].lower in _VERBS["nouns_too"] and (
        last.kind not in ("name", "source")
        or lower_at(tokens, phrase.first - 1) in ("to", "of", "by", "from", "those", "these")
        or lower_at(tokens, verb + 1)
        in ("of", "say", "said", "suggest", "suggested", "that", "also")
        or last.lower in ("media", "news", "press", "initial")
    ):
        return last.lower in ("media", "press") and lower_at(tokens, verb + 1) == "that"
    if tokens[verb].lower in _VERBS["showing"]:
        return any(t.lower in SOURCES["document"] for t in whole)
    if tokens[verb].lower in _VERBS["counting"]:
        return has_source(tokens, phrase) or all(is_capital(t) for t in whole)
    return True
