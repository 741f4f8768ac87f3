"""What every sentence of an explanation needs: who speaks, what counts, what does not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tracker.incidents.rules.facts import FIGHTERS, KILLED_OUTCOMES
from tracker.incidents.rules.wording import listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tracker.incidents.rules.assessment import Assessment
    from tracker.incidents.rules.facts import ClaimFact, Scenario
    from tracker.incidents.rules.intervals import Interval
    from tracker.incidents.rules.origins import Origin

OWN_VOICE = "the outlet in its own voice"
VERBS = {"KILLED": "killed", "INJURED": "injured"}


@dataclass(frozen=True, slots=True)
class Telling:
    """One outcome of an assessed scenario. ``names`` are the speakers by claim id."""

    assessment: Assessment
    scenario: Scenario
    outcome: str
    names: Mapping[str, str]

    @property
    def verb(self) -> str:
        """ "killed" or "injured"."""
        return VERBS[self.outcome]

    @property
    def ranges(self) -> dict[str, Interval]:
        """The ranges of this outcome."""
        return self.assessment.ranges[self.outcome]

    @property
    def named_victims(self) -> int:
        """How many victims are named."""
        named = self.scenario.named_victims
        return named.killed if self.outcome == "KILLED" else named.injured

    @property
    def counted(self) -> list[ClaimFact]:
        """Claims of this outcome that count, in the order they were said."""
        return self._of(self.assessment.taking.counted)

    @property
    def says_none(self) -> bool:
        """Whether a zero stands, by a source that is no party."""
        return any(claim.is_zero for claim in self.counted)

    @property
    def asserts_harm(self) -> bool:
        """Whether a counted claim speaks of harm to people who are or may be civilians."""
        return any(not c.is_zero and c.subject_status not in FIGHTERS for c in self.counted)

    @property
    def left_out(self) -> list[tuple[ClaimFact, str]]:
        """Claims of this outcome that do not, with the reason code."""
        excluded = self.assessment.taking.excluded
        spoken = self.assessment.taking.spoken
        return [(c, excluded[c.id]) for c in self._of(spoken[i] for i in excluded)]

    @property
    def origins(self) -> list[tuple[Origin, Interval]]:
        """Origins that feed the range of civilians, with what each says."""
        return [
            (origin, found)
            for origin in self.assessment.origins
            if (found := origin.of(self.outcome).get("civilians")) is not None
        ]

    def claims_of(self, origin: Origin) -> list[ClaimFact]:
        """The origin's claims of this outcome; declared parts are told with their sum."""
        parts = frozenset().union(*self.assessment.taking.parts)
        claims = self._of(origin.claims)
        return claims if origin.is_sum else [c for c in claims if c.id not in parts]

    def name_of(self, origin: Origin) -> str:
        """Its speakers."""
        return listed([self.names[claim.id] for claim in self.claims_of(origin)])

    def origin_of(self, claim: ClaimFact) -> ClaimFact | None:
        """What a copy was copied from, the first of its chain."""
        return self.assessment.taking.copied_from.get(claim.id)

    def label(self, claim: ClaimFact) -> str:
        """What the claim is called on the page."""
        return claim.label or claim.id

    def _of(self, claims: Iterable[ClaimFact]) -> list[ClaimFact]:
        found = [c for c in claims if is_of(c, self.outcome)]
        return sorted(found, key=lambda c: (c.said_at, c.published_at, c.id))


def is_of(claim: ClaimFact, outcome: str) -> bool:
    """Whether the claim speaks of the dead, or of the injured."""
    return claim.outcome in KILLED_OUTCOMES if outcome == "KILLED" else claim.outcome == outcome
