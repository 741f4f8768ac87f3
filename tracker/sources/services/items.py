"""One item of any origin becomes one article: file, line, paste, upload or fetched page."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from tracker.audit.services.record import record_event
from tracker.core.jobs import Job, enqueue_on_commit
from tracker.sources.models import Article, Capture
from tracker.sources.parsing.parsed import Page, Parsed, Unreadable
from tracker.sources.parsing.read import look_into
from tracker.sources.parsing.text import text_digest
from tracker.sources.services.capture_store import record_receipt, store_capture
from tracker.sources.services.failures import (
    IngestResult,
    Outcome,
    keep_failure,
    resolve_failures,
)
from tracker.sources.services.outlets import outlet_named

if TYPE_CHECKING:
    from datetime import datetime

    from tracker.core.actor import Actor
    from tracker.sources.models import Source
    from tracker.sources.parsing.kinds import Kind
    from tracker.sources.services.retrieved import Retrieved


@dataclass(frozen=True, slots=True)
class Item:
    """The bytes of one article and where they came from.

    ``retrieved`` None = not from the web. ``asked_by`` is the alias of the person or the feed it
    was fetched for, "" = the actor that hands it in.
    """

    content: bytes = field(repr=False)
    kind: Kind
    reference: str
    retrieved: Retrieved | None = None
    asked_by: str = ""

    @property
    def digest(self) -> str:
        """The hash its capture is known by."""
        return hashlib.sha256(self.content).hexdigest()


def ingest_item(*, item: Item, actor: Actor, now: datetime) -> IngestResult:
    """Store the bytes and an article that waits for the workers; say what became of it.

    Safe to repeat: bytes that are there already change nothing. Raises UnableToStore.
    """
    known = _article_of_bytes(item.digest)
    if known is not None:
        return _same_again(item, known, actor=actor, now=now)
    try:
        found = look_into(
            item.content,
            kind=item.kind,
            url=item.retrieved.final_url if item.retrieved else "",
            content_type=item.retrieved.content_type if item.retrieved else "",
        )
    except Unreadable as refusal:
        return _refused(item, str(refusal), actor=actor, now=now)
    capture, _ = store_capture(
        content=item.content,
        media_type=item.kind.value,
        reference=item.reference,
        retrieved=item.retrieved,
        asked_by=item.asked_by,
        actor=actor,
        now=now,
    )
    try:
        return _store(item=item, found=found, capture=capture, actor=actor, now=now)
    except IntegrityError:  # somebody stored the same at the same moment; now it is there to see
        return _store(item=item, found=found, capture=capture, actor=actor, now=now)


@transaction.atomic
def _store(
    *, item: Item, found: Parsed | Page, capture: Capture, actor: Actor, now: datetime
) -> IngestResult:
    known = _article_of_bytes(item.digest)
    if known is not None:
        return _same(item, known, now=now)
    outlet = outlet_named(found.outlet)
    digest = text_digest(found.text) if isinstance(found, Parsed) else ""
    holder = _holder_of_id(outlet, found.external_id)
    if holder is not None and holder.text_sha256 == digest:
        return _same(item, holder.pk, now=now)
    if holder is not None:
        reason = f"The id is taken by article {holder.pk}, which has another text."
        return _refused(item, reason, actor=actor, now=now)
    twin = Article.objects.filter(text_sha256=digest).order_by("id").first() if digest else None
    article = Article.objects.create(
        capture=capture,
        outlet=outlet,
        external_id=found.external_id,
        url=found.url,
        title=found.title,
        published_on=found.published_on,
        text_sha256=digest,
        received_at=now,
        state_since=now,
    )
    resolve_failures(reference=item.reference, digest=item.digest, now=now)
    record_event(
        actor=actor,
        action="article.ingest",
        target=article,
        now=now,
        changes={"capture": capture.pk, "same_text_as": twin.pk if twin else None},
    )
    enqueue_on_commit(Job.ADVANCE_ARTICLES, article_ids=[article.pk])
    if twin is not None:
        reason = f"the same text as article {twin.pk}"
        return IngestResult(item.reference, Outcome.COPY, reason, article.pk)
    return IngestResult(item.reference, Outcome.NEW, "", article.pk)


def _article_of_bytes(digest: str) -> int | None:
    return Article.objects.filter(capture__sha256=digest).values_list("pk", flat=True).first()


def _holder_of_id(outlet: Source | None, external_id: str) -> Article | None:
    if not external_id:
        return None
    return Article.objects.filter(outlet=outlet, external_id=external_id).first()


@transaction.atomic
def _same_again(item: Item, article_id: int, *, actor: Actor, now: datetime) -> IngestResult:
    """Bytes that are there already may still have come from another place or at another time."""
    if item.retrieved is not None:
        record_receipt(
            capture=Capture.objects.get(article__pk=article_id),
            retrieved=item.retrieved,
            asked_by=item.asked_by,
            actor=actor,
            now=now,
        )
    return _same(item, article_id, now=now)


def _same(item: Item, article_id: int, *, now: datetime) -> IngestResult:
    resolve_failures(reference=item.reference, digest=item.digest, now=now)
    return IngestResult(item.reference, Outcome.SAME, "", article_id)


def _refused(item: Item, reason: str, *, actor: Actor, now: datetime) -> IngestResult:
    return keep_failure(
        reference=item.reference,
        reason=reason,
        content=item.content,
        media_type=item.kind.value,
        retrieved=item.retrieved,
        asked_by=item.asked_by,
        actor=actor,
        now=now,
    )
