"""What a later sentence tells of people counted before: who was among them, who the others were."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from tracker.extraction.figures.words import AMONG_THE_HARMED, CHILDREN, WOMEN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.extraction.document import Sentence
    from tracker.extraction.figures.numbered import Count
    from tracker.extraction.model import Mention

_HURT = re.compile(r"\b(?:wounded|injured|hurt)\b", re.IGNORECASE)
_HAVE_DIED = re.compile(
    r"\b(?:(?:both|all) (?:of )?|(?<!of ))the (?:wounded|injured)"
    r"(?: (?:men|women|people|victims|civilians))?"
    r"(?: (?:had|have|both|all|later|then|also|since|subsequently)){0,3} "
    r"(?:passed away|died|succumbed)\b",
    re.IGNORECASE,
)
_ALL_CIVILIANS = re.compile(
    r"\b(?:(?:victims|dead|casualties|killed|wounded|injured|them) (?:were|are) all"
    r"|all (?:of )?(?:(?:the|those) )?(?:victims|dead|casualties|killed|wounded|injured|them)"
    r"(?: (?:people|in the attack))? (?:were|are)) (?:unarmed |innocent )?civilians\b",
    re.IGNORECASE,
)
#: The rule of a status that a later sentence tells.
SAID_OF_ALL = "said of all of them"
_STILL_OTHERS = re.compile(r"\b(?:more|others?|also|another|further)\b", re.IGNORECASE)
#: How many sentences on a breakdown or "dozens more" may follow.
_FURTHEST = 4
_NEXT = 2


def is_breakdown(sentence: str) -> bool:
    """It tells who was among people whose number stands elsewhere."""
    lowered = sentence.lower()
    names_them = any(
        word in lowered for word in ("child", "women", "woman", "girl", "boy", "minor")
    )
    return names_them and AMONG_THE_HARMED.search(sentence) is not None


def with_kind_of_all(mentions: Sequence[Mention], sentence: Sentence) -> list[Mention]:
    """The mentions, those of people right before told as civilians by "the dead were all"."""
    if _ALL_CIVILIANS.search(sentence.words) is None:
        return list(mentions)
    return [
        replace(mention, subject_status="CIVILIAN", status_rule=SAID_OF_ALL)
        if mention.subject_status == "UNKNOWN" and sentence.number - mention.sentence <= _NEXT
        else mention
        for mention in mentions
    ]


def with_breakdown(
    mentions: Sequence[Mention], counts: Sequence[Count], sentence: str, number: int
) -> list[Mention]:
    """The mentions, the last one that may hold them told of its children and women."""
    outcome = "INJURED" if _HURT.search(sentence) else "KILLED"
    told = list(mentions)
    for count in counts:
        is_children = count.noun in CHILDREN
        if not is_children and count.noun not in WOMEN:
            continue
        at = _whole(told, outcome, count.figure.minimum or 0, number)
        if at is None:
            continue
        whole, figure = told[at], count.figure
        if is_children and whole.children_min is None:
            told[at] = replace(whole, children_min=figure.minimum, children_max=figure.maximum)
        elif not is_children and whole.women_min is None:
            told[at] = replace(whole, women_min=figure.minimum, women_max=figure.maximum)
    return told


def _whole(mentions: Sequence[Mention], outcome: str, least: int, number: int) -> int | None:
    for at in range(len(mentions) - 1, -1, -1):
        one = mentions[at]
        if number - one.sentence > _FURTHEST:
            return None
        if one.outcome != outcome or one.is_denial or one.subject_status == "COMBATANT":
            continue
        if (one.minimum or one.maximum or 0) >= least:
            return at
    return None


def like_before(mention: Mention, before: Sequence[Mention], lead: str) -> Mention:
    """ "Dozens more were wounded", right after civilians: civilians."""
    if mention.subject_status != "UNKNOWN" or not _STILL_OTHERS.search(lead) or not before:
        return mention
    last = before[-1]
    is_near = mention.sentence - last.sentence <= _NEXT
    if not is_near or last.subject_status != "CIVILIAN" or last.is_denial:
        return mention
    return replace(mention, subject_status="CIVILIAN", status_rule="others after civilians")


def have_died(mentions: Sequence[Mention], sentence: Sentence) -> Mention | None:
    """ "The wounded had passed away": as many as were told to be wounded before."""
    told = _HAVE_DIED.search(sentence.words)
    if told is None:
        return None
    for before in reversed(mentions):
        if sentence.number - before.sentence > _FURTHEST:
            return None
        if before.outcome == "INJURED" and not before.is_denial and before.maximum:
            start, end = sentence.start + told.start(), sentence.start + told.end()
            return replace(
                before,
                sentence=sentence.number,
                start=start,
                end=end,
                core_start=start,
                core_end=end,
                figure_start=start,
                figure_end=end,
                outcome="KILLED",
                quantifier_raw=told.group(),
                rule="the wounded of before have died",
            )
    return None
