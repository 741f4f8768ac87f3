"""Make a reviewed incident public: one version, one code, one audit line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from tracker.accounts.permissions import Right, require_right
from tracker.audit.services.record import record_event
from tracker.core.codes import public_code
from tracker.core.errors import DomainError, NotFound, StaleRevision
from tracker.incidents.choices import Grade, IncidentStatus
from tracker.incidents.models import Incident
from tracker.incidents.policies import may_review
from tracker.incidents.selectors.assessment import assess_incident
from tracker.incidents.selectors.changes import incident_changed_since
from tracker.incidents.services.assess import store_assessment
from tracker.incidents.services.contribution import refuse_gone
from tracker.publication.models import PinnedSource, PublicCode, Version
from tracker.publication.selectors.document import build_document, cited_standings

if TYPE_CHECKING:
    from datetime import datetime

    from tracker.core.actor import Actor
    from tracker.incidents.selectors.assessment import Assessed


class UnableToPublish(DomainError):
    """The incident is not in review, or the reviewer may not publish it."""

    code = "unable_to_publish"


class GradeContradictsRule(UnableToPublish):
    """A rule of the grades forbids the one that was chosen; the sentence says which."""

    code = "contradicts_rule"


@transaction.atomic
def publish_incident(
    *,
    incident_id: int,
    expected_revision: int,
    change_note: str,
    actor: Actor,
    now: datetime,
    grade: str | None = None,
    grade_reason: str = "",
    with_quotes: bool = True,
) -> Version:
    """Publish version n+1; ``grade`` None keeps the engine's proposal.

    Passages leave masked, ``with_quotes`` False: not at all.

    Raises NotFound, MergedAway, StaleRevision, NotAllowed, UnableToPublish. The reviewer is none
    of those who contributed since the last version; a trigger refuses what this sentence would
    miss.
    """
    require_right(actor, Right.PUBLISH)
    incident = Incident.objects.select_for_update().filter(pk=incident_id).first()
    if incident is None:
        raise NotFound(f"There is no incident {incident_id}.")
    refuse_gone(incident)
    if incident.revision != expected_revision:
        raise StaleRevision(f"{incident_changed_since(incident, expected_revision)} Read it again.")
    if incident.status != IncidentStatus.IN_REVIEW:
        raise UnableToPublish(f"{incident} is {incident.get_status_display()}, not in review.")
    allowed, sentence = may_review(actor, incident)
    if not allowed:
        raise UnableToPublish(sentence)
    if not change_note.strip():
        raise UnableToPublish("Say in a line what this version is or what changed in it.")

    assessed = assess_incident(incident)
    incident.grade = _grade_in_force(assessed.assessment.grade, grade, grade_reason)
    incident.grade_reason = (
        grade_reason.strip() if incident.grade != assessed.assessment.grade else ""
    )
    incident.code = incident.code or _allocate_code(incident, now)
    incident.versions += 1
    incident.published_at = now
    incident.reviewed_by_id = actor.person_id
    incident.return_reason = ""
    incident.status = IncidentStatus.PUBLISHED
    incident.revision += 1
    version = _store_version(
        assessed=assessed,
        change_note=change_note.strip(),
        with_quotes=with_quotes,
        actor=actor,
        now=now,
    )
    incident.save()
    record_event(
        actor=actor,
        action="incident.publish",
        target=incident,
        now=now,
        reason=grade_reason.strip(),
        changes={
            "status": [IncidentStatus.IN_REVIEW.value, IncidentStatus.PUBLISHED.value],
            "version": version.number,
            "with_quotes": with_quotes,
            "code": version.code,
            "grade": [assessed.assessment.grade, incident.grade],
        },
    )
    return version


def _grade_in_force(proposed: str, chosen: str | None, reason: str) -> str:
    """The engine proposes; a reviewer may override with a reason, but never up to CONFIRMED."""
    if not chosen or chosen == proposed:
        return proposed
    if chosen not in Grade.values:
        raise UnableToPublish(f"There is no grade {chosen}.")
    if chosen == Grade.CONFIRMED:
        raise GradeContradictsRule(
            "Rule 1 of the grades: “confirmed” needs a belligerent's own acceptance of harm and "
            "responsibility; record that position, it can't be overridden."
        )
    if not reason.strip():
        raise GradeContradictsRule(
            "Rule 7 of the grades: another grade than the rules propose needs your reason."
        )
    return chosen


def _allocate_code(incident: Incident, now: datetime) -> str:
    row = PublicCode.objects.create(incident=incident, year=now.year, allocated_at=now)
    return public_code(year=row.year, number=row.pk)


def _store_version(
    *, assessed: Assessed, change_note: str, with_quotes: bool, actor: Actor, now: datetime
) -> Version:
    incident = assessed.incident
    standings = cited_standings(assessed)
    version = Version.objects.create(
        incident=incident,
        number=incident.versions,
        code=incident.code or "",
        grade=incident.grade,
        date_start=incident.date_start,
        date_end=incident.date_end,
        assessment=store_assessment(assessed=assessed, now=now),
        document=build_document(
            assessed=assessed,
            standings=standings,
            change_note=change_note,
            with_quotes=with_quotes,
            now=now,
        ),
        change_note=change_note,
        published_by_id=actor.person_id,
        published_at=now,
    )
    PinnedSource.objects.bulk_create(
        PinnedSource(
            version=version,
            source=standing.source,
            reliability=standing.reliability,
            note=standing.partner_note,
        )
        for standing in standings
    )
    return version
