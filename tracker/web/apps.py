"""Django's handle on this app."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Registers the app under its own name."""

    name = "tracker.web"
    label = "web"

    def ready(self) -> None:
        """Listen for sign-ins and sign-outs, once models can be imported."""
        from tracker.web import signals  # noqa: PLC0415  # models are not there before

        signals.connect()
