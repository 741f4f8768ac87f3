"""One private person in one incident: codes in the open, everything else sealed."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q

from tracker.accounts.models import Person
from tracker.core.checks import one_of
from tracker.core.triggers import no_truncate
from tracker.incidents.choices import Outcome, SubjectStatus
from tracker.incidents.models import Incident
from tracker.restricted.choices import RecordKind

_STARTS_WITH_VALUES = (
    "IF NEW.shredded_at IS NOT NULL THEN "
    "RAISE EXCEPTION 'pgtrigger: a record does not start as a tombstone'; END IF; RETURN NEW;"
)


@pghistory.track()
class PrivatePerson(models.Model):
    """A victim, a witness or a contact. The history holds sealed bytes, as this row does.

    ``sealed`` are the values under this person's own key, which lies outside the database under
    ``key_name``. NULL = shredded: the key is destroyed and no copy of the bytes can be opened.
    ``outcome`` and ``status`` are a victim's; "" for everybody else.
    """

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="private_people")
    kind = models.CharField(max_length=8, choices=RecordKind)
    outcome = models.CharField(max_length=24, choices=Outcome, blank=True)
    status = models.CharField(max_length=24, choices=SubjectStatus, blank=True)
    key_name = models.CharField(max_length=32, unique=True, editable=False)
    sealed = models.BinaryField(null=True)
    recorded_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    shredded_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    shredded_at = models.DateTimeField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [models.Index(fields=["incident", "id"], name="private_person_by_incident")]
        constraints = [
            one_of("kind", RecordKind.values, name="private_person_kind_valid"),
            one_of("outcome", ["", *Outcome.values], name="private_person_outcome_valid"),
            one_of("status", ["", *SubjectStatus.values], name="private_person_status_valid"),
            models.CheckConstraint(
                condition=Q(kind="VICTIM") & ~Q(outcome="") & ~Q(status="")
                | ~Q(kind="VICTIM") & Q(outcome="", status=""),
                name="private_person_victim_whole",
                violation_error_message="A victim has an outcome and a status; nobody else has.",
            ),
            models.CheckConstraint(
                condition=Q(sealed__isnull=False, shredded_at__isnull=True, shredded_by=None)
                | Q(sealed__isnull=True, shredded_at__isnull=False, shredded_by__isnull=False),
                name="private_person_sealed_or_shredded",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="starts_with_values",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                func=_STARTS_WITH_VALUES,
            ),
            pgtrigger.ReadOnly(
                name="origin_fixed", fields=["key_name", "recorded_by", "recorded_at"]
            ),
            pgtrigger.Protect(
                name="tombstone_stands",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__shredded_at__isnull=False),
            ),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            no_truncate("never_truncated"),
        ]

    def __str__(self) -> str:
        return f"restricted record {self.pk}"
