"""Names of parties in a sentence: where one begins and ends, and whether it is one (pure).

A name ends in what parties and their means are called ("forces", "warplanes"), is one of a party,
or is of a people or country.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tracker.extraction.lexicon import topic

if TYPE_CHECKING:
    from collections.abc import Sequence

_WORDS = topic("actors")
PEOPLES = frozenset(word.casefold() for word in topic("peoples")["nationalities"])
COUNTRIES = frozenset(name.casefold() for name in topic("places")["names"]["countries"])
_NAMES = frozenset(name.casefold().replace("-", " ") for name in _WORDS["names"])
HEADS = frozenset(_WORDS["heads"])
_NOBODY = frozenset(_WORDS["nobody"])
MODIFIERS = frozenset(_WORDS["modifiers"])
UNSURE = frozenset(_WORDS["unsure"])
_OF = frozenset(_WORDS["of"])
_AFTER_OF = frozenset([*_WORDS["of"], *_WORDS["after_of"]])
_AND = frozenset(_WORDS["after_and"])
_SAME: dict[str, list[str]] = {name: names[0].split() for names in _WORDS["same"] for name in names}
_NO_NAMES = frozenset(_WORDS["no_names"].split())
_LIGHT = frozenset({"the", "a", "of", "and", "group", "groups"})
_ARTICLES = frozenset({"al", "el", "the"})

_TOKEN = re.compile(r"(?:[A-Z]\.){2,6}(?:-\w{1,20})?|[\w’']+(?:-[\w’']+)*|[^\w\s]")
_CAPITAL = re.compile(r"^(?:[a-z]{1,3}-)?[A-Z\u00c0-\u00de]")
_ADJECTIVE = re.compile(
    r"^[\w.]{1,30}-(?:led|backed|linked|affiliated|allied|aligned|supported|funded|government|"
    r"regime|controlled|sponsored)$"
)
_JOINING = frozenset({"and", "or"})
_OTHERS = ["and", "other"]
_LONGEST_NAME = 8
_MOST = 400


@dataclass(frozen=True, slots=True)
class Token:
    """A word or sign of a sentence; ``small`` without case."""

    word: str
    small: str
    start: int
    end: int


Name = tuple[int, int]


def tokens_of(sentence: str) -> list[Token]:
    """The words of a sentence; of a very long one the beginning."""
    found = _TOKEN.finditer(sentence)
    return [
        Token(match.group(), match.group().casefold(), *match.span())
        for match, _ in zip(found, range(_MOST), strict=False)
    ]


def words_of_name(name: str) -> frozenset[str]:
    """The words by which two names of one party are compared: small, and none in the plural."""
    words = {match.group().casefold() for match in _TOKEN.finditer(name)} - _LIGHT
    return frozenset(part.removesuffix("s") for word in words for part in _SAME.get(word, [word]))


def name_after(tokens: Sequence[Token], at: int, *, any_name: bool) -> Name | None:
    """The name that begins at ``at``, doubts left out; "militants of X" is X."""
    while at < len(tokens) and tokens[at].small in UNSURE:
        at += 1
    last = _end(tokens, at)
    if last is None:
        return None
    named = last + 1
    while named < len(tokens) and tokens[named].small in (_AFTER_OF if named > last + 1 else _OF):
        named += 1
    if named > last + 1:
        end = _end(tokens, named)
        if end is not None and is_somebody(tokens, named, end, any_name=True):
            return named, end
    if not is_somebody(tokens, at, last, any_name=any_name):
        return None
    return at, _with_another(tokens, last)


def name_before(tokens: Sequence[Token], last: int) -> int:
    """Where the name that ends at ``last`` begins; "and" may join one before it."""
    first = _start(tokens, last)
    joined = first - len(_OTHERS)
    if joined > 0 and [token.small for token in tokens[joined:first]] == _OTHERS:
        return _start(tokens, joined - 1) if is_part(tokens[joined - 1]) else first - 1
    if first > 1 and tokens[first - 1].small in _JOINING:
        before = tokens[first - 2].small
        if before in PEOPLES or before in COUNTRIES or before in _NAMES or before in MODIFIERS:
            first = _start(tokens, first - 2)
    while first < last and tokens[first].small in UNSURE:
        first += 1
    return _with_means(tokens, first)


def _with_means(tokens: Sequence[Token], first: int) -> int:
    """ "fighters of the Nahr Front": the name begins before "of"."""
    at = first - 1
    while at > 0 and tokens[at].small in {"the", "of"}:
        at -= 1
    is_of = at >= 0 and at + 1 < first and tokens[at + 1].small == "of"
    return _start(tokens, at) if is_of and tokens[at].small in HEADS else first


def without_possessive(word: str) -> str:
    """ "army" of "army's", and of "armys" where a text has lost its apostrophes."""
    bare = re.sub(r"['’]s?$", "", word)
    is_lost = bare.endswith("s") and bare.islower() and bare not in HEADS
    return bare[:-1] if is_lost and bare[:-1] in HEADS else bare


def is_part(token: Token) -> bool:
    """Whether it may belong to a name."""
    small = token.small
    return (
        small in MODIFIERS
        or small in HEADS
        or small in PEOPLES
        or _ADJECTIVE.match(small) is not None
        or is_capital(token)
    )


def is_capital(token: Token) -> bool:
    """Whether it is in capitals as names are."""
    return _CAPITAL.match(token.word) is not None and token.small not in _NO_NAMES


def is_somebody(
    tokens: Sequence[Token], first: int, last: int, *, any_name: bool, of_deed: bool = False
) -> bool:
    """Whether the words name a party; an attacker without a name is none.

    ``any_name``: any name in capitals will do; ``of_deed``: it stands before a deed, as "Nahrian"
    in "Nahrian air strikes".
    """
    words = [without_possessive(token.small) for token in tokens[first : last + 1]]
    joined = " ".join(words)
    if not joined or joined in _NOBODY:
        return False
    spaced = joined.replace("-", " ")
    if words[-1] in HEADS or not {spaced, joined.removesuffix("s")}.isdisjoint(_NAMES | COUNTRIES):
        return True
    known = any(word in PEOPLES or word.replace("-", " ") in _NAMES for word in words)
    if of_deed:
        return words[-1] in PEOPLES or spaced in _NAMES or bool(_ADJECTIVE.match(words[-1]))
    return any_name or known


def _with_another(tokens: Sequence[Token], last: int) -> int:
    at = last + 1
    if at >= len(tokens) or tokens[at].small not in _JOINING:
        return last
    while at < len(tokens) and tokens[at].small in _AND:
        at += 1
    second = _end(tokens, at)
    if second is not None and is_somebody(tokens, at, second, any_name=False):
        return second
    return last


def _end(tokens: Sequence[Token], at: int) -> int | None:
    """The last word of the name that begins at ``at``: what parties are called, else capitals."""
    last = None
    for index in range(at, min(len(tokens), at + _LONGEST_NAME)):
        if not is_part(tokens[index]) and not (index > at and _is_article(tokens, index)):
            break
        if tokens[index].small in HEADS:
            last = index
    if last is not None:
        return last
    for index in range(at, min(len(tokens), at + _LONGEST_NAME)):
        if not is_capital(tokens[index]) and not _is_article(tokens, index):
            break
        last = index
        if tokens[index].small in COUNTRIES or tokens[index].small in _NAMES:
            break
    return last


def _start(tokens: Sequence[Token], last: int) -> int:
    first = last
    while first > 0 and last - first < _LONGEST_NAME:
        if tokens[first].small in PEOPLES or tokens[first].small in COUNTRIES:
            break
        if not is_part(tokens[first - 1]) and not _is_article(tokens, first - 1, also_the=False):
            break
        first -= 1
    return first


def _is_article(tokens: Sequence[Token], at: int, *, also_the: bool = True) -> bool:
    """ "al" before a name."""
    small = tokens[at].small
    if small not in _ARTICLES or (small == "the" and not also_the):
        return False
    return at + 1 < len(tokens) and is_capital(tokens[at + 1])
