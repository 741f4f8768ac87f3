"""A run that computes every incident again by the rules in force."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import F, Q

from tracker.core.triggers import no_truncate

_ONLY_ONWARD = """
    IF OLD.finished_at IS NOT NULL THEN
        RAISE EXCEPTION 'pgtrigger: a run that ended does not change';
    END IF;
    IF NEW.rules_version <> OLD.rules_version OR NEW.through < OLD.through THEN
        RAISE EXCEPTION 'pgtrigger: a run goes on by its own rules and never back';
    END IF;
    RETURN NEW;
"""


class Recomputation(models.Model):
    """How far a run has come: every incident with an id up to ``through`` is done.

    ``finished_at`` NULL = it works, or was stopped and goes on from ``through`` when the command is
    called again; one that other rules began is never taken up. ``written`` counts incidents whose
    answer, or what it rests on, was not the one kept last; ``refigured`` those of them that
    had an answer with another range or grade.
    """

    rules_version = models.CharField(max_length=20)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    through = models.BigIntegerField(default=0)
    computed = models.PositiveIntegerField(default=0)
    written = models.PositiveIntegerField(default=0)
    refigured = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(refigured__lte=F("written"), written__lte=F("computed")),
                name="recomputation_counts_fit",
            ),
            models.CheckConstraint(
                condition=Q(finished_at__isnull=True) | Q(finished_at__gte=F("started_at")),
                name="recomputation_ends_after_start",
            ),
            models.UniqueConstraint(
                fields=["rules_version"],
                condition=Q(finished_at__isnull=True),
                name="recomputation_one_at_work",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="only_onward",
                operation=pgtrigger.Update,
                when=pgtrigger.Before,
                func=_ONLY_ONWARD,
            ),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            no_truncate("never_emptied"),
        ]

    def __str__(self) -> str:
        return f"recompute {self.pk}"
