"""``manage.py recompute``: every incident computed again by the rules in force."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from tracker.core.management.json_lines import progress_bar
from tracker.incidents.services.recompute import count_left, recompute_batch, take_up_run


class Command(BaseCommand):
    """One line of JSON at the end; may be stopped and started again at any time."""

    help = (
        "Compute every incident again by the rules in force, after a change of the rules. Answers "
        "that changed are kept beside the old ones, others are not written again; nothing that is "
        "published changes. Goes on after the last incident done where it was stopped. Prints "
        "how many were computed, written, and got other figures or another grade. "
        "Example: python3 manage.py recompute"
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Batch after batch, each a transaction of its own."""
        run = take_up_run(now=timezone.now())
        if run.computed:
            self.stderr.write(f"{run} goes on; {run.computed} incidents were done before.")
        with progress_bar("incidents") as bar:
            task = bar.add_task("", total=count_left(run))
            while run.finished_at is None:
                before = run.computed
                run = recompute_batch(run_id=run.pk, now=timezone.now())
                bar.advance(task, run.computed - before)
        counts = {
            "run": str(run),
            "rules_version": run.rules_version,
            "computed": run.computed,
            "written": run.written,
            "refigured": run.refigured,
        }
        self.stdout.write(json.dumps(counts))
