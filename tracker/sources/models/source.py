"""Sources: outlets and speakers, the parties they belong to, and what is said of them."""

from __future__ import annotations

import pghistory
from django.db import models
from django.db.models.functions import Lower

from tracker.accounts.models import Person
from tracker.core.checks import one_of
from tracker.core.triggers import append_only
from tracker.sources.choices import Audience, Reliability, SourceKind


@pghistory.track()
class Party(models.Model):
    """A belligerent: an armed force, an armed group or a coalition."""

    name = models.CharField(max_length=160)

    class Meta:
        constraints = [models.UniqueConstraint(Lower("name"), name="party_name_unique")]

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class Source(models.Model):
    """An outlet or a named speaker. Generic speakers ("officials") never get a row.

    ``party`` NULL = belongs to no belligerent and is controlled by none, as far as is known.
    """

    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=SourceKind, default=SourceKind.OTHER)
    party = models.ForeignKey(Party, models.PROTECT, null=True, blank=True, related_name="sources")
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("name"), name="source_name_unique"),
            one_of("kind", SourceKind.values, name="source_kind_valid"),
        ]

    def __str__(self) -> str:
        return self.name


class CredibilityNote(models.Model):
    """A dated judgement of a person about a source; the latest one is in force.

    ``reliability`` NULL = this note leaves the rating as it was; a source none of whose notes
    has one is unrated, which is not the same as F. Notes are history: a later one replaces an
    earlier one and neither ever changes.
    """

    source = models.ForeignKey(Source, models.PROTECT, related_name="notes")
    reliability = models.CharField(max_length=1, choices=Reliability, null=True, blank=True)  # noqa: DJ001  # NULL = unrated, "" would be a second one
    text = models.TextField()
    audience = models.CharField(max_length=10, choices=Audience, default=Audience.STAFF)
    author = models.ForeignKey(Person, models.PROTECT, related_name="credibility_notes")
    made_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["source", "-made_at", "-id"], name="note_by_source")]
        constraints = [
            one_of("reliability", Reliability.values, name="note_reliability_valid", nullable=True),
            one_of("audience", Audience.values, name="note_audience_valid"),
            models.CheckConstraint(
                condition=~models.Q(text=""),
                name="note_text_given",
                violation_error_message="A judgement needs its reason: write a note.",
            ),
        ]
        triggers = append_only("append_only")

    def __str__(self) -> str:
        return f"note {self.pk} on source {self.source_id}"
