"""``manage.py mirror_keys``: bring a copy of the keys up to date, or bring keys back from it."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from tracker.core.actor import machine
from tracker.core.errors import DomainError
from tracker.core.management.json_lines import progress_bar
from tracker.restricted.models import PrivatePerson
from tracker.restricted.services.copies import Mirrored, mirror_keys


class Command(BaseCommand):
    """Prints one JSON object; exit status 1 where a key is in neither folder."""

    help = (
        "Copy the keys of private persons to FOLDER, on a disk that no backup of the data goes "
        "to, and erase there the keys of shredded records. With --back, copy from FOLDER what "
        "the tracker's own folder lacks. Prints the counts as one JSON object; exit status 1 "
        "where the key of a record is in neither folder. "
        "Example: python3 manage.py mirror_keys /media/stick/keys"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """The other folder, and the way."""
        parser.add_argument("folder", type=Path, metavar="FOLDER", help="the folder of the copy")
        parser.add_argument("--back", action="store_true", help="from FOLDER to the tracker")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Mirror and report."""
        counts = Mirrored()
        steps = mirror_keys(
            folder=options["folder"],
            back=options["back"],
            actor=machine("mirror_keys"),
            now=timezone.now(),
        )
        try:
            with progress_bar("keys") as bar:
                task = bar.add_task("", total=PrivatePerson.objects.count())
                for number, counts in steps:  # noqa: B007  # the last one is the sum
                    bar.update(task, completed=number)
        except DomainError as failure:
            raise CommandError(str(failure)) from failure
        self.stdout.write(json.dumps(asdict(counts)))
        if counts.missing:
            raise CommandError(
                f"The key of {counts.missing} record(s) is in neither folder: look for it in other "
                "copies; if it is nowhere, shred the record."
            )
