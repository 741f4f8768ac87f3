"""Who may review or return which incident."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.accounts.permissions import Right, has_right
from tracker.incidents.models import Contribution

if TYPE_CHECKING:
    from tracker.core.actor import Actor
    from tracker.incidents.models import Incident, PartyRequest


_NO_REVIEWER = "Reviewing needs the role of a reviewer."


def may_review(actor: Actor, incident: Incident) -> tuple[bool, str]:
    """Whether the actor may review this version, and the sentence that says why not."""
    if not has_right(actor, Right.REVIEW):
        return False, _NO_REVIEWER
    if contributed(actor, incident):
        return False, (
            "You contributed to this incident since its last version; "
            "somebody who did not has to review it."
        )
    return True, ""


def may_return(actor: Actor, incident: Incident) -> tuple[bool, str]:
    """Whether the actor may give the incident back; a contributor may, who sent it may not."""
    if not has_right(actor, Right.REVIEW):
        return False, _NO_REVIEWER
    if incident.submitted_by_id == actor.person_id:
        return False, "You sent this incident to review; another reviewer has to return it."
    return True, ""


def contributed(actor: Actor, incident: Incident) -> bool:
    """Whether the actor had a hand in the incident since its last version."""
    return Contribution.objects.filter(
        incident=incident, person_id=actor.person_id, after_version=incident.versions
    ).exists()


def may_end(actor: Actor, request: PartyRequest) -> tuple[bool, str]:
    """Whether the actor may end or renew the waiting: its owner, or who oversees all requests.

    Whoever writes incidents enters what a party answers; but who is reminded also says when to
    wait no longer.
    """
    if not has_right(actor, Right.EDIT_INCIDENTS):
        return False, "Closing and reopening a request needs the right to edit incidents."
    if request.owner_id == actor.person_id or has_right(actor, Right.OVERSEE_REQUESTS):
        return True, ""
    return False, "Only its owner or a coordinator closes or reopens a request."
