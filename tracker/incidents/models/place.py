"""Further places of an incident: where it went on, a second impact, a route."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q

from tracker.accounts.models import Person
from tracker.core.checks import both_or_neither, one_of
from tracker.incidents.choices import GeoMethod, GeoPrecision
from tracker.incidents.models.incident import Incident
from tracker.incidents.models.position import locked_in_review


@pghistory.track()
class IncidentPlace(models.Model):
    """One further place, as well known as ``geo_precision`` says; never changed, but withdrawn.

    ``lat``/``lon`` both NULL = no point. ``signed_by`` NULL = nobody but who entered it has looked.
    ``withdrawn_at`` NULL = it stands.
    """

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="further_places")
    name = models.CharField(max_length=200)
    lat = models.FloatField(null=True, blank=True)
    lon = models.FloatField(null=True, blank=True)
    geo_precision = models.CharField(max_length=16, choices=GeoPrecision)
    radius_m = models.PositiveIntegerField(null=True, blank=True)
    geo_method = models.CharField(max_length=23, choices=GeoMethod)
    geo_reference = models.CharField(max_length=60, blank=True)
    note = models.CharField(max_length=300, blank=True)
    entered_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    signed_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    signed_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            one_of("geo_precision", GeoPrecision.values, name="place_precision_valid"),
            one_of("geo_method", GeoMethod.values, name="place_method_valid"),
            models.CheckConstraint(condition=~Q(name=""), name="place_name_given"),
            both_or_neither("lat", "lon", name="place_point_whole"),
            models.CheckConstraint(
                condition=Q(lat__isnull=True)
                | Q(lat__gte=-90, lat__lte=90, lon__gte=-180, lon__lte=180),
                name="place_point_on_earth",
                violation_error_message="Latitude is -90 to 90, longitude -180 to 180.",
            ),
            both_or_neither("signed_by", "signed_at", name="place_sign_off_whole"),
            models.CheckConstraint(
                condition=Q(signed_by__isnull=True) | ~Q(signed_by=F("entered_by")),
                name="place_signed_by_another",
            ),
            both_or_neither("withdrawn_by", "withdrawn_at", name="place_withdrawal_whole"),
        ]
        triggers = [
            locked_in_review(pgtrigger.Insert),
            pgtrigger.ReadOnly(
                name="stays_as_entered",
                fields=[
                    *("incident", "name", "lat", "lon", "geo_precision", "radius_m"),
                    *("geo_method", "geo_reference", "note", "entered_by", "entered_at"),
                ],
            ),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"place {self.pk}"
