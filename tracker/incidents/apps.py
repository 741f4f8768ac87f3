"""Django's handle on this app."""

from django.apps import AppConfig


class IncidentsConfig(AppConfig):
    """Registers the app under its own name."""

    name = "tracker.incidents"
    label = "incidents"
