"""Every computation that something rested on, with its inputs."""

from __future__ import annotations

from django.db import models

from tracker.core.triggers import append_only
from tracker.incidents.models.incident import Incident


class Assessment(models.Model):
    """One run of the rules: same ``inputs`` and ``rules_version``, same ``result``.

    ``inputs`` holds claim ids with their revisions, positions, parties, evidence and how many
    victims are named, as the rules read them; ``result`` ranges, groups, exclusions, grade and
    explanation.
    """

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="assessments")
    rules_version = models.CharField(max_length=20)
    inputs = models.JSONField()
    result = models.JSONField()
    computed_at = models.DateTimeField()

    class Meta:
        triggers = append_only("append_only")

    def __str__(self) -> str:
        return f"assessment {self.pk} of incident {self.incident_id}"
