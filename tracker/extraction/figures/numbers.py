"""Words to numbers by the published table (methodology, section 9.1), and nothing by guessing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

TEXT = """\
Ordinals ("a third victim") are not counts. ACLED reads "tens" as 10, "dozens" as 12 and "hundreds"
as 100; the plural reading here differs on purpose.
"""
#: What the published table shows, read by ``parse_figure`` itself; words in one row mean the same.
SHOWN = (
    ("12",),
    ("at least 7", "no fewer than 7"),
    ("more than 7", "over 7"),
    ("up to 7", "nearly 7", "as many as 7"),
    ("around 7", "about 7", "some 7"),
    ("between 7 and 9",),
    ("a couple",),
    ("several",),
    ("tens",),
    ("dozens",),
    ("scores",),
    ("hundreds",),
    ("thousands",),
)
#: Groups without a figure, as the extractor counts them.
GROUPS_SHOWN = (
    (("a man", "one person"), (1, 1)),
    (("people", "civilians"), (2, None)),
    (("no civilians",), (0, 0)),
)

#: The table a stored figure was read by; a changed reading is a new version.
TABLE_VERSION = "9.1-2"
LARGEST = 1_000_000
_MILLION = 1_000_000

_ONE_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEEN_WORDS = (
    *("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen"),
    *("eighteen", "nineteen"),
)
_TEN_WORDS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_WORTH = {
    "zero": 0,
    **{word: value for value, word in enumerate(_ONE_WORDS, start=1)},
    **{word: value for value, word in enumerate(_TEEN_WORDS, start=10)},
    **{word: 10 * value for value, word in enumerate(_TEN_WORDS, start=2)},
}
_ROUND = {"dozen": 12, "hundred": 100, "thousand": 1000}
#: Words that are a figure by themselves: lower and upper end, None = open.
VAGUE: dict[str, tuple[int, int | None]] = {
    "a couple": (2, 2),
    "half a dozen": (6, 6),
    "several": (3, None),
    "a few": (3, None),
    "several dozen": (36, None),
    "several hundred": (300, None),
    "several thousand": (3000, None),
    "tens": (20, None),
    "dozens": (24, None),
    "scores": (40, None),
    "hundreds": (200, None),
    "thousands": (2000, None),
    "tens of thousands": (20_000, None),
    "hundreds of thousands": (200_000, None),
    "a number of": (2, None),
    "numerous": (2, None),
    "many": (2, None),
}
_AT_LEAST = ("at least", "no fewer than", "not less than", "no less than", "a minimum of")
_MORE_THAN = ("more than", "over", "upwards of")
_UP_TO = (
    *(
        "up to",
        "as many as",
        "as high as",
        "nearly",
        "almost",
        "close to",
        "at most",
        "no more than",
    ),
    "not more than",
)
_FEWER_THAN = ("fewer than", "less than", "just under", "slightly under")
_ABOUT = ("around", "about", "some", "approximately", "roughly", "an estimated")
_QUALIFIERS = (*_AT_LEAST, *_MORE_THAN, *_UP_TO, *_FEWER_THAN, *_ABOUT)
_SIGNS = {"≥": "at least ", ">": "more than ", "≤": "up to ", "<": "fewer than ", "~": "about "}
_NONE_SAID = frozenset({"none", "no", "no one", "nobody"})
_SEPARATOR = r"[,\u00a0\u202f\u066c]"


def _any_of(words: tuple[str, ...]) -> str:
    longest_first = sorted(words, key=len, reverse=True)
    return "(?:" + "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in longest_first) + ")"


# Grammar of English numbers: two numbers joined by "and" are never added up to a third one.
_ONES, _TEENS, _TENS = (_any_of(words) for words in (_ONE_WORDS, _TEEN_WORDS, _TEN_WORDS))
_BELOW_100 = rf"(?:{_TENS}\b(?:[\s-]+{_ONES}\b)?|{_TEENS}\b|{_ONES}\b|zero\b)"
_HUNDREDS = rf"(?:(?:{_BELOW_100}|a)[\s-]+hundred\b(?:[\s-]+(?:and\s+)?{_BELOW_100})?)"
_THOUSANDS = (
    rf"(?:(?:{_HUNDREDS}|{_BELOW_100}|a)[\s-]+thousand\b"
    rf"(?:[\s-]+(?:and\s+)?(?:{_HUNDREDS}|{_BELOW_100}))?)"
)
_DOZENS = rf"(?:(?:{_BELOW_100}|a|a\s+couple(?:\s+of)?)\s+dozen\b)"
_WORDS = rf"\b(?:{_THOUSANDS}|{_HUNDREDS}|{_DOZENS}|{_BELOW_100})"
#: No part of a decimal fraction, a time, a date, an ordinal or a share.
_DIGITS = (
    rf"(?:\d{{1,3}}(?:{_SEPARATOR}\d{{3}}){{1,3}}|\d{{1,7}})"
    r"(?![.,:/\u066c]?\d)(?!-\d{1,2}-\d)(?!%|st\b|nd\b|rd\b|th\b)(?:\s+(?:hundred|thousand)\b)?"
)
#: Nor of a name ("MQ-9") or a price.
_FREE_DIGITS = rf"(?<![\w.,/:$€£])(?<![^\W_]-){_DIGITS}"
_VAGUE = rf"\b{_any_of(tuple(VAGUE))}\b"
_MILLIONS = r"(?<![\w.,/:$€£])(?<![^\W_]-)\d{1,2}(?:\.\d{1,2})?\s+million\b"
NUMBER = rf"(?:{_MILLIONS}|{_FREE_DIGITS}|{_VAGUE}|{_WORDS})"
_EXACT = rf"(?:{_MILLIONS}|{_DIGITS}|{_WORDS})"
#: A figure as printed: an optional qualifier, a number, an optional upper end.
FIGURE = re.compile(
    rf"\bbetween\s+(?P<from>{_EXACT})\s+and\s+(?P<until>{_EXACT})"
    rf"|(?:\b(?P<prefix>{_any_of(_QUALIFIERS)})\s+(?:(?:another|a\s+further)\s+)?)?"
    rf"(?P<low>{NUMBER})"
    rf"(?:(?:\s?[–-]\s?(?=\d)|[–-]|\s*\bto\b\s*|\s*\bor\b\s*)(?P<high>{_EXACT}(?!-?\w))"
    r"|(?P<more>\s*\+|\s+or\s+more\b))?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A reported number: ``minimum`` None = open below, ``maximum`` None = open above."""

    minimum: int | None
    maximum: int | None


