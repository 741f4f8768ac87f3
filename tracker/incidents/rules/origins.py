"""Rule 2 and section 10: origins (independence groups) and the interval each one gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tracker.incidents.rules.facts import FIGHTERS, KILLED_OUTCOMES
from tracker.incidents.rules.intervals import (
    RANGES,
    Interval,
    add,
    hull,
    minus,
    plus,
    rows_of,
    settled,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tracker.incidents.rules.facts import ClaimFact
    from tracker.incidents.rules.taking import Taking

TEXT = """\
What counts is the ultimate speaker: three agencies quoting one monitor are one origin. All speakers
of one belligerent are one origin. Generic speakers ("officials", "a resident") and an outlet's own
voice are one per story and count as a second origin only when a person says so. An incident with
fewer than two origins is *provisional*.
"""

GroupKey = tuple[str, ...]
_DOUBTS = frozenset({"generic", "outlet"})


@dataclass(frozen=True, slots=True)
class Origin:
    """One origin, or the sum of parts that a person declared disjoint (``is_sum``).

    ``is_doubt``: a generic speaker or an outlet's own voice, no second source until a person
    says so. ``killed`` and ``injured`` hold the interval of every range it feeds.
    """

    key: GroupKey
    claims: tuple[ClaimFact, ...]
    killed: dict[str, Interval]
    injured: dict[str, Interval]
    is_doubt: bool
    is_sum: bool = False

    def of(self, outcome: str) -> dict[str, Interval]:
        """The intervals of KILLED or INJURED."""
        return self.killed if outcome == "KILLED" else self.injured


def group_key(claim: ClaimFact) -> GroupKey:
    """A person's word, else the party, else the named speaker, else a marked doubt."""
    if claim.group:
        return ("group", claim.group)
    if claim.party is not None:
        return ("party", claim.party)
    if claim.speaker is None:
        return ("outlet", claim.story)
    if claim.speaker_named:
        return ("named", claim.speaker)
    return ("generic", claim.story, claim.speaker)


def origins_of(taking: Taking) -> tuple[Origin, ...]:
    """Every origin with what it counts, sorted; sums of declared parts come last."""
    declared = frozenset().union(*taking.parts)
    groups: dict[GroupKey, list[ClaimFact]] = {}
    for claim in taking.counted:
        groups.setdefault(group_key(claim), []).append(claim)
    deaths = [claim for claim in taking.counted if claim.outcome == "DIED_OF_WOUNDS"]
    origins = []
    for key, claims in sorted(groups.items()):
        whole = [c for c in claims if c.id not in declared]
        moved = [c for c in deaths if _taken_from(c, taking) == key]
        origins.append(
            Origin(
                key=key,
                claims=tuple(claims),
                killed=_killed(whole),
                injured=_injured(whole, moved, declared),
                is_doubt=key[0] in _DOUBTS,
            )
        )
    dead = {c.id for c in taking.counted if c.outcome in KILLED_OUTCOMES}
    for part in taking.parts:
        moved = [c for c in deaths if c.died_of_wounds_of in part - dead]
        origins.append(_sum_of([c for c in taking.counted if c.id in part], moved, declared))
    return tuple(origins)


def independent(origins: Iterable[Origin]) -> list[Origin]:
    """The origins that assert harm to people who are or may be civilians.

    Marked doubts count as one, and only where there is no other.
    """
    asserting = [o for o in origins if not o.is_sum and asserting_claims(o)]
    named = [o for o in asserting if not o.is_doubt]
    return named or asserting[:1]


def asserting_claims(origin: Origin) -> list[ClaimFact]:
    """Its claims of harm, of either outcome, to others than fighters."""
    return [
        c
        for c in origin.claims
        if c.polarity == "ASSERTS_HARM" and not c.is_zero and c.subject_status not in FIGHTERS
    ]


def statements(claims: Iterable[ClaimFact]) -> list[list[ClaimFact]]:
    """The rows of each utterance."""
    found: dict[str, list[ClaimFact]] = {}
    for claim in claims:
        found.setdefault(claim.statement, []).append(claim)
    return [found[key] for key in sorted(found)]


def _killed(claims: Sequence[ClaimFact]) -> dict[str, Interval]:
    dead = [c for c in claims if c.outcome in KILLED_OUTCOMES]
    said = statements(dead)
    told = {
        outcome: [([row for row in rows if row.outcome == outcome], rows) for rows in said]
        for outcome in ("KILLED", "DIED_OF_WOUNDS")
    }
    found: dict[str, Interval] = {}
    for name in RANGES:
        plain, wounds = (
            hull(add(rows_of(own, name, among=rows)) for own, rows in of_outcome)
            for of_outcome in told.values()
        )
        both = plus(plain, wounds)
        if both is not None:
            found[name] = settled(both, dead, name)
    return found


def _injured(
    claims: Sequence[ClaimFact], deaths: Sequence[ClaimFact], declared: frozenset[str]
) -> dict[str, Interval]:
    hurt = [c for c in claims if c.outcome == "INJURED"]
    said = statements(hurt)
    found: dict[str, Interval] = {}
    for name in RANGES:
        figure = hull(
            _less(add(rows_of(rows, name)), rows, deaths, declared, name) for rows in said
        )
        if figure is not None:
            found[name] = settled(figure, hurt, name)
    return found


def _less(
    figure: Interval | None,
    rows: Sequence[ClaimFact],
    deaths: Sequence[ClaimFact],
    declared: frozenset[str],
    name: str,
) -> Interval | None:
    """An injured figure without those who died of wounds after it was said.

    What one origin says of such deaths is a hull; declared parts and origins add up.
    """
    said_at = max(row.said_at for row in rows)
    accounts: dict[tuple[str, ...], list[ClaimFact]] = {}
    for death in deaths:
        if death.said_at >= said_at:
            by = ("part", death.id) if death.id in declared else group_key(death)
            accounts.setdefault(by, []).append(death)
    for account in accounts.values():
        figure = minus(figure, hull(add(rows_of(said, name)) for said in statements(account)))
    return figure


def _taken_from(death: ClaimFact, taking: Taking) -> GroupKey | None:
    """The origin whose injured a death of wounds is taken from; None: a declared sum."""
    if any(death.died_of_wounds_of in part for part in taking.parts):
        return None
    return group_key(taking.spoken.get(death.died_of_wounds_of or "", death))


def _sum_of(
    claims: list[ClaimFact], deaths: Sequence[ClaimFact], declared: frozenset[str]
) -> Origin:
    """One whole figure of declared parts."""
    totals: dict[str, Interval] = {}
    for name in RANGES:
        figure = _less(add(rows_of(claims, name)), claims, deaths, declared, name)
        if figure is not None:
            totals[name] = settled(figure, claims, name)
    is_killed = claims[0].outcome in KILLED_OUTCOMES
    return Origin(
        key=("sum", *(claim.id for claim in claims)),
        claims=tuple(claims),
        killed=totals if is_killed else {},
        injured={} if is_killed else totals,
        is_doubt=False,
        is_sum=True,
    )
