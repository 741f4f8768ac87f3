"""What the rules read: claims, positions, parties and evidence that people have accepted."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime

TEXT = """\
One speaker, in one passage of one document, says one thing about one kind of harm to one group of
people in one event. Two speakers with a figure each are two claims; the same speaker repeating the
same figure in headline and body is one. A claim keeps the passage to the letter, the words of the
figure, the speaker, and what a person decided about it, when and why. Machines propose claims; only
people accept, correct or reject them.

Unknown is never zero, and zero is never silence: a field that was not said is empty, "said to be
none" is 0, and the pages and the API use different words for the two.
"""

#: What counts as a death; DIED_OF_WOUNDS also takes from the injured.
KILLED_OUTCOMES = frozenset({"KILLED", "DIED_OF_WOUNDS"})
#: Statuses that never feed a range of civilians.
FIGHTERS = frozenset({"COMBATANT", "DIRECTLY_PARTICIPATING"})
#: A copy whose origin is not on file.
UNKNOWN_ORIGIN = "UNKNOWN"


@dataclass(frozen=True, slots=True)
class ClaimFact:
    """One claim. Defaults and the meaning of None are those of the published method.

    ``label`` is how sentences name the claim; ``speaker`` None = the outlet in its own voice.
    """

    id: str
    article: str
    published_at: datetime
    outcome: str
    said_at: date
    label: str = ""
    speaker: str | None = None
    speaker_named: bool = True
    party: str | None = None
    group: str | None = None
    outlet: str = ""
    story: str = ""
    statement: str = ""
    subject_status: str = "UNKNOWN"
    minimum: int | None = None
    maximum: int | None = None
    children: tuple[int | None, int | None] = (None, None)
    women: tuple[int | None, int | None] = (None, None)
    men: tuple[int | None, int | None] = (None, None)
    part_of: str | None = None
    covers_whole_incident: bool = True
    disjoint_with: tuple[str, ...] = ()
    is_cumulative_update: bool = False
    scope: str = "INCIDENT"
    linked: bool = True
    polarity: str = "ASSERTS_HARM"
    credibility: int | None = None
    copy_of: str | None = None
    copy_decided: str | None = None
    died_of_wounds_of: str | None = None
    corrects: str | None = None
    state: str = "ACCEPTED"

    @property
    def is_zero(self) -> bool:
        """Said to be none."""
        return self.maximum == 0


@dataclass(frozen=True, slots=True)
class PartyFact:
    """A belligerent of the incident."""

    id: str
    accused: bool
    name: str = ""


@dataclass(frozen=True, slots=True)
class PositionFact:
    """One dated statement of a belligerent; None = it does not speak of that axis."""

    party: str
    date: date
    act: str | None = None
    harm: str | None = None
    responsibility: str | None = None
    assessment: str | None = None


@dataclass(frozen=True, slots=True)
class EvidenceFact:
    """Recorded evidence of a strike."""

    kind: str
    party: str | None = None


@dataclass(frozen=True, slots=True)
class NamedVictims:
    """Distinct accepted named civilian victims by outcome."""

    killed: int = 0
    injured: int = 0


@dataclass(frozen=True, slots=True)
class Scenario:
    """One incident with everything the answer follows from."""

    id: str
    claims: tuple[ClaimFact, ...]
    parties: tuple[PartyFact, ...] = ()
    positions: tuple[PositionFact, ...] = ()
    strike_evidence: tuple[EvidenceFact, ...] = ()
    named_victims: NamedVictims = field(default_factory=NamedVictims)
    excluded_by_reviewer: frozenset[str] = frozenset()
