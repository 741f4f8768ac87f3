"""What belligerents say, and what speaks for a strike."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.db import models

from tracker.accounts.models import Person
from tracker.core.checks import one_of
from tracker.core.triggers import append_only, not_in_future
from tracker.incidents.choices import (
    REFUSALS,
    EvidenceKind,
    PositionAct,
    PositionAssessment,
    PositionHarm,
    PositionResponsibility,
    RefusalReason,
)
from tracker.incidents.models.incident import Incident
from tracker.sources.models import Article, Party

_INCIDENT_IS_LOCKED = """
    IF EXISTS (
        SELECT 1 FROM incidents_incident WHERE id = NEW.incident_id AND status = 'IN_REVIEW'
    ) THEN
        RAISE EXCEPTION 'pgtrigger: the incident is in review and locked';
    END IF;
    IF EXISTS (
        SELECT 1 FROM incidents_incident WHERE id = NEW.incident_id AND status = 'MERGED'
    ) THEN
        RAISE EXCEPTION 'pgtrigger: the incident is merged away and takes nothing';
    END IF;
    IF EXISTS (
        SELECT 1 FROM incidents_incident WHERE id = NEW.incident_id AND status = 'DISCARDED'
    ) THEN
        RAISE EXCEPTION 'pgtrigger: the incident is discarded and takes nothing';
    END IF;
    RETURN NEW;
"""


def locked_in_review(operation: pgtrigger.Operation) -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name="locked_in_review",
        operation=operation,
        when=pgtrigger.Before,
        func=_INCIDENT_IS_LOCKED,
    )


@pghistory.track()
class IncidentParty(models.Model):
    """A belligerent of an incident, accused by some speaker or only named."""

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="parties")
    party = models.ForeignKey(Party, models.PROTECT, related_name="+")
    accused = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["incident", "party"], name="incident_party_once")
        ]
        triggers = [
            locked_in_review(pgtrigger.Insert | pgtrigger.Update),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"party {self.party_id} of incident {self.incident_id}"


class Position(models.Model):
    """One dated statement of one belligerent; act, harm, responsibility and assessment are apart.

    ``assessment`` is what came of the party's own process; ``refusal_reason`` "" = none given, or
    the assessment is no refusal. "" on an axis = the statement does not speak of it. History: a
    later statement stands beside an earlier one and neither changes.
    """

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="positions")
    party = models.ForeignKey(Party, models.PROTECT, related_name="positions")
    said_on = models.DateField()
    act = models.CharField(max_length=32, choices=PositionAct, blank=True)
    harm = models.CharField(max_length=24, choices=PositionHarm, blank=True)
    responsibility = models.CharField(max_length=24, choices=PositionResponsibility, blank=True)
    assessment = models.CharField(max_length=28, choices=PositionAssessment, blank=True)
    refusal_reason = models.CharField(max_length=30, choices=RefusalReason, blank=True)
    article = models.ForeignKey(
        Article, models.PROTECT, null=True, blank=True, related_name="positions"
    )
    entered_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        constraints = [
            one_of("act", ["", *PositionAct.values], name="position_act_valid"),
            one_of("harm", ["", *PositionHarm.values], name="position_harm_valid"),
            one_of(
                "responsibility",
                ["", *PositionResponsibility.values],
                name="position_responsibility_valid",
            ),
            one_of(
                "assessment", ["", *PositionAssessment.values], name="position_assessment_valid"
            ),
            one_of("refusal_reason", ["", *RefusalReason.values], name="position_refusal_valid"),
            models.CheckConstraint(
                condition=models.Q(refusal_reason="") | models.Q(assessment__in=REFUSALS),
                name="position_reason_of_a_refusal",
                violation_error_message="A reason of refusal needs an assessment that refuses.",
            ),
            models.CheckConstraint(
                condition=~models.Q(act="", harm="", responsibility="", assessment=""),
                name="position_says_something",
                violation_error_message="Say what the belligerent says on at least one axis.",
            ),
        ]
        triggers = [
            *append_only("append_only"),
            locked_in_review(pgtrigger.Insert),
            not_in_future("said_by_now", field="said_on"),
        ]

    def __str__(self) -> str:
        return f"position {self.pk}"


class StrikeEvidence(models.Model):
    """What speaks for a strike near in place and time; rule 2 of the grades rests on it."""

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="strike_evidence")
    kind = models.CharField(max_length=32, choices=EvidenceKind)
    party = models.ForeignKey(Party, models.PROTECT, null=True, blank=True, related_name="+")
    article = models.ForeignKey(
        Article, models.PROTECT, null=True, blank=True, related_name="strike_evidence"
    )
    note = models.CharField(max_length=300, blank=True)
    entered_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        constraints = [one_of("kind", EvidenceKind.values, name="evidence_kind_valid")]
        triggers = [*append_only("append_only"), locked_in_review(pgtrigger.Insert)]

    def __str__(self) -> str:
        return f"evidence {self.pk}"
