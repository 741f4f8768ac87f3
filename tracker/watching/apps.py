"""Django's handle on this app."""

from django.apps import AppConfig


class WatchingConfig(AppConfig):
    """Registers the app under its own name."""

    name = "tracker.watching"
    label = "watching"
