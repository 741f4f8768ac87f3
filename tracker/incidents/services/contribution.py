"""Record who had a hand in an incident, and reopen what was published."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.core.errors import DomainError, NotFound, StaleRevision
from tracker.core.families import home_of
from tracker.incidents.choices import ContributionKind, IncidentStatus
from tracker.incidents.models import Contribution, Incident
from tracker.incidents.selectors.changes import incident_changed_since

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime


class UnableToEdit(DomainError):
    """The incident is in review and locked."""

    code = "unable_to_edit"


class MergedAway(UnableToEdit):
    """The incident was merged into another one."""

    code = "merged_away"


class Discarded(UnableToEdit):
    """The draft was discarded for good."""

    code = "discarded"


def lock_for_editing(incident_id: int, *, expected_revision: int | None = None) -> Incident:
    """The incident, locked in the caller's transaction.

    Raises NotFound, MergedAway, Discarded, UnableToEdit while it is in review, StaleRevision.
    """
    incident = lock_standing(incident_id)
    if expected_revision is not None and incident.revision != expected_revision:
        raise StaleRevision(
            f"{incident_changed_since(incident, expected_revision)} Compare, then save again."
        )
    if incident.status == IncidentStatus.IN_REVIEW:
        raise UnableToEdit(
            "This incident is in review and locked; a reviewer can return it with a reason."
        )
    return incident


def lock_standing(incident_id: int) -> Incident:
    """The incident, in review or not, locked. Raises NotFound, MergedAway, Discarded."""
    incident = Incident.objects.select_for_update().filter(pk=incident_id).first()
    if incident is None:
        raise NotFound(f"There is no incident {incident_id}.")
    refuse_gone(incident)
    return incident


def refuse_gone(incident: Incident) -> None:
    """Nothing is written to an incident that is gone. Raises MergedAway, Discarded."""
    if incident.status == IncidentStatus.DISCARDED:
        raise Discarded(f"{incident} was discarded; nothing of it changes any more.")
    if incident.status == IncidentStatus.MERGED:
        raise MergedAway(
            f"{incident} was merged into {home_of(incident)}; everything of it is found and "
            "changed there."
        )


def lock_with_home(incident_id: int) -> tuple[Incident, Incident]:
    """The incident and the one that stands for it, locked in the order of their ids.

    Raises NotFound, StaleRevision where they were merged or parted meanwhile.
    """
    found = Incident.objects.filter(pk=incident_id).first()
    if found is None:
        raise NotFound(f"There is no incident {incident_id}.")
    home_id = home_of(found).pk
    locked = Incident.objects.select_for_update().filter(pk__in={incident_id, home_id})
    rows = {row.pk: row for row in locked.order_by("pk")}
    if home_of(rows[incident_id]).pk != home_id:
        raise StaleRevision("The incident was merged or parted this moment; open it again.")
    return rows[incident_id], rows[home_id]


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
            revision=incident.revision,
        )
        for person in dict.fromkeys(people)
    )
