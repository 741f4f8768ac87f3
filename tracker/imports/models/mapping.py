"""How a team's table is read, kept by name for its next file."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from tracker.accounts.models import Person
from tracker.core.checks import one_of
from tracker.core.triggers import append_only
from tracker.imports.choices import DayOrder, Delimiter, Encoding, RatingScale, SheetField


class SheetMapping(models.Model):
    """One version of how a table is read; a change is a new version, and the highest holds.

    ``name`` is that of the table: within it the team's own numbers of rows are unique. ``team``
    is who made it, and becomes the outlet of its rows. ``sheet`` "" = the first that is visible,
    ``encoding`` "" = UTF-8 or as the file's mark says, ``delimiter`` "" = found out,
    ``day_order`` "" = a day that could be two is refused, ``scale`` "" = no rating is kept.
    """

    name = models.CharField(max_length=80)
    version = models.PositiveIntegerField()
    team = models.CharField(max_length=200)
    sheet = models.CharField(max_length=200, blank=True)
    encoding = models.CharField(max_length=10, choices=Encoding, blank=True)
    delimiter = models.CharField(max_length=10, choices=Delimiter, blank=True)
    heading_row = models.PositiveSmallIntegerField(default=1)
    day_order = models.CharField(max_length=12, choices=DayOrder, blank=True)
    scale = models.CharField(max_length=8, choices=RatingScale, blank=True)
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["name", "version"], name="mapping_version_once"),
            models.CheckConstraint(
                condition=Q(version__gte=1) & ~Q(name="") & ~Q(team=""), name="mapping_named"
            ),
            models.CheckConstraint(condition=Q(heading_row__gte=1), name="mapping_has_headings"),
            one_of("encoding", ["", *Encoding.values], name="mapping_encoding_valid"),
            one_of("delimiter", ["", *Delimiter.values], name="mapping_delimiter_valid"),
            one_of("day_order", ["", *DayOrder.values], name="mapping_day_order_valid"),
            one_of("scale", ["", *RatingScale.values], name="mapping_scale_valid"),
        ]
        triggers = append_only("append_only")

    def __str__(self) -> str:
        return f"{self.name}, version {self.version}"


class MappedColumn(models.Model):
    """What the column under one heading is read as."""

    mapping = models.ForeignKey(SheetMapping, models.PROTECT, related_name="columns")
    heading = models.CharField(max_length=200)
    field = models.CharField(max_length=20, choices=SheetField)

    class Meta:
        constraints = [
            one_of("field", SheetField.values, name="mapped_field_valid"),
            models.UniqueConstraint(fields=["mapping", "heading"], name="mapped_heading_once"),
            models.UniqueConstraint(
                fields=["mapping", "field"], condition=~Q(field="NOTE"), name="mapped_field_once"
            ),
        ]
        triggers = append_only("append_only")

    def __str__(self) -> str:
        return f"{self.heading} as {self.field} in mapping {self.mapping_id}"
