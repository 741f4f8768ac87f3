"""The chain of custody: who had the evidentiary copy, and the one way it may be destroyed."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import F, Q

from tracker.accounts.models import Person
from tracker.core.actor import ActorKind
from tracker.core.checks import one_of
from tracker.core.triggers import append_only, no_truncate, starts_as
from tracker.sources.choices import (
    DISPOSAL_TRANSITIONS,
    REASONED_CUSTODY,
    CustodyKind,
    DisposalState,
)
from tracker.sources.models.capture import Capture


class CustodyEvent(models.Model):
    """One immutable line of a capture's custody: what was done with it, by whom, when and why.

    ``actor_id`` NULL = a machine. ``reason`` "" = the kind says enough (acquired, hashed, viewed).
    """

    capture = models.ForeignKey(Capture, models.PROTECT, related_name="custody")
    kind = models.CharField(max_length=12, choices=CustodyKind)
    actor_kind = models.CharField(max_length=16)
    actor_id = models.BigIntegerField(null=True)
    actor_alias = models.CharField(max_length=64)
    at = models.DateTimeField()
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        indexes = [models.Index(fields=["capture", "id"], name="custody_by_capture")]
        constraints = [
            one_of("kind", CustodyKind.values, name="custody_kind_valid"),
            one_of("actor_kind", [k.value for k in ActorKind], name="custody_actor_kind_valid"),
            models.CheckConstraint(
                condition=~Q(kind__in=[k.value for k in REASONED_CUSTODY]) | ~Q(reason=""),
                name="custody_reason_given",
            ),
        ]
        triggers = append_only("append_only")

    def __str__(self) -> str:
        return f"{self.kind} of capture {self.capture_id}"


class Disposal(models.Model):
    """A request to destroy the bytes of a capture, and what a second person said to it.

    A row in DONE is the tombstone: the hash stays on the capture, the bytes are gone.
    ``decided_by`` NULL = nobody has decided yet. ``deleted_at`` NULL = the bytes are still there.
    """

    capture = models.ForeignKey(Capture, models.PROTECT, related_name="disposals")
    state = models.CharField(max_length=10, choices=DisposalState, default=DisposalState.REQUESTED)
    reason = models.CharField(max_length=500)
    requested_by = models.ForeignKey(Person, models.PROTECT, related_name="disposals_requested")
    requested_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="disposals_decided"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    deleted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["id"], condition=Q(state="APPROVED"), name="disposal_approved")
        ]
        constraints = [
            one_of("state", DisposalState.values, name="disposal_state_valid"),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="disposal_reason_given",
                violation_error_message="Say why the bytes must be destroyed.",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("requested_by")),
                name="disposal_two_people",
                violation_error_message="Another person must decide.",
            ),
            models.CheckConstraint(
                condition=(
                    Q(state="REQUESTED", decided_by__isnull=True, decided_at__isnull=True)
                    | ~Q(state="REQUESTED") & Q(decided_by__isnull=False, decided_at__isnull=False)
                ),
                name="disposal_decision_whole",
            ),
            models.CheckConstraint(
                condition=(
                    Q(state="DONE", deleted_at__isnull=False)
                    | ~Q(state="DONE") & Q(deleted_at__isnull=True)
                ),
                name="disposal_done_has_time",
            ),
            models.UniqueConstraint(
                fields=["capture"], condition=~Q(state="REFUSED"), name="disposal_one_per_capture"
            ),
        ]
        triggers = [
            pgtrigger.FSM(
                name="state_fsm",
                field="state",
                transitions=[(a.value, b.value) for a, b in DISPOSAL_TRANSITIONS],
            ),
            starts_as("starts_requested", field="state", value=DisposalState.REQUESTED.value),
            pgtrigger.ReadOnly(
                name="request_fixed", fields=["capture", "reason", "requested_by", "requested_at"]
            ),
            pgtrigger.Protect(
                name="decision_fixed",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.decided_by_id IS NOT NULL AND "
                    "(OLD.decided_by_id, OLD.decided_at) IS DISTINCT FROM "
                    "(NEW.decided_by_id, NEW.decided_at)"
                ),
            ),
            pgtrigger.Protect(
                name="end_fixed",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__state__in=["DONE", "REFUSED"]),
            ),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            no_truncate("never_truncated"),
        ]

    def __str__(self) -> str:
        return f"disposal {self.pk} of capture {self.capture_id}"
