"""Scenarios as JSON, for the ``assess`` command: read strictly, written as published."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tracker.incidents.rules import fields
from tracker.incidents.rules.facts import (
    ClaimFact,
    EvidenceFact,
    NamedVictims,
    PartyFact,
    PositionFact,
    Scenario,
)
from tracker.incidents.rules.intervals import RANGES

if TYPE_CHECKING:
    from tracker.incidents.rules.assessment import Assessment
    from tracker.incidents.rules.intervals import Interval

_TEXTS = (
    *("speaker", "party", "group", "part_of", "copy_of", "died_of_wounds_of", "corrects"),
    *("outlet", "story", "statement"),
)
_WORDS = ("subject_status", "polarity", "scope", "state", "copy_decided")
_SWITCHES = ("speaker_named", "covers_whole_incident", "is_cumulative_update", "linked")
_AXES = ("act", "harm", "responsibility", "assessment")


def read_scenario(data: object) -> Scenario:
    """A scenario from its JSON object. Raises ValueError with a sentence for what is none."""
    row = fields.an_object(data, "the line")
    if "id" not in row or "claims" not in row:
        raise ValueError("a scenario has an id and claims")
    claims = tuple(_claim(claim) for claim in fields.objects(row, "claims", "a claim"))
    ids = [claim.id for claim in claims]
    if len(set(ids)) < len(ids):
        raise ValueError("two claims have one id")
    named = fields.an_object(row.get("named_victims") or {}, "named_victims")
    return Scenario(
        id=str(row["id"]),
        claims=claims,
        parties=tuple(_party(party) for party in fields.objects(row, "parties", "a party")),
        positions=tuple(_position(said) for said in fields.objects(row, "positions", "a position")),
        strike_evidence=tuple(
            _evidence(found) for found in fields.objects(row, "strike_evidence", "evidence")
        ),
        named_victims=NamedVictims(
            killed=fields.count(named, "killed", "named_victims") or 0,
            injured=fields.count(named, "injured", "named_victims") or 0,
        ),
        excluded_by_reviewer=frozenset(fields.texts(row, "excluded_by_reviewer")),
    )


def _claim(row: fields.Row) -> ClaimFact:
    name = fields.needed(row, "id", "a claim")
    what = f"claim {name}"
    article = fields.needed(row, "article", what)
    published = fields.moment(row, "published_at", what)
    minimum, maximum = fields.bounds(row, "", what)
    given: dict[str, Any] = {
        **{key: fields.text(row, key, what) for key in _TEXTS},
        **{key: fields.word(row, key, what) for key in _WORDS},
        **{key: fields.switch(row, key, what) for key in _SWITCHES},
    }
    defaults = {"outlet": article, "story": article, "statement": name}
    fields.needed(row, "outcome", what)
    return ClaimFact(
        id=name,
        label=name,
        article=article,
        published_at=published,
        outcome=fields.word(row, "outcome", what) or "",
        said_at=fields.day(row, "said_at", what) if row.get("said_at") else published.date(),
        minimum=minimum,
        maximum=maximum,
        children=fields.bounds(row, "children_", what),
        women=fields.bounds(row, "women_", what),
        men=fields.bounds(row, "men_", what),
        disjoint_with=fields.texts(row, "disjoint_with"),
        credibility=fields.credibility(row, what),
        **(defaults | {key: value for key, value in given.items() if value is not None}),
    )


def _party(row: fields.Row) -> PartyFact:
    name = fields.needed(row, "id", "a party")
    accused = fields.switch(row, "accused", f"party {name}")
    if accused is None:
        raise ValueError(f"party {name}: accused is neither true nor false")
    return PartyFact(id=name, accused=accused, name=fields.text(row, "name", "a party") or name)


def _position(row: fields.Row) -> PositionFact:
    party = fields.needed(row, "party", "a position")
    what = f"position of {party}"
    axes = {axis: fields.word(row, axis, what) for axis in _AXES}
    return PositionFact(party=party, date=fields.day(row, "date", what), **axes)


def _evidence(row: fields.Row) -> EvidenceFact:
    fields.needed(row, "kind", "evidence")
    return EvidenceFact(
        kind=fields.word(row, "kind", "evidence") or "",
        party=fields.text(row, "party", "evidence"),
    )


def as_json(assessment: Assessment) -> dict[str, Any]:
    """The answer as the published object, without the scenario's id."""
    return {
        "ranges": {
            outcome.lower(): _ranges(ranges) for outcome, ranges in assessment.ranges.items()
        },
        "groups": [
            {
                "claims": [claim.id for claim in origin.claims],
                "killed": _pair(origin.killed.get("civilians")),
                "injured": _pair(origin.injured.get("civilians")),
            }
            for origin in assessment.origins
        ],
        "excluded": [
            {"claim": claim, "reason": reason}
            for claim, reason in assessment.taking.excluded.items()
        ],
        "grade": assessment.grade,
        "grade_notes": list(assessment.grading.notes),
        "strike_status": assessment.grading.strike_status,
        "position_summary": assessment.position_summary,
        "independent_groups": assessment.independent_groups,
        "provisional": assessment.provisional,
        "tasks": list(assessment.tasks),
    }


def _ranges(ranges: dict[str, Interval]) -> dict[str, Any]:
    shown: dict[str, Any] = {
        name: {
            "min": ranges[name].minimum,
            "max": ranges[name].maximum,
            "highest_stated": ranges[name].highest,
        }
        for name in RANGES
        if name != "stated_civilians"
    }
    stated = ranges["stated_civilians"]
    shown["civilians"] |= {
        "stated_civilian_min": stated.minimum,
        "stated_civilian_max": stated.maximum,
    }
    return shown


def _pair(interval: Interval | None) -> list[int | None] | None:
    return None if interval is None else [interval.minimum, interval.maximum]
