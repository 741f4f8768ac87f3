"""One claim per speaker and figure: what an article says again is not proposed again."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from tracker.extraction.speakers.retellings import TOLD_AGAIN

if TYPE_CHECKING:
    from datetime import date

    from tracker.extraction.model import ProposedClaim

_OUTCOMES = ("KILLED", "INJURED")
#: Small figures recur in events of their own; larger ones hardly do by chance.
_RECURS_BY_CHANCE = 9
#: Two tellings of one figure in one sentence (a headline run into it) stand at least so far apart.
_APART = 60
#: … and a second one that begins with a capital begins a sentence.
_APART_IN_CAPITALS = 30
#: The headline and lead of an article are within its first sentences.
LEAD = 2
_VAGUE = re.compile(r"\b(?:tens|dozens|scores|hundreds|thousands|several|many)\b", re.IGNORECASE)
VAGUE_NUMBER = re.compile(r"\b(?:tens|dozens|scores|hundreds|thousands)\b", re.IGNORECASE)
#: A headline's "more than 200" of the 213 that the text counts.
_ROUGH = re.compile(r"(?:more than|over|around|about|some)\s", re.IGNORECASE)
_ROUGHLY = 1.25
_TWO = re.compile(r"two|more than one|\d", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+")
_STEM = 5
_TWO_WORDS = 2
_OF_STATE = re.compile(
    r"\b(?:ministry|government|military|army|officials?|state|president|command|forces)\b",
    re.IGNORECASE,
)
_EMPTY_WORDS = frozenset({"the", "a", "an", "of", "for", "in", "at", "and", "from"})
_GENERIC = re.compile(
    r"\b(?:monitor|monitors|group|watchdog|activists?|officials?|sources?|media|reports?|witness(?:es)?|residents?|"
    r"agency|authorities|centre|center|statement|ministry|spokes\w+|locals?|organi[sz]ation|channel|correspondent|reporter)\b",
    re.IGNORECASE,
)


def without_repeats(claims: list[ProposedClaim]) -> list[ProposedClaim]:
    """The claims in order, each told once, with what its tellings say together."""
    kept = _each_once(_each_once(claims))
    kept = [claim for claim in kept if not _is_vaguer_headline(claim, kept)]
    kept = [claim for claim in kept if not _is_named_of(claim, kept)]
    return [claim for claim in kept if not _is_numbered_elsewhere(claim, kept)]


def _each_once(claims: list[ProposedClaim]) -> list[ProposedClaim]:
    """What is told together once may be what a third telling tells again: done twice."""
    kept: list[ProposedClaim] = []
    for claim in claims:
        at = next((i for i, other in enumerate(kept) if _is_told_again(other, claim)), None)
        if at is None:
            kept.append(claim)
        else:
            kept[at] = _together(kept[at], claim)
    return kept


def _is_told_again(first: ProposedClaim, second: ProposedClaim) -> bool:
    return (
        first.outcome == second.outcome
        and first.polarity == second.polarity
        and _is_one_figure(first, second)
        and _may_be_one_group(first, second)
        and _may_be_one_speaker(first, second)
        and _may_be_one_event(first, second)
    )


def _is_one_figure(first: ProposedClaim, second: ProposedClaim) -> bool:
    """ "15" and "at least 15" are one figure; "up to 15" and "15" are none."""
    if bool(_VAGUE.search(first.quantifier_raw)) != bool(_VAGUE.search(second.quantifier_raw)):
        return False
    if first.minimum is None or second.minimum is None:
        return first.minimum is second.minimum and first.maximum == second.maximum
    if first.minimum != second.minimum:
        return False
    return None in {first.maximum, second.maximum} or first.maximum == second.maximum


def _may_be_one_group(first: ProposedClaim, second: ProposedClaim) -> bool:
    """Neither says that it counts other people."""
    statuses = {first.subject_status, second.subject_status}
    if len(statuses) == 1 or statuses == {"UNKNOWN", "CIVILIAN"} or "MIXED" in statuses:
        return True
    is_large = size_of(first) > _RECURS_BY_CHANCE
    return "UNKNOWN" in statuses and (is_large or _is_one_report(first, second))


def _is_one_report(first: ProposedClaim, second: ProposedClaim) -> bool:
    """The same speaker tells of the same event."""
    one, two = (
        (claim.event, claim.scope, claim.speaker_text, _is_unsourced(claim))
        for claim in (first, second)
    )
    return one == two


def _may_be_one_speaker(first: ProposedClaim, second: ProposedClaim) -> bool:
    one, two = first.speaker_text, second.speaker_text
    if not one or not two or is_short_for(one, two) or is_short_for(two, one):
        return True
    if size_of(first) <= _RECURS_BY_CHANCE:
        return False
    generic_one = not first.speaker_named or _is_generic(one)
    generic_two = not second.speaker_named or _is_generic(two)
    return (generic_one and first.statement <= LEAD) or (generic_two and second.statement <= LEAD)


def _is_generic(speaker: str) -> bool:
    """ "A monitoring group", "Syria monitor": a kind of speaker, of a country at most."""
    words = speaker.split()
    is_named = any(
        word != word.lower() for word in (words[1:] if len(words) == _TWO_WORDS else words)
    )
    return not is_named and _GENERIC.search(speaker) is not None


def is_short_for(short: str, full: str) -> bool:
    """All words of the one are in the other, or it is its initials."""
    words = [w for w in _WORD.findall(short.lower()) if w not in _EMPTY_WORDS]
    others = [w for w in _WORD.findall(full.lower()) if w not in _EMPTY_WORDS]
    initials = "".join(word[0] for word in others)
    if set(words) <= set(others) or words == [initials]:
        return True
    is_state = len(words) == 1 and _OF_STATE.search(full) is not None
    return is_state and _has_stem(words[0], others)


def _has_stem(word: str, others: list[str]) -> bool:
    """ "Russia" in "Russian defence ministry"."""
    return any(other.startswith(word[:_STEM]) for other in others) and len(word) >= _STEM


def _may_be_one_event(first: ProposedClaim, second: ProposedClaim) -> bool:
    if first.statement == second.statement:
        apart = abs(second.figure_start - first.figure_start)
        if second.quantifier_raw[:1].isupper():
            return apart >= _APART_IN_CAPITALS
        return apart >= _APART and (size_of(first) > _RECURS_BY_CHANCE or first.statement <= 1)
    if first.scope != second.scope and "AGGREGATE" in {first.scope, second.scope}:
        return size_of(first) > _RECURS_BY_CHANCE
    if size_of(first) > _RECURS_BY_CHANCE and not VAGUE_NUMBER.search(first.quantifier_raw):
        return True
    if _are_apart(first, second):
        return False
    return first.event == second.event or _is_alike(first, second)


def _is_alike(first: ProposedClaim, second: ProposedClaim) -> bool:
    """Nothing that is said of a small figure's events sets them apart."""
    if _differ(first.method, second.method):
        return False
    if _is_told_in_detail(first, second):
        return True
    is_lead = min(first.statement, second.statement) <= LEAD and size_of(first) > 1
    return is_lead or not _differ(first.place, second.place)


