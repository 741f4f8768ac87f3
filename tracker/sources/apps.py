"""Django's handle on this app."""

from django.apps import AppConfig


class SourcesConfig(AppConfig):
    """Registers the app under its own name."""

    name = "tracker.sources"
    label = "sources"
