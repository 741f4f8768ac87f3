"""Published versions: snapshots that never change."""

from __future__ import annotations

from django.db import models

from tracker.accounts.models import Person
from tracker.core.checks import both_or_neither, one_of
from tracker.core.triggers import append_only
from tracker.incidents.choices import Grade
from tracker.incidents.models import Assessment, Incident
from tracker.sources.models import CredibilityNote, Source


class PublicCode(models.Model):
    """A public code, allocated once and never again; its id is the running number."""

    incident = models.OneToOneField(Incident, models.PROTECT, related_name="public_code")
    year = models.PositiveSmallIntegerField()
    allocated_at = models.DateTimeField()

    class Meta:
        triggers = append_only("append_only")

    def __str__(self) -> str:
        return f"CH-{self.year:04d}-{self.pk:06d}"


class Version(models.Model):
    """Version ``number`` of an incident as partners read it.

    ``document`` is what partners get: rounded and redacted when it was made, with the ratings and
    partner notes then in force. What lists filter and sort by stands in columns of its own.
    ``date_start``/``date_end`` NULL = the days are not resolved.
    """

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="published_versions")
    number = models.PositiveIntegerField()
    code = models.CharField(max_length=16)
    grade = models.CharField(max_length=12, choices=Grade)
    date_start = models.DateField(null=True, blank=True)
    date_end = models.DateField(null=True, blank=True)
    assessment = models.OneToOneField(Assessment, models.PROTECT, related_name="version")
    document = models.JSONField()
    change_note = models.CharField(max_length=500)
    published_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    published_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["code", "-number"], name="version_by_code"),
            models.Index(fields=["-published_at", "-id"], name="version_by_publication"),
        ]
        constraints = [
            one_of("grade", Grade.values, name="version_grade_valid"),
            both_or_neither("date_start", "date_end", name="version_dates_whole"),
            models.UniqueConstraint(fields=["incident", "number"], name="version_number_once"),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="version_from_one"),
        ]
        triggers = append_only("append_only")

    def __str__(self) -> str:
        return f"{self.code} version {self.number}"


class PinnedSource(models.Model):
    """A source of a version with the rating and the partner note then in force.

    ``reliability`` NULL = nobody had rated it. ``note`` NULL = none for partners.
    """

    version = models.ForeignKey(Version, models.PROTECT, related_name="pinned_sources")
    source = models.ForeignKey(Source, models.PROTECT, related_name="+")
    reliability = models.CharField(max_length=1, null=True)  # noqa: DJ001  # NULL = unrated
    note = models.ForeignKey(CredibilityNote, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "source"], name="pinned_source_once")
        ]
        triggers = append_only("append_only")

    def __str__(self) -> str:
        return f"source {self.source_id} of version {self.version_id}"
