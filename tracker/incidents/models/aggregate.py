"""Running totals: over which days and which place one counts, and which incidents lie inside."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q

from tracker.accounts.models import Person
from tracker.core.checks import both_or_neither, ordered
from tracker.incidents.models.claim import Claim
from tracker.incidents.models.incident import Incident

_OF_A_RUNNING_TOTAL = """
    IF NOT EXISTS (
        SELECT 1 FROM incidents_claim WHERE id = NEW.claim_id AND scope = 'AGGREGATE'
    ) THEN
        RAISE EXCEPTION 'pgtrigger: only a running total covers several incidents';
    END IF;
    RETURN NEW;
"""


@pghistory.track()
class Aggregate(models.Model):
    """What an accepted running total covers.

    ``scope_from``/``scope_to`` both NULL = the days are not said; ``scope_place`` "" = nor where.
    """

    claim = models.OneToOneField(Claim, models.PROTECT, related_name="aggregate")
    scope_from = models.DateField(null=True, blank=True)
    scope_to = models.DateField(null=True, blank=True)
    scope_place = models.CharField(max_length=200, blank=True)
    entered_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        constraints = [
            both_or_neither("scope_from", "scope_to", name="aggregate_days_whole"),
            ordered("scope_from", "scope_to", name="aggregate_days_ordered"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="of_a_running_total",
                operation=pgtrigger.Insert | pgtrigger.Update,
                when=pgtrigger.Before,
                func=_OF_A_RUNNING_TOTAL,
            ),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"aggregate {self.pk}"


@pghistory.track()
class AggregateLink(models.Model):
    """That a running total counts the dead of an incident too, by a person's word.

    ``ended_at`` NULL = it holds.
    """

    aggregate = models.ForeignKey(Aggregate, models.PROTECT, related_name="links")
    incident = models.ForeignKey(Incident, models.PROTECT, related_name="aggregate_links")
    linked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    linked_at = models.DateTimeField()
    ended_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["aggregate", "incident"],
                condition=Q(ended_at__isnull=True),
                name="aggregate_contains_once",
            ),
            both_or_neither("ended_by", "ended_at", name="aggregate_link_end_whole"),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="stays_as_linked", fields=["aggregate", "incident", "linked_by", "linked_at"]
            ),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"aggregate link {self.pk}"
