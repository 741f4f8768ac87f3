"""``manage.py retry_timestamps``: ask the authority again."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from tracker.core.actor import machine
from tracker.sources.services.timestamps import retry_stamps


class Command(BaseCommand):
    """Puts every failed time-stamp back into its queue."""

    help = (
        "Ask the time-stamping authority again for every time-stamp that failed; the workers do "
        "it within half a minute. Example: python3 manage.py retry_timestamps"
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Put them back and say how many."""
        count = retry_stamps(actor=machine("retry_timestamps"), now=timezone.now())
        self.stderr.write(f"{count} time-stamps are asked for again.")
