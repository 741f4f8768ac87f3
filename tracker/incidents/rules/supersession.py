"""Rule 1: the latest whole statement of each speaker replaces the earlier ones."""

from __future__ import annotations

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
        for rows in of_speaker.values():
            later = [
                other
                for other in of_speaker.values()
                if _moment(other) > _moment(rows) and _replaces(other, rows)
            ]
            if later:
                successor = max(later, key=_moment)[0].id
                replaced |= dict.fromkeys((row.id for row in rows), successor)
    return replaced


def _moment(rows: list[ClaimFact]) -> tuple[date, datetime, bool]:
    return max(
        (row.said_at, row.published_at, row.is_cumulative_update or row.copy_decided == "update")
        for row in rows
    )


def _replaces(later: list[ClaimFact], earlier: list[ClaimFact]) -> bool:
    """Fighters alone and civilians alone leave each other be, a party's zero what is above zero.

    Beside another figure of its statement such a zero takes no part.
    """
    said = [row for row in later if not is_denial(row)]
    before = [row for row in earlier if not is_denial(row)]
    if not said and any(not row.is_zero for row in earlier):
        return False
    return {_whom(said or later), _whom(before or earlier)} != {"fighters", "civilians"}


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
