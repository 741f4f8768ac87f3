"""The English words of figures, read from the lexicon: who was harmed, and how it is said."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Generic, TypeVar

from tracker.extraction.lexicon import any_of, topic
from tracker.extraction.times.calendar_words import MONTH

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

T = TypeVar("T")

_PEOPLE, _HARM, _FIGURES = topic("people"), topic("harm"), topic("figures")
#: No phrase of the lexicon has more words.
_LONGEST = 60
_WORD = re.compile(r"[^\W_]+(?:[’'.-][^\W_]+){0,6}")


@dataclass(frozen=True, slots=True)
class Noun:
    """What a word for people entails of them."""

    word: str
    status: str
    is_plural: bool


@dataclass(frozen=True, slots=True)
class HarmWord:
    """What a word of harm says; ``form`` is "acts", "states" or "nouns"."""

    word: str
    outcome: str
    form: str
    of_fighters: bool = False


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """A phrase of the lexicon at ``start``–``end`` of a sentence."""

    start: int
    end: int
    entry: T


class Phrases(Generic[T]):
    """A phrase list that is looked up word by word, the longest phrase first."""

    def __init__(self, entries: Mapping[str, T]) -> None:
        self._entries = {" ".join(phrase.lower().split()): one for phrase, one in entries.items()}
        #: By the first word of a phrase, how many words the longest one has.
        self._longest: dict[str, int] = {}
        for phrase in self._entries:
            first, size = _plain(phrase.split(maxsplit=1)[0]), len(phrase.split())
            self._longest[first] = max(self._longest.get(first, 0), size)

    def find(self, sentence: str) -> Iterator[Found[T]]:
        """The phrases in order, none inside another; in time proportional to the length."""
        words = [(m.start(), m.end()) for m in _WORD.finditer(sentence)]
        at = 0
        while at < len(words):
            first = _plain(sentence[words[at][0] : words[at][1]])
            longest = min(self._longest.get(first, 0), len(words) - at)
            for size in range(longest, 0, -1):
                start, end = words[at][0], words[at + size - 1][1]
                if end - start > _LONGEST:
                    continue
                entry = self._entries.get(_plain(sentence[start:end]))
                if entry is not None:
                    yield Found(start, end, entry)
                    at += size
                    break
            else:
                at += 1


@lru_cache(maxsize=20_000)
def _plain(words: str) -> str:
    return " ".join(words.lower().replace("’", "'").removesuffix("'s").split())


def _plural(word: str) -> str:
    if word in _PEOPLE["plural"]:
        return str(_PEOPLE["plural"][word])
    if word.endswith("man"):
        return word.removesuffix("man") + "men"
    if re.search(r"[^aeiou]y$", word):
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("s", "ch", "sh", "x")) else "s")


def _nouns() -> dict[str, Noun]:
    nouns: dict[str, Noun] = {}
    for status in ("unknown", "civilian", "combatant"):
        for word in _PEOPLE[status]:
            plural = _plural(word)
            nouns[plural] = Noun(plural.lower(), status.upper(), is_plural=True)
            if plural != word:
                nouns[word] = Noun(word.lower(), status.upper(), is_plural=False)
        for word in _PEOPLE[f"{status}_plural"]:
            nouns[word] = Noun(word.lower(), status.upper(), is_plural=True)
    return nouns


def _harm_words() -> dict[str, HarmWord]:
    words = {
        word: HarmWord(word, outcome, form)
        for outcome, forms in _HARM.items()
        if outcome.isupper()
        for form, listed in forms.items()
        for word in listed
    }
    for outcome, listed in _HARM["of_fighters"].items():
        words |= {word: HarmWord(word, outcome, "acts", of_fighters=True) for word in listed}
    return words


NOUNS = Phrases(_nouns())
HARM_WORDS = Phrases(_harm_words())
CHILDREN = frozenset(_PEOPLE["children"])
WOMEN = frozenset(_PEOPLE["women"])
RELATIVES = frozenset(_PEOPLE["relatives"])
TAKES_KIND = frozenset(_PEOPLE["takes_kind"])
PROTECTED = {word: kind for kind, words in _PEOPLE["protected"].items() for word in words}
CIVILIAN_BEFORE = re.compile(rf"\b{any_of(_PEOPLE['civilian_before'])}\b", re.IGNORECASE)
COMBATANT_BEFORE = re.compile(rf"\b{any_of(_PEOPLE['combatant_before'])}\b")
#: The words of a body begin a name too: "the Popular Defence Forces".
COMBATANT_BODY = re.compile(
    rf"\b{any_of([w for b in _PEOPLE['combatant_bodies'] for w in {b, b[:1].upper() + b[1:]}])}\b"
)
NATIONALITIES = frozenset(word.lower() for word in topic("peoples")["nationalities"])
CIVILIAN_BODY = re.compile(rf"\b{any_of(_PEOPLE['civilian_bodies'])}\b", re.IGNORECASE)
#: Figures that stand for an unnumbered many.
VAGUE_MANY = frozenset(_FIGURES["unnumbered"])
#: "Four children were among the dead": a breakdown of a figure given elsewhere.
AMONG_THE_HARMED = re.compile(
    r"\bamong (?:the|those) (?:dead|wounded|killed|injured|victims|fatalities|casualties|slain|"
    r"civilians|"
    r"people)\b|\bamong \w+ dead\b|\bthose (?:killed|wounded) include[ds]?\b|"
    r"\bof (?:those|the|them) (?:killed|wounded|injured|dead|victims)\b|"
    r"\b(?:dead|victims|casualties|fatalities|they) (?:also )?includ(?:e|ed|es)\b|"
    r"\b(?:of (?:them|the dead|the victims|those killed|whom) )?(?:were|are) (?:children|women|"
    r"minors)\b",
    re.IGNORECASE,
)
#: With a capital, or "may have been killed" would be a day.
MONTH_NAME = rf"(?-i:(?=[A-Z]))(?i:{MONTH})"
#: What makes a number no count of people.
NO_COUNT_AFTER = re.compile(
    rf"[\s-]{{0,3}}(?:(?:more|other|separate|different|heavy|large|civilian|military|"
    rf"armou?red)\s+)?"
    rf"(?:{any_of(_FIGURES['no_people_after'])}(?!\w)|th\b|st\b|rd\b|nd\b|[-\s]year[-\s]old|"
    rf"{MONTH_NAME}(?!\w))",
    re.IGNORECASE,
)
NO_COUNT_BEFORE = re.compile(
    rf"(?:(?<!\bthe\s)\b{any_of(_FIGURES['no_people_before'])}\.?[\s-]?|[$€£]|"
    r"\bone of (?:the|its|their)(?:\s+\w+){0,2}\s*)\s*$",
    re.IGNORECASE,
)
#: What has a number for a name: "Base 46".
NUMBERED = frozenset(_FIGURES["numbered"])
BEGIN_A_PHRASE = frozenset(_FIGURES["begin_a_phrase"])
SEASON = any_of(_FIGURES["seasons"])
#: What a sentence must hold to be read at all.
_STEMS = tuple(_HARM["stems"])
MAY_TELL_HARM = re.compile("|".join(_STEMS), re.IGNORECASE)


def may_tell_harm(sentence: str) -> bool:
    """Whether any stem of a harm word is in it: a quick look before the careful one."""
    lowered = sentence.lower()
    return any(stem in lowered for stem in _STEMS)


#: The figure replaces an earlier one of the same speaker.
CUMULATIVE = re.compile(
    rf"\b(?:toll|(?:number|total) of (?:the )?(?:dead|deaths|killed|victims|casualties|wounded))\b"
    rf"[^.;]{{0,60}}\b{any_of(_FIGURES['rises'])}\b|"
    r"\b(?:raising|bringing|brings|brought|pushing|pushed) (?:the|its|their)\b[^.;,]{0,20}"
    r"\b(?:toll|total|number)\b",
    re.IGNORECASE,
)
