"""``manage.py verify_captures``: re-hash every capture."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from tracker.core.management.json_lines import progress_bar
from tracker.sources.choices import DAMAGED, CheckOutcome
from tracker.sources.models import Capture
from tracker.sources.services.verify import verify_all

if TYPE_CHECKING:
    from tracker.sources.services.verify import Checked


class Command(BaseCommand):
    """One line of JSON per capture that is not as it was; exit status 1 where there is any."""

    help = (
        "Hash the stored bytes of every capture again, the longest unchecked first. Prints a line "
        "of JSON for each capture that is damaged or missing, notes each check in the custody "
        "log and sets the alarm that coordinators see. Exit status 1 on damage. "
        "Example: python3 manage.py verify_captures > damaged.jsonl"
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Check, report, sum up."""
        counts: Counter[CheckOutcome] = Counter()
        with progress_bar("captures") as bar:
            task = bar.add_task("", total=Capture.objects.count())
            for batch in verify_all(clock=timezone.now):
                for one in batch:
                    counts[one.outcome] += 1
                    if one.outcome in DAMAGED:
                        self.stdout.write(_line(one))
                bar.advance(task, len(batch))
        said = ", ".join(
            f"{counts[outcome]} {outcome.label}" for outcome in CheckOutcome if counts[outcome]
        )
        self.stderr.write(f"{counts.total()} captures: {said}." if said else "No captures yet.")
        damaged = sum(counts[outcome] for outcome in DAMAGED)
        if damaged:
            raise CommandError(
                f"{damaged} captures are damaged. Bring their files back from a backup into the "
                "capture store and run this again."
            )


def _line(one: Checked) -> str:
    return json.dumps(
        {
            "capture": one.capture.pk,
            "sha256": one.capture.sha256,
            "outcome": one.outcome.value.lower(),
            "received": one.capture.received_at.isoformat(),
        }
    )
