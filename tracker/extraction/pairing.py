"""Which count belongs to which harm word of a sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from tracker.extraction.numbers import Figure
from tracker.extraction.words import HARM, OUTCOME_OF, TAKES_OBJECT

if TYPE_CHECKING:
    from tracker.extraction.figures import Count

_FURTHEST_AFTER = 70
_FURTHEST_OBJECT = 45
_MOST_HARMS = 24
_LOOK_BACK = 32
_PASSIVE = re.compile(r"\b(?:were|was|been|being|be|are|is|got)\s+(?:\w+\s+)?$", re.IGNORECASE)
_JOINED = re.compile(
    r"^\s*,?\s*(?P<word>and|or|nor)\s+(?:otherwise\s+|badly\s+|seriously\s+)?$", re.IGNORECASE
)
_BREAK = re.compile(r"[;:.]|\b(?:but|while|whereas|as)\b", re.IGNORECASE)
_LISTED = re.compile(r"^\s*,?\s*(?:and|as well as|along with|plus)?\s*$", re.IGNORECASE)
_AT_ONCE = re.compile(r"^\s*(?:others?\s+|more\s+)?(?:(?:were|was|got)\s+)?$", re.IGNORECASE)
_OF_COUNT = re.compile(r"^\s*$")
_APART = re.compile(r",|\band\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Harm:
    """A harm word at ``start``–``end`` of the sentence."""

    start: int
    end: int
    outcome: str
    takes_object: bool


@dataclass(frozen=True, slots=True)
class Pair:
    """A count with its harm, and the name of the pattern that joined them."""

    count: Count
    outcome: str
    start: int
    end: int
    rule: str


def find_harms(sentence: str) -> list[Harm]:
    """The harm words in order; a passive one takes no object."""
    harms = []
    for match in islice(HARM.finditer(sentence), _MOST_HARMS):
        word = " ".join(match.group().lower().split())
        lead = sentence[max(0, match.start() - _LOOK_BACK) : match.start()]
        harms.append(
            Harm(
                start=match.start(),
                end=match.end(),
                outcome=OUTCOME_OF[word],
                takes_object=bool(TAKES_OBJECT.match(word)) and not _PASSIVE.search(lead),
            )
        )
    return harms


def pair(sentence: str, counts: list[Count]) -> list[Pair]:
    """Every count with the harm it plainly belongs to; counts without one are left out."""
    harms = find_harms(sentence)
    pairs: list[Pair] = []
    before = 0
    runs = _runs(sentence, counts, harms)
    for index, run in enumerate(runs):
        after = runs[index + 1][0].start if index + 1 < len(runs) else len(sentence)
        pairs += _pairs_of(sentence, run, harms, before=before, after=after)
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
    if not _LISTED.match(sentence[run[-1].end : count.start]):
        return False
    if any(count.figure_end <= harm.start < count.end for harm in harms):
        return False  # "five dead and 20 injured"
    return not (_is_object(sentence, run[0], harms) and _is_subject(sentence, count, harms))


def _is_object(sentence: str, count: Count, harms: list[Harm]) -> bool:
    """The count comes right after its harm: "killed 10"."""
    return any(
        harm.takes_object and not sentence[harm.end : count.start].strip()
        for harm in harms
        if harm.end <= count.start
    )


def _is_subject(sentence: str, count: Count, harms: list[Harm]) -> bool:
    """The count has a harm word of its own right after it: "… and 12 were wounded"."""
    return any(
        _AT_ONCE.match(sentence[count.figure_end : harm.start])
        for harm in harms
        if count.figure_end <= harm.start <= count.figure_end + _LOOK_BACK
    )


def _pairs_of(
    sentence: str, run: list[Count], harms: list[Harm], *, before: int, after: int
) -> list[Pair]:
    if run[0].outcomes:
        count = run[0]
        return [
            Pair(
                count=count, outcome=outcome, start=count.start, end=count.end, rule="no harm said"
            )
            for outcome in count.outcomes
        ]
    harm, rule = _harm_of(sentence, run, harms, before=before, after=after)
    if harm is None:
        return []
    joined, word = _joined(sentence, harm, harms)
    outcomes = list(dict.fromkeys(joined))
    if word == "or" and len(outcomes) > 1 and not run[0].is_denial:
        return []  # "killed or wounded 12" counts neither
    return [
        Pair(
            count=_for_both(count) if len(outcomes) > 1 else count,
            outcome=outcome,
            start=min(count.start, harm.start),
            end=max(count.end, harm.end),
            rule=rule,
        )
        for count in run
        for outcome in outcomes
    ]


def _for_both(count: Count) -> Count:
    """One number for killed and injured together numbers neither; none is none of both."""
    return count if count.is_denial else replace(count, figure=Figure(2, None))


def _harm_of(
    sentence: str, run: list[Count], harms: list[Harm], *, before: int, after: int
) -> tuple[Harm | None, str]:
    """The harm right before, as a verb with this object; else the next one in the clause."""
    start, end = run[0].start, run[-1].end
    for harm in reversed(harms):
        gap = sentence[harm.end : start]
        if harm.takes_object and 0 <= start - harm.end <= _FURTHEST_OBJECT:
            is_spent = before and _OF_COUNT.match(sentence[before : harm.start])
            if is_spent and (_APART.search(gap) or _is_subject(sentence, run[-1], harms)):
                break  # "5 killed, 10 injured"
            if harm.start >= before - 1 and not _BREAK.search(gap):
                return harm, "harm then figure"
            break
    for harm in harms:
        if start <= harm.start < end:
            return harm, "figure with harm"
        gap = sentence[end : harm.start]
        if (
            harm.takes_object
            and end <= harm.start
            and harm.end < after == _next_word(sentence, harm)
        ):
            break  # "two gunmen killed three villagers"
        if harm.start >= end and len(gap) <= _FURTHEST_AFTER and harm.end <= after + 1:
            return (None, "") if _BREAK.search(gap) else (harm, "figure then harm")
    return None, ""


def _next_word(sentence: str, harm: Harm) -> int:
    rest = sentence[harm.end :]
    return len(sentence) - len(rest.lstrip())


def _joined(sentence: str, harm: Harm, harms: list[Harm]) -> tuple[list[str], str]:
    """Outcomes said in one breath: "no civilians were killed or wounded"."""
    breath: list[Harm] = []
    word = ""
    for other in harms:
        found = _JOINED.match(sentence[breath[-1].end : other.start]) if breath else None
        if found:
            breath.append(other)
            word = found["word"].lower()
        elif harm in breath:
            break
        else:
            breath, word = [other], ""
    return [one.outcome for one in breath], word
