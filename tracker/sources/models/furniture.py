"""Paragraphs that the pages of a host have in common."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import F, Q

from tracker.sources.models.article import Article


class ParagraphSighting(models.Model):
    """A paragraph of one article; ``key`` is a number made of its host and its words."""

    key = models.BigIntegerField()
    article = models.ForeignKey(Article, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "article"], name="sighting_counts_once")
        ]

    def __str__(self) -> str:
        return f"paragraph of {self.article_id}"


class RecurringParagraph(models.Model):
    """A paragraph that stands under several stories of one host: furniture, from then on.

    ``completed_at`` NULL = the articles stored before it was known wait for their marks.
    """

    key = models.BigIntegerField(primary_key=True)
    host = models.CharField(max_length=253)
    found_at = models.DateTimeField()
    completed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["found_at"],
                condition=Q(completed_at__isnull=True),
                name="recurring_to_complete",
            )
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(host=""), name="recurring_has_host"),
            models.CheckConstraint(
                condition=Q(completed_at__isnull=True) | Q(completed_at__gte=F("found_at")),
                name="recurring_completed_after_found",
            ),
        ]
        triggers = [pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"paragraph of {self.host}"
