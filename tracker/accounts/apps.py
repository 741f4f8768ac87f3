"""Django's handle on this app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Registers the app under its own name."""

    name = "tracker.accounts"
    label = "accounts"
