"""Filters of the queue that people keep under a name."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from tracker.accounts.models import Person
from tracker.core.checks import one_of
from tracker.sources.models import Source
from tracker.verification.choices import SHELVES, Assigned, TaskState


class QueueFilter(models.Model):
    """What of the queue somebody wants to see; "" and NULL = not filtered by that.

    ``language`` is a code, "und" = not recognised. ``min_days`` counts days of waiting,
    ``min_relevance`` per cent: what nobody has worked out yet passes it. ``words`` must all stand
    in the title. ``is_shared``: everybody may use it.
    """

    owner = models.ForeignKey(Person, models.PROTECT, related_name="queue_filters")
    name = models.CharField(max_length=60)
    is_shared = models.BooleanField(default=False)
    shelf = models.CharField(
        max_length=12,
        choices=[(shelf.value, shelf.label) for shelf in SHELVES],
        default=TaskState.QUEUED,
    )
    language = models.CharField(max_length=12, blank=True)
    outlet = models.ForeignKey(Source, models.PROTECT, null=True, blank=True, related_name="+")
    min_days = models.PositiveSmallIntegerField(null=True, blank=True)
    min_relevance = models.PositiveSmallIntegerField(null=True, blank=True)
    assigned = models.CharField(max_length=8, choices=Assigned, blank=True)
    words = models.CharField(max_length=100, blank=True)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="filter_has_a_name"),
            one_of("shelf", [shelf.value for shelf in SHELVES], name="filter_shelf_valid"),
            one_of("assigned", ["", *Assigned.values], name="filter_assigned_valid"),
            models.CheckConstraint(
                condition=Q(min_relevance__isnull=True) | Q(min_relevance__lte=100),
                name="filter_relevance_is_per_cent",
            ),
            models.UniqueConstraint("owner", Lower("name"), name="filter_named_once"),
        ]

    def __str__(self) -> str:
        return f"filter {self.pk}"


class QueueDefault(models.Model):
    """With which filter the queue opens for a person; no row = with everything that waits."""

    person = models.OneToOneField(
        Person, models.PROTECT, primary_key=True, related_name="queue_default"
    )
    filter = models.ForeignKey(QueueFilter, models.CASCADE, related_name="defaults")

    def __str__(self) -> str:
        return f"default filter of person {self.person_id}"
