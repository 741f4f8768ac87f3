"""Counts of people in one sentence: a number with its group, or one unnumbered person."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import TYPE_CHECKING

from tracker.extraction.figures.no_counts import IS_YEAR, is_no_count
from tracker.extraction.figures.numbers import NUMBER, Figure, find_figures, parse_figure
from tracker.extraction.figures.people import (
    STOPS,
    kind_of_them,
    kind_of_those_among,
    read_group,
)
from tracker.extraction.figures.words import RELATIVES, VAGUE_MANY

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tracker.extraction.figures.harms import Harm
    from tracker.extraction.figures.people import Group
    from tracker.extraction.figures.words import Found, Noun

#: A sentence with more figures than this is a table; its first ones are read.
MOST_COUNTS = 24
#: The rule of a plural without a number.
UNNUMBERED = "unnumbered plural"
#: How far before and behind a count is looked for what tells of it.
_LOOK_BACK = 48

_ONE = re.compile(r"\b(?P<lead>an?|one|another|the|his|her|their|its|my)\s+(?=\w)", re.IGNORECASE)
_ARTICLE = re.compile(r"\b(?:an?|one)\s(?:\w+\s)?$", re.IGNORECASE)
#: "The man" counts only as the subject or object of the harm itself.
_DEFINITE = frozenset({"the", "his", "her", "their", "its", "my"})
_WAS_HARMED = re.compile(
    r"(?:,\swho\s[^,.;]{3,60},)?\s*(?:(?:also|later|was|were|has|had|been|then)\s+){1,3}(?:\w+ly\s+)?(?:shot|killed|"
    r"wounded|injured|"
    r"executed|murdered|beheaded|hurt|found dead|assassinated|martyred|stabbed|arrested|captured|"
    r"detained|abducted|kidnapped|seized)\b|\s*(?:also\s+|"
    r"later\s+)?(?:died|perished)\b",
    re.IGNORECASE,
)
_HARMED_WHOM = re.compile(
    r"\b(?:lost|losing|kill|wound|injur|kidnap|abduct|execut|murder|assassinat|death of|detain|"
    r"captur|"
    r"arrest)\w*\s+$",
    re.IGNORECASE,
)
_AND_BEFORE = re.compile(
    r"\b(?:an?|one|the|his|her|their)\s+(?:[\w-]+\s+){0,3}[\w-]+\s*(?:,|,?\s+(?:and|with|"
    r"as well as|along with|"
    r"together with))\s+$",
    re.IGNORECASE,
)
_LISTED_WITH = re.compile(r"\w(?:,|,?\s+(?:and|with|as well as|along with))\s+$", re.IGNORECASE)
_AND_THEN = re.compile(
    r"\s*(?:,|\s+and|,?\s+along with)\s+(?:[\w-]+\s+){1,6}(?:were|died|perished)\b", re.IGNORECASE
)

_NO_PERSON_AFTER = re.compile(
    r"\s*(?:'s|’s)?\s*(?:-|group\b|forces?\b|said\b|says\b|told\b|named after|official\b|led\b|"
    r"area\b|"
    r"convoy\b|vehicle\b|car\b|house\b|home\b|position\b|camp\b|base\b|stronghold\b|site\b|force\b|"
    r"network\b|organi[sz]ation\b|station\b|who (?:said|says|told|spoke|asked|declined|saw)\b|"
    r"for (?:the|a)\b|with the\b|in charge\b)",
    re.IGNORECASE,
)
#: Who attacks is no victim of the attack; and what is no person.
_NO_VICTIM = frozenset(
    {
        *(
            "bomber",
            "suicide bomber",
            "attacker",
            "assailant",
            "assassin",
            "death",
            "injury",
            "life",
        ),
        *("case", "casualty", "fatality", "body", "couple", "family", "household", "guide"),
    }
)
_ONE_OF_THINGS = re.compile(r"\s*of (?:its|the|their|his|her|a|an)\b", re.IGNORECASE)
#: What may follow a number that no group is named after.
_BARE_NEXT = re.compile(
    r"\s*(?:(?:others?|more|people|additional|further)\b\s*)?(?:$|[,;:.)”\"’]|(?:and|or|were|was|"
    r"have|had|has|when|after|in|at|"
    r"by|near|during|from|on|with|as|since|while|including|among|of (?:them|whom)|so far|dead|"
    r"who|last|late|"
    r"yesterday|today|(?:mon|tues|wednes|thurs|fri|satur|sun)day|across|before|until|inside|outside|around|along|this|over|according|critically|seriously|badly|got|lightly)\b)",
    re.IGNORECASE,
)
_BEFORE_HARM = re.compile(
    r"\s*(?:(?:more|others?|were|was|are|is|remain|remained|still|have|had|been|got|reported|"
    r"reportedly|confirmed|critically|"
    r"also|"
    r"seriously|badly|lightly|severely|moderately|slightly|people)\s+){0,5}$",
    re.IGNORECASE,
)
_ENDS = re.compile(
    r"\s*$|\s*[^\w\s-]|\s+[A-Z]|\s+(?:named|identified|aged|trying|trapped|alive|also|later|"
    r"working|"
    r"his|her|their|riding|walking|driving|wanted|suspected|responsible|known|then|is|of|today|yesterday)\b"
)
_ADVERB = re.compile(r".?|\s(?:\w+ly\s)?")
_GROWN = 18
_YEAR_OLD = re.compile(
    rf"\b(?:an?|the|another)\s+(?P<age>{NUMBER})[\s-](?P<unit>year|month|week|"
    rf"day)[\s-]old\b(?!\s+[a-z]*"
    r"(?:man|woman|boy|girl|child|baby|son|daughter|student|infant|[a-z]+er|[a-z]+or|"
    r"[a-z]+ist))(?=\s*(?:$|[,.;]|"
    r"(?:was|were|died|who|and|has|had|in|when|from|by|after|is)\b))",
    re.IGNORECASE,
)
_MOST_WORDS_BEFORE = 4
#: "Six were children".
_WERE = re.compile(
    r"\s*(?:of (?:them|the dead|the victims|those killed|whom)\s+)?(?:were|"
    r"are)\s+(?P<who>children|women|minors|girls|boys)\b",
    re.IGNORECASE,
)
_AT = re.compile(r"\bat\s+$", re.IGNORECASE)
_HARMED_THEN_NUMBER = re.compile(r"\s(?:injured|wounded|dead)\s\d", re.IGNORECASE)
#: A toll is told of the number right after it.
TOLL = re.compile(
    r"\b(?:(?P<toll>(?:death )?tolls?)|(?:the|number of)\s+(?:[\w-]+\s+){0,6}?(?:(?P<dead>dead|"
    r"deaths|"
    r"killed|fatalities|martyrs|victims)|(?P<hurt>wounded|injured|injuries)))\b[^.;]{0,160}?"
    r"\b(?:to|at|of|was|were|is|reached|reaches|reaching|passed|hit|topped|exceeded|exceeds|"
    r"surpassed|be|as)\s*$",
    re.IGNORECASE,
)
#: "Brought to 49 the number killed".
BROUGHT_TO = re.compile(
    r"\b(?:brought|brings?|bringing|raised|raises|raising|updated|revised)\s+to\s$", re.IGNORECASE
)
THE_NUMBER = re.compile(
    r"\s(?:the|its|their)\s(?:\w+\s)?(?:toll|number|total)\b"
    r"(?:\s(?:of|for|the|number|people|those)){0,4}(?:\s(?P<hurt>wounded|injured|hurt))?",
    re.IGNORECASE,
)
_FURNITURE = re.compile(r"\s*\d")


@dataclass(frozen=True, slots=True)
class Count:
    """A count of people at ``start``–``end`` of the sentence, the group's words included.

    ``outcomes`` holds the harm where the count itself says it ("no casualties"), else it is empty.
    ``is_part``: the people are among those of the count before. ``is_like_before``: others, of the
    kind told of before. ``rule`` names how the count was read.
    """

    start: int
    end: int
    figure_end: int
    figure: Figure
    status: str
    words: str
    noun: str = ""
    is_denial: bool = False
    is_part: bool = False
    is_vague: bool = False
    outcomes: tuple[str, ...] = ()
    children: Figure | None = None
    women: Figure | None = None
    protected: str = ""
    rule: str = ""
    name: str = ""


def numbered(sentence: str, nouns: Sequence[Found[Noun]], harms: Sequence[Harm]) -> Iterator[Count]:
    """Every number that counts people, with their group where one is named."""
    for start, end, figure in find_figures(sentence):
        if is_no_count(sentence, start, end):
            continue
        group = read_group(sentence, nouns, end)
        if group and _HARMED_THEN_NUMBER.match(sentence, end):
            group = None  # "kill 83 injured 100"
        if group is None and not _stands_bare(sentence, start, end, harms):
            continue
        words = sentence[start:end]
        were = _WERE.match(sentence, end) if group is None else None
        yield Count(
            start=start,
            end=group.end if group else end,
            figure_end=end,
            figure=figure,
            status=group.status if group else _status_of_bare(sentence, nouns, start, end),
            words=words,
            noun=group.noun if group else were["who"].lower() if were else "",
            is_vague=" ".join(words.lower().split()) in VAGUE_MANY,
            protected=group.protected if group else "",
        )


def _status_of_bare(sentence: str, nouns: Sequence[Found[Noun]], start: int, end: int) -> str:
    """Of whom a number is that names nobody itself."""
    kind = kind_of_them(sentence, nouns, start, end) or kind_of_those_among(sentence, end)
    if kind is None:
        offset = max(0, start - 200)
        toll = TOLL.search(sentence[offset:start])
        number = THE_NUMBER.match(sentence, end)
        if toll and (toll["dead"] or toll["hurt"]):
            told = (offset + toll.start(), offset + toll.end("dead" if toll["dead"] else "hurt"))
        else:
            told = (number.start(), number.end() + _LOOK_BACK // 2) if number else (0, 0)
        named = (n.entry.status for n in nouns if told[0] <= n.start < told[1])
        kind = next((status for status in named if status != "UNKNOWN"), None)
    return kind or "UNKNOWN"


def _stands_bare(sentence: str, start: int, end: int, harms: Sequence[Harm]) -> bool:
    """Nothing that is no person follows: "killed 14 and left 50 injured"."""
    if _ONE_OF_THINGS.match(sentence, end) or _FURNITURE.match(sentence, end):
        return False
    lead = sentence[max(0, start - 200) : start]
    if TOLL.search(lead) or (BROUGHT_TO.search(lead) and THE_NUMBER.match(sentence, end)):
        return True
    if IS_YEAR.match(sentence, start):
        return False
    following = (harm for harm in harms if end < harm.start <= end + _LOOK_BACK)
    if any(_BEFORE_HARM.match(sentence[end : harm.start]) for harm in following):
        return True
    return _BARE_NEXT.match(sentence, end) is not None and not _AT.search(sentence[:start][-8:])


def single(sentence: str, nouns: Sequence[Found[Noun]], harms: Sequence[Harm]) -> Iterator[Count]:
    """Every unnumbered single person that harm may be told of."""
    yield from _aged(sentence)
    yield from _joined_to_one(sentence, nouns)
    for match in islice(_ONE.finditer(sentence), 4 * MOST_COUNTS):
        group = _head(sentence, nouns, match)
        if group is None or not _is_person(sentence, match.end(), group):
            continue
        if match["lead"].lower() in _DEFINITE and not _is_harmed(sentence, match.start(), group):
            continue
        if not ends_phrase(sentence, group.end, harms):
            continue
        yield Count(
            start=match.start(),
            end=group.end,
            figure_end=group.end,
            figure=Figure(1, 1),
            status=group.status,
            words=sentence[match.start() : group.end],
            noun=group.noun,
            protected=group.protected,
        )


def _joined_to_one(sentence: str, nouns: Sequence[Found[Noun]]) -> Iterator[Count]:
    """The child of "a woman and child": one more, without an article of its own."""
    for one, other in pairwise(nouns):
        lead = sentence[max(0, one.start - _LOOK_BACK) : one.start]
        if one.entry.is_plural or other.entry.is_plural or not _ARTICLE.search(lead):
            continue
        if other.entry.word in _NO_VICTIM or sentence[one.end : other.start] != " and ":
            continue
        if _ENDS.match(sentence, other.end) or STOPS.match(sentence, other.end + 1):
            yield Count(
                start=other.start,
                end=other.end,
                figure_end=other.end,
                figure=Figure(1, 1),
                status=other.entry.status,
                words=sentence[other.start : other.end],
                noun=other.entry.word,
            )


def _head(sentence: str, nouns: Sequence[Found[Noun]], match: re.Match[str]) -> Group | None:
    """The person after an article; in "an ISIS weapons smuggler" not the body named first."""
    group = read_group(sentence, nouns, match.end())
    if group is None or not group.is_plural or match["lead"].lower() not in {"a", "an"}:
        return group
    person = read_group(sentence, nouns, group.end)
    return person if person and len(sentence[group.end : person.start].split()) <= 1 else group


def _aged(sentence: str) -> Iterator[Count]:
    """ "A two-year-old was killed": a person told by age alone."""
    for match in islice(_YEAR_OLD.finditer(sentence), MOST_COUNTS):
        is_child = _value_of(match["age"]) < _GROWN or match["unit"].lower() != "year"
        yield Count(
            start=match.start(),
            end=match.end(),
            figure_end=match.end(),
            figure=Figure(1, 1),
            status="CIVILIAN" if is_child else "UNKNOWN",
            words=match.group(),
            noun="child" if is_child else "",
        )


def _value_of(words: str) -> int:
    figure = parse_figure(words)
    return (figure.minimum if figure else None) or _GROWN


def _is_person(sentence: str, start: int, group: Group) -> bool:
    if group.is_plural or group.noun in _NO_VICTIM or _NO_PERSON_AFTER.match(sentence, group.end):
        return False
    return len(sentence[start : group.start].split()) <= _MOST_WORDS_BEFORE


def _is_harmed(sentence: str, start: int, group: Group) -> bool:
    lead = sentence[max(0, start - _LOOK_BACK) : start]
    return bool(
        _WAS_HARMED.match(sentence, group.end)
        or _HARMED_WHOM.search(lead)
        or _AND_BEFORE.search(lead)
        or (group.noun in RELATIVES and (_LISTED_WITH.search(lead) or _ARTICLE.search(lead)))
        or (group.noun in RELATIVES and _AND_THEN.match(sentence, group.end))
    )


def ends_phrase(sentence: str, end: int, harms: Sequence[Harm]) -> bool:
    """The noun is no word before another one ("a rebel official", "a police station")."""
    if _ENDS.match(sentence, end) or STOPS.match(sentence, end + 1):
        return True
    return any(
        end < harm.start <= end + _LOOK_BACK and _ADVERB.fullmatch(sentence[end : harm.start])
        for harm in harms
    )
