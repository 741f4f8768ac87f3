"""Django's handle on this app."""

from django.apps import AppConfig


class VerificationConfig(AppConfig):
    """Registers the app under its own name."""

    name = "tracker.verification"
    label = "verification"
