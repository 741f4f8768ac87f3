"""The machine's reading of a claim, kept beside what people make of it."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from tracker.core.checks import both_or_neither, one_of, ordered
from tracker.core.triggers import append_only
from tracker.incidents.choices import (
    DateBasis,
    DatePrecision,
    Outcome,
    ProtectedKind,
    ReportedMethod,
    Scope,
    SubjectStatus,
)
from tracker.incidents.models.claim import Claim


class Reading(models.Model):
    """What the extractor read when it proposed a claim; it never changes, whatever people decide.

    ``place``, ``actor``, ``method``, ``protected_kind`` "" = not said. ``date_start`` and
    ``date_end`` both NULL = no day is said, or none can be resolved; ``date_raw`` keeps the words.
    ``anchor_date`` NULL = the article has no day. ``speaker_chain`` runs from the outlet's side to
    the origin. ``event`` numbers the events of the article. ``ages`` are those of the victims, in
    years; ``infrastructure`` is what was hit, by kind; ``is_double_tap``: those who came to help
    were struck in turn. ``evidence`` holds for each field the rule that set it, the words it rests
    on as offsets, and the calibrated chance that it is right (or null).
    """

    claim = models.OneToOneField(Claim, models.PROTECT, primary_key=True, related_name="reading")
    extractor = models.CharField(max_length=60)
    outcome = models.CharField(max_length=20, choices=Outcome)
    subject_status = models.CharField(max_length=22, choices=SubjectStatus)
    scope = models.CharField(max_length=10, choices=Scope)
    minimum = models.PositiveIntegerField(null=True, blank=True)
    maximum = models.PositiveIntegerField(null=True, blank=True)
    speaker_text = models.CharField(max_length=200, blank=True)
    speaker_chain = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    event = models.PositiveIntegerField(default=0)
    place = models.CharField(max_length=200, blank=True)
    actor = models.CharField(max_length=200, blank=True)
    method = models.CharField(max_length=20, choices=ReportedMethod, blank=True)
    date_start = models.DateField(null=True, blank=True)
    date_end = models.DateField(null=True, blank=True)
    date_precision = models.CharField(
        max_length=10, choices=DatePrecision, default=DatePrecision.UNKNOWN
    )
    date_basis = models.CharField(max_length=20, choices=DateBasis, blank=True)
    date_raw = models.CharField(max_length=200, blank=True)
    anchor_date = models.DateField(null=True, blank=True)
    anchor_kind = models.CharField(max_length=20, blank=True)
    time_term = models.CharField(max_length=20, blank=True)
    protected_kind = models.CharField(max_length=20, choices=ProtectedKind, blank=True)
    ages = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True)
    infrastructure = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    is_double_tap = models.BooleanField(default=False)
    evidence = models.JSONField(default=dict)

    class Meta:
        constraints = [
            one_of("outcome", Outcome.values, name="reading_outcome_valid"),
            one_of("subject_status", SubjectStatus.values, name="reading_status_valid"),
            one_of("scope", Scope.values, name="reading_scope_valid"),
            one_of("method", ["", *ReportedMethod.values], name="reading_method_valid"),
            one_of("protected_kind", ["", *ProtectedKind.values], name="reading_protected_valid"),
            one_of("date_precision", DatePrecision.values, name="reading_precision_valid"),
            one_of("date_basis", ["", *DateBasis.values], name="reading_basis_valid"),
            ordered("minimum", "maximum", name="reading_range_ordered"),
            ordered("date_start", "date_end", name="reading_days_ordered"),
            both_or_neither("date_start", "date_end", name="reading_days_whole"),
            models.CheckConstraint(
                condition=Q(date_precision="UNKNOWN", date_start__isnull=True)
                | ~Q(date_precision="UNKNOWN") & Q(date_start__isnull=False),
                name="reading_precision_matches_days",
            ),
        ]
        triggers = [*append_only("reading_only_grows")]

    def __str__(self) -> str:
        return f"reading of claim {self.claim_id}"
