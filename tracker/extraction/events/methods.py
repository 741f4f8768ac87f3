"""Words that say how people were harmed, and the one method of the annotation guide they mean."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tracker.extraction.lexicon import topic

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_WORDS = topic("methods")


def _of(words: list[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{'|'.join(words)})(?![\w-])", re.IGNORECASE)


def _stem(word: str) -> str:
    """The letters that a pattern begins with, whatever follows; "" = it begins otherwise."""
    letters = re.match(r"[a-z][a-z -]*", word)
    if letters is None:
        return ""
    is_open = word[letters.end() : letters.end() + 1] in {"?", "*", "{"}
    return letters.group()[:-1] if is_open else letters.group()


_STEM = 3
_STARTS = re.compile(rf"(?<![\w-])(?=([a-z][a-z -]{{{_STEM - 1}}}))")


def _by_start(words: Mapping[str, Sequence[str]]) -> dict[str, list[tuple[str, re.Pattern[str]]]]:
    """Each word with its method by its first letters; "" = those that begin in several ways.

    Words of one method that begin alike are one pattern, the longest first.
    """
    parts: dict[tuple[str, str], list[str]] = {}
    for method, patterns in words.items():
        for pattern in patterns:
            stem = _stem(pattern)
            start = stem[:_STEM] if len(stem) >= _STEM else ""
            parts.setdefault((start, method), []).append(pattern)
    found: dict[str, list[tuple[str, re.Pattern[str]]]] = {}
    for (start, method), patterns in parts.items():
        found.setdefault(start, []).append((method, _of(sorted(patterns, key=len, reverse=True))))
    return found


def _attacks(deeds: Sequence[str], parties: Sequence[str]) -> list[str]:
    """ "gunmen attacked", "an attack on the village by gunmen": whose attack it is."""
    deed, party = rf"(?<!missile\s)(?<!rocket\s)(?:{'|'.join(deeds)})", f"(?:{'|'.join(parties)})"
    return [
        rf"{party}(?:\s(?!killed|wounded|injured|died)[\w’'-]+){{0,6}}?\s{deed}",
        rf"{deed}(?:\s[\w’'-]+){{0,6}}?\sby(?:\s[\w’'-]+){{0,4}}?\s{party}",
    ]


#: A look at the first letters of a sentence's words spares most searches.
_PLAIN = _by_start(_WORDS["plain"])
_STRIKES = _of(_WORDS["weak"]["airstrike"])
_ATTACKS = _of(
    _attacks(_WORDS["weak"]["ground attack"], _WORDS["weak"]["on_ground"])
    + _WORDS["weak"]["gunmen"]
)
_FROM_AIR = _of(_WORDS["weak"]["from_air"])
_FIRED_FROM_AIR = _of(sorted({*_WORDS["weak"]["from_air"]} - {*_WORDS["weak"]["on_ground_too"]}))
_MISSILES = _of(_WORDS["weak"]["shelling"])
_BLASTS = _of(_WORDS["weak"]["blast"])
_BOMBING = _of(_WORDS["weak"]["bombing"])
#: "It was unclear what caused the blast".
_UNCLEAR = _of(_WORDS["weak"]["unclear"])
_UNSAID = _of(_WORDS["weak"]["unsaid"])
_NO_METHOD = _of(_WORDS["weak"]["no_method"])
_MIXED = _of(_WORDS["weak"]["mixed"])
_JOINED = re.compile(
    r"^(?:\W|and|or|as well as|with|by|the|fire|shells?|attacks?|heavy|strikes?|a|barrage|of|"
    r"\w{0,2}){0,9}$",
    re.IGNORECASE,
)
_OPEN = re.compile(r"\b(?:un|not\s)clear\b|\bwhether\b", re.IGNORECASE)
#: What parts clauses, and what ties a word right behind the harm to it.
_CLAUSE = re.compile(r"[;:]|\b(?:while|whereas|but|who|which|where)\b", re.IGNORECASE)
_RIGHT_BEHIND = re.compile(
    r"\s(?:in|by|during|from|when|after|as)\s(?:[\w-]+\s){0,3}", re.IGNORECASE
)
_CLAUSE_COST = 45
_WORTH_OF_RIGHT_BEHIND = 40
_LOOK = 60
_BY = 25
#: Of words that overlap these come first and last: "dropped chlorine bombs", "car bomb attack".
_LAST_OF = {"chemical": 0, "ied": 2}
#: Of two words for the same thing the first says more.
_RATHER = (
    ("chemical", ("airstrike", "shelling", "ied", "drone strike", "raid", "other")),
    ("car bomb", ("suicide attack", "ied", "other")),
    ("suicide attack", ("ied", "ground attack", "gunfire")),
    ("landmine", ("ied", "other")),
    ("execution", ("gunfire", "ground attack")),
    ("drone strike", ("airstrike", "other")),
    ("airstrike", ("ied", "other")),
    ("shelling", ("ied", "other")),
)


@dataclass(frozen=True, slots=True)
class MethodWord:
    """A word at ``start``–``end`` of a sentence; ``method`` "" = it leaves the method unsaid.

    ``is_weak``: it says so only where no plainer word does.
    """

    method: str
    start: int
    end: int
    is_weak: bool = False


def says_more(method: str, than: str) -> bool:
    """Whether ``method`` may be what ``than``, the weaker word for it, stands for."""
    return (
        any(method == better and than in others for better, others in _RATHER)
        or (than == "ground attack" or (than == "shelling" and method == "airstrike"))
        or (than == "ied" and method in {"airstrike", "shelling"})
        or (than == "airstrike" and method == "raid")
    )


def is_unclear(sentence: str) -> bool:
    """Whether it says that nobody knows what went off."""
    return _UNCLEAR.search(sentence) is not None


def is_blast(word: MethodWord, sentence: str) -> bool:
    """Whether it only says that something went off: "blast", "explosion"."""
    return _BLASTS.fullmatch(sentence[word.start : word.end]) is not None


def find_methods(sentence: str) -> frozenset[str]:
    """The methods whose plain words stand in the sentence."""
    found = {method for method, word in _at_hand(sentence) if word.search(sentence)}
    return frozenset(found - {"ied"} if found & {"car bomb", "suicide attack"} else found)


def find_method_words(sentence: str) -> list[MethodWord]:
    """The words in their order; those of a negated or merely named weapon are left out."""
    found = [
        MethodWord(method, *match.span())
        for method, pattern in _at_hand(sentence)
        for match in pattern.finditer(sentence)
    ]
    found += [MethodWord("", *match.span()) for match in _MIXED.finditer(sentence)]
    found += _weak(sentence)
    if not found:
        return []
    apart = [match.span() for match in _NO_METHOD.finditer(sentence)]
    kept = [
        word
        for word in found
        if not any(start <= word.start and word.end <= end for start, end in apart)
    ]
    return sorted(_longest(kept), key=lambda word: word.start)


def method_of(
    sentence: str, words: Sequence[MethodWord], first: int, last: int
) -> MethodWord | None:
    """What the words say of what stands at ``first``–``last``; "" = fire of several kinds."""

    def cost(word: MethodWord) -> float:
        return _cost(sentence, word, first, last)

    plain = [word for word in words if not word.is_weak]
    if not plain:
        return min(words, key=lambda word: (_rank(word), cost(word)), default=None)
    if len({word.method for word in plain}) > 1 and _OPEN.search(sentence):
        return MethodWord("", plain[0].start, plain[-1].end)
    nearest = min(plain, key=cost)
    for method, others in _RATHER:
        if nearest.method in others:
            better = [w for w in plain if w.method == method and _goes_with(sentence, w, nearest)]
            if better:
                nearest = min(better, key=cost)
    if _is_mixed(sentence, plain, nearest):
        return MethodWord("", nearest.start, nearest.end)
    return nearest


def _at_hand(sentence: str) -> list[tuple[str, re.Pattern[str]]]:
    """The plain words that the sentence may hold."""
    starts = sorted({"", *_STARTS.findall(sentence.lower())})
    return [word for start in starts for word in _PLAIN.get(start, ())]


def _weak(sentence: str) -> Iterator[MethodWord]:
    for match in _STRIKES.finditer(sentence):
        yield MethodWord("airstrike", *match.span(), is_weak=True)
    for match in _MISSILES.finditer(sentence):
        around = sentence[max(0, match.start() - _LOOK) : match.end() + _BY]
        method = "airstrike" if _FIRED_FROM_AIR.search(around) else "shelling"
        yield MethodWord(method, *match.span(), is_weak=True)
    for match in _BLASTS.finditer(sentence):
        yield MethodWord("ied", *match.span(), is_weak=True)
    for match in _BOMBING.finditer(sentence):
        before = sentence[max(0, match.start() - _LOOK) : match.end() + _LOOK]
        method = "airstrike" if _FROM_AIR.search(before) else "ied"
        yield MethodWord(method, *match.span(), is_weak=True)
    for match in _ATTACKS.finditer(sentence):
        yield MethodWord("ground attack", *match.span(), is_weak=True)
    for match in _UNSAID.finditer(sentence):
        yield MethodWord("", *match.span(), is_weak=True)


def _longest(words: list[MethodWord]) -> Iterator[MethodWord]:
    """Of words that overlap, the one that says more: "car bomb" is no "bomb attack"."""
    taken: list[tuple[int, int]] = []
    for word in sorted(
        words,
        key=lambda word: (
            word.is_weak,
            _LAST_OF.get(word.method, 1),
            word.start - word.end,
            word.start,
        ),
    ):
        if all(word.end <= start or end <= word.start for start, end in taken):
            taken.append((word.start, word.end))
            yield word


def _rank(word: MethodWord) -> int:
    """Of weak words "attack" says least, but for what leaves the method unsaid."""
    return 2 if not word.method else int(word.method == "ground attack")


def _cost(sentence: str, word: MethodWord, first: int, last: int) -> float:
    """How far it is from there: letters, clauses between, and less right behind it."""
    if word.start < last and first < word.end:
        return 0
    is_before = word.end <= first
    between = sentence[word.end : first] if is_before else sentence[last : word.start]
    cost = len(between) + _CLAUSE_COST * len(_CLAUSE.findall(between))
    if not is_before and _RIGHT_BEHIND.fullmatch(between):
        cost -= _WORTH_OF_RIGHT_BEHIND
    return cost


def _goes_with(sentence: str, word: MethodWord, other: MethodWord) -> bool:
    first, second = sorted((word, other), key=lambda one: one.start)
    between = sentence[first.end : second.start]
    return len(between) <= 2 * _LOOK and not re.search(r"[;.]|\bwhile\b|\bmeanwhile\b", between)


def _is_mixed(sentence: str, plain: Sequence[MethodWord], nearest: MethodWord) -> bool:
    """ "air strikes and shelling", "warplanes and artillery": fire of two kinds at once."""
    if nearest.method not in {"airstrike", "shelling"}:
        return False
    for word in plain:
        if word.method in {"airstrike", "shelling"} and word.method != nearest.method:
            first, second = sorted((word, nearest), key=lambda one: one.start)
            between = sentence[first.end : second.start]
            is_list = re.search(r"\band\b|\bas well as\b", between) is not None
            if is_list and len(between) <= _LOOK and _JOINED.match(between):
                return True
    return False