def _is_told_in_detail(first: ProposedClaim, second: ProposedClaim) -> bool:
    """The lead of a section, and right behind it the source that it rests on."""
    is_next = second.statement - first.statement == 1
    return is_next and _is_unsourced(first) and not _is_unsourced(second)


def _are_apart(first: ProposedClaim, second: ProposedClaim) -> bool:
    """One is news and the other one recalled, or no day can be the day of both."""
    if size_of(first) == 1 and first.scope != second.scope:
        return True
    if days_differ(first, second):
        return True
    one, two = first.when, second.when
    if one is None or two is None or not (one.first and one.last and two.first and two.last):
        return False
    return one.last < two.first or two.last < one.first


def days_differ(first: ProposedClaim, second: ProposedClaim) -> bool:
    """Both are said to be of a day, and not of the same."""
    return _differ(_day(first), _day(second))


def _day(claim: ProposedClaim) -> date | None:
    return claim.when.day if claim.when else None


def _has_day(claim: ProposedClaim) -> bool:
    """A day, or days between which it was."""
    return claim.when is not None and (claim.when.first or claim.when.last) is not None


def _differ(one: object, two: object) -> bool:
    """Both are said and they are not the same."""
    return bool(one) and bool(two) and one != two


def _is_unnumbered(claim: ProposedClaim) -> bool:
    """ "People were killed", not "at least two"."""
    return (claim.minimum, claim.maximum) == (2, None) and not _TWO.search(claim.quantifier_raw)


def size_of(claim: ProposedClaim) -> int:
    return claim.minimum or claim.maximum or 0


