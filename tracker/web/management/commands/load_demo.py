"""``manage.py load_demo``: fill a demonstration with invented articles and people."""

from __future__ import annotations

import json
import time
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from tracker.core.actor import machine
from tracker.incidents.models import Incident
from tracker.sources.choices import ArticleState
from tracker.sources.models import Article
from tracker.sources.services.ingest import ingest_bytes
from tracker.web.demo.more import tell_more
from tracker.web.demo.people import make_people
from tracker.web.demo.story import bring_further, rate_sources

if TYPE_CHECKING:
    from pathlib import Path

PATIENCE = 90.0  # seconds for the workers to read the articles of an incident


class Command(BaseCommand):
    """Prints one JSON object with the sign-ins just made; a second run adds nothing."""

    help = (
        "Fill this installation with invented articles, one person per role, two incidents that "
        "are further along, two that were merged, a request to a party and a victim's record. "
        "For demonstrations only: `manage.py demo` calls it. "
        "Example: python3 manage.py load_demo"
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        """People and sources first, then the articles, then what people decided."""
        samples: Path = settings.ROOT / "tests" / "samples"
        story = json.loads((samples / "further_along.json").read_text(encoding="utf-8"))
        now = timezone.now()
        sign_ins = make_people(now=now)
        rate_sources(story["sources"], now=now)
        results = ingest_bytes(
            content=(samples / "articles.jsonl").read_bytes(),
            reference="tests/samples/articles.jsonl",
            media_type=None,
            actor=machine("demo"),
            now=now,
        )
        for row in story["incidents"]:
            if Incident.objects.filter(title=row["title"]).exists():
                continue
            self._wait_for(row["article_ids"])
            bring_further(row, now=timezone.now())
        drafts = story["drafts"]
        if not Incident.objects.filter(title=drafts[0]["title"]).exists():
            self._wait_for([name for row in drafts for name in row["article_ids"]])
            tell_more(story, now=timezone.now())
        self.stdout.write(
            json.dumps({"sign_ins": [asdict(s) for s in sign_ins], "articles": len(results)})
        )

    def _wait_for(self, external_ids: list[str]) -> None:
        """Let the workers read these articles first."""
        deadline = time.monotonic() + PATIENCE
        waiting = Article.objects.filter(external_id__in=external_ids).exclude(
            state=ArticleState.EXTRACTED
        )
        while waiting.exists():
            if time.monotonic() > deadline:
                raise CommandError(
                    f"The workers have not read {waiting.count()} articles within "
                    f"{PATIENCE:.0f} seconds; look at the worker's log."
                )
            time.sleep(0.25)
