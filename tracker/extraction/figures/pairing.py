"""Which count belongs to which harm word of a sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tracker.extraction.figures.numbered import BROUGHT_TO, THE_NUMBER, TOLL, UNNUMBERED
from tracker.extraction.figures.numbers import Figure

if TYPE_CHECKING:
    from tracker.extraction.figures.harms import Harm
    from tracker.extraction.figures.numbered import Count

_FURTHEST_AFTER = 90
_FURTHEST_OBJECT = 45
_LOOK_BACK = 48
_JOINED = re.compile(
    r"^\s*,?\s*(?P<word>and|or|nor)\s+(?:(?:otherwise|badly|seriously|some|even|were|was|then|"
    r"later|subsequently)\s+){0,3}$",
    re.IGNORECASE,
)
_BREAK = re.compile(
    r"[;:]|\.\s|\b(?:but|while|whereas|how|(?<!known\s)(?<!identified\s)(?<!described\s)"
    r"as (?!well|many|a result)|(?<!were\s)(?<!was\s)said|says|told|saying|added|"
    r"adding|claimed|announced|warned|"
    r"fired|attacked|carried out)\b",
    re.IGNORECASE,
)
#: "the assault that led to the loss of lives was attributed to a member": he is no object.
_NEW_VERB = re.compile(
    r"\b(?:was|were|is|are|has been|have been)\s(?:\w+ly\s)?\w+ed\s(?:to|on|with|by)\b",
    re.IGNORECASE,
)
_NO_OBJECT = re.compile(
    r"^\s*(?:by|in|on|at|during|after|when|as|near|from|with|since|over|for|here|there|today|"
    r"yesterday)\b(?!.*\bwere\s*$)",
    re.IGNORECASE,
)
_LISTED = re.compile(
    r"^\s*(?:(?:from|of|including|loyal to|belonging to)\s(?:[\w’'-]+\s){1,6}?)?,?\s*"
    r"(?:(?:were|was)\s(?:killed|wounded|injured)\s)?,?\s?"
    r"(?:and|as well as|along with|plus|in addition to)?\s*$",
    re.IGNORECASE,
)
_BESIDES = re.compile(r"\b(?:as well as|along with|in addition to|plus)\b", re.IGNORECASE)
_AT_ONCE = re.compile(
    r"^\s*(?:others?\s+|more\s+|people\s+)?(?:(?:were|was|got)\s+)?(?:\w+ly\s+)?$", re.IGNORECASE
)
#: "Destroyed a post and 80 fighters".
_AND_LAST = re.compile(r"^\s*(?:[\w\s]{1,60}\sand\s+)?$")
_APART = re.compile(r",|\band\b", re.IGNORECASE)
#: A loss is told of the number right after it.
_AT_LEAST = re.compile(r"(?:at least|no fewer than)\b", re.IGNORECASE)
_ONE_PERSON = re.compile(r"(?:an?|the|his|her|their|its)\s", re.IGNORECASE)
_LOST = re.compile(r"\b(?:lost|losing|loss of|loses|lose)\s*(?:another\s+)?$", re.IGNORECASE)
_CLAIMED = re.compile(
    r"\b(?:claim\w*|took|taken|taking|cost|costing|takes)\s*(?:the\s+)?$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Pair:
    """A count with its harm, and the name of the pattern that joined them."""

    count: Count
    outcome: str
    start: int
    end: int
    rule: str


def pair(sentence: str, counts: list[Count], harms: list[Harm]) -> list[Pair]:
    """Every count with the harm it plainly belongs to; counts without one are left out."""
    pairs: list[Pair] = []
    before = 0
    runs = _runs(sentence, counts, harms)
    for index, run in enumerate(runs):
        following = runs[index + 1] if index + 1 < len(runs) else []
        pairs += _pairs_of(sentence, run, harms, before=before, following=following)
        before = run[-1].end
    return pairs


def _runs(sentence: str, counts: list[Count], harms: list[Harm]) -> list[list[Count]]:
    """Counts listed side by side ("40 fighters and two civilians") share one harm."""
    runs: list[list[Count]] = []
    for count in counts:
        if runs and (count.is_part or _is_listed(sentence, runs[-1], count, harms)):
            runs[-1].append(count)
        else:
            runs.append([count])
    return runs


def _is_listed(sentence: str, run: list[Count], count: Count, harms: list[Harm]) -> bool:
    if run[-1].is_denial or count.is_denial:
        return False
    gap = sentence[run[-1].end : count.start]
    if not _LISTED.match(gap):
        return False
    begin = count.start if _BESIDES.search(gap) else run[-1].end
    if any(begin <= harm.start < count.end for harm in harms):
        return False  # "five dead and 20 injured"
    if any(run[-1].figure_end <= harm.start < run[-1].end for harm in harms):
        return False
    return not (_is_object(sentence, run[0], harms) and _is_subject(sentence, count, harms))


def _is_object(sentence: str, count: Count, harms: list[Harm]) -> bool:
    """The count comes right after its harm: "killed 10", "lost 10"."""
    if _told_before(sentence, count, 0):
        return True
    return any(
        harm.takes_object and not sentence[harm.end : count.start].strip()
        for harm in harms
        if harm.end <= count.start
    )


def _is_subject(sentence: str, count: Count, harms: list[Harm]) -> bool:
    """The count has a harm word of its own right after it: "… and 12 were wounded"."""
    return any(
        _AT_ONCE.match(sentence[count.figure_end : harm.start])
        or _AT_ONCE.match(sentence[count.end : harm.start])
        for harm in harms
        if count.figure_end <= harm.start <= count.end + _LOOK_BACK
        and not sentence.endswith("ing", harm.start, harm.end)
    )


def _pairs_of(
    sentence: str, run: list[Count], harms: list[Harm], *, before: int, following: list[Count]
) -> list[Pair]:
    if run[0].outcomes:
        return [
            Pair(run[0], outcome, run[0].start, run[0].end, run[0].rule)
            for outcome in run[0].outcomes
        ]
    told = _told_before(sentence, run[0], before)
    if told:
        outcome, start = told
        return [
            Pair(count=count, outcome=outcome, start=start, end=count.end, rule="toll or loss")
            for count in run
        ]
    run = _at_least_each(sentence, run)
    after = following[0].start if following else len(sentence)
    harm, rule = _harm_of(sentence, run, harms, before=before, following=following)
    if harm is None or harm.is_thought:
        return []
    if run[0].rule == UNNUMBERED and len(run) == 1 and "KILLED" != harm.outcome != "INJURED":
        return []
    theirs = _of_other_counts(sentence, run, harms, before=before, after=after)
    joined, word = _joined(sentence, harm, [h for h in harms if h is harm or h not in theirs])
    outcomes = list(dict.fromkeys(joined))
    if word == "or" and len(outcomes) > 1 and not run[0].is_denial:
        return []  # "killed or wounded 12" counts neither
    return [
        Pair(
            count=_for_both(count) if {"KILLED", "INJURED"} <= set(outcomes) else count,
            outcome=outcome,
            start=min(count.start, harm.start),
            end=max(count.end, harm.end),
            rule=rule,
        )
        for count in run
        for outcome in outcomes
        if not harm.of_fighters
        or (count.status == "COMBATANT" and _is_beside(sentence, count, harm))
    ]


def _at_least_each(sentence: str, run: list[Count]) -> list[Count]:
    """ "At least 45 militants and 20 policemen were killed": at least 20 too."""
    if _AT_LEAST.match(run[0].words) is None:
        return run
    return [
        count
        if count.is_part
        or count.figure.maximum is None
        or count.figure.minimum is None
        or _BESIDES.search(sentence, run[0].end, count.start)
        else replace(count, figure=Figure(count.figure.minimum, None))
        for count in run
    ]


def _is_beside(sentence: str, count: Count, harm: Harm) -> bool:
    """ "Destroyed 60 fighters", "60 fighters … were destroyed": not of a thing between."""
    if harm.start >= count.end:
        return re.search(r"\b(?:were|been|was)\s+$", sentence[count.end : harm.start]) is not None
    return _AND_LAST.search(sentence[harm.end : count.start]) is not None


def _told_before(sentence: str, count: Count, before: int) -> tuple[str, int] | None:
    """The harm told by a toll or a loss right before the number, and where that starts."""
    offset = max(before, count.start - 200)
    lead = sentence[offset : count.start]
    toll = TOLL.search(lead)
    if toll and not count.is_vague and not _ONE_PERSON.match(count.words):
        return ("INJURED" if toll["hurt"] else "KILLED"), offset + toll.start()
    brought = BROUGHT_TO.search(lead) and THE_NUMBER.match(sentence, count.figure_end)
    if brought:
        return ("INJURED" if brought["hurt"] else "KILLED"), count.start
    lost = _LOST.search(lead)
    if lost and count.noun and count.noun != "lives" and not count.noun.startswith("life"):
        return "KILLED", offset + lost.start()
    claimed = _CLAIMED.search(lead)
    if claimed and count.noun in {"lives", "life"}:
        return "KILLED", offset + claimed.start()
    return None


def _for_both(count: Count) -> Count:
    """One number for killed and injured together numbers neither; none is none of both."""
    return count if count.is_denial else replace(count, figure=Figure(2, None))


def _harm_of(
    sentence: str, run: list[Count], harms: list[Harm], *, before: int, following: list[Count]
) -> tuple[Harm | None, str]:
    """The harm right before, as a verb with this object; else the next one in the clause."""
    start, end = run[0].start, run[-1].end
    after = following[0].start if following else len(sentence)
    last = next((count for count in reversed(run) if not count.is_part), run[-1])
    for harm in harms:
        if run[0].figure_end <= harm.start < last.end:
            return harm, "figure with harm"
    if not _is_subject(sentence, last, harms):
        harm_before = _harm_before(sentence, start, harms, before=before)
        if harm_before:
            return harm_before, "harm then figure"
    else:
        harm_before = _harm_before(sentence, start, harms, before=before)
        if harm_before and not sentence[harm_before.end : start].strip():
            at_once = next(
                (h for h in harms if h.start >= end and h.start - end <= _LOOK_BACK), None
            )
            is_theirs = at_once and at_once.takes_object and _next_word(sentence, at_once) == after
            if (
                at_once is None
                or is_theirs
                or not _is_of_its_own(sentence, last, harm_before, at_once)
            ):
                return harm_before, "harm then figure"
    for harm in harms:
        if harm.start < end:
            continue
        gap = sentence[end : harm.start]
        if _is_of_the_next(sentence, end, harm, harms, following):
            break  # "two gunmen killed three villagers"
        if len(gap) <= _FURTHEST_AFTER and harm.end <= after + 1:
            return (None, "") if _BREAK.search(gap) else (harm, "figure then harm")
    return None, ""


def _is_of_the_next(
    sentence: str, end: int, harm: Harm, harms: list[Harm], following: list[Count]
) -> bool:
    """The counts that follow are its object, and no harm of their own is right behind them."""
    if not (following and harm.takes_object):
        return False
    if _next_word(sentence, harm) != following[0].start or harm.end >= following[0].start:
        return False
    return bool(sentence[end : harm.start].strip()) or not any(
        _is_of_its_own(sentence, following[-1], harm, other)
        for other in harms
        if other.start >= following[-1].end
    )


def _is_of_its_own(sentence: str, count: Count, first: Harm, second: Harm) -> bool:
    """ "13 civilians killed 43 others injured": the harm right behind is that of the 43."""
    gap = sentence[count.end : second.start]
    return first.outcome != second.outcome and _AT_ONCE.match(gap) is not None


def _harm_before(sentence: str, start: int, harms: list[Harm], *, before: int) -> Harm | None:
    for harm in reversed(harms):
        if not harm.takes_object or not 0 <= start - harm.end <= _FURTHEST_OBJECT:
            continue
        gap = sentence[harm.end : start]
        is_spent = before and not sentence[before : harm.start].strip()
        if is_spent and _APART.search(gap):
            return None  # "5 killed, 10 injured"
        is_broken = _BREAK.search(gap) or _NO_OBJECT.match(gap) or _NEW_VERB.search(gap)
        if harm.start >= before - 1 and not is_broken:
            return harm
        return None
    return None


def _next_word(sentence: str, harm: Harm) -> int:
    rest = sentence[harm.end :]
    return len(sentence) - len(rest.lstrip())


def _of_other_counts(
    sentence: str, run: list[Count], harms: list[Harm], *, before: int, after: int
) -> list[Harm]:
    """ "Left dozens injured and killed three": each harm with the count right beside it."""
    start, end = run[0].start, run[-1].end
    return [
        harm
        for harm in harms
        if (harm.start >= end and harm.takes_object and _next_word(sentence, harm) == after)
        or (harm.end <= start and before and not sentence[before : harm.start].strip())
    ]


def _joined(sentence: str, harm: Harm, harms: list[Harm]) -> tuple[list[str], str]:
    """Outcomes said in one breath: "no civilians were killed or wounded"."""
    breath: list[Harm] = []
    word = ""
    for other in harms:
        gap = sentence[breath[-1].end : other.start] if breath else ""
        found = _JOINED.match(gap)
        if found or (gap == " " and sentence[other.start].isupper()):
            breath.append(other)
            word = found["word"].lower() if found else word
        elif harm in breath:
            break
        else:
            breath, word = [other], ""
    return [one.outcome for one in breath], word
