"""The chain: one seal a line, numbered without gaps."""

from __future__ import annotations

import pgtrigger
from django.db import models

from tracker.audit.models.event import AuditEvent
from tracker.core.triggers import append_only

_NEXT_LINK = """
    PERFORM pg_advisory_xact_lock(7106, 1);
    IF NEW.number <> COALESCE((SELECT max(number) FROM audit_auditseal), 0) + 1 THEN
        RAISE EXCEPTION 'audit seal % is not the next number', NEW.number;
    END IF;
    IF NEW.previous_hash <> COALESCE(
        (SELECT hash FROM audit_auditseal ORDER BY number DESC LIMIT 1), repeat('0', 64)
    ) THEN
        RAISE EXCEPTION 'audit seal % does not continue the chain', NEW.number;
    END IF;
    RETURN NEW;
"""


class AuditSeal(models.Model):
    """One link of the chain: ``hash`` covers the previous hash and the line's canonical bytes.

    ``number`` is gap-free and orders everything that must be told in order.
    """

    number = models.BigIntegerField(primary_key=True)
    event = models.OneToOneField(AuditEvent, models.PROTECT, related_name="seal")
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)
    sealed_at = models.DateTimeField()

    class Meta:
        triggers = [
            *append_only("append_only"),
            pgtrigger.Trigger(
                name="next_link", operation=pgtrigger.Insert, when=pgtrigger.Before, func=_NEXT_LINK
            ),
        ]

    def __str__(self) -> str:
        return f"audit seal {self.number}"
