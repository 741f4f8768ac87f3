"""Plain Arabic patterns: a harm word with a figure in the same sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from tracker.extraction.numbers import Figure

if TYPE_CHECKING:
    from collections.abc import Iterator

_ONES = {
    "ثلاثة": 3, "ثلاث": 3, "أربعة": 4, "أربع": 4, "خمسة": 5, "خمس": 5, "ستة": 6, "ست": 6,
    "سبعة": 7, "سبع": 7, "ثمانية": 8, "ثماني": 8, "تسعة": 9, "تسع": 9,
}  # fmt: skip
_TENS = {
    "عشرون": 20, "عشرين": 20, "ثلاثون": 30, "ثلاثين": 30, "أربعون": 40, "أربعين": 40,
    "خمسون": 50, "خمسين": 50, "ستون": 60, "ستين": 60, "سبعون": 70, "سبعين": 70,
    "ثمانون": 80, "ثمانين": 80, "تسعون": 90, "تسعين": 90,
}  # fmt: skip
#: Words that are a whole number by themselves; a dual noun is two people, a single one is one.
_WHOLE = {
    "عشرة": 10, "عشر": 10, "مئة": 100, "مائة": 100, "مئتي": 200, "مائتي": 200,
    "شخصان": 2, "شخصين": 2, "طفلان": 2, "طفلين": 2, "مدنيان": 2, "امرأتان": 2, "امرأتين": 2,
    "شخص": 1, "طفل": 1, "طفلة": 1, "مدني": 1, "امرأة": 1,
}  # fmt: skip
_FIRST = {**_ONES, "أحد": 1, "إحدى": 1, "اثنا": 2, "اثني": 2, "اثنتا": 2, "اثنتي": 2, "واحد": 1}
_VAGUE = {"عشرات": Figure(24, None), "مئات": Figure(200, None)}
_HARM = {
    "KILLED": ("مقتل", "قتل", "قُتل", "قتلت", "استشهد", "استشهاد", "مصرع"),
    "INJURED": ("إصابة", "أصيب", "أُصيب", "اصيب", "أصيبت", "جرح", "جُرح"),
}


def _any_of(words: Iterator[str] | dict[str, int] | dict[str, Figure]) -> str:
    return "(?:" + "|".join(sorted(words, key=len, reverse=True)) + ")"


# Longest first: "fourteen" begins with "four" in Arabic too.
_WORDS = (
    rf"(?:{_any_of(_FIRST)}\s+(?:عشرة|عشر)|(?:{_any_of(_FIRST)}\s+و)?{_any_of(_TENS)}"
    rf"|{_any_of(_VAGUE)}|{_any_of(_WHOLE)}|{_any_of(_ONES)})"
)
_FIGURE = (
    r"(?P<least>(?:ما لا يقل عن|لا يقل عن)\s+)?(?P<over>أكثر من\s+)?"
    # a number that goes on ("three thousand", "a hundred and …") is left to people
    rf"(?P<number>[\d٠-٩]{{1,6}}|{_WORDS})\b(?!\s+(?:آلاف|ألف|ألفا|مئة|مائة|مليون|عشر|عشرة|بالمئة))"
    r"(?!\s+و(?:[\d٠-٩]|عشر|ثلاث|أربع|خمس|ست|سبع|ثمان|تسع))"
)
_NO_NUMBER = (
    rf"(?!و|\d|(?:{_any_of(_FIRST)}|{_any_of(_TENS)}|{_any_of(_VAGUE)}|آلاف|ألف|عشر|مئة|مائة))"
)
_HARMED = {"KILLED": ("قتلى", "قتيلا", "شهداء"), "INJURED": ("جرحى", "جريحا", "مصابين")}
_PATTERNS = {
    outcome: re.compile(
        rf"(?<!لم ي)(?:{'|'.join(words)})\s+"
        rf"(?:{_NO_NUMBER}[\u0600-\u06ff]{{1,20}}\s+){{0,2}}?{_FIGURE}"
        rf"|\bو?{_FIGURE.replace('(?P<', '(?P<after_')}\s+(?:{'|'.join(_HARMED[outcome])})\b"
    )
    for outcome, words in _HARM.items()
}
_ANY_ARABIC = re.compile(r"[\u0600-\u06ff]")
_CIVILIAN = re.compile(r"مدني|طفل|أطفال|نساء|امرأة|امرأت|سكان")
_FIGHTER = re.compile(r"مسلح|مقاتل|جندي|جنود|عناصر")
_SPEAKER = re.compile(
    r"\bو?(?:قال|قالت|أفاد|أفادت|أعلن|أعلنت|ذكر|ذكرت|بحسب|وفق|وفقا ل)\s+"
    r"(?P<who>(?!إن\b|أن\b)[\u0600-\u06ff]+(?:\s+(?!إن\b|أن\b|عن\b|مقتل|قتل|إصابة|أصيب|في\b)[\u0600-\u06ff]+){0,3})"
)
_GENERIC = re.compile(r"(?:ال)?(?:سكان|مسؤول|شهود|شاهد|نشطاء|ناشط|مصدر|مصادر|أهالي|طبيب|أطباء)")
_AT_LEAST = re.compile(r"(?:\s+[\u0600-\u06ff]+)?\s+على الأقل")
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
