"""Numbers in a sentence that count no people: ages, dates, names of things, what is no person."""

from __future__ import annotations

import re

from tracker.extraction.figures.numbers import FIGURE, NUMBER
from tracker.extraction.figures.words import (
    BEGIN_A_PHRASE,
    MONTH_NAME,
    NO_COUNT_AFTER,
    NO_COUNT_BEFORE,
    NUMBERED,
    SEASON,
)
from tracker.extraction.times.calendar_words import YEAR

#: How far back a number looks for what makes it no count.
_LOOK_BACK = 48
_AGED = re.compile(r"[A-Z][\w’'-]{1,40}\s*,?\s+$")
_AGE_DIGITS = 2
_OF_AGE = re.compile(r"\s*,|\s+(?:suffered|was|is|who|told|said|has|had|lost)\b")
#: Behind "in March" no day follows, behind "17 March" it is said already.
_MONTH_BEFORE = re.compile(
    rf"(?P<whole>\b(?i:in|last|this|early|late)\s|\b\d{{1,2}}(?:st|nd|rd|th)?\s(?:of\s)?)?\b{MONTH_NAME}\s+$"
)
_LAST_DAY = 31
#: "Four members of one family" are four.
_MEMBERS_OF = re.compile(
    r"\b(?:members|relatives|children|sons|brothers|sisters|generations|people)\s+(?:of|"
    r"from)\s+(?:only\s+)?$",
    re.IGNORECASE,
)
#: "Five civilians of one family" are five.
_ONE_FAMILY = re.compile(r"(?:one|a single)\s+(?:family|household|clan|tribe)\b", re.IGNORECASE)
_OF = re.compile(r"\b(?:of|from|in)\s+$", re.IGNORECASE)
_AGED_WITH = re.compile(r"\baged?\s(?:from\s|between\s|\w+,?\sand\s)$", re.IGNORECASE)
#: "Nine children under five" and "nine women over 60" are nine.
_OF_AN_AGE = r"\b(?:children|kids|boys|girls|minors|infants|people|those|men|women)\s(?:aged\s)?"
_BELOW_AN_AGE = re.compile(
    rf"{_OF_AN_AGE}(?:under|below|above|younger\sthan|older\sthan)\s(?:the\sage\sof\s)?$",
    re.IGNORECASE,
)
_AN_AGE_GROUP = re.compile(rf"{_OF_AN_AGE}$", re.IGNORECASE)
#: "Over 60"; but "killed nine people over 200 others were hurt".
_OVER_AN_AGE = re.compile(
    r"over\s(?:\d{1,2}|[a-z]+(?:-[a-z]+)?)\b(?!\s(?:others?|more|people|civilians|wounded|injured|dead)\b)",
    re.IGNORECASE,
)
#: "Comments 0 67 At least 45 people": what a page counts of its own.
_ANOTHER_NUMBER = re.compile(
    rf"\s+(?:\d|(?-i:At\s+least|More\s+than|Over|Some|About|Nearly)\s+{NUMBER})", re.IGNORECASE
)
IS_YEAR = re.compile(rf"{YEAR}\b")
#: "In 2016 civilians were killed", "July 2016 Five people died".
_BEFORE_YEAR = re.compile(
    rf"(?:{MONTH_NAME}\s\d{{1,2}}(?:st|nd|rd|th)?,?|\b{SEASON})\s+$|"
    r"\b(?:in|since|of|from|until|till|by|during|early|late|mid|before|after|through|the|year|"
    r"[A-Z][a-z]+)[\s-]*$"
)
#: A time or a number of the page; so many people are counted in round numbers.
_TALL = re.compile(r"(?!\d+00\b)\d{6,}\b")


def is_no_count(sentence: str, start: int, end: int) -> bool:
    """Whether the number at ``start``–``end`` is an age, a date, a name or a count of things."""
    lead = sentence[max(0, start - _LOOK_BACK) : start]
    return bool(
        NO_COUNT_AFTER.match(sentence, end)
        or NO_COUNT_BEFORE.search(lead)
        or _is_name_of_a_thing(lead)
        or _is_date(sentence, start, end, lead)
        or (IS_YEAR.match(sentence, start) and _is_year(sentence, end, lead))
        or _TALL.match(sentence, start)
        or _is_age(sentence, start, end, lead)
        or _AGED_WITH.search(lead)
        or _BELOW_AN_AGE.search(lead)
        or (_OVER_AN_AGE.match(sentence, start) and _AN_AGE_GROUP.search(lead))
        or _MEMBERS_OF.search(lead)
        or (_ONE_FAMILY.match(sentence, start) and _OF.search(lead))
        or _ANOTHER_NUMBER.match(sentence, end)
    )


def _is_name_of_a_thing(lead: str) -> bool:
    """ "In phase two", "captured Base 46"; but "in the first phase two", "in Sella district 19"."""
    words = lead.split()
    if not words or words[-1].lower().strip(".-") not in NUMBERED:
        return False
    if len(words) == 1:
        return True
    before, thing = words[-2], words[-1]
    begins = before.lower() in BEGIN_A_PHRASE or not before[-1].isalnum()
    return begins or (thing[0].isupper() and before[0].islower() and before != "the")


def _is_year(sentence: str, end: int, lead: str) -> bool:
    """Whether four digits are a year, by what is before, or by the count right behind."""
    return bool(_BEFORE_YEAR.search(lead) or FIGURE.match(sentence, end + 1))


def _is_date(sentence: str, start: int, end: int, lead: str) -> bool:
    """Whether it goes with a month; "in March 20 died" and "on 17 March 20 died" count people."""
    month = _MONTH_BEFORE.search(lead)
    if month is None or not sentence[start:end].isdecimal():
        return False
    is_day = month["whole"] is None and int(sentence[start:end]) <= _LAST_DAY
    return is_day or IS_YEAR.match(sentence, start) is not None


def _is_age(sentence: str, start: int, end: int, lead: str) -> bool:
    """ "Ziad, 13, suffered …": a number after a name."""
    digits = sentence[start:end]
    is_age = digits.isdecimal() and len(digits) <= _AGE_DIGITS and _AGED.search(lead)
    return bool(is_age and _OF_AGE.match(sentence, end))
