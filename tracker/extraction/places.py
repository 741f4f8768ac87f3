"""Names of places in a report, known ones or not, and a key that spelling variants share (pure).

A place is a name in capitals that stands where places stand: after "in", "near" or "the town of",
before "province". Villages are in no gazetteer, so none is asked.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from tracker.extraction.place_words import NO_PLACE, OF_A_KIND, PREPOSITIONS

if TYPE_CHECKING:
    from collections.abc import Iterator

_ARTICLE = r"(?:[aAeE][lsdtnrz]h?|[Uu]mm?|[Aa]bu|[Bb]ab)[- ]"
_CAPITAL = r"[A-Z\u00c0-\u00de]"
_WORD = rf"(?:{_ARTICLE})?{_CAPITAL}[\w’'ʿʾ`]*(?:-[\w’'ʿʾ`]+)*"
_NAME = rf"{_WORD}(?: {_WORD}){{0,2}}"
_KINDS = "|".join(sorted(OF_A_KIND, key=len, reverse=True))
_AFTER = re.compile(
    rf"\b(?:(?i:{'|'.join(PREPOSITIONS)})\s+|(?i:{_KINDS})\s+of\s+)"
    rf"(?:(?:[Tt]he\s+)?(?:[\w’'-]+\s+){{0,3}}?(?i:{_KINDS})\s+(?:of\s+)?)?(?P<name>{_NAME})"
    rf"(?:(?:,| and|,? or)\s+(?P<second>{_NAME}))?"
)
_BEFORE = re.compile(rf"(?P<name>{_NAME})(?:’s|'s)?\s+(?i:{_KINDS})\b")
_POSSESSIVE = re.compile(r"[’']s?$")
#: "Nahrias Sella": some pages lose the apostrophe.
_LOST_APOSTROPHE = re.compile(r"[\w-]{4,}s$")
_LEADING_ARTICLE = re.compile(r"^(?:al|el|as|ash|ad|at|an|ar|az|ul|il)[- ](?=\w)")
_JOINTS = re.compile(r"[-’'ʿʾ`. ]+")
_VOWELS = re.compile(r"[aeiouyw]+")
_SILENT = re.compile(r"(?<=[aeiou])h$")  # "Hasakah", "Hasaka"
_DOUBLED = re.compile(r"(.)\1+")
_FEWEST_CONSONANTS = 3
_LONGEST = 2_000


@dataclass(frozen=True, slots=True)
class PlaceName:
    """A name as it stands in the text; ``key`` is the same for its spelling variants."""

    name: str
    key: str
    start: int
    end: int


def find_places(sentence: str) -> list[PlaceName]:
    """The places of one sentence in their order, each place once."""
    found: dict[str, PlaceName] = {}
    for place in sorted(_mentions(sentence[:_LONGEST]), key=lambda place: place.start):
        found.setdefault(place.key, place)
    return list(found.values())


@lru_cache(maxsize=20_000)
def place_key(name: str) -> str:
    """What the variants of a name share: no case, accents, article, hyphens, vowels or doubling.

    >>> place_key("al-Hasakah") == place_key("Hasakeh") == place_key("El Hasaka")
    True
    """
    plain = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter)).strip()
    words = []
    for word in _LEADING_ARTICLE.sub("", plain).split():
        bare = re.sub(r"(?:^|-)(?:al|el|as|ash|ad|at|an|ar|az|ez|es|ed)-", "", word)
        bare = _JOINTS.sub("", bare)
        if bare not in {"al", "el", "as", "ash", "ad", "at", "an", "ar", "az", "ez", ""}:
            words.append(bare)
    joined = _SILENT.sub("", "".join(words).removesuffix("s"))
    first = "a" if joined[:1] and joined[0] in "aeiou" else ""
    bones = _DOUBLED.sub(r"\1", _VOWELS.sub("", joined).replace("q", "k"))
    if len(bones) >= _FEWEST_CONSONANTS:
        return first + bones
    return _DOUBLED.sub(r"\1", joined).rstrip("ae")


def _mentions(sentence: str) -> Iterator[PlaceName]:
    for pattern in (_AFTER, _BEFORE):
        for match in pattern.finditer(sentence):
            for group in ("name", "second"):
                if match.re.groupindex.get(group) and match[group]:
                    yield from _named(match[group], match.start(group))


def _named(words: str, start: int) -> Iterator[PlaceName]:
    """The name without what stands before it: "Nahria's Sella" is Sella."""
    at = start
    parts: list[tuple[str, int]] = []
    for word in words.split(" "):
        if word.casefold().rstrip("’'s") in NO_PLACE or word.casefold() in NO_PLACE:
            yield from _joined(parts)
            parts = []
        else:
            bare = _POSSESSIVE.sub("", word)
            parts.append((bare, at))
            if bare != word or _LOST_APOSTROPHE.match(word):
                yield from _joined(parts)
                parts = []
        at += len(word) + 1
    yield from _joined(parts)


def _joined(parts: list[tuple[str, int]]) -> Iterator[PlaceName]:
    if not parts:
        return
    name = " ".join(word for word, _ in parts)
    key = place_key(name)
    if len(key) > 1:
        yield PlaceName(name, key, parts[0][1], parts[-1][1] + len(parts[-1][0]))
