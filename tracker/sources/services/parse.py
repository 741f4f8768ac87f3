"""Bytes to text with offsets and a language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from tracker.audit.services.record import record_event
from tracker.core.jobs import Job, enqueue_on_commit
from tracker.sources.choices import ArticleState
from tracker.sources.models import Capture
from tracker.sources.parsing.kinds import HEAD, Kind, detect_kind
from tracker.sources.parsing.language import language_of
from tracker.sources.parsing.parsed import Unreadable
from tracker.sources.parsing.read import read_article
from tracker.sources.parsing.text import text_digest
from tracker.sources.services.capture_store import CaptureDamaged, read_capture
from tracker.sources.services.leases import (
    WORKER,
    ArticleLease,
    advance,
    fail_article,
    hold,
    lease_article,
)
from tracker.sources.services.outlets import outlet_named

if TYPE_CHECKING:
    from datetime import datetime

    from tracker.sources.parsing.parsed import Parsed


def parse_article(*, article_id: int, now: datetime) -> bool:
    """Read the article's capture; False where there was nothing to do.

    What can't be read ends in FAILED with the reason; so does what ended three workers.
    """
    lease = lease_article(article_id=article_id, state=ArticleState.FETCHED, now=now)
    if lease is None:
        return False
    try:
        parsed = _read(Capture.objects.get(article__pk=article_id))
    except (Unreadable, CaptureDamaged) as refusal:
        return fail_article(lease=lease, reason=str(refusal), now=now)
    return _store_parsed(lease=lease, parsed=parsed, language=language_of(parsed.text), now=now)


def _read(capture: Capture) -> Parsed:
    """The article in a capture. Raises Unreadable, CaptureDamaged."""
    content = read_capture(capture)
    kind = Kind(capture.media_type) if capture.media_type in set(Kind) else None
    if kind is not None:
        try:
            return _as_kind(content, kind, capture)
        except Unreadable:
            if kind is Kind.HTML:
                raise
    # These bytes came before under a name that promised something else: look at them alone.
    by_content = detect_kind(head=content[:HEAD])
    return _as_kind(content, Kind.RECORD if by_content is Kind.RECORDS else by_content, capture)


def _as_kind(content: bytes, kind: Kind, capture: Capture) -> Parsed:
    return read_article(
        content,
        kind=kind,
        url=capture.final_url or capture.url,
        content_type=capture.headers.get("content-type", ""),
    )


@transaction.atomic
def _store_parsed(*, lease: ArticleLease, parsed: Parsed, language: str, now: datetime) -> bool:
    article = hold(lease)
    if article is None:
        return False
    article.text = parsed.text
    article.text_sha256 = text_digest(parsed.text)
    article.language = language
    article.title = parsed.title
    article.published_on = article.published_on or parsed.published_on
    if article.outlet_id is None and not article.external_id:  # an id is unique within its outlet
        article.outlet = outlet_named(parsed.outlet)
    advance(
        article,
        state=ArticleState.PARSED,
        now=now,
        fields=["text", "text_sha256", "language", "title", "published_on", "outlet"],
    )
    record_event(
        actor=WORKER,
        action="article.parse",
        target=article,
        now=now,
        changes={"characters": len(article.text), "language": language},
    )
    enqueue_on_commit(Job.RELATE_ARTICLE, article_id=article.pk)
    return True
