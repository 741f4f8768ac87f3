"""Who is said to have done it, as named: "US-led coalition", "Russian warplanes" (pure).

A name counts where a word of the deed ties it to one: "airstrikes by X", "X shelled", "X
airstrikes", "blamed on X", "X claimed responsibility"; not where it is left open who it was.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tracker.extraction.events.actor_names import (
    COUNTRIES,
    HEADS,
    MODIFIERS,
    PEOPLES,
    UNSURE,
    is_capital,
    is_part,
    is_somebody,
    name_after,
    name_before,
    tokens_of,
    without_possessive,
    words_of_name,
)
from tracker.extraction.lexicon import topic

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tracker.extraction.events.actor_names import Name, Token

__all__ = ["BY_ACTOR", "OWNED_UP", "WHOSE_DEED", "ActorName", "find_actors", "words_of_name"]

#: The rule of a name after its deed: "airstrikes by X".
BY_ACTOR = "by the actor"
#: The rule of a name that only stands before the deed: "X airstrikes".
WHOSE_DEED = "whose deed"
#: The rules of names that are said to be behind what the article is about.
OWNED_UP = frozenset({"claimed responsibility", "held responsible", "says so itself"})

_WORDS = topic("actors")
_DEEDS, _DONE, _KINDS, _HELPING, _SUFFERED, _AFTER_SUFFERED = (
    frozenset(_WORDS[words])
    for words in ("deeds", "done", "kinds_of_deed", "helping", "suffered", "after_suffered")
)
_BESIDE, _ITSELF, _FOILED, _WITHIN, _COMPASS, _OWNING_UP = (
    frozenset(_WORDS[words])
    for words in ("beside", "itself", "foiled", "within", "compass", "owning_up")
)
_NOT_BY, _DEED_BEFORE, _BLAMED, _CLAIMED, _CLAIMED_WHAT, _PLACES, _OPEN = (
    frozenset(_WORDS[words])
    for words in (
        *("not_by", "deed_before", "blamed", "claimed", "claimed_what", "places", "open"),
    )
)
_NUMBER = re.compile(
    r"^(?:\d[\d,.]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|scores|"
    r"hundreds|thousands|more|other|another|of|many|several|\w{3,6}teen|\w{3,5}ty(?:-\w{3,5})?)$"
)
_BOUNDS = frozenset({"least", "most"})
#: "killed at least 40", "killed around 40", "killed over 40".
_BOUNDING = frozenset({"at", "around", "over"})
_TELLING_MORE = frozenset({"which", "who", "whose", "a", "an"})
_BEING = frozenset({"was", "were", "been", "being"})
_TYING = _DONE | _CLAIMED | {"to"}
_WORDS_BACK = 7
_APART_BACK = 8
_OPEN_BACK = 9
_CLAUSE_BACK = 16
#: "military operations", "ground attack": what kind, not whose.
_NOT_WHOSE = frozenset({"military", "special", "security", "police", "artillery", "state"})
_ALSO_PLACES = frozenset({"state", "front"})
_OTHER_TIMES = frozenset({"similar", "previous", "past"})
_AHEAD = 5


@dataclass(frozen=True, slots=True)
class ActorName:
    """A name as it stands at ``start``–``end``; ``rule`` says what ties it to the deed."""

    name: str
    start: int
    end: int
    rule: str


def find_actors(sentence: str) -> list[ActorName]:
    """The names tied to a deed, in their order, each passage once."""
    tokens = tokens_of(sentence)
    found: dict[int, ActorName] = {}
    for at in range(len(tokens)):
        for (first, last), rule in _ties(tokens, at):
            start = tokens[first].start
            end = tokens[last].start + len(without_possessive(tokens[last].word))
            known = found.get(start)
            if known is None or known.end < end:
                found[start] = ActorName(sentence[start:end], start, end, rule)
    return sorted(found.values(), key=lambda actor: actor.start)


def _ties(tokens: Sequence[Token], at: int) -> Iterator[tuple[Name, str]]:
    """The names that the word at ``at`` ties to a deed, each with its rule."""
    small = tokens[at].small
    two = f"{small} {tokens[at + 1].small}" if at + 1 < len(tokens) else small
    is_verb = small in _DEEDS or two in _DEEDS
    is_by = small in {"by", "from"}
    if not (is_verb or is_by or small in _TYING or {small, two} & _BLAMED):
        return
    if _OPEN.intersection(token.small for token in tokens[max(0, at - _OPEN_BACK) : at]):
        return
    if _OTHER_TIMES.intersection(token.small for token in tokens[at + 1 : at + _AHEAD]):
        return
    found: list[tuple[Name | None, str]] = []
    if is_by and _is_by_of_deed(tokens, at):
        found.append((name_after(tokens, at + 1, any_name=True), BY_ACTOR))
    if {small, two} & _BLAMED:
        length = 2 if two in _BLAMED else 1
        found.append((name_after(tokens, at + length, any_name=False), "held responsible"))
    if small == "to" and _attributes(tokens, at):
        found.append((name_after(tokens, at + 1, any_name=True), "held responsible"))
    if is_verb and not _is_suffered(tokens, at):
        name = _before(tokens, at, any_name=False) or _apart(tokens, at)
        is_adjective = name is not None and small in _DONE and tokens[name[1]].small in MODIFIERS
        found.append((name, WHOSE_DEED if is_adjective else "did the deed"))
        found.append((_of_itself(tokens, at), "says so itself"))
    if small in _DONE:
        found.append((_owning(tokens, at), WHOSE_DEED))
        found.append((_of_its_own(tokens, at), "says so itself"))
    if small in _CLAIMED and (_follows(tokens, at, _CLAIMED_WHAT) or _claims_deed(tokens, at)):
        found.append((_before(tokens, at, any_name=True), "claimed responsibility"))
    yield from ((name, rule) for name, rule in found if name is not None)


def _is_suffered(tokens: Sequence[Token], at: int) -> bool:
    """ "40 rebels killed in": done to those before it; not "rebels killed at least 40"."""
    if tokens[at].small not in _SUFFERED or not _follows(tokens, at, _AFTER_SUFFERED):
        return False
    return tokens[at + 1].small not in _BOUNDING or not any(
        _NUMBER.match(token.small) or token.small in _BOUNDS for token in tokens[at + 2 : at + 4]
    )


def _is_by_of_deed(tokens: Sequence[Token], at: int) -> bool:
    before = [token.small for token in tokens[max(0, at - _WORDS_BACK) : at]]
    if not before or before[-1] in _NOT_BY:
        return False
    if not _FOILED.isdisjoint(before) or _is_no_deed(before[-1]):
        return False
    if tokens[at].small == "from":
        return before[-1] in _DONE
    if before[-1] == "led":
        return len(before) > 1 and before[-2] in _DONE
    return bool(_DEED_BEFORE.intersection(before))


def _is_no_deed(word: str) -> bool:
    """Whether "listed" in "18 dead listed by X" is what X did, and no deed."""
    return word.endswith("ed") and word not in _DEED_BEFORE


def _before(tokens: Sequence[Token], at: int, *, any_name: bool) -> Name | None:
    """The name that ends before the deed at ``at``; no number before it: "40 rebels killed"."""
    last = at - 1
    while last > 0 and (tokens[last].small in _HELPING or tokens[last].word.endswith("ly")):
        last -= 1
    last = _before_clause(tokens, last)
    if _closes_initials(tokens, last):
        last -= 3  # "the Nahr Defence Forces (NDF) killed"
    if last < 0 or not (tokens[last].small in HEADS or is_capital(tokens[last])):
        return None
    first = name_before(tokens, last)
    if first > 0 and _NUMBER.match(tokens[first - 1].small):
        return None
    if _is_within(tokens, first):
        return None
    if _closes_initials(tokens, first - 1):
        first = last = first - 2  # "(NDF) fighters killed"
        any_name = True
    return _unless_where(tokens, first, last, any_name=any_name)


def _closes_initials(tokens: Sequence[Token], at: int) -> bool:
    """Whether ")" of "(NDF)" stands there."""
    return at > 1 and tokens[at].small == ")" and tokens[at - 2].small == "("


def _is_within(tokens: Sequence[Token], first: int) -> bool:
    """ "the coalition fighting the Nahr Front killed": the name belongs to what stands before."""
    at = first - 1
    while at > 0 and tokens[at].small in UNSURE:
        at -= 1
    return at > 0 and tokens[at].small in _WITHIN


def _before_clause(tokens: Sequence[Token], last: int) -> int:
    """ "The Nahr Front, which is banned, has killed": the last word before the clause."""
    if last <= 0 or tokens[last].small != ",":
        return last
    for at in range(last - 1, max(0, last - _CLAUSE_BACK), -1):
        if tokens[at].small == ",":
            return at - 1 if tokens[at + 1].small in _TELLING_MORE else last
    return last


def _apart(tokens: Sequence[Token], at: int) -> Name | None:
    """ "gunmen on motorcycles attacked": the name stands a few words before its deed."""
    if at and tokens[at - 1].small in _BEING:
        return None
    for last in range(at - 2, max(-1, at - _APART_BACK), -1):
        if not tokens[last].word[0].isalnum():
            return None
        if tokens[last].small in HEADS and tokens[last + 1].small in _BESIDE:
            first = name_before(tokens, last)
            if first > 0 and _NUMBER.match(tokens[first - 1].small):
                return None
            return _unless_where(tokens, first, last, any_name=False)
    return None


def _of_itself(tokens: Sequence[Token], at: int) -> Name | None:
    """ "the army said on Friday it had struck"."""
    words = [token.small for token in tokens[max(0, at - _APART_BACK) : at]]
    if "said" not in words or _ITSELF.isdisjoint(words[words.index("said") :][:6]):
        return None
    said = max(0, at - _APART_BACK) + words.index("said")
    return _before(tokens, said, any_name=False) if said else None


def _of_its_own(tokens: Sequence[Token], at: int) -> Name | None:
    """ "the army acknowledged nine deaths in its strikes"."""
    its = at - 1
    while its > 0 and tokens[its].small in _KINDS:
        its -= 1
    if its < 0 or tokens[its].small not in {"its", "their"}:
        return None
    for said in range(its - 1, max(0, its - _CLAUSE_BACK), -1):
        if tokens[said].small in _OWNING_UP:
            return _before(tokens, said, any_name=False)
    return None


def _claims_deed(tokens: Sequence[Token], at: int) -> bool:
    """ "X claimed a suicide attack"."""
    after = [token.small for token in tokens[at + 1 : at + 5]]
    is_object = bool(after) and after[0] in {"a", "an", "the", "both"}
    return tokens[at].small == "claimed" and is_object and not _DONE.isdisjoint(after)


def _attributes(tokens: Sequence[Token], at: int) -> bool:
    words = {token.small for token in tokens[max(0, at - _WORDS_BACK) : at]}
    return not words.isdisjoint({"attributed", "attributes", "attributing", "blame"})


def _owning(tokens: Sequence[Token], at: int) -> Name | None:
    """ "Nahrian air strikes": whose deed it is."""
    last = at - 1
    while last >= 0 and tokens[last].small in _KINDS and tokens[last].small not in PEOPLES:
        last -= 1
    if last < 0 or not (is_part(tokens[last]) or without_possessive(tokens[last].small) in HEADS):
        return None
    if tokens[last].small in COUNTRIES - PEOPLES and not tokens[last].word.isupper():
        return None  # where it was: "Nahria air strikes", but not "US air strikes"
    if tokens[last].small in _NOT_WHOSE and not (last and is_part(tokens[last - 1])):
        return None
    return _unless_where(tokens, name_before(tokens, last), last, any_name=False, of_deed=True)


def _unless_where(
    tokens: Sequence[Token], first: int, last: int, *, any_name: bool, of_deed: bool = False
) -> Name | None:
    """ "in Nahria air strikes killed": the name of a country is of where, not of who."""
    is_party = tokens[last].small in (HEADS - _ALSO_PLACES) or tokens[last].small in PEOPLES
    before = first - 1
    while before > 0 and tokens[before].small in _COMPASS:
        before -= 1
    is_of_group = before > 0 and tokens[before - 1].small in HEADS  # "fighters from X"
    if before >= 0 and not (is_party or is_of_group) and tokens[before].small in _PLACES:
        return None
    if is_somebody(tokens, first, last, any_name=any_name, of_deed=of_deed):
        return first, last
    return None


def _follows(tokens: Sequence[Token], at: int, words: frozenset[str]) -> bool:
    """Whether one of the words or phrases stands right after ``at``."""
    after = [token.small for token in tokens[at + 1 : at + 4]]
    return any(" ".join(after[:length]) in words for length in range(1, len(after) + 1))
