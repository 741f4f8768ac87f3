"""What a person, or somebody for them, agreed to, and that they took it back."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import F, Q

from tracker.accounts.models import Person
from tracker.core.checks import both_or_neither, one_of
from tracker.core.triggers import no_truncate
from tracker.restricted.choices import ConsentGiver, ConsentScope
from tracker.restricted.models.person import PrivatePerson

_NOT_FOR_A_TOMBSTONE = """
    IF NEW.withdrawn_on IS NOT NULL THEN
        RAISE EXCEPTION 'pgtrigger: a consent does not start as withdrawn';
    END IF;
    IF EXISTS (
        SELECT 1 FROM restricted_privateperson
        WHERE id = NEW.person_id AND shredded_at IS NOT NULL
    ) THEN
        RAISE EXCEPTION 'pgtrigger: the record is shredded and takes no consent';
    END IF;
    RETURN NEW;
"""
_ONLY_TO_NOTHING = """
    IF NEW.sealed_giver IS NOT NULL AND NEW.sealed_giver IS DISTINCT FROM OLD.sealed_giver THEN
        RAISE EXCEPTION 'pgtrigger: the giver of a consent never changes';
    END IF;
    RETURN NEW;
"""


class Consent(models.Model):
    """One scope agreed to on one day.

    ``sealed_giver`` is the giver's name under the person's key; NULL = the person gave it, no name
    was kept, or the record is shredded. ``withdrawn_on`` NULL = in force.
    """

    person = models.ForeignKey(PrivatePerson, models.PROTECT, related_name="consents")
    scope = models.CharField(max_length=20, choices=ConsentScope)
    giver = models.CharField(max_length=16, choices=ConsentGiver)
    sealed_giver = models.BinaryField(null=True)
    given_on = models.DateField()
    recorded_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    withdrawn_on = models.DateField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            one_of("scope", ConsentScope.values, name="consent_scope_valid"),
            one_of("giver", ConsentGiver.values, name="consent_giver_valid"),
            both_or_neither("withdrawn_on", "withdrawn_by", name="consent_withdrawal_whole"),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gte=F("given_on")),
                name="consent_withdrawn_after_given",
                violation_error_message="A consent is withdrawn after it was given.",
            ),
            models.UniqueConstraint(
                fields=["person", "scope"],
                condition=Q(withdrawn_on__isnull=True),
                name="consent_one_in_force",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="not_for_a_tombstone",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                func=_NOT_FOR_A_TOMBSTONE,
            ),
            pgtrigger.ReadOnly(
                name="consent_fixed",
                fields=["person", "scope", "giver", "given_on", "recorded_by", "recorded_at"],
            ),
            pgtrigger.Trigger(
                name="giver_fixed",
                operation=pgtrigger.Update,
                when=pgtrigger.Before,
                func=_ONLY_TO_NOTHING,
            ),
            pgtrigger.Protect(
                name="withdrawal_stands",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.withdrawn_on IS NOT NULL AND "
                    "(OLD.withdrawn_on, OLD.withdrawn_by_id) IS DISTINCT FROM "
                    "(NEW.withdrawn_on, NEW.withdrawn_by_id)"
                ),
            ),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            no_truncate("never_truncated"),
        ]

    def __str__(self) -> str:
        return f"consent {self.pk} of restricted record {self.person_id}"
