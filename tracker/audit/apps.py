"""Django's handle on this app."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Registers the app under its own name."""

    name = "tracker.audit"
    label = "audit"
