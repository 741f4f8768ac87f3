"""Django's handle on this app."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """Registers the app under its own name."""

    name = "tracker.core"
    label = "core"
