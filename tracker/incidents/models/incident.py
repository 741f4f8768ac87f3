"""The incident: an event of reported harm, assembled from claims."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q

from tracker.accounts.models import Person
from tracker.core.checks import both_or_neither, one_of, ordered
from tracker.core.codes import new_handle
from tracker.core.triggers import not_in_future, starts_as
from tracker.incidents.choices import (
    INCIDENT_TRANSITIONS,
    DateBasis,
    DatePrecision,
    GeoMethod,
    GeoPrecision,
    Grade,
    IncidentStatus,
    TimeTerm,
)
from tracker.incidents.models.incident_triggers import (
    BACK_AS_IT_WAS,
    CONFIRMED_BY_A_PARTY,
    MERGED_BY_A_PERSON,
    NO_CONFIRMED_CLAIM_ALONE,
    NOTHING_RESTS_ON_IT,
    READ_AS_ENTERED,
    REVIEWER_IS_NO_CONTRIBUTOR,
)

if TYPE_CHECKING:
    from datetime import date

    from tracker.core.distance import Point


@pghistory.track()
class Incident(models.Model):
    """A reported event. Its figures are computed from claims and stored nowhere on this row.

    ``handle`` names a draft; ``code`` is the public name, NULL until the first publication.
    ``date_start``/``date_end`` both NULL = not resolved. ``lat``/``lon`` NULL = not placed.
    ``date_anchor`` is the day that words such as "on Tuesday" count from. ``time_start`` and
    ``time_end`` are the ends of a window in ``time_zone``, equal for an exact time; one that ends
    earlier than it begins runs past midnight. ``geo_reference`` keeps coordinates as a source
    printed them. ``place_signed_by`` NULL = nobody has signed the place off as it stands.
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
    date_basis = models.CharField(max_length=17, choices=DateBasis, blank=True)
    date_anchor = models.DateField(null=True, blank=True)
    time_term = models.CharField(max_length=15, choices=TimeTerm, blank=True)
    time_start = models.TimeField(null=True, blank=True)
    time_end = models.TimeField(null=True, blank=True)
    time_zone = models.CharField(max_length=40, blank=True)

    place_name = models.CharField(max_length=200, blank=True)
    lat = models.FloatField(null=True, blank=True)
    lon = models.FloatField(null=True, blank=True)
    geo_precision = models.CharField(
        max_length=16, choices=GeoPrecision, default=GeoPrecision.UNKNOWN
    )
    radius_m = models.PositiveIntegerField(null=True, blank=True)
    geo_method = models.CharField(max_length=23, choices=GeoMethod, blank=True)
    geo_reference = models.CharField(max_length=60, blank=True)
    place_signed_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+"
    )
    place_signed_at = models.DateTimeField(null=True, blank=True)

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
            one_of("date_basis", ["", *DateBasis.values], name="incident_date_basis_valid"),
            one_of("time_term", ["", *TimeTerm.values], name="incident_time_term_valid"),
            one_of("geo_method", ["", *GeoMethod.values], name="incident_geo_method_valid"),
            models.CheckConstraint(
                condition=Q(date_basis="", date_anchor__isnull=True) | Q(date_start__isnull=False),
                name="incident_basis_has_a_day",
                violation_error_message="Say what the day rests on only where there is a day.",
            ),
            both_or_neither("time_start", "time_end", name="incident_window_whole"),
            models.CheckConstraint(
                condition=Q(time_start__isnull=True, time_zone="")
                | Q(time_start__isnull=False) & ~Q(time_zone=""),
                name="incident_window_has_zone",
                violation_error_message="Give the times with their time zone, or neither.",
            ),
            both_or_neither("place_signed_by", "place_signed_at", name="incident_sign_off_whole"),
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
                func=REVIEWER_IS_NO_CONTRIBUTOR,
            ),
            pgtrigger.Trigger(
                name="locked_in_review",
                operation=pgtrigger.Update,
                when=pgtrigger.Before,
                condition=pgtrigger.Q(old__status="IN_REVIEW"),
                func=READ_AS_ENTERED,
            ),
            pgtrigger.Trigger(
                name="merged_by_a_person",
                operation=pgtrigger.Update,
                when=pgtrigger.Before,
                condition=pgtrigger.Q(new__status="MERGED") & ~pgtrigger.Q(old__status="MERGED"),
                func=MERGED_BY_A_PERSON,
            ),
            pgtrigger.Trigger(
                name="back_as_it_was",
                operation=pgtrigger.Update,
                when=pgtrigger.Before,
                condition=pgtrigger.Q(old__status="MERGED"),
                declare=[("former", "TEXT")],
                func=BACK_AS_IT_WAS,
            ),
            pgtrigger.Trigger(
                name="confirmed_by_a_party",
                operation=pgtrigger.Update,
                when=pgtrigger.Before,
                condition=pgtrigger.Q(new__grade="CONFIRMED")
                & (
                    ~pgtrigger.Q(old__grade="CONFIRMED")
                    | pgtrigger.Q(new__versions__df=pgtrigger.F("old__versions"))
                ),
                func=CONFIRMED_BY_A_PARTY,
            ),
            pgtrigger.Trigger(
                name="starts_ungraded",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                condition=pgtrigger.Q(new__grade="CONFIRMED"),
                func="RAISE EXCEPTION 'pgtrigger: nothing starts as confirmed';",
            ),
            pgtrigger.Trigger(
                name="no_confirmed_claim_alone",
                operation=pgtrigger.Update,
                when=pgtrigger.Before,
                condition=pgtrigger.Q(new__status="IN_REVIEW")
                & ~pgtrigger.Q(old__status="IN_REVIEW"),
                func=NO_CONFIRMED_CLAIM_ALONE,
            ),
            not_in_future("happened_by_now", field="date_end"),
            pgtrigger.Trigger(
                name="discarded_unused",
                operation=pgtrigger.Update,
                when=pgtrigger.Before,
                condition=pgtrigger.Q(new__status="DISCARDED")
                & ~pgtrigger.Q(old__status="DISCARDED"),
                func=NOTHING_RESTS_ON_IT,
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

    @property
    def days(self) -> tuple[date, date] | None:
        """First and last day, None = not known."""
        if self.date_start is None or self.date_end is None:
            return None
        return self.date_start, self.date_end

    @property
    def point(self) -> Point | None:
        """Latitude and longitude, None = no point."""
        return None if self.lat is None or self.lon is None else (self.lat, self.lon)