def _together(first: ProposedClaim, second: ProposedClaim) -> ProposedClaim:
    """The more informative telling, with the looser bound and what only the other says."""
    best, other = (first, second) if _weight(first) >= _weight(second) else (second, first)
    is_open = None in {first.maximum, second.maximum} and best.minimum is not None
    status = best.subject_status if best.subject_status != "UNKNOWN" else other.subject_status
    is_dated_by_other = not _has_day(best) and _has_day(other)
    taken = {
        "status": status != best.subject_status,
        "speaker": not best.speaker_text and bool(other.speaker_text),
        "day": is_dated_by_other,
        "place": not best.place,
        "actor": not best.actor,
        "method": not best.method,
    }
    evidence = {name: one for name, one in other.evidence.items() if taken.get(name)}
    return replace(
        best,
        evidence={**best.evidence, **evidence},
        maximum=None if is_open else best.maximum,
        subject_status=status,
        children_min=best.children_min if best.children_min is not None else other.children_min,
        children_max=best.children_max if best.children_min is not None else other.children_max,
        women_min=best.women_min if best.women_min is not None else other.women_min,
        women_max=best.women_max if best.women_min is not None else other.women_max,
        speaker_text=best.speaker_text or other.speaker_text,
        is_cumulative_update=best.is_cumulative_update or other.is_cumulative_update,
        when=other.when if is_dated_by_other else best.when,
        place=best.place or other.place,
        actor=best.actor or other.actor,
        method=best.method or other.method,
    )


def _is_unsourced(claim: ProposedClaim) -> bool:
    """Nobody is named for the figure where it stands, though somebody may be elsewhere."""
    speaker = claim.evidence.get("speaker")
    return not claim.speaker_text or (speaker is not None and speaker.rule == TOLD_AGAIN)


def _weight(claim: ProposedClaim) -> tuple[bool, bool, bool, bool]:
    return (
        claim.speaker_named and not _is_unsourced(claim),
        not _is_unsourced(claim),
        claim.statement > 0,
        claim.subject_status != "UNKNOWN",
    )


def _is_vaguer_headline(claim: ProposedClaim, claims: list[ProposedClaim]) -> bool:
    """A headline's "dozens" or "over 19" that the text puts at 73 or at least 19."""
    if claim.statement > LEAD or claim.minimum is None or claim.polarity != "ASSERTS_HARM":
        return False
    return any(
        other.outcome == claim.outcome
        and other.statement > claim.statement
        and other.minimum is not None
        and other.scope == claim.scope
        and _may_be_one_group(claim, other)
        and (not claim.speaker_text or is_short_for(claim.speaker_text, other.speaker_text))
        and _is_closer(claim, other)
        for other in claims
    )


def _is_closer(vague: ProposedClaim, exact: ProposedClaim) -> bool:
    low, high = vague.minimum or 0, exact.minimum or 0
    if exact.statement == vague.statement:
        return False
    if vague.statement <= 1 and _ROUGH.match(vague.quantifier_raw):
        return low - 1 <= high <= _ROUGHLY * low
    if _VAGUE.search(vague.quantifier_raw):
        return low < high <= 10 * low
    return _is_unsourced(vague) and low > _RECURS_BY_CHANCE and abs(high - low) == 1


def _is_named_of(claim: ProposedClaim, claims: list[ProposedClaim]) -> bool:
    """ "The strike killed Karim Sadiq": one of the two leaders that a sentence before counts."""
    if (claim.rule, claim.scope, claim.outcome) != ("one person by name", "INCIDENT", "KILLED"):
        return False
    return any(
        other.outcome == "KILLED"
        and 0 < claim.statement - other.statement <= LEAD
        and other.event == claim.event
        and size_of(other) > 1
        and other.polarity == claim.polarity
        and _may_be_named_of(claim, other)
        and not _are_apart(claim, other)
        for other in claims
    )


def _may_be_named_of(one: ProposedClaim, many: ProposedClaim) -> bool:
    return one.subject_status in {"UNKNOWN", many.subject_status}


def _is_numbered_elsewhere(claim: ProposedClaim, claims: list[ProposedClaim]) -> bool:
    """The harmed are mentioned without a number, and numbered for the same event."""
    if claim.outcome not in _OUTCOMES or not _is_unnumbered(claim):
        return False
    return any(
        other is not claim
        and other.outcome == claim.outcome
        and other.polarity == claim.polarity
        and not _is_unnumbered(other)
        and other.scope == claim.scope
        and _may_number(other, claim)
        for other in claims
    )


def _may_number(exact: ProposedClaim, vague: ProposedClaim) -> bool:
    """Fighters are not numbered by a figure of civilians, nor the scores of another event."""
    if {exact.subject_status, vague.subject_status} == {"CIVILIAN", "COMBATANT"}:
        return False
    return exact.event == vague.event or not VAGUE_NUMBER.search(vague.quantifier_raw)
