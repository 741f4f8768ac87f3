"""Rule 1: the latest whole statement of each speaker replaces the earlier ones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tracker.incidents.rules.facts import FIGHTERS, UNKNOWN_ORIGIN

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime

    from tracker.incidents.rules.facts import ClaimFact

SpeakerKey = tuple[str, ...]


def superseded(taken: Sequence[ClaimFact], undecided: set[str]) -> dict[str, str]:
    """Per speaker and outcome the latest whole statement stays, with all its rows."""
    statements: dict[tuple[SpeakerKey, str], dict[str, list[ClaimFact]]] = {}
    for claim in taken:
        apart = (
            not claim.covers_whole_incident
            or claim.id in undecided
            or claim.copy_of == UNKNOWN_ORIGIN
            or claim.outcome == "LATER_REPORTED_ALIVE"
        )
        if not apart:
            of_speaker = statements.setdefault((_speaker_key(claim), claim.outcome), {})
            of_speaker.setdefault(claim.statement, []).append(claim)
    replaced: dict[str, str] = {}
    for of_speaker in statements.values():
        # the latest first; of two at the same moment the one whose claims were given first
        said = sorted(map(_Said.of, of_speaker.values()), key=lambda s: s.moment, reverse=True)
        for earlier in said:
            successor = next((later for later in said if _replaces(later, earlier)), None)
            if successor is not None:
                replaced |= dict.fromkeys((row.id for row in earlier.rows), successor.rows[0].id)
    return replaced


@dataclass(frozen=True, slots=True)
class _Said:
    """One statement: when it was made, of whom, and whether more than a party's zero is said."""

    rows: list[ClaimFact]
    moment: tuple[date, datetime, bool]
    whom: str
    is_zero: bool
    is_denial: bool

    @classmethod
    def of(cls, rows: list[ClaimFact]) -> _Said:
        """The statement of these rows; a party's zero beside another figure takes no part."""
        said = [row for row in rows if not is_denial(row)]
        return cls(
            rows=rows,
            moment=max(_moment(row) for row in rows),
            whom=_whom(said or rows),
            is_zero=all(row.is_zero for row in rows),
            is_denial=not said,
        )


def _moment(row: ClaimFact) -> tuple[date, datetime, bool]:
    is_update = row.is_cumulative_update or row.copy_decided == "update"
    return (row.said_at, row.published_at, is_update)


def _replaces(later: _Said, earlier: _Said) -> bool:
    """Fighters alone and civilians alone leave each other be, a party's zero what is above zero."""
    if later.moment <= earlier.moment or (later.is_denial and not earlier.is_zero):
        return False
    return {later.whom, earlier.whom} != {"fighters", "civilians"}


def _whom(rows: Iterable[ClaimFact]) -> str:
    statuses = {row.subject_status for row in rows}
    if statuses <= FIGHTERS:
        return "fighters"
    return "civilians" if statuses <= {"CIVILIAN"} else "people"


def _speaker_key(claim: ClaimFact) -> SpeakerKey:
    """Who speaks: a name, a generic speaker within its story, or an outlet."""
    if claim.speaker is None:
        return ("outlet", claim.outlet)
    if claim.speaker_named:
        return ("named", claim.speaker)
    return ("generic", claim.story, claim.speaker)


def is_denial(claim: ClaimFact) -> bool:
    """A zero by any party, accused or not."""
    return claim.is_zero and claim.party is not None


def corrected(taken: Sequence[ClaimFact]) -> dict[str, str]:
    """Claims of a death, each by the claim that the person was later reported alive."""
    present = {claim.id for claim in taken}
    return {
        claim.corrects: claim.id
        for claim in taken
        if claim.outcome == "LATER_REPORTED_ALIVE" and claim.corrects in present
    }
