"""Django's handle on this app."""

from importlib import import_module

from django.apps import AppConfig


class WorkersConfig(AppConfig):
    """Registers the app, and the Celery application that every process sends its hints through."""

    name = "workers"

    def ready(self) -> None:
        """Without this, the web process would talk to Celery's built-in default broker."""
        import_module("tracker.celery")
