"""A spelling that a person taught: in any script, of a place that some list knows."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import Q

from tracker.accounts.models import Person
from tracker.accounts.permissions import Right
from tracker.accounts.triggers import by_somebody_with, on_insert
from tracker.core.checks import one_of
from tracker.core.triggers import no_truncate
from tracker.places.choices import PlaceKind
from tracker.places.models.turns import TAKE_TURN
from tracker.places.models.values import ON_EARTH

_ITS_PLACE_STANDS = f"""
    {TAKE_TURN}
    IF EXISTS (
        SELECT 1 FROM places_placemerge AS done
        JOIN places_recordedplace AS away ON away.id = done.source_id
        WHERE done.undone_at IS NULL
          AND (away.name, away.kind, away.country, away.admin1, away.lat, away.lon)
            = (NEW.name, NEW.kind, NEW.country, NEW.admin1, NEW.lat, NEW.lon)
    ) THEN
        RAISE EXCEPTION 'pgtrigger: the place was merged into another one';
    END IF;
    RETURN NEW;
"""  # noqa: S608  # the number of a lock


class TaughtSpelling(models.Model):
    """That ``spelling`` means the place ``name``, who said so and why.

    ``key`` is what usual variants of the spelling share. The place is kept by its values, so that
    no later list changes what was taught. ``withdrawn_by`` and ``withdrawn_at`` NULL = it holds.
    """

    spelling = models.CharField(max_length=120)
    key = models.CharField(max_length=130)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=10, choices=PlaceKind)
    country = models.CharField(max_length=2, blank=True)
    admin1 = models.CharField(max_length=200, blank=True)
    lat = models.FloatField()
    lon = models.FloatField()
    taught_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    taught_at = models.DateTimeField()
    reason = models.CharField(max_length=500)
    withdrawn_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdraw_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            one_of("kind", PlaceKind.values, name="taught_kind_valid"),
            models.CheckConstraint(
                condition=~Q(spelling="") & ~Q(key="") & ~Q(name="") & ~Q(reason=""),
                name="taught_whole",
                violation_error_message="Give the spelling, the place and why you know it.",
            ),
            models.CheckConstraint(
                condition=ON_EARTH,
                name="taught_on_earth",
            ),
            models.CheckConstraint(
                condition=Q(
                    withdrawn_by__isnull=True, withdrawn_at__isnull=True, withdraw_reason=""
                )
                | Q(withdrawn_by__isnull=False, withdrawn_at__isnull=False)
                & ~Q(withdraw_reason=""),
                name="taught_withdrawn_whole",
            ),
            models.UniqueConstraint(
                fields=["key"],
                condition=Q(withdrawn_at__isnull=True),
                name="taught_once",
                violation_error_message="This spelling is taught already; withdraw that first.",
            ),
        ]
        triggers = [
            by_somebody_with(
                Right.TEACH_PLACES,
                "a reviewer or a coordinator teaches places",
                who="taught_by",
            ),
            on_insert("its_place_stands", _ITS_PLACE_STANDS),
            pgtrigger.Protect(
                name="withdrawn_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__withdrawn_at__isnull=False),
            ),
            pgtrigger.ReadOnly(
                name="teaching_fixed",
                fields=[
                    *("spelling", "key", "name", "kind", "country", "admin1", "lat", "lon"),
                    *("taught_by", "taught_at", "reason"),
                ],
            ),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            no_truncate("never_truncated"),
        ]

    def __str__(self) -> str:
        return f"{self.spelling} ({self.pk})"
