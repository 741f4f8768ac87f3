"""Django's handle on this app."""

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    """Registers the app under its own name."""

    name = "tracker.imports"
    label = "imports"
