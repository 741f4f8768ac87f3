"""Django's handle on this app."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """Registers the app under its own name."""

    name = "api"
