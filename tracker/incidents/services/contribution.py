"""Record who had a hand in an incident, and reopen what was published."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.core.errors import DomainError, NotFound, StaleRevision
from tracker.incidents.choices import ContributionKind, IncidentStatus
from tracker.incidents.models import Contribution, Incident

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime


class UnableToEdit(DomainError):
    """The incident is in review and locked."""

    code = "unable_to_edit"


def lock_for_editing(incident_id: int, *, expected_revision: int | None = None) -> Incident:
    """The incident, locked in the caller's transaction.

    Raises NotFound, UnableToEdit while it is in review, StaleRevision.
    """
    incident = Incident.objects.select_for_update().filter(pk=incident_id).first()
    if incident is None:
        raise NotFound(f"There is no incident {incident_id}.")
    if expected_revision is not None and incident.revision != expected_revision:
        raise StaleRevision(
            "Somebody changed this incident since you opened it. Compare, then save again."
        )
    if incident.status == IncidentStatus.IN_REVIEW:
        raise UnableToEdit(
            "This incident is in review and locked; a reviewer can return it with a reason."
        )
    return incident


def mark_changed(
    incident: Incident,
    *,
    people: Iterable[int],
    kind: ContributionKind,
    now: datetime,
) -> None:
    """Save a changed incident with its contributors; a published one goes under revision."""
    if incident.status == IncidentStatus.PUBLISHED:
        incident.status = IncidentStatus.UNDER_REVISION
    incident.revision += 1
    incident.save()
    Contribution.objects.bulk_create(
        Contribution(
            incident=incident,
            person_id=person,
            kind=kind,
            after_version=incident.versions,
            at=now,
        )
        for person in dict.fromkeys(people)
    )
