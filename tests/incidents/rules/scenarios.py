"""Scenarios in few words; everything in them is invented."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from tracker.incidents.rules import (
    Assessment,
    ClaimFact,
    EvidenceFact,
    NamedVictims,
    PartyFact,
    PositionFact,
    Scenario,
    assess,
)


def claim(name: str, day: int, **fields: Any) -> ClaimFact:
    """A claim of 7 people or so, published on a day of March 2031."""
    fields.setdefault("article", f"article {name}")
    fields.setdefault("outlet", fields["article"])
    fields.setdefault("story", fields["article"])
    fields.setdefault("statement", name)
    fields.setdefault("outcome", "KILLED")
    fields.setdefault("said_at", date(2031, 3, day))
    if "figure" in fields:
        fields["minimum"], fields["maximum"] = fields.pop("figure")
    return ClaimFact(
        id=name, label=name, published_at=datetime(2031, 3, day, 12, tzinfo=UTC), **fields
    )


ARDESH = {
    "C1": claim("C1", 3, speaker="Nahr Rescue Service", figure=(7, None)),
    "C2": claim(
        "C2",
        4,
        speaker="Nahr Rescue Service",
        subject_status="CIVILIAN",
        figure=(11, 11),
        children=(4, 4),
        is_cumulative_update=True,
        credibility=2,
    ),
    "C3": claim(
        "C3",
        4,
        speaker="Coast Herald desk",
        subject_status="CIVILIAN",
        figure=(17, 17),
        copy_of="C2",
        copy_decided="origin_stands",
    ),
    "C4": claim(
        "C4",
        4,
        speaker="Ardesh Hospital",
        subject_status="CIVILIAN",
        figure=(9, 9),
        children=(3, None),
        credibility=2,
    ),
    "C5a": claim(
        "C5a",
        5,
        speaker="Veria Monitor",
        subject_status="CIVILIAN",
        figure=(11, 11),
        statement="C5",
        credibility=2,
    ),
    "C5b": claim(
        "C5b",
        5,
        speaker="Veria Monitor",
        subject_status="DISPUTED",
        figure=(3, 3),
        statement="C5",
    ),
    "C6": claim(
        "C6",
        5,
        speaker="Coalition press office",
        party="coalition",
        subject_status="CIVILIAN",
        figure=(0, 0),
        polarity="ASSERTS_NO_HARM",
    ),
    "C7": claim("C7", 8, speaker="Health Ministry", figure=(64, 64), scope="AGGREGATE"),
}
STRUCK = PositionFact(
    party="coalition", date=date(2031, 3, 5), act="ACKNOWLEDGES", harm="DENIES_HARM"
)


def ardesh(**changes: Any) -> Scenario:
    """The worked example of the method; ``changes`` replaces claims by id or other fields."""
    claims = {**ARDESH, **changes.pop("claims", {})}
    fields: dict[str, Any] = {
        "parties": (PartyFact(id="coalition", accused=True, name="Coalition"),),
        "positions": (STRUCK,),
        "strike_evidence": (EvidenceFact(kind="PARTY_ACKNOWLEDGES", party="coalition"),),
        "named_victims": NamedVictims(killed=10),
        **changes,
    }
    return Scenario(
        id="ardesh", claims=tuple(c for c in claims.values() if c is not None), **fields
    )


def alone(*claims: ClaimFact, **fields: Any) -> Assessment:
    """The answer for these claims and nothing else."""
    return assess(Scenario(id="alone", claims=claims, **fields))


def ends(answer: Assessment, name: str = "civilians", outcome: str = "KILLED") -> tuple[Any, Any]:
    """Lower and upper end of a range."""
    found = answer.ranges[outcome][name]
    return found.minimum, found.maximum
