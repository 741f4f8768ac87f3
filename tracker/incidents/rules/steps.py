"""The steps of a range, as the rules took them, each with the number of its rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.incidents.rules.intervals import SUB_GROUPS
from tracker.incidents.rules.origins import statements
from tracker.incidents.rules.wording import days_between, figure_of, figure_words, listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.incidents.rules.facts import ClaimFact
    from tracker.incidents.rules.origins import Origin
    from tracker.incidents.rules.telling import Telling

_LEFT_OUT = {
    "REJECTED": (1, "state", "was rejected"),
    "RETRACTED": (1, "state", "was retracted"),
    "EXCLUDED_BY_REVIEWER": (8, "left out", "is left out by a reviewer"),
    "AGGREGATE": (1, "scope", "is a running total: shown beside the range and never added"),
    "BACKGROUND": (1, "scope", "is recalled and not linked to this incident"),
    "PARTIAL_FIGURE": (5, "parts", "is about a part, with no other declared part to add it to"),
    "PARTY_DENIAL": (5, "zeros", "comes from a party: shown beside the range, never inside"),
}
_COUNTS_FOR = {
    "CIVILIAN": "civilians, for lowest and highest",
    "UNKNOWN": "presumed civilians, for lowest and highest",
    "DISPUTED": "of disputed status, for highest only",
    "MIXED": "civilians and fighters together, for highest only",
    "COMBATANT": "fighters, for a range of their own",
    "DIRECTLY_PARTICIPATING": "taking a direct part, for a range of their own",
}
_Step = tuple[int, str]


def steps(told: Telling) -> tuple[str, ...]:
    """In the order of the rules; the last one is the result."""
    found: list[_Step] = [
        *_left_out(told),
        *_undecided(told),
        *_statements(told),
        *_origins(told),
        *_wounds(told),
        *_named(told),
        *_sub_groups(told),
    ]
    found.sort(key=lambda step: step[0])
    return (*(f"Rule {rule}, {words}." for rule, words in found), _result(told))


def _shown(told: Telling, claim: ClaimFact) -> str:
    return f"{told.label(claim)} ({figure_of(claim)})"


def _left_out(told: Telling) -> Iterator[_Step]:
    taking = told.assessment.taking
    for claim, reason in told.left_out:
        shown = _shown(told, claim)
        if reason == "SUPERSEDED":
            yield _replaced(told, claim, taking.spoken[taking.superseded_by[claim.id]])
        elif reason == "COPY_OF_ORIGIN" and (origin := told.origin_of(claim)) is not None:
            yield 2, f"copies: {shown} copies {_shown(told, origin)}, whose figure stands"
        elif reason in _LEFT_OUT:
            rule, title, words = _LEFT_OUT[reason]
            yield rule, f"{title}: {shown} {words}"


def _replaced(told: Telling, claim: ClaimFact, later: ClaimFact) -> _Step:
    shown = _shown(told, claim)
    if later.outcome == "LATER_REPORTED_ALIVE":
        return 1, f"correction: {shown} is out, for {told.label(later)} reports the person alive"
    gap = days_between(claim.said_at, later.said_at)
    return 1, (
        f"latest figure per speaker: {shown} is replaced by {_shown(told, later)}, "
        f"same speaker, {gap}"
    )


def _undecided(told: Telling) -> Iterator[_Step]:
    for claim in told.counted:
        if claim.id in told.assessment.taking.undecided_copies:
            yield (
                2,
                f"undecided: {told.label(claim)} is a copy with another figure "
                f"({figure_of(claim)}); until a person decides, its origin spans both",
            )


def _statements(told: Telling) -> Iterator[_Step]:
    for rows in statements(told.counted):
        if len(rows) > 1 or rows[0].subject_status in {"DISPUTED", "MIXED"}:
            said = [f"{_shown(told, row)} {_COUNTS_FOR[row.subject_status]}" for row in rows]
            yield 3, f"status within a statement: {'; '.join(said)}"
        for total in rows:
            parts = [told.label(row) for row in rows if row.part_of == total.id]
            if parts:
                yield (
                    3,
                    f"parts of a total: {_shown(told, total)} stands as {listed(parts)} "
                    "and what remains",
                )


def _origins(told: Telling) -> Iterator[_Step]:
    together = []
    for origin in told.assessment.origins:
        claims = told.claims_of(origin)
        ranges = origin.of(told.outcome)
        if not claims or "all_people" not in ranges:
            continue
        interval = ranges.get("civilians", ranges["all_people"])
        figure = figure_words(interval.minimum, interval.maximum) or "no number"
        name = told.name_of(origin)
        labels = listed([told.label(claim) for claim in claims])
        if origin.is_sum:
            yield 5, f"declared parts added: {name} {figure}{_whom(origin, told)}, from {labels}"
        else:
            doubt = "; no second source until a person says so" if origin.is_doubt else ""
            whom = _whom(origin, told)
            yield 2, f"one figure per origin: {name} {figure}{whom}, from {labels}{doubt}"
        if "civilians" in ranges:
            together.append(figure)
    if together:
        lowest, highest = _hull(told)
        figures = ", ".join(together)
        yield 4, f"all origins together: {figures}: lowest {lowest}, highest {highest}"


def _whom(origin: Origin, told: Telling) -> str:
    return "" if "civilians" in origin.of(told.outcome) else " (fighters)"


def _hull(told: Telling) -> tuple[str, str]:
    """The ends over the origins, before the named floor."""
    minimums = [i.minimum for _, i in told.origins if i.minimum is not None]
    maximums = [i.maximum for _, i in told.origins]
    numbers = [m for m in maximums if m is not None]
    lowest = str(min(minimums)) if minimums else "not stated"
    return lowest, "open" if None in maximums else str(max(numbers))


def _wounds(told: Telling) -> Iterator[_Step]:
    for claim in told.assessment.taking.counted:
        if claim.outcome == "DIED_OF_WOUNDS":
            if told.outcome == "KILLED":
                yield 5, f"died of wounds: {_shown(told, claim)} is added to the dead"
            elif told.origins:
                yield 5, f"died of wounds: {_shown(told, claim)} is taken from the injured"


def _named(told: Telling) -> Iterator[_Step]:
    named = told.named_victims
    if named:
        lowest, highest = _hull(told) if told.origins else ("not stated", "open")
        raised = not lowest.isdigit() or int(lowest) < named
        words = f"the lowest becomes {named}" if raised else f"not above {lowest}, no change"
        if highest.isdigit() and int(highest) < named:
            words += ", and the highest follows"
        yield 6, f"named floor: {named} named; {words}"


def _sub_groups(told: Telling) -> Iterator[_Step]:
    said = {name: told.ranges[name] for name in SUB_GROUPS}
    words = [
        f"{name} {figure}"
        for name, found in said.items()
        if (figure := figure_words(found.minimum, found.maximum))
    ]
    if not words:
        return
    total = sum(found.minimum or 0 for found in said.values())
    ceiling = told.ranges["civilians"].maximum
    if ceiling is None:
        fits = "the highest is open"
    else:
        fits = (
            f"{total} fits within {ceiling}" if total <= ceiling else f"{total} is above {ceiling}"
        )
    yield 7, f"sub-groups: {', '.join(words)}; {fits}"


def _result(told: Telling) -> str:
    found = told.ranges["civilians"]
    words = figure_words(found.minimum, found.maximum)
    if words:
        highest = found.highest
        stated = "" if highest is None else f", highest stated {highest}"
        return f"Result: {words}{stated}."
    if told.asserts_harm:
        return "Result: harm is asserted, with no figure."
    return "Result: no harm to civilians asserted."
