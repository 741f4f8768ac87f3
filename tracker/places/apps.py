"""Django's handle on this app."""

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    """Registers the app under its own name."""

    name = "tracker.places"
    label = "places"
