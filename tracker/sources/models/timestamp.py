"""Outside proof of time: what an authority signed about a capture's hash (RFC 3161)."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import Q

from tracker.core.checks import one_of
from tracker.core.triggers import no_truncate, starts_as
from tracker.sources.choices import TIMESTAMP_TRANSITIONS, TimestampState
from tracker.sources.models.capture import Capture


class CaptureTimestamp(models.Model):
    """A stamp that is asked for or was given; the row is the queue and ingest never waits for it.

    ``not_before`` NULL = at once; ``leased_until`` NULL = no worker has it. ``token`` is the whole
    answer of the authority, verified before it was stored; ``stamped_at`` is the authority's time.
    ``trusted_root`` names the certificates its signature was verified against, "" = none was set.
    """

    capture = models.OneToOneField(Capture, models.PROTECT, related_name="timestamp")
    authority = models.CharField(max_length=500)
    state = models.CharField(max_length=8, choices=TimestampState, default=TimestampState.WAITING)
    asked_at = models.DateTimeField()
    not_before = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    leased_until = models.DateTimeField(null=True, blank=True)
    fence = models.PositiveIntegerField(default=0)
    failure_reason = models.CharField(max_length=500, blank=True)
    token = models.BinaryField(null=True, blank=True)
    stamped_at = models.DateTimeField(null=True, blank=True)
    trusted_root = models.CharField(max_length=500, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["not_before", "id"], condition=Q(state="WAITING"), name="timestamp_waiting"
            )
        ]
        constraints = [
            one_of("state", TimestampState.values, name="timestamp_state_valid"),
            models.CheckConstraint(
                condition=(
                    Q(state="STAMPED", token__isnull=False, stamped_at__isnull=False)
                    | ~Q(state="STAMPED") & Q(token__isnull=True, stamped_at__isnull=True)
                ),
                name="timestamp_stamped_has_token",
            ),
            models.CheckConstraint(
                condition=~Q(state="FAILED") | ~Q(failure_reason=""),
                name="timestamp_failure_has_reason",
            ),
        ]
        triggers = [
            pgtrigger.FSM(
                name="state_fsm",
                field="state",
                transitions=[(a.value, b.value) for a, b in TIMESTAMP_TRANSITIONS],
            ),
            starts_as("starts_waiting", field="state", value=TimestampState.WAITING.value),
            pgtrigger.ReadOnly(name="capture_fixed", fields=["capture", "asked_at"]),
            pgtrigger.Protect(
                name="stamp_fixed",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__state="STAMPED"),
            ),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            no_truncate("never_truncated"),
        ]

    def __str__(self) -> str:
        return f"time-stamp of capture {self.capture_id}"
