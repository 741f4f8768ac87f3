"""Who may read or write the records: people named one by one, whatever their role."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import F, Q

from tracker.accounts.models import Person
from tracker.core.checks import both_or_neither, one_of
from tracker.core.triggers import no_truncate
from tracker.restricted.choices import AccessLevel


class AccessGrant(models.Model):
    """The right of one person, given by another. ``ended_at`` NULL = in force."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="restricted_grants")
    level = models.CharField(max_length=8, choices=AccessLevel)
    granted_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    granted_at = models.DateTimeField()
    ended_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            one_of("level", AccessLevel.values, name="access_grant_level_valid"),
            both_or_neither("ended_by", "ended_at", name="access_grant_end_whole"),
            models.CheckConstraint(
                condition=~Q(granted_by=F("person")), name="access_grant_by_another"
            ),
            models.UniqueConstraint(
                fields=["person"], condition=Q(ended_at__isnull=True), name="access_grant_one_open"
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="grant_fixed", fields=["person", "level", "granted_by", "granted_at"]
            ),
            pgtrigger.Protect(
                name="end_fixed",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__ended_at__isnull=False),
            ),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            no_truncate("never_truncated"),
        ]

    def __str__(self) -> str:
        return f"restricted access {self.pk} of person {self.person_id}"
