"""Runs of capitals that may name a place: no nationality, organisation, title or weekday (pure)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tracker.extraction.places.words import (
    COUNTRIES,
    DIRECTIONS,
    ENDING_WORDS,
    ENDINGS,
    LEVEL_OF_KIND,
    NATIONALITIES,
    NO_PLACE,
    PROVINCE,
    SETTLEMENT,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

_ARTICLE = (
    r"(?:[aAeE][lsdtnrz]h?-|"
    r"(?:[aAeE]l|[eE][zs]|[aA][rz]|[Uu]mm?|[Aa]bu|[Bb]ab|[Dd]e|[Ll]a|[Dd]el|bin|ibn)[ ])"
)
_CAPITAL = r"[A-Z\u00c0-\u00de\u0100-\u017f]"
_WORD = rf"(?:{_ARTICLE})?(?:[A-Z]\.){{2,4}}|(?:{_ARTICLE})?{_CAPITAL}[\w’'ʿʾ`]*(?:-[\w’'ʿʾ`]+)*"
_RUN = re.compile(rf"(?<![\w-])(?:{_WORD})(?: (?:{_WORD})){{0,7}}")
_PART = re.compile(_WORD)
_POSSESSIVE = re.compile(r"[’']s?$")
#: "Nahrias Sella": some pages lose the apostrophe.
_LOST_APOSTROPHE = re.compile(r"[\w-]{4,}s$")
_ACRONYM = re.compile(r"^[A-Z]{1,6}s?$")
_DIGITS = re.compile(r"\s\d{1,3}(?![\w.,:/-])")
_COMPOUND = re.compile(rf"^(?:[\w.]+-{ENDINGS}|(?:anti|pro|non|ex)-.*)$", re.IGNORECASE)
#: A sentence is a title where so many of its longer words are in capitals.
_SHARE_OF_TITLE = 0.6
_LONG_WORD = re.compile(r"[^\W\d_]{4,}")


@dataclass(frozen=True, slots=True)
class Name:
    """A possible name; ``kind`` is what it says of itself ("Sella Province"), else "".

    ``core`` is the name without a direction ("Ghouta" of "Eastern Ghouta"); ``is_owned``: the name
    before it has it ("Nahria's Sella"); ``has_next``: it has the name after it.
    """

    words: str
    core: str
    start: int
    end: int
    kind: str = ""
    is_owned: bool = False
    has_next: bool = False


def find_names(sentence: str, common: frozenset[str] = frozenset()) -> Iterator[Name]:
    """The possible names in their order; ``common`` are words that are none in a title."""
    skipped = common if common and is_title(sentence) else frozenset()
    is_shouting = sentence.isupper()
    for run in _RUN.finditer(sentence):
        parts: list[tuple[str, int]] = []
        owned = False
        for word in _PART.finditer(sentence, run.start(), run.end()):
            text = word.group()
            bare = _bare(text)
            if bare.casefold() in ENDING_WORDS:
                parts, owned = [], False
                continue
            if _is_no_name(bare, skipped, is_shouting=is_shouting):
                yield from _named(parts, is_owned=owned)
                parts, owned = [], False
                continue
            if parts and not owned and _is_beside(parts, bare):
                yield from _named(parts, is_owned=owned)
                parts = []
            parts.append((bare, word.start()))
            is_country = _is_country([part for part, _ in parts])
            if bare != text or is_country or _LOST_APOSTROPHE.match(text):
                owns = word.end() < run.end() and (bare != text or not is_country)
                yield from _named(parts, is_owned=owned, has_next=owns)
                parts, owned = [], owns
        number = _DIGITS.match(sentence, run.end())
        if number and parts and LEVEL_OF_KIND.get(parts[-1][0].casefold(), 0) > PROVINCE:
            parts[-1] = (parts[-1][0] + number.group(), parts[-1][1])
        yield from _named(parts, is_owned=owned)


def is_title(sentence: str) -> bool:
    """Whether most of its words are in capitals."""
    words = _LONG_WORD.findall(sentence)
    return len([word for word in words if word[0].isupper()]) > _SHARE_OF_TITLE * len(words)


def _bare(word: str) -> str:
    bare = _POSSESSIVE.sub("", word)
    if bare == word and word.endswith("s") and word[:-1].casefold() in COUNTRIES:
        return word[:-1]
    return bare


def _is_country(words: list[str]) -> bool:
    return " ".join(words).casefold() in COUNTRIES


def _is_beside(parts: list[tuple[str, int]], word: str) -> bool:
    """Whether it is a country after another place: "Ardesh Nahria", not "South Nahria"."""
    if word.casefold() not in COUNTRIES or parts[-1][0].casefold() in DIRECTIONS:
        return False
    return not _is_country([*(part for part, _ in parts), word])


def _is_no_name(word: str, common: frozenset[str], *, is_shouting: bool) -> bool:
    small = word.casefold()
    if small in COUNTRIES:
        return False
    if {small, small.replace(" ", "-")} & NO_PLACE or small in common or _COMPOUND.match(word):
        return True
    if not is_shouting and _ACRONYM.match(word.replace(".", "")):
        return True
    parts = small.split("-")
    return len(parts) > 1 and any(part in _NO_PARTS for part in parts)


def _named(
    parts: list[tuple[str, int]], *, is_owned: bool, has_next: bool = False
) -> Iterator[Name]:
    """The name, its kind in capitals taken off where it says no more than the level."""
    kind = ""
    while parts and parts[-1][0].casefold() in LEVEL_OF_KIND and not kind:
        kind = parts[-1][0].casefold()
        if len(parts) == 1:
            return
        if LEVEL_OF_KIND[kind] > SETTLEMENT and kind not in _TAKEN_OFF:
            break
        parts = parts[:-1]
    core = [word for word, _ in parts]
    while core and core[0].casefold() in DIRECTIONS:
        core = core[1:]
    if not core or (len(core) == 1 and core[0].casefold() in LEVEL_OF_KIND):
        return
    words = " ".join(word for word, _ in parts)
    end = parts[-1][1] + len(parts[-1][0])
    yield Name(words, " ".join(core), parts[0][1], end, kind, is_owned, has_next)


_NO_PARTS: frozenset[str] = NATIONALITIES | COUNTRIES | {"un", "us", "eu"}
_TAKEN_OFF = frozenset({"village", "villages", "neighbourhood", "neighborhood", "suburb", "hamlet"})
