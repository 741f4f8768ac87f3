"""The incident: an event of reported harm, assembled from claims."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q

from tracker.accounts.models import Person
from tracker.core.checks import both_or_neither, one_of, ordered
from tracker.core.codes import new_handle
from tracker.core.triggers import starts_as
from tracker.incidents.choices import (
    INCIDENT_TRANSITIONS,
    DatePrecision,
    GeoPrecision,
    Grade,
    IncidentStatus,
)

_REVIEWER_IS_NO_CONTRIBUTOR = """
    IF NEW.reviewed_by_id IS NULL THEN
        RAISE EXCEPTION 'pgtrigger: an incident is published by a reviewer';
    END IF;
    IF EXISTS (
        SELECT 1 FROM incidents_contribution
        WHERE incident_id = NEW.id
          AND person_id = NEW.reviewed_by_id
          AND after_version = OLD.versions
    ) THEN
        RAISE EXCEPTION 'pgtrigger: the reviewer contributed to this incident';
    END IF;
    RETURN NEW;
"""

_MERGED_BY_A_PERSON = """
    PERFORM 1 FROM incidents_incident
        WHERE id = NEW.merged_into_id AND status NOT IN ('MERGED', 'DISCARDED', 'IN_REVIEW')
        FOR SHARE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'pgtrigger: an incident is merged into one that stands and is not locked';
    END IF;
    IF NOT EXISTS (
        SELECT 1 FROM incidents_restructuring AS done
        WHERE done.kind = 'MERGE'
          AND done.source_id = NEW.id
          AND done.target_id = NEW.merged_into_id
          AND NOT EXISTS (SELECT 1 FROM incidents_undo WHERE restructuring_id = done.id)
    ) THEN
        RAISE EXCEPTION 'pgtrigger: an incident is merged by a person, with a record of it';
    END IF;
    IF EXISTS (SELECT 1 FROM incidents_claim WHERE incident_id = NEW.id) THEN
        RAISE EXCEPTION 'pgtrigger: an incident that is merged away keeps no claim';
    END IF;
    RETURN NEW;
"""

#: The latest merge of the incident must be undone; it comes back as it was, or to be looked at.
_BACK_AS_IT_WAS = """
    IF NEW.status = 'MERGED' THEN
        RAISE EXCEPTION 'pgtrigger: the incident is merged away; nothing of it changes';
    END IF;
    SELECT done.pre_image #>> '{source,status}' INTO former
        FROM incidents_restructuring AS done
        WHERE done.kind = 'MERGE' AND done.source_id = OLD.id
          AND EXISTS (SELECT 1 FROM incidents_undo WHERE restructuring_id = done.id)
          AND NOT EXISTS (
              SELECT 1 FROM incidents_restructuring AS later
              WHERE later.kind = 'MERGE' AND later.source_id = OLD.id AND later.id > done.id
          );
    IF former IS NULL OR NOT (
        NEW.status = former OR (former = 'PUBLISHED' AND NEW.status = 'UNDER_REVISION')
    ) THEN
        RAISE EXCEPTION 'pgtrigger: a merged incident comes back as it was, by undoing its merge';
    END IF;
    RETURN NEW;
"""

#: Only what nobody built on can be discarded: no claim, no position, no second hand.
_NOTHING_RESTS_ON_IT = """
    IF OLD.versions > 0
        OR EXISTS (SELECT 1 FROM incidents_claim WHERE incident_id = NEW.id)
        OR EXISTS (SELECT 1 FROM incidents_position WHERE incident_id = NEW.id)
        OR EXISTS (SELECT 1 FROM incidents_strikeevidence WHERE incident_id = NEW.id)
        OR EXISTS (SELECT 1 FROM incidents_partyrequest WHERE incident_id = NEW.id)
        OR EXISTS (SELECT 1 FROM incidents_incident WHERE merged_into_id = NEW.id) THEN
        RAISE EXCEPTION 'pgtrigger: something rests on the incident; it can not be discarded';
    END IF;
    RETURN NEW;
