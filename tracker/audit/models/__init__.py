"""The tables of the audit log."""

from tracker.audit.models.event import AuditEvent, AuditReason
from tracker.audit.models.seal import AuditSeal

__all__ = ["AuditEvent", "AuditReason", "AuditSeal"]
