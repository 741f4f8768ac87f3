"""``manage.py reread``: what waits for people is read again by the present extractor."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from tracker.core.management.json_lines import progress_bar
from tracker.verification.services.reread import count_outdated, list_outdated, reread_articles

_BATCH = 50


class Command(BaseCommand):
    """One line of JSON at the end; may be stopped and started again at any time."""

    help = (
        "Read the articles that wait in the queue again where an earlier extractor read them, and "
        "propose anew. What people decided stays; open proposals that are no longer made are "
        "withdrawn; tasks that somebody holds or closed are left alone. Prints how many articles "
        "were read, claims proposed and withdrawn. Example: python3 manage.py reread"
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Batch after batch, each a transaction of its own."""
        articles = proposed = withdrawn = last = 0
        with progress_bar("articles") as bar:
            task = bar.add_task("", total=count_outdated())
            while ids := list_outdated(after=last, limit=_BATCH):
                done = reread_articles(task_ids=ids, now=timezone.now())
                articles += done.articles
                proposed += done.proposed
                withdrawn += done.withdrawn
                last = ids[-1]
                bar.advance(task, len(ids))
        counts = {"articles": articles, "proposed": proposed, "withdrawn": withdrawn}
        self.stdout.write(json.dumps(counts))
