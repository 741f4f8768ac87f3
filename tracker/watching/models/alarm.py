"""Alarms: what is wrong now, since when, and who has seen it."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q

from tracker.accounts.models import Person
from tracker.core.checks import one_of
from tracker.watching.choices import AlarmKind


@pghistory.track()
class Alarm(models.Model):
    """One thing that went wrong, from when it was noticed until its cause was gone.

    ``key`` names the thing ("feed-7"); at most one alarm of a key is open. ``cleared_at`` NULL =
    open. ``acknowledged_by`` NULL = nobody has said yet that they look after it.
    """

    key = models.CharField(max_length=100)
    kind = models.CharField(max_length=20, choices=AlarmKind)
    sentence = models.CharField(max_length=500)
    raised_at = models.DateTimeField()
    cleared_at = models.DateTimeField(null=True, blank=True)
    acknowledged_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="acknowledged_alarms"
    )
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    acknowledgement = models.CharField(max_length=500, blank=True)

    class Meta:
        indexes = [models.Index(fields=["-raised_at", "-id"], name="alarm_latest")]
        constraints = [
            one_of("kind", AlarmKind.values, name="alarm_kind_valid"),
            models.UniqueConstraint(
                fields=["key"], condition=Q(cleared_at__isnull=True), name="alarm_open_once"
            ),
            models.CheckConstraint(condition=~Q(sentence=""), name="alarm_says_what"),
            models.CheckConstraint(
                condition=Q(
                    acknowledged_by__isnull=True, acknowledged_at__isnull=True, acknowledgement=""
                )
                | Q(acknowledged_by__isnull=False, acknowledged_at__isnull=False)
                & ~Q(acknowledgement=""),
                name="alarm_acknowledged_whole",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="cause_fixed", fields=["key", "kind", "raised_at"]),
        ]

    def __str__(self) -> str:
        return f"alarm {self.pk}: {self.key}"