def parse_figure(text: str) -> Figure | None:
    """The figure in a few words ("at least 5", "5+", "5-7", "dozens"); None where there is none."""
    words = text.strip()
    if words.lower() in _NONE_SAID:
        return Figure(0, 0)
    for sign, meaning in _SIGNS.items():
        if words.startswith(sign):
            words = meaning + words.removeprefix(sign).lstrip()
    match = FIGURE.fullmatch(words) or FIGURE.fullmatch(words.removesuffix(" of"))
    return figure_of(match) if match else None


def find_figures(text: str) -> Iterator[tuple[int, int, Figure]]:
    """Every figure in the text with its offsets; ordinals, times and percentages are none."""
    for match in FIGURE.finditer(text):
        figure = figure_of(match)
        if figure is not None:
            yield match.start(), match.end(), figure


def figure_of(match: re.Match[str]) -> Figure | None:
    """The figure a match of ``FIGURE`` stands for, None where its words make no number."""
    low = _bounds(match["from"] or match["low"])
    if low is None:
        return None
    upper = match["until"] or match["high"]
    if upper:
        high = _bounds(upper)
        if high is None or high[1] is None or low[0] > high[1]:
            return None
        return Figure(low[0], high[1])
    if match["more"]:
        return Figure(low[0], None)
    return _qualified(" ".join((match["prefix"] or "").lower().split()), *low)


def _qualified(prefix: str, low: int, high: int | None) -> Figure | None:
    top = low if high is None else high
    if prefix in _AT_LEAST:
        return Figure(low, None)
    if prefix in _MORE_THAN:
        # "more than dozens" has an open figure already; it is not one more
        return Figure(low if high is None else low + 1, None)
    if prefix in _UP_TO:
        return Figure(None, top)
    if prefix in _FEWER_THAN:
        return Figure(None, top - 1) if top else None
    return Figure(low, high)


def _bounds(words: str) -> tuple[int, int | None] | None:
    together = re.sub(rf"(?<=\d){_SEPARATOR}(?=\d)", "", words)
    plain = " ".join(together.lower().split())
    if plain in VAGUE:
        return VAGUE[plain]
    millions = _of_millions(plain)
    if millions is not None:
        return millions, millions
    value = _value(plain)
    return None if value is None or value > LARGEST else (value, value)


def _of_millions(words: str) -> int | None:
    number, _, unit = words.partition(" ")
    return round(float(number) * _MILLION) if unit == "million" else None


def _value(words: str) -> int | None:
    """The number that words or digits spell, None where they spell none."""
    total = current = 0
    for word in re.split(r"[\s-]+", words):
        if word.isdecimal():
            current = int(word)
        elif word in _WORTH:
            current += _WORTH[word]
        elif word == "couple":
            current = 2
        elif word == "thousand":
            total, current = total + max(current, 1) * _ROUND[word], 0
        elif word in _ROUND:
            current = max(current, 1) * _ROUND[word]
        elif word not in {"and", "a", "of"}:
            return None
    return total + current
