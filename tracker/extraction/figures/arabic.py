"""Plain Arabic patterns: a harm word with a figure in the same sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from tracker.extraction.figures.numbers import Figure
from tracker.extraction.lexicon import topic

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_FIGURES, _HARM, _PEOPLE = (topic(name, "ar") for name in ("figures", "harm", "people"))
_ONES: dict[str, int] = _FIGURES["ones"]
_TENS: dict[str, int] = _FIGURES["tens"]
#: Words that are a whole number by themselves; a dual noun is two people, a single one is one.
_WHOLE: dict[str, int] = _FIGURES["whole"]
_FIRST: dict[str, int] = {**_ONES, **_FIGURES["first"]}
_VAGUE = {word: Figure(least, None) for word, least in _FIGURES["vague"].items()}


def _any_of(words: Iterable[str]) -> str:
    return "(?:" + "|".join(sorted(words, key=len, reverse=True)) + ")"


# Longest first: "fourteen" begins with "four" in Arabic too.
_WORDS = (
    rf"(?:{_any_of(_FIRST)}\s+(?:عشرة|عشر)|(?:{_any_of(_FIRST)}\s+و)?{_any_of(_TENS)}"
    rf"|{_any_of(_VAGUE)}|{_any_of(_WHOLE)}|{_any_of(_ONES)})"
)
_FIGURE = (
    rf"(?P<least>{_any_of(_FIGURES['least'])}\s+)?(?P<over>{_any_of(_FIGURES['over'])}\s+)?"
    # a number that goes on ("three thousand", "a hundred and …") is left to people
    rf"(?P<number>[\d٠-٩]{{1,6}}|{_WORDS})\b"
    rf"(?!\s+{_any_of(_FIGURES['goes_on'])})"
    r"(?!\s+و(?:[\d٠-٩]|عشر|ثلاث|أربع|خمس|ست|سبع|ثمان|تسع))"
)
_NO_NUMBER = (
    rf"(?!و|\d|(?:{_any_of(_FIRST)}|{_any_of(_TENS)}|{_any_of(_VAGUE)}|آلاف|ألف|عشر|مئة|مائة))"
)
_PATTERNS = {
    outcome: re.compile(
        rf"(?<!لم ي){_any_of(words['acts'])}\s+"
        rf"(?:{_NO_NUMBER}[\u0600-\u06ff]{{1,20}}\s+){{0,2}}?{_FIGURE}"
        rf"|\bو?{_FIGURE.replace('(?P<', '(?P<after_')}\s+{_any_of(words['harmed'])}\b"
    )
    for outcome, words in _HARM.items()
}
_ANY_ARABIC = re.compile(r"[\u0600-\u06ff]")
_CIVILIAN = re.compile(_any_of(_PEOPLE["civilian"]))
_FIGHTER = re.compile(_any_of(_PEOPLE["combatant"]))
_SAID_NEXT = r"(?!(?:إن|أن)\b)"
_SPEAKER = re.compile(
    rf"\bو?{_any_of(_PEOPLE['says'])}\s+(?P<who>{_SAID_NEXT}[\u0600-\u06ff]+"
    rf"(?:\s+(?!{_any_of(_PEOPLE['speaker_ends'])}\b)[\u0600-\u06ff]+){{0,3}})"
)
_GENERIC = re.compile(rf"(?:ال)?{_any_of(_PEOPLE['generic'])}")
_AT_LEAST = re.compile(rf"(?:\s+[\u0600-\u06ff]+)?\s+{_FIGURES['least_after']}")
_MOST = 24


@dataclass(frozen=True, slots=True)
class ArabicClaim:
    """A figure in an Arabic sentence, with offsets into it."""

    outcome: str
    start: int
    end: int
    figure_start: int
    figure_end: int
    figure: Figure
    status: str
    speaker: str
    speaker_named: bool


def find_arabic(sentence: str) -> Iterator[ArabicClaim]:
    """What the sentence plainly counts."""
    if not _ANY_ARABIC.search(sentence):
        return
    said = _SPEAKER.search(sentence)
    speaker = said["who"] if said else ""
    for outcome, pattern in _PATTERNS.items():
        for match in islice(pattern.finditer(sentence), _MOST):
            group = "" if match["number"] else "after_"
            near = sentence[match.start(f"{group}number") : match.end() + 30]
            has_least = match[f"{group}least"] is not None
            yield ArabicClaim(
                outcome=outcome,
                start=match.start(),
                end=match.end(),
                figure_start=match.start(f"{group}least" if has_least else f"{group}number"),
                figure_end=match.end(f"{group}number"),
                figure=_figure(
                    match[f"{group}number"],
                    is_least=has_least or bool(_AT_LEAST.match(sentence, match.end())),
                    is_more=match[f"{group}over"] is not None,
                ),
                status=_status(near.split("،")[0].split(" و")[0]),
                speaker=speaker,
                speaker_named=not _GENERIC.match(speaker),
            )


def _figure(words: str, *, is_least: bool, is_more: bool) -> Figure:
    if words in _VAGUE:
        return _VAGUE[words]
    value = int(words) if words.isdecimal() else _spelled(words)
    if is_more:
        return Figure(value + 1, None)
    return Figure(value, None if is_least else value)


def _spelled(words: str) -> int:
    if words in _WHOLE:
        return _WHOLE[words]
    first, _, rest = words.partition(" ")
    rest = rest.strip()
    if rest.startswith("عشر"):
        return 10 + _FIRST[first]
    if rest:
        return _FIRST[first] + _TENS[rest.removeprefix("و")]
    return _TENS[words] if words in _TENS else _ONES[words]


def _status(near: str) -> str:
    if _CIVILIAN.search(near):
        return "MIXED" if _FIGHTER.search(near) else "CIVILIAN"
    return "COMBATANT" if _FIGHTER.search(near) else "UNKNOWN"
