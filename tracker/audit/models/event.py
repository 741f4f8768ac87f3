"""The lines themselves, and the free-text reasons that must be able to go."""

from __future__ import annotations

from django.db import models

from tracker.core.actor import ActorKind
from tracker.core.checks import one_of
from tracker.core.triggers import append_only


class AuditEvent(models.Model):
    """One immutable line: who did what to which record and when.

    ``target_id`` NULL = the action has no single target (a sign-in refused, an import).
    ``changes`` never holds names, contacts, quotes or exact places: this table can't forget.
    ``reason_digest`` is the salted SHA-256 of the reason, "" = no reason was given.
    """

    at = models.DateTimeField(editable=False)
    recorded_at = models.DateTimeField(auto_now_add=True)
    actor_id = models.BigIntegerField(null=True)
    actor_kind = models.CharField(max_length=16)
    actor_alias = models.CharField(max_length=64)
    action = models.CharField(max_length=64)
    target_type = models.CharField(max_length=64)
    target_id = models.BigIntegerField(null=True)
    reason_digest = models.CharField(max_length=64, blank=True)
    changes = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["target_type", "target_id", "-id"], name="audit_by_target")]
        constraints = [one_of("actor_kind", [k.value for k in ActorKind], name="audit_kind_valid")]
        triggers = append_only("append_only")

    def __str__(self) -> str:
        return f"audit event {self.pk}"


class AuditReason(models.Model):
    """The words of a reason, apart from the line so that they can be shredded."""

    event = models.OneToOneField(AuditEvent, models.PROTECT, related_name="reason")
    salt = models.CharField(max_length=32)
    text = models.TextField()

    def __str__(self) -> str:
        return f"reason of audit event {self.event_id}"
