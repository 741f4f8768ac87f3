"""Who had a hand in an incident since its last version, and may therefore not review it."""

from __future__ import annotations

from django.db import models

from tracker.accounts.models import Person
from tracker.core.checks import one_of
from tracker.core.triggers import append_only
from tracker.incidents.choices import ContributionKind
from tracker.incidents.models.incident import Incident


class Contribution(models.Model):
    """One act of one person that the incident rests on.

    ``after_version`` is the number of published versions at that time: 0 = before the first.
    ``revision`` is the incident's that it made, NULL = made before this was written down.
    """

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="contributions")
    person = models.ForeignKey(Person, models.PROTECT, related_name="contributions")
    kind = models.CharField(max_length=10, choices=ContributionKind)
    after_version = models.PositiveIntegerField()
    at = models.DateTimeField()
    revision = models.PositiveIntegerField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["incident", "person", "after_version"], name="contribution_by_person"
            )
        ]
        constraints = [one_of("kind", ContributionKind.values, name="contribution_kind_valid")]
        triggers = append_only("append_only")

    def __str__(self) -> str:
        return f"contribution {self.pk} to incident {self.incident_id}"
