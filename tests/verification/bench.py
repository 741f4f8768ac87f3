"""A task in somebody's hands, with what the services need to write in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.conftest import NOW
from tests.factories import ClaimFactory
from tracker.incidents.choices import Outcome
from tracker.incidents.services.claim_fields import ClaimFields
from tracker.verification.services.decisions import accept_claim

if TYPE_CHECKING:
    from tracker.core.actor import Actor
    from tracker.incidents.models import Claim
    from tracker.verification.models import ReviewTask

KILLED = ClaimFields(outcome=Outcome.KILLED.value, minimum=7, speaker_text="Nahr Rescue Service")


@dataclass(frozen=True, slots=True)
class Bench:
    """``hold`` is what every write of the workbench names."""

    task: ReviewTask
    actor: Actor

    @property
    def hold(self) -> dict[str, Any]:
        """The task, its number, who writes and when."""
        return {
            "task_id": self.task.pk,
            "fence": self.task.fence,
            "actor": self.actor,
            "now": NOW,
        }

    def claim(self, **fields: Any) -> Claim:
        """A proposed claim of the task's article."""
        claim: Claim = ClaimFactory(article=self.task.article, **fields)
        return claim


def accept(bench: Bench, claim: Claim, **over: Any) -> Claim:
    """Accept the claim as it stands and leave it unlinked, unless ``over`` says otherwise."""
    wanted: dict[str, Any] = {
        "claim_id": claim.pk,
        "expected_revision": claim.revision,
        "correction": None,
        "incident_id": None,
        **bench.hold,
    }
    return accept_claim(**{**wanted, **over})


def read_as(**over: Any) -> ClaimFields:
    """The claim as a person reads it: at least seven killed, unless ``over`` says otherwise."""
    values = {name: getattr(KILLED, name) for name in ClaimFields.__slots__}
    return ClaimFields(**{**values, **over})
