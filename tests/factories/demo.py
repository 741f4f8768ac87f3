"""The demonstration as ``load_demo`` makes it, with the workers' steps taken one by one."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings

from tracker.core.actor import machine
from tracker.sources.models import Article
from tracker.sources.services.ingest import ingest_bytes
from tracker.verification.services.advance import advance_articles
from tracker.web.demo.more import tell_more
from tracker.web.demo.people import make_people
from tracker.web.demo.story import bring_further, rate_sources

if TYPE_CHECKING:
    from pathlib import Path

    from tracker.web.demo.people import SignIn

SAMPLES: Path = settings.ROOT / "tests" / "samples"
NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def tell_demo(*, now: datetime = NOW) -> dict[str, SignIn]:
    """People, sources, read articles and incidents further along; the sign-ins by role."""
    story: dict[str, Any] = json.loads((SAMPLES / "further_along.json").read_text(encoding="utf-8"))
    sign_ins = {made.role: made for made in make_people(now=now)}
    rate_sources(story["sources"], now=now)
    read_samples("articles.jsonl", now=now)
    for row in story["incidents"]:
        bring_further(row, now=now)
    tell_more(story, now=now)
    return sign_ins


def read_samples(name: str, *, now: datetime) -> None:
    """Take a file of invented articles in and read, compare and search them all."""
    ingest_bytes(
        content=(SAMPLES / name).read_bytes(),
        reference=f"tests/samples/{name}",
        media_type=None,
        actor=machine("demo"),
        now=now,
    )
    everything = list(Article.objects.order_by("pk").values_list("pk", flat=True))
    advance_articles(article_ids=everything, clock=lambda: now)
