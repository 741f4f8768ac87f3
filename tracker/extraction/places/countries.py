"""Which country a report speaks of: by its name, or by the word for what is of it (pure)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from tracker.extraction.lexicon import any_of, topic

_NAMES: list[str] = topic("places")["names"]["countries"]
_OF_PEOPLE: dict[str, str] = topic("peoples")["country_of"]
#: "Nahria", "Nahria's", "Nahrias" of pages that lose the apostrophe, "Nahrian".
_ENDINGS = ("", "'s", "’s", "s", "n", "i", "an", "ese")
_COUNTRY_OF = {
    **{name + ending: name for ending in _ENDINGS for name in _NAMES},
    **_OF_PEOPLE,
}
#: The same words; a name with its endings is written once, or it takes a start long to compile.
_ENDED = rf"{any_of(_NAMES)}{any_of(_ENDINGS)}"
_WORD = rf"(?<![\w-])(?P<word>{_ENDED}|{any_of(list(_OF_PEOPLE))})(?![\w-])"
_CAPITALS = re.compile(r"(?<![\w-])[A-Z][\w’']*(?![\w-])(?: [A-Z][\w’']*(?![\w-]))*")
#: "Papua New Guinea" has as many words as any.
_MOST_WORDS = 3
_WARS = any_of(topic("places")["war"]["kinds"]) + r"(?![ -]?(?:planes?|ships?|crimes?|jets?)\b)"
_WAR_OF = re.compile(
    rf"{_WORD}\s(?:[\w-]{{2,20}}\s){{0,2}}?{_WARS}\b"
    rf"|\b{_WARS}\s(?:[\w-]{{2,20}}\s)?(?:in|of)\s(?:the\s)?{_WORD.replace('word', 'where')}"
)


@dataclass(frozen=True, slots=True)
class CountryName:
    """A country's own name, and where the word that stands for it is."""

    name: str
    start: int
    end: int


@lru_cache(maxsize=256)
def countries_in(sentence: str) -> tuple[str, ...]:
    """The countries that it names or calls somebody or something after, in order."""
    found: list[str] = []
    for run in _CAPITALS.finditer(sentence):
        words = run.group().split(" ")
        while words:
            phrases = (" ".join(words[:count]) for count in range(_MOST_WORDS, 0, -1))
            phrase = next((phrase for phrase in phrases if phrase in _COUNTRY_OF), "")
            if phrase:
                found.append(_COUNTRY_OF[phrase])
            words = words[phrase.count(" ") + 1 :]
    return tuple(found)


def country_at_war(sentence: str) -> CountryName | None:
    """The country whose war it speaks of; None = of none."""
    match = _WAR_OF.search(sentence)
    if match is None:
        return None
    group = "word" if match["word"] else "where"
    return CountryName(_named(match[group]), *match.span(group))


def _named(word: str) -> str:
    return _COUNTRY_OF[" ".join(word.split())]
