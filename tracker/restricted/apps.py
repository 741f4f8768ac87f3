"""Django's handle on this app."""

from django.apps import AppConfig


class RestrictedConfig(AppConfig):
    """Registers the app under its own name."""

    name = "tracker.restricted"
    label = "restricted"
