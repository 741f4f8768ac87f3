"""Every figure of a document with its harm and its group of people."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from tracker.extraction.document import LONGEST_SENTENCE
from tracker.extraction.figures.arabic import find_arabic
from tracker.extraction.figures.breakdown import NO_KIND, fold
from tracker.extraction.figures.counts import find_counts
from tracker.extraction.figures.harms import read_harms
from tracker.extraction.figures.later import (
    have_died,
    is_breakdown,
    like_before,
    with_breakdown,
    with_kind_of_all,
)
from tracker.extraction.figures.pairing import pair
from tracker.extraction.figures.words import CUMULATIVE, NOUNS, may_tell_harm
from tracker.extraction.model import Attribution, Evidence, Mention

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.extraction.document import Document, Sentence
    from tracker.extraction.figures.numbered import Count
    from tracker.extraction.figures.pairing import Pair

LONGEST_QUOTE = 300
_NEAR = 30
_AGE_BEFORE = 12
_AGES = re.compile(
    r"\b(\d{1,2})[\s-]years?[\s-]old\b|\baged (\d{1,2})\b(?:(?:,| and|, and) (\d{1,2})\b)?",
    re.IGNORECASE,
)
MOST_MENTIONS = 200
#: The rule of a status where a number stands alone.
NO_GROUP = "no group named"
#: Headlines of other articles at a page's end.
_MENU = re.compile(r"\W{0,8}(?:\d{1,7}\s)?(?:Topic\s.{1,100}?\s)?Related\s(?:\w{1,20}\s)?[A-Z]")


def find_mentions(document: Document) -> list[Mention]:
    """The mentions in the order of the text, at most ``MOST_MENTIONS``."""
    found: list[Mention] = []
    for sentence in document.sentences:
        if sentence.end - sentence.start > LONGEST_SENTENCE or _MENU.match(sentence.words):
            continue
        found += _arabic(sentence)
        found = with_kind_of_all(_with_english(found, sentence), sentence)
        if len(found) >= MOST_MENTIONS:
            break
    return found[:MOST_MENTIONS]


def _with_english(found: list[Mention], sentence: Sentence) -> list[Mention]:
    """What was found so far, with what the sentence adds to it."""
    words = sentence.words
    if not may_tell_harm(words) and not is_breakdown(words):
        return found
    nouns, harms = list(NOUNS.find(words)), read_harms(words)
    counts = find_counts(words, nouns, harms)
    pairs = pair(words, fold(words, counts, harms), harms)
    if not pairs and is_breakdown(words):
        return with_breakdown(found, counts, words, sentence.number)
    if not pairs:
        dead = have_died(found, sentence)
        return [*found, _in_its_passage(dead, sentence)] if dead else found
    for mention, count in _mentions(sentence, pairs):
        is_open = count.noun in NO_KIND - {"people"}
        lead = words[count.start : count.end + _NEAR]
        found.append(like_before(mention, found, lead) if is_open else mention)
    return found


def _mentions(sentence: Sentence, pairs: list[Pair]) -> Iterator[tuple[Mention, Count]]:
    words, offset = sentence.words, sentence.start
    is_update = CUMULATIVE.search(words) is not None
    for one in pairs:
        start, end = _passage(words, one.start, one.end)
        count = one.count
        mention = Mention(
            sentence=sentence.number,
            start=offset + start,
            end=offset + end,
            core_start=offset + one.start,
            core_end=offset + one.end,
            figure_start=offset + count.start,
            figure_end=offset + count.figure_end,
            outcome=one.outcome,
            subject_status=count.status,
            minimum=count.figure.minimum,
            maximum=count.figure.maximum,
            quantifier_raw=count.words[:100],
            is_denial=count.is_denial,
            is_cumulative_update=is_update,
            rule=one.rule,
            status_rule=_status_rule(count),
            children_min=count.children.minimum if count.children else None,
            children_max=count.children.maximum if count.children else None,
            women_min=count.women.minimum if count.women else None,
            women_max=count.women.maximum if count.women else None,
            protected_kind=count.protected,
            ages=_ages(words, count),
        )
        yield mention, count


def _in_its_passage(mention: Mention, sentence: Sentence) -> Mention:
    offset = sentence.start
    start, end = _passage(sentence.words, mention.start - offset, mention.end - offset)
    return replace(mention, start=offset + start, end=offset + end)


def _status_rule(count: Count) -> str:
    if count.status != "UNKNOWN":
        return "words of the group"
    return NO_GROUP if count.noun in NO_KIND - {"people"} else "group without a kind"


def _ages(words: str, count: Count) -> tuple[int, ...]:
    """The ages told of few people right at their words: "a 5-year-old girl", "aged 3 and 7"."""
    near = words[max(0, count.start - _AGE_BEFORE) : count.end + _NEAR]
    ages = [int(age) for found in _AGES.finditer(near) for age in found.groups() if age]
    return tuple(ages[: count.figure.maximum or 0])


def _arabic(sentence: Sentence) -> Iterator[Mention]:
    words, offset = sentence.words, sentence.start
    for found in find_arabic(words):
        start, end = _passage(words, found.start, found.end)
        chain = (found.speaker,) if found.speaker else ()
        yield Mention(
            sentence=sentence.number,
            start=offset + start,
            end=offset + end,
            core_start=offset + found.start,
            core_end=offset + found.end,
            figure_start=offset + found.figure_start,
            figure_end=offset + found.figure_end,
            outcome=found.outcome,
            subject_status=found.status,
            minimum=found.figure.minimum,
            maximum=found.figure.maximum,
            quantifier_raw=words[found.figure_start : found.figure_end],
            is_denial=False,
            is_cumulative_update=False,
            rule="Arabic harm word with figure",
            status_rule="Arabic group word",
            attribution=Attribution(
                found.speaker, found.speaker_named, chain, Evidence("Arabic word of speech")
            ),
        )


def _passage(sentence: str, first: int, last: int) -> tuple[int, int]:
    """The whole sentence where it is short enough, else what holds figure and harm."""
    if len(sentence) <= LONGEST_QUOTE:
        return 0, len(sentence)
    start = max(0, min(first, last - LONGEST_QUOTE))
    end = min(len(sentence), start + LONGEST_QUOTE)
    while 0 < start < first and not sentence[start - 1].isspace():
        start += 1
    while last < end < len(sentence) and not sentence[end].isspace():
        end -= 1
    return start, end
