"""What may stand between a verb of speech and what was said: hearers, days, statements (pure)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.extraction.lexicon import topic
from tracker.extraction.speakers.phrases import QUOTE_MARKS, Phrase, phrase_after
from tracker.extraction.speakers.subjects import kind_at, token_at

if TYPE_CHECKING:
    from tracker.extraction.speakers.phrases import Token

_WORDS = {kind: frozenset(words) for kind, words in topic("speech")["words"].items()}


def rest_after(tokens: list[Token], verb: int) -> tuple[int, Phrase | None]:
    """Where the words after the verb and its "reporters on Saturday in a statement" begin."""
    at = verb + 1
    carrier: Phrase | None = None
    if tokens[verb].lower in ("told", "tells"):
        carrier = phrase_after(tokens, at)
        if carrier is not None:
            at = carrier.last + 1
    for _ in range(8):
        onward = _over_adverbial(tokens, at)
        if onward == at:
            break
        at = onward
    return at, carrier


def _over_adverbial(tokens: list[Token], at: int) -> int:
    """Past one "on Saturday", "in a statement", "in Tavir"; the same place where none is."""
    token, following = token_at(tokens, at), token_at(tokens, at + 1)
    if token is None:
        return at
    if token.kind in ("time", "number") or token.lower in ("also", "earlier", "later", "too"):
        return at + 1
    if following is None:
        return at
    if following.kind == "time" and (
        token.kind == "preposition" or token.lower in ("last", "this", "the")
    ):
        return at + 2
    return _over_place_or_paper(tokens, at) if token.kind == "preposition" else at


def _over_place_or_paper(tokens: list[Token], at: int) -> int:
    near = range(at + 1, min(len(tokens), at + 7))
    paper = next((k for k in near if tokens[k].lower in _WORDS["carriers"]), -1)
    if paper > 0 and not any(t.kind == "verb" for t in tokens[at:paper]):
        return _over_carried(tokens, paper + 1)
    if tokens[at].lower not in ("in", "from", "at", "to"):
        return at
    kinds = ("name", "source") if tokens[at].lower == "to" else ("name",)
    onward = at + 1
    while kind_at(tokens, onward) in kinds and not tokens[at + 1].text.islower():
        onward += 1
    return onward if onward > at + 1 else at


def _over_carried(tokens: list[Token], at: int) -> int:
    """Over "posted online by the ministry" after "in a video"."""
    token = token_at(tokens, at)
    if token is None or token.lower not in _WORDS["carried"]:
        return at
    while at < len(tokens) and tokens[at].kind != "mark" and tokens[at].lower != "that":
        at += 1
    return at


def ends(tokens: list[Token], at: int) -> bool:
    """Whether the clause ends at ``at``."""
    token = token_at(tokens, at)
    return token is None or token.text in ".;,:!?)" or token.text in QUOTE_MARKS