"""

#: What people enter and a reviewer reads; nothing of it changes between reading and publishing.
_ENTERED_FIELDS = (
    *("title", "summary", "date_start", "date_end", "date_precision", "date_raw"),
    *("place_name", "lat", "lon", "geo_precision", "radius_m"),
)
_READ_AS_ENTERED = f"""
    IF ({", ".join(f"NEW.{name}" for name in _ENTERED_FIELDS)})
        IS DISTINCT FROM ({", ".join(f"OLD.{name}" for name in _ENTERED_FIELDS)}) THEN
        RAISE EXCEPTION 'pgtrigger: the incident is in review and locked';
    END IF;
    RETURN NEW;
"""


@pghistory.track()
class Incident(models.Model):
    """A reported event. Its figures are computed from claims and stored nowhere on this row.

    ``handle`` names a draft; ``code`` is the public name, NULL until the first publication.
    ``date_start``/``date_end`` both NULL = not resolved. ``lat``/``lon`` NULL = not placed.
    ``radius_m`` NULL = an area without a radius, or not stated. ``grade`` is the one in force:
    the engine's at the time of sending to review, or a reviewer's with ``grade_reason``.
    ``versions`` counts the published ones. ``merged_into`` NULL = it stands for itself; else it
    is merged away, and everything of it is found there. A discarded draft takes nothing and never
    comes back.
    """

    handle = models.CharField(max_length=10, unique=True, default=new_handle, editable=False)
    code = models.CharField(max_length=16, unique=True, null=True, editable=False)  # noqa: DJ001  # NULL = never published; "" would not be unique
    title = models.CharField(max_length=200)
    summary = models.TextField(blank=True)
    status = models.CharField(max_length=16, choices=IncidentStatus, default=IncidentStatus.DRAFT)

    date_start = models.DateField(null=True, blank=True)
    date_end = models.DateField(null=True, blank=True)
    date_precision = models.CharField(
        max_length=10, choices=DatePrecision, default=DatePrecision.UNKNOWN
    )
    date_raw = models.CharField(max_length=200, blank=True)

    place_name = models.CharField(max_length=200, blank=True)
    lat = models.FloatField(null=True, blank=True)
    lon = models.FloatField(null=True, blank=True)
    geo_precision = models.CharField(
        max_length=16, choices=GeoPrecision, default=GeoPrecision.UNKNOWN
    )
    radius_m = models.PositiveIntegerField(null=True, blank=True)

    grade = models.CharField(max_length=12, choices=Grade, default=Grade.UNASSESSED)
    grade_reason = models.TextField(blank=True)

    created_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    submitted_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+"
    )
    submitted_at = models.DateTimeField(null=True, blank=True)
    reviewed_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    return_reason = models.TextField(blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    versions = models.PositiveIntegerField(default=0)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged_away"
    )
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [
            models.Index(fields=["status", "-id"], name="incident_by_status"),
            models.Index(fields=["date_start", "date_end"], name="incident_by_days"),
        ]
        constraints = [
            one_of("status", IncidentStatus.values, name="incident_status_valid"),
            one_of("grade", Grade.values, name="incident_grade_valid"),
            one_of("date_precision", DatePrecision.values, name="incident_date_precision_valid"),
            one_of("geo_precision", GeoPrecision.values, name="incident_geo_precision_valid"),
            both_or_neither("date_start", "date_end", name="incident_dates_whole"),
            ordered("date_start", "date_end", name="incident_dates_ordered"),
            models.CheckConstraint(
                condition=Q(date_precision="UNKNOWN", date_start__isnull=True)
                | ~Q(date_precision="UNKNOWN") & Q(date_start__isnull=False),
                name="incident_date_has_precision",
                violation_error_message="Give the days with their precision, or neither.",
            ),
            models.CheckConstraint(
                condition=~Q(date_precision="DAY") | Q(date_start=F("date_end")),
                name="incident_day_is_one_day",
                violation_error_message="With the precision “day” both days are the same.",
            ),
            both_or_neither("lat", "lon", name="incident_point_whole"),
            models.CheckConstraint(
                condition=Q(lat__isnull=True)
                | Q(lat__gte=-90, lat__lte=90, lon__gte=-180, lon__lte=180),
                name="incident_point_on_earth",
                violation_error_message="Latitude is -90 to 90, longitude -180 to 180.",
            ),
            models.CheckConstraint(condition=~Q(title=""), name="incident_title_given"),
            models.CheckConstraint(
                condition=Q(versions=0, code__isnull=True, published_at__isnull=True)
                | Q(versions__gt=0, code__isnull=False, published_at__isnull=False),
                name="incident_code_from_publication",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["PUBLISHED", "UNDER_REVISION"]) | Q(versions__gt=0),
                name="incident_published_has_version",
            ),
            models.CheckConstraint(
                condition=~Q(status="IN_REVIEW")
                | Q(submitted_by__isnull=False, submitted_at__isnull=False),
                name="incident_in_review_was_submitted",
            ),
            models.CheckConstraint(
                condition=Q(status="MERGED", merged_into__isnull=False)
                | ~Q(status="MERGED") & Q(merged_into__isnull=True),
                name="incident_merged_leads_on",
            ),
        ]
        triggers = [
            pgtrigger.FSM(
                name="status_fsm",
                field="status",
                transitions=[(a.value, b.value) for a, b in INCIDENT_TRANSITIONS],
            ),
            starts_as("starts_draft", field="status", value=IncidentStatus.DRAFT.value),
            pgtrigger.Trigger(
                name="reviewer_is_no_contributor",
                operation=pgtrigger.Update,
                when=pgtrigger.Before,
                # One that comes back from a merge was reviewed before it.
                condition=pgtrigger.Q(new__status="PUBLISHED")
                & ~pgtrigger.Q(old__status="PUBLISHED")
                & ~pgtrigger.Q(old__status="MERGED"),
                func=_REVIEWER_IS_NO_CONTRIBUTOR,
            ),
            pgtrigger.Trigger(
                name="locked_in_review",
                operation=pgtrigger.Update,
                when=pgtrigger.Before,
                condition=pgtrigger.Q(old__status="IN_REVIEW"),
                func=_READ_AS_ENTERED,
            ),
            pgtrigger.Trigger(
                name="merged_by_a_person",
                operation=pgtrigger.Update,
                when=pgtrigger.Before,
                condition=pgtrigger.Q(new__status="MERGED") & ~pgtrigger.Q(old__status="MERGED"),
                func=_MERGED_BY_A_PERSON,
            ),
            pgtrigger.Trigger(
                name="back_as_it_was",
                operation=pgtrigger.Update,
                when=pgtrigger.Before,
                condition=pgtrigger.Q(old__status="MERGED"),
                declare=[("former", "TEXT")],
                func=_BACK_AS_IT_WAS,
            ),
            pgtrigger.Trigger(
                name="discarded_unused",
                operation=pgtrigger.Update,
                when=pgtrigger.Before,
                condition=pgtrigger.Q(new__status="DISCARDED")
                & ~pgtrigger.Q(old__status="DISCARDED"),
                func=_NOTHING_RESTS_ON_IT,
            ),
            pgtrigger.Protect(
                name="discarded_for_good",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__status="DISCARDED"),
            ),
            pgtrigger.Trigger(
                name="code_fixed",
                operation=pgtrigger.Update,
                when=pgtrigger.Before,
                condition=pgtrigger.Q(old__code__isnull=False)
                & pgtrigger.Q(old__code__df=pgtrigger.F("new__code")),
                func="RAISE EXCEPTION 'pgtrigger: a public code never changes';",
            ),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return self.code or self.handle
