"""Django's handle on this app."""

from django.apps import AppConfig


class PublicationConfig(AppConfig):
    """Registers the app under its own name."""

    name = "tracker.publication"
    label = "publication"
