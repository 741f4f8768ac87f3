"""Send an incident to review, and return it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from tracker.accounts.permissions import Right, require_right
from tracker.audit.services.record import record_event
from tracker.core.errors import DomainError, NotAllowed, NotFound, StaleRevision
from tracker.core.reasons import checked_reason
from tracker.incidents.choices import ClaimState, ContributionKind, IncidentStatus
from tracker.incidents.models import Claim, Contribution, Incident
from tracker.incidents.policies import may_return
from tracker.incidents.selectors.assessment import assess_incident, lacks_confirmation
from tracker.incidents.selectors.changes import incident_changed_since
from tracker.incidents.services.assess import store_assessment
from tracker.incidents.services.contribution import lock_for_editing, refuse_gone

if TYPE_CHECKING:
    from datetime import datetime

    from tracker.core.actor import Actor


class UnableToSubmit(DomainError):
    """Something a reviewer would need is missing."""

    code = "unable_to_submit"


class UnableToReturn(DomainError):
    """The incident is not in review."""

    code = "unable_to_return"


@transaction.atomic
def submit_incident(
    *, incident_id: int, expected_revision: int, actor: Actor, now: datetime, reason: str = ""
) -> Incident:
    """Compute ranges and grade, store the computation and lock the incident for review.

    Raises NotAllowed, NotFound, StaleRevision, UnableToEdit, UnableToSubmit.
    """
    require_right(actor, Right.EDIT_INCIDENTS)
    incident = lock_for_editing(incident_id, expected_revision=expected_revision)
    if incident.status == IncidentStatus.PUBLISHED:
        raise UnableToSubmit(f"Nothing changed since version {incident.versions} was published.")
    _check_claims(incident)
    before = incident.status
    assessed = assess_incident(incident)
    store_assessment(assessed=assessed, now=now)
    incident.grade = assessed.assessment.grade
    incident.grade_reason = ""
    incident.status = IncidentStatus.IN_REVIEW
    incident.submitted_by_id = actor.person_id
    incident.submitted_at = now
    incident.reviewed_by = None
    incident.return_reason = ""
    incident.revision += 1
    incident.save()
    Contribution.objects.create(
        incident=incident,
        person_id=actor.person_id,
        kind=ContributionKind.SUBMITTED,
        after_version=incident.versions,
        at=now,
        revision=incident.revision,
    )
    record_event(
        actor=actor,
        action="incident.submit",
        target=incident,
        now=now,
        reason=reason,
        changes={"status": [before, incident.status], "grade": incident.grade},
    )
    return incident


@transaction.atomic
def return_incident(
    *, incident_id: int, expected_revision: int, actor: Actor, now: datetime, reason: str
) -> Incident:
    """Give the incident back to its authors with a reason.

    Raises NotAllowed, NotFound, MergedAway, StaleRevision, UnableToReturn, InvalidInput.
    """
    require_right(actor, Right.REVIEW)
    incident = Incident.objects.select_for_update().filter(pk=incident_id).first()
    if incident is None:
        raise NotFound(f"There is no incident {incident_id}.")
    refuse_gone(incident)
    if incident.revision != expected_revision:
        raise StaleRevision(f"{incident_changed_since(incident, expected_revision)} Read it again.")
    if incident.status != IncidentStatus.IN_REVIEW:
        raise UnableToReturn(f"This incident is {incident.get_status_display()}, not in review.")
    allowed, sentence = may_return(actor, incident)
    if not allowed:
        raise NotAllowed(sentence)
    reason = checked_reason(reason, missing="Say what has to be mended.", longest=None)
    incident.status = IncidentStatus.RETURNED
    incident.reviewed_by_id = actor.person_id
    incident.return_reason = reason
    incident.revision += 1
    incident.save()
    record_event(
        actor=actor,
        action="incident.return",
        target=incident,
        now=now,
        reason=reason,
        changes={"status": [IncidentStatus.IN_REVIEW.value, incident.status]},
    )
    return incident


def _check_claims(incident: Incident) -> None:
    accepted = Claim.objects.filter(incident=incident, state=ClaimState.ACCEPTED)
    if not accepted.exists():
        raise UnableToSubmit("No accepted claim is linked to this incident; it would cite nothing.")
    if accepted.filter(credibility=1).exists() and lacks_confirmation(incident):
        raise UnableToSubmit(
            "A claim has the credibility 1, confirmed by other sources, but fewer than two "
            "independent origins are left; rate it anew first."
        )
